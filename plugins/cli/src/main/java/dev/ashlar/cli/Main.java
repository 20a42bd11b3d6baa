// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: 0 for success, 2 for a wrong command line or wrong input, 1 for what fails while running.
 */
@Command(
        name = "ashlar",
        description = "Tensors and training for Java, computed by exchangeable backends.",
        subcommands = {
            TrainCommand.class, PredictCommand.class, TutorialCommand.class, DevicesCommand.class, ConformanceCommand.class,
            BenchCommand.class},
        versionProvider = Main.Version.class,
        footer = {"", "./ashlar COMMAND --help says what a command takes. ./ashlar test runs all tests."})
public final class Main implements Runnable {
    /** Prints what the launcher was asked for, and ends the process. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        // Column names and file names may hold anything; the console says how it wants them.
        Charset outCharset = System.out.charset();
        Charset errCharset = System.err.charset();
        PrintWriter out = new PrintWriter(System.out, true, outCharset);
        PrintWriter err = new PrintWriter(System.err, true, errCharset);
        System.exit(run(out, err, args));
    }

    /**
     * Runs a command in this process.
     *
     * @param out where results go
     * @param err where errors, warnings and progress go
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setParameterExceptionHandler(Failures::wrongUsage);
        line.setExecutionExceptionHandler(Failures::failed);
        line.setExecutionStrategy(parsed -> {
            Main main = (Main) parsed.commandSpec().root().userObject();
            Logging.configure(main.verbose, err);
            return new CommandLine.RunLast().execute(parsed);
        });
        try {
            return line.execute(args);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            return Failures.broken(e, line);
        } finally {
            out.flush();
            err.flush();
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Print this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version.")
    private boolean version;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT, description = "Say more.")
    private boolean verbose;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print where an error came from.")
    private boolean stacktrace;

    /** For picocli, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Main() {}

    boolean verbose() {
        return verbose;
    }

    boolean stacktrace() {
        return stacktrace;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command (" + String.join(", ", spec.subcommands().keySet())
                + "), got none");
    }

    /** Reads the version that the build left in the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ashlar " + number() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + ")"};
        }

        static String number() {
            Properties properties = new Properties();
            try (InputStream in = Main.class.getResourceAsStream("/META-INF/maven/dev.ashlar/ashlar-cli/pom.properties")) {
                if (in != null) {
                    properties.load(in);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties.getProperty("version", "(not packaged)");
        }
    }
}
