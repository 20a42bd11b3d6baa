// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file in the IDX format, which MNIST comes in: one array of bytes, whole numbers or floating-point numbers, big-endian. Files compressed
 * with gzip are read into memory; others are mapped, and only what is asked for is read.
 *
 * @see <a href="https://github.com/cvdfoundation/mnist#file-formats">The format</a>
 */
public final class Idx {
    private static final int MOST_DIMENSIONS = 255;
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};

    private final String source;
    private final DType type;
    private final Shape shape;
    private final MemorySegment elements;

    private Idx(String source, DType type, Shape shape, MemorySegment elements) {
        this.source = source;
        this.type = type;
        this.shape = shape;
        this.elements = elements;
    }

    /**
     * Opens a file.
     *
     * @throws InvalidArgumentException if there is none, or it is truncated, longer than it says, or in another format
     */
    public static Idx open(Path file) {
        String what = "an IDX file";
        InputFiles.requireFile("read idx", what, file);
        String name = InputFiles.name(file);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer start = ByteBuffer.allocate(GZIP.length);
            channel.read(start, 0);
            if (Arrays.equals(start.array(), GZIP)) {
                byte[] packed = InputFiles.read("read idx", what, file);
                try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                    return parse(name, MemorySegment.ofArray(stream.readAllBytes()));
                } catch (IOException e) {
                    throw new InvalidArgumentException("[read idx] expected a whole gzip file, got " + name + ", which is damaged ("
                            + e.getMessage() + "); copy it again");
                }
            }
            return parse(name, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
        } catch (IOException e) {
            throw InputFiles.failed("read idx", what, file, e);
        }
    }

    private static Idx parse(String source, MemorySegment file) {
        ByteBuffer header = file.asSlice(0, Math.min(file.byteSize(), 4 + 4L * MOST_DIMENSIONS)).asByteBuffer();
        DType type = header.remaining() < 4 || header.getShort() != 0 ? null : type(header.get());
        if (type == null) {
            throw new InvalidArgumentException("[read idx] expected two zeros and the code of a type, got "
                    + (file.byteSize() == 0 ? "the empty file " : "other bytes at the start of ") + source + "; it is no IDX file");
        }
        int dimensions = Byte.toUnsignedInt(header.get());
        if (header.remaining() < 4 * dimensions) {
            throw new InvalidArgumentException("[read idx] expected " + dimensions + " sizes in " + source + ", got the end of the file;"
                    + " it is truncated, copy it again");
        }
        long[] sizes = new long[dimensions];
        Arrays.setAll(sizes, i -> Integer.toUnsignedLong(header.getInt()));
        Shape shape = shape(source, sizes);
        long start = header.position();
        // Compared by parts: sizes that are no sizes may have a product beyond a long.
        long room = (file.byteSize() - start) / type.bytes();
        if (shape.elements() != room || (file.byteSize() - start) % type.bytes() != 0) {
            throw new InvalidArgumentException("[read idx] expected " + shape.elements() + " elements for shape " + shape + " in " + source
                    + ", got " + room + "; it is " + (room < shape.elements() ? "truncated" : "longer than it says") + ", copy it again");
        }
        return new Idx(source, type, shape, file.asSlice(start));
    }

    private static Shape shape(String source, long[] sizes) {
        try {
            return Shape.of(sizes);
        } catch (InvalidArgumentException e) {
            throw new InvalidArgumentException("[read idx] expected sizes of an array in " + source + ", got " + Arrays.toString(sizes)
                    + "; it is no IDX file");
        }
    }

    private static @Nullable DType type(int code) {
        return switch (code) {
            case 0x08 -> DType.UINT8;
            case 0x09 -> DType.INT8;
            case 0x0B -> DType.INT16;
            case 0x0C -> DType.INT32;
            case 0x0D -> DType.FLOAT32;
            case 0x0E -> DType.FLOAT64;
            default -> null;
        };
    }

    private static int code(DType type) {
        for (int code = 0x08; code <= 0x0E; code++) {
            if (type(code) == type) {
                return code;
            }
        }
        throw new InvalidArgumentException("[write idx] expected uint8, int8, int16, int32, float32 or float64, got " + type.label()
                + "; convert it with to(...)");
    }

    // ---- what is in it ----------------------------------------------------------------------------------------------------------

    /** Returns what messages call this: the name of its file. */
    public String source() {
        return source;
    }

    /** Returns the type of the elements. */
    public DType type() {
        return type;
    }

    /** Returns the sizes of the array. */
    public Shape shape() {
        return shape;
    }

    /** Returns the whole array. */
    public Tensor toTensor() {
        return rows(0, shape.rank() == 0 ? 1 : shape.size(0), shape.toArray());
    }

    /** Returns a part of the array: from {@code from} to below {@code to} in the first dimension. */
    public Tensor rows(long from, long to) {
        long[] sizes = shape.toArray();
        if (sizes.length == 0 || from < 0 || to < from || to > sizes[0]) {
            throw new InvalidArgumentException("[idx rows] expected rows within shape " + shape + " of " + source + ", got " + from + " to "
                    + to);
        }
        sizes[0] = to - from;
        return rows(from, to, sizes);
    }

    private Tensor rows(long from, long to, long[] sizes) {
        long width = rowSize() * type.bytes();
        if ((to - from) * width > Integer.MAX_VALUE - 8) {
            throw new InvalidArgumentException("[idx rows] expected at most 2^31 bytes at once of " + source + ", got " + (to - from)
                    + " rows of " + width + "; take fewer");
        }
        byte[] bytes = elements.asSlice(from * width, (to - from) * width).toArray(ValueLayout.JAVA_BYTE);
        reverse(bytes, type.bytes());
        return Tensor.ofBytes(bytes, type, sizes);
    }

    /** Returns how many elements a row has. */
    long rowSize() {
        long size = 1;
        for (int i = 1; i < shape.rank(); i++) {
            size *= shape.size(i);
        }
        return size;
    }

    /** Writes a row's elements, divided by 255 where they are bytes without sign. */
    void fill(long row, float[] target, int at) {
        long first = row * rowSize();
        for (int i = 0; i < rowSize(); i++) {
            target[at + i] = type == DType.UINT8 ? (float) element(first + i) / 255 : (float) element(first + i);
        }
    }

    double element(long index) {
        return switch (type) {
            case UINT8 -> Byte.toUnsignedInt(elements.get(ValueLayout.JAVA_BYTE, index));
            case INT8 -> elements.get(ValueLayout.JAVA_BYTE, index);
            case INT16 -> elements.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 2 * index);
            case INT32 -> elements.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 4 * index);
            case FLOAT32 -> elements.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 4 * index);
            default -> elements.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 8 * index);
        };
    }

    // ---- writing ----------------------------------------------------------------------------------------------------------------

    /**
     * Writes a tensor; compressed if the file's name ends with {@code .gz}.
     *
     * @throws InvalidArgumentException if its type has no code in the format
     */
    public static void write(Path file, Tensor tensor) {
        long[] sizes = tensor.shape().toArray();
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * sizes.length).putShort((short) 0).put((byte) code(tensor.dtype()));
        header.put((byte) sizes.length);
        for (long size : sizes) {
            header.putInt(Math.toIntExact(size));
        }
        byte[] bytes = tensor.toByteArray();
        reverse(bytes, tensor.dtype().bytes());
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream stream = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            stream.write(header.array());
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("[write idx] expected a file that can be written, got " + file + ": " + e.getMessage(), e);
        }
    }

    /** Turns elements around: the format is big-endian, tensors are little-endian. */
    private static void reverse(byte[] bytes, int width) {
        for (int i = 0; width > 1 && i < bytes.length; i += width) {
            for (int a = i, b = i + width - 1; a < b; a++, b--) {
                byte kept = bytes[a];
                bytes[a] = bytes[b];
                bytes[b] = kept;
            }
        }
    }

    @Override
    public String toString() {
        return "Idx[" + source + ", " + type.label() + ", " + shape + "]";
    }
}
