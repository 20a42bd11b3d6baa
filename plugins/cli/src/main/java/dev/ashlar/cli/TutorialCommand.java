// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Device;
import dev.ashlar.tutorials.Tutorial;
import dev.ashlar.tutorials.TutorialContext;
import dev.ashlar.tutorials.Tutorials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar tutorial}: programs that follow well-known introductions. */
@Command(name = "tutorial", description = "Run one of the tutorials, which print figures and draw pictures; without NAME, list them.")
final class TutorialCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which one.")
    private @Nullable String name;

    @Option(names = "--list", description = "List them.")
    private boolean list;

    @Option(names = "--device", paramLabel = "D", description = "Where to compute: java, opencl:1, ... (default: the best there is).")
    private @Nullable String device;

    @Option(names = "--out", paramLabel = "DIR", description = "Where pictures go (default: ashlar-out/NAME).")
    private @Nullable Path out;

    @Option(names = "--quick", description = "Cut long trainings short: everything is shown, but not everything is learnt.")
    private boolean quick;

    /** For picocli, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    TutorialCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        if (name == null || list) {
            Tutorials.all().forEach(each -> console.println(String.format(Locale.ROOT, "%-12s %s", each.name(), each.summary())));
            return 0;
        }
        Tutorial tutorial = Tutorials.named(name);
        Device chosen = device == null ? Device.best() : Device.of(device);
        Path folder = out == null ? Path.of("ashlar-out", tutorial.name()) : out;
        OutputFolder.check("tutorial", folder);
        try (OutputFolder output = OutputFolder.open(folder)) {
            console.println(tutorial.summary() + ", on " + chosen.name());
            tutorial.run(new TutorialContext(chosen, output.folder(), console, quick));
            List<String> written = output.commit();
            console.println();
            console.println("Wrote " + String.join(", ", written) + " to " + folder);
        }
        return 0;
    }
}
