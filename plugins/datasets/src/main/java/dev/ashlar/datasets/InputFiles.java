// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files, and says what is wrong with those that cannot be read. */
final class InputFiles {
    private InputFiles() {}

    /**
     * Reads a whole file.
     *
     * @param operation for messages, for example {@code read table}
     * @param what was expected, for example {@code a file of separated values}
     */
    static byte[] read(String operation, String what, Path file) {
        requireFile(operation, what, file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failed(operation, what, file, e);
        }
    }

    static void requireFile(String operation, String what, Path file) {
        if (Files.isDirectory(file)) {
            throw new InvalidArgumentException("[" + operation + "] expected " + what + ", got the directory " + file
                    + "; name one of its files");
        }
    }

    static InvalidArgumentException failed(String operation, String what, Path file, IOException e) {
        return new InvalidArgumentException(switch (e) {
            case NoSuchFileException _ -> "[" + operation + "] expected " + what + ", got " + file
                    + ", which does not exist; check the path (relative paths start at " + Path.of("").toAbsolutePath() + ")";
            case AccessDeniedException _ -> "[" + operation + "] expected a readable file, got " + file
                    + ", which may not be read; check its permissions";
            default -> "[" + operation + "] expected a readable file, got " + file + ", which failed: " + e.getMessage();
        });
    }

    /** Returns what messages call a file. */
    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    /** Returns text of UTF-8. */
    static String decode(String operation, String source, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            long line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new InvalidArgumentException("[" + operation + "] expected UTF-8, got something else in " + source + ", line " + line
                    + "; save the file as UTF-8");
        }
        return out.flip().toString();
    }
}
