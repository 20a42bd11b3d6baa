// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Runs commands in this process. */
final class Cli {
    private Cli() {}

    /** What a command left. */
    record Result(int code, String out, String err) {
        Result succeeded() {
            assertThat(code).as("%s%n%s", out, err).isZero();
            return this;
        }

        /** Asserts a failure that says what is wrong in one line, and returns the line. */
        String failed(int expectedCode) {
            assertThat(code).as("%s%n%s", out, err).isEqualTo(expectedCode);
            assertThat(err.lines()).hasSize(1);
            assertThat(err).doesNotContain("\tat ");
            return err.strip();
        }
    }

    static Result run(Object... args) {
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
        return new Result(code, out.toString(), err.toString());
    }

    static JsonNode metrics(Path folder) {
        try {
            return new ObjectMapper().readTree(Files.readString(folder.resolve("metrics.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Writes a table: {@code mass} is twice {@code length}, {@code kind} says whether it is above 50, {@code place} is one of three. */
    static Path table(Path folder, String name, int rows) throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("length,place,mass,kind\n");
        for (int i = 0; i < rows; i++) {
            int length = 1 + random.nextInt(99);
            text.append(length).append(',').append(new String[] {"hill", "lake", "town"}[i % 3]).append(',').append(2 * length).append(',')
                    .append(length > 50 ? "long" : "short").append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
