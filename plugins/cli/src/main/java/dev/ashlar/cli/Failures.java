// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.io.CheckpointException;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.DeviceNotFoundException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line that says what to do, and an exit code. */
final class Failures {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private Failures() {}

    static int wrongUsage(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        String told = e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched, line) : oneLine(e.getMessage());
        String message = "[" + line.getCommandName() + "] " + told + "; ./" + name + " --help lists what it takes";
        line.getErr().println(message);
        trace(e, line, List.of(args).contains("--stacktrace"));
        return WRONG_USE;
    }

    private static String unmatched(UnmatchedArgumentException e, CommandLine line) {
        String given = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst();
        String expected = given.startsWith("-") ? "a known option"
                : line.getSubcommands().isEmpty() ? "no further argument"
                : "a command (" + String.join(", ", line.getSubcommands().keySet()) + ")";
        // Of names with similar letters the one that begins alike is meant: slips come late in a word.
        String near = e.getSuggestions().stream().reduce((a, b) -> commonStart(b, given) > commonStart(a, given) ? b : a)
                .map(name -> " (did you mean " + name + "?)").orElse("");
        return "expected " + expected + ", got '" + given + "'" + near;
    }

    private static int commonStart(String a, String b) {
        int end = Arrays.mismatch(a.toCharArray(), b.toCharArray());
        return end < 0 ? a.length() : end;
    }

    static int failed(Exception e, CommandLine line, ParseResult parsed) {
        Main main = (Main) line.getCommandSpec().root().userObject();
        boolean known = e instanceof AshlarException;
        String message = known ? String.valueOf(e.getMessage()) : describe(e, line);
        line.getErr().println(message);
        trace(e, line, main.stacktrace());
        return isInput(e, line) ? WRONG_USE : FAILED;
    }

    static int broken(Error e, CommandLine line) {
        String remedy = e instanceof OutOfMemoryError ? "give Java more memory, for example with ASHLAR_JAVA_OPTS=-Xmx8g"
                : "build again with ./ashlar, and report this if it stays";
        line.getErr().println("[" + line.getCommandName() + "] expected to finish, got " + e + "; " + remedy);
        Main main = (Main) line.getCommandSpec().root().userObject();
        trace(e, line, main.stacktrace());
        return FAILED;
    }

    private static boolean isInput(Exception e, CommandLine line) {
        return e instanceof InvalidArgumentException || e instanceof DeviceNotFoundException || e instanceof ShapeMismatchException
                || e instanceof DTypeMismatchException
                // Only reading one is input; writing one fails for other reasons.
                || e instanceof CheckpointException && line.getCommandName().equals("predict");
    }

    private static String describe(Exception e, CommandLine line) {
        String prefix = "[" + line.getCommandName() + "] ";
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return prefix + "expected to read and write files, got " + oneLine(String.valueOf(e.getMessage()))
                    + "; check paths, permissions and free space";
        }
        return prefix + "expected no defect in Ashlar, got " + oneLine(e.toString()) + "; run it with --stacktrace and report this";
    }

    private static void trace(Throwable e, CommandLine line, boolean wanted) {
        if (wanted) {
            e.printStackTrace(line.getErr());
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
