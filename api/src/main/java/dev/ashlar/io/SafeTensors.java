// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Named tensors and texts in one file.
 *
 * <p>Files that are written here carry a checksum of themselves among the texts; when a file has one, reading verifies it.
 *
 * @param tensors by name
 * @param metadata texts by name
 * @see <a href="https://huggingface.co/docs/safetensors">The safetensors format</a>
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** What the names of texts start with that only this program writes, always with a checksum. */
    static final String OURS = "ashlar.";

    /** The text that holds the SHA-256 of the file, in hexadecimal, computed with zeros in place of this text and the next. */
    static final String CHECKSUM = OURS + "sha256";

    /** The text that holds the CRC-32C of each tensor's bytes, 8 hexadecimal digits each; it says which one is damaged. */
    static final String PIECES = OURS + "crc32c";

    /** The end of names of files that are being written: {@code .NAME.PROCESS.NUMBER.tmp}. */
    static final String TEMPORARY = ".tmp";

    private static final String NO_CHECKSUM = "0".repeat(64);
    private static final int MAX_HEADER = 100_000_000;
    private static final String NOT_THIS = "; it is no safetensors file, or damaged";

    public SafeTensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    // ---- writing ----------------------------------------------------------------------------------------------------------------

    /**
     * Writes a file; an older one with the name is replaced at the end, all at once. What a failure leaves is the older file.
     *
     * @throws CheckpointException if it cannot be written
     */
    public void write(Path file) {
        if (Files.isDirectory(file)) {
            throw new CheckpointException("[save] expected a file to write, got the folder " + file + "; add a name", null);
        }
        Path temporary = null;
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path folder = target.getParent();
            temporary = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + "."
                    + Long.toHexString(System.nanoTime()) + TEMPORARY);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                write(channel);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            temporary = null;
            syncFolder(folder);
        } catch (NoSuchFileException e) {
            throw new CheckpointException("[save] expected a folder for " + file + ", it does not exist; create it first", e);
        } catch (IOException e) {
            throw new CheckpointException("[save] cannot write " + file + ": " + e + "; nothing has changed", e);
        } finally {
            discard(temporary);
        }
    }

    private static void discard(@Nullable Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                System.getLogger(SafeTensors.class.getName()).log(System.Logger.Level.WARNING, "cannot delete " + temporary, e);
            }
        }
    }

    /** Makes the new name durable. Systems that cannot open folders keep it by other means. */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(SafeTensors.class.getName()).log(System.Logger.Level.DEBUG, "cannot sync " + folder, e);
        }
    }

    private void write(FileChannel channel) throws IOException {
        Map<String, Header.Entry> entries = new LinkedHashMap<>();
        long begin = 0;
        for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            Header.Entry entry = new Header.Entry(named.getValue().dtype(), named.getValue().shape(), begin);
            entries.put(named.getKey(), entry);
            begin = entry.end();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        // In front, so that nothing in a name or a text of the user's can be taken for them when they are filled in.
        texts.put(CHECKSUM, NO_CHECKSUM);
        texts.put(PIECES, "0".repeat(8 * tensors.size()));
        metadata.forEach(texts::putIfAbsent);
        String json = new Header(texts, entries).toJson();
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        // Data starts at a multiple of 8; the format fills up with spaces.
        byte[] padded = Arrays.copyOf(header, (header.length + 7) / 8 * 8);
        Arrays.fill(padded, header.length, padded.length, (byte) ' ');
        MessageDigest digest = sha256();
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, padded.length);
        put(channel, length, digest);
        put(channel, ByteBuffer.wrap(padded), digest);
        StringBuilder pieces = new StringBuilder();
        for (Tensor tensor : tensors.values()) {
            byte[] data = tensor.toByteArray();
            put(channel, ByteBuffer.wrap(data), digest);
            pieces.append(crc(data));
        }
        replace(channel, json, CHECKSUM, HexFormat.of().formatHex(digest.digest()));
        replace(channel, json, PIECES, pieces.toString());
    }

    private static void put(FileChannel channel, ByteBuffer data, @Nullable MessageDigest digest)
            throws IOException {
        if (digest != null) {
            digest.update(data.duplicate());
        }
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }

    /** Writes a text of the header again, which has as many characters. */
    private static void replace(FileChannel channel, String json, String name, String value) throws IOException {
        String start = Json.quote(name) + ":\"";
        int at = json.indexOf(start) + start.length();
        channel.position(8 + json.substring(0, at).getBytes(StandardCharsets.UTF_8).length);
        put(channel, ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)), null);
    }

    private static String crc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return HexFormat.of().toHexDigits(crc.getValue(), 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    // ---- reading ----------------------------------------------------------------------------------------------------------------

    /**
     * Reads a whole file; the tensors are on the default device.
     *
     * @throws CheckpointException if it is missing, of another format or damaged
     */
    public static SafeTensors read(Path file) {
        if (Files.isDirectory(file)) {
            throw new CheckpointException("[load] expected a file, got the folder " + file + "; name one of its files", null);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(file, channel);
        } catch (NoSuchFileException e) {
            throw new CheckpointException("[load] expected the file " + file + ", it does not exist", e);
        } catch (IOException e) {
            throw new CheckpointException("[load] cannot read " + file + ": " + e, e);
        } catch (Json.SyntaxException e) {
            throw new CheckpointException("[load] " + file + ": " + e.getMessage() + NOT_THIS, e);
        }
    }

    /** Returns the texts of a file without reading its tensors; they are not verified. */
    static Map<String, String> texts(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return Header.parse(header(channel, channel.size())).metadata();
        } catch (IOException | Json.SyntaxException e) {
            throw new CheckpointException("[load] cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String header(FileChannel channel, long size) throws IOException, Json.SyntaxException {
        if (size < 8) {
            throw new Json.SyntaxException("expected 8 bytes or more, got " + size);
        }
        long headerBytes = get(channel, 8).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (headerBytes < 2 || headerBytes > MAX_HEADER || headerBytes > size - 8) {
            throw new Json.SyntaxException("expected a header within " + size + " bytes, got one of " + Long.toUnsignedString(headerBytes));
        }
        return StandardCharsets.UTF_8.newDecoder().decode(get(channel, (int) headerBytes)).toString();
    }

    private static SafeTensors read(Path file, FileChannel channel) throws IOException, Json.SyntaxException {
        long size = channel.size();
        String json = header(channel, size);
        Header header = Header.parse(json, size - channel.position());
        String checksum = header.metadata().get(CHECKSUM);
        String pieces = header.metadata().get(PIECES);
        if (checksum == null && header.metadata().keySet().stream().anyMatch(name -> name.startsWith(OURS))) {
            throw new Json.SyntaxException("expected the text " + CHECKSUM + ", there is none");
        }
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, channel.position() - 8));
        String neutral = neutral(neutral(json, CHECKSUM, checksum), PIECES, pieces);
        digest.update(neutral.getBytes(StandardCharsets.UTF_8));
        Map<String, byte[]> contents = new LinkedHashMap<>();
        StringBuilder found = new StringBuilder();
        for (Map.Entry<String, Header.Entry> named : header.entries().entrySet()) {
            long bytes = named.getValue().bytes();
            if (bytes > Integer.MAX_VALUE - 8) {
                throw new Json.SyntaxException("expected tensors of less than 2 GiB, '" + named.getKey() + "' has " + bytes + " bytes");
            }
            byte[] data = get(channel, (int) bytes).array();
            String crc = crc(data);
            if (checksum != null && pieces != null && !pieces.startsWith(crc, found.length())) {
                throw damaged(file, "'" + named.getKey() + "'");
            }
            found.append(crc);
            digest.update(data);
            contents.put(named.getKey(), data);
        }
        if (checksum != null && !checksum.equals(HexFormat.of().formatHex(digest.digest()))
                || pieces != null && !pieces.contentEquals(found)) {
            throw damaged(file, "the header");
        }
        return create(header, contents);
    }

    private static String neutral(String json, String name, @Nullable String value) {
        String member = Json.quote(name) + ":";
        return value == null ? json : json.replace(member + Json.quote(value), member + Json.quote("0".repeat(value.length())));
    }

    private static CheckpointException damaged(Path file, String what) {
        return new CheckpointException("[load] " + file + ": expected contents that fit the checksum, those of " + what + " differ; the"
                + " file is damaged, use another copy", null);
    }

    private static SafeTensors create(Header header, Map<String, byte[]> contents) throws Json.SyntaxException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Header.Entry> named : header.entries().entrySet()) {
            Header.Entry entry = named.getValue();
            byte[] data = contents.get(named.getKey());
            if (entry.type() == DType.BOOL) {
                for (byte value : data) {
                    if (value != 0 && value != 1) {
                        throw new Json.SyntaxException("expected 0 or 1 in '" + named.getKey() + "' of bool, got " + value);
                    }
                }
            }
            Tensor flat = Tensor.ofBytes(data, entry.type(), entry.shape().toArray());
            tensors.put(named.getKey(), entry.shape().rank() == 0 ? flat.reshape() : flat);
        }
        Map<String, String> texts = new LinkedHashMap<>(header.metadata());
        texts.remove(CHECKSUM);
        texts.remove(PIECES);
        return new SafeTensors(tensors, texts);
    }

    private static ByteBuffer get(FileChannel channel, int bytes) throws IOException, Json.SyntaxException {
        ByteBuffer data = ByteBuffer.allocate(bytes);
        while (data.hasRemaining()) {
            if (channel.read(data) < 0) {
                throw new Json.SyntaxException("expected " + bytes + " more bytes, the file ends");
            }
        }
        return data.flip();
    }
}
