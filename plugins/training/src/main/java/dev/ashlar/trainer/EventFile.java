// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Records of TensorBoard's event files: length, its checksum, a protocol buffer, its checksum.
 *
 * @see <a href="https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto">The messages</a>
 */
final class EventFile implements AutoCloseable {
    private final OutputStream out;

    /** Writes fields of a message. */
    interface Fields {
        void write(CodedOutputStream fields) throws IOException;
    }

    EventFile(Path file) throws IOException {
        out = Files.newOutputStream(file);
        record(encode(event -> {
            event.writeDouble(1, seconds());
            event.writeString(3, "brain.Event:2");
        }));
    }

    private static double seconds() {
        return System.currentTimeMillis() / 1000.0;
    }

    /** Returns a message. */
    static byte[] encode(Fields fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
            fields.write(coded);
            coded.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a value with a name.
     *
     * @param fields those of a {@code Summary.Value} beside its tag
     */
    void summary(String tag, long step, Fields fields) throws IOException {
        byte[] value = encode(message -> {
            message.writeString(1, tag);
            fields.write(message);
        });
        byte[] summary = encode(message -> message.writeByteArray(1, value));
        record(encode(event -> {
            event.writeDouble(1, seconds());
            event.writeInt64(2, step);
            event.writeByteArray(5, summary);
        }));
    }

    /** Returns the fields of a number. */
    static Fields scalar(double number) {
        return value -> value.writeFloat(2, (float) number);
    }

    /** Returns the fields of a histogram; buckets end at the limits. */
    static Fields histogram(double min, double max, double count, double sum, double squares, double[] limits, double[] counts) {
        byte[] message = encode(histogram -> {
            histogram.writeDouble(1, min);
            histogram.writeDouble(2, max);
            histogram.writeDouble(3, count);
            histogram.writeDouble(4, sum);
            histogram.writeDouble(5, squares);
            packed(histogram, 6, limits);
            packed(histogram, 7, counts);
        });
        return value -> value.writeByteArray(5, message);
    }

    private static void packed(CodedOutputStream message, int field, double[] values) throws IOException {
        message.writeByteArray(field, encode(list -> {
            for (double value : values) {
                list.writeDoubleNoTag(value);
            }
        }));
    }

    /** Returns the fields of a text: a tensor of one string, and the name of the plugin that shows it. */
    static Fields text(String content) {
        byte[] size = encode(dimension -> dimension.writeInt64(1, 1));
        byte[] shape = encode(dimensions -> dimensions.writeByteArray(2, size));
        byte[] tensor = encode(message -> {
            // DT_STRING
            message.writeEnum(1, 7);
            message.writeByteArray(2, shape);
            message.writeByteArray(8, content.getBytes(StandardCharsets.UTF_8));
        });
        byte[] plugin = encode(data -> data.writeString(1, "text"));
        byte[] metadata = encode(message -> message.writeByteArray(1, plugin));
        return value -> {
            value.writeByteArray(8, tensor);
            value.writeByteArray(9, metadata);
        };
    }

    private void record(byte[] event) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(event.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(event.length);
        record.putInt(masked(record.array(), 8));
        record.put(event);
        record.putInt(masked(event, event.length));
        out.write(record.array());
        out.flush();
    }

    /** Returns a checksum that stays one where data holds checksums itself. */
    static int masked(byte[] data, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
