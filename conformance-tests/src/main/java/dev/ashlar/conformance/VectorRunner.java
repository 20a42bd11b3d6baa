// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.conformance.internal.vectors.AllParts;
import dev.ashlar.conformance.internal.vectors.Part;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.conformance.internal.vectors.Tables;
import dev.ashlar.conformance.internal.vectors.VectorFiles;
import dev.ashlar.conformance.internal.vectors.VectorReport;
import dev.ashlar.conformance.internal.vectors.VectorRun;
import dev.ashlar.type.InvalidArgumentException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plays recorded answers of PyTorch back on a backend: {@code VectorRunner.forBackend("java").run(null, out)}. Immutable; every setter
 * returns a changed copy.
 */
public final class VectorRunner {
    private final Device device;
    private final String only;
    private final Placement placement;

    private VectorRunner(Device device, String only, Placement placement) {
        this.device = device;
        this.only = only;
        this.placement = placement;
    }

    /**
     * Chooses a device.
     *
     * @param name as for {@link Device#of}
     * @throws dev.ashlar.type.DeviceNotFoundException if there is none of that name
     */
    public static VectorRunner forBackend(String name) {
        return new VectorRunner(Device.of(name), "*", Placement.PLAIN);
    }

    /**
     * Chooses cases: a pattern of operations or modules ({@code add}, {@code Conv2d}), of cases ({@code add.3}), of groups ({@code
     * recurrent}, {@code nn/recurrent}) or of parts ({@code nn}); {@code *} stands for anything.
     */
    public VectorRunner only(String pattern) {
        return new VectorRunner(device, pattern, placement);
    }

    /**
     * Chooses how operands lie in memory.
     *
     * @param name plain, transposed, stepped, shifted, flipped, mixed or expanded
     * @throws InvalidArgumentException if it is none of these
     */
    public VectorRunner layout(String name) {
        for (Placement value : Placement.values()) {
            if (value.name().equalsIgnoreCase(name)) {
                return new VectorRunner(device, only, value);
            }
        }
        throw new InvalidArgumentException("[vectors] expected a layout among " + Arrays.toString(Placement.values()) + ", got '" + name
                + "'; leave it out for plain");
    }

    /**
     * Runs, prints each failure when it happens, a table of operations and types, and the closing line
     * {@code N passed, N failed, N not applicable}.
     *
     * @param folder with the files; null for those that come with the suite
     * @return whether nothing failed
     */
    public boolean run(@Nullable Path folder, PrintWriter out) {
        Pattern pattern = Pattern.compile(Pattern.quote(only).replace("*", "\\E.*\\Q"));
        Table table = Tables.all();
        VectorReport report = new VectorReport(out, table);
        Device before = Ashlar.defaultDevice();
        Ashlar.setDefaultDevice(device);
        try {
            VectorRun run = new VectorRun(placement, device.capabilities().storage());
            List<Recording> files = folder == null ? List.of() : VectorFiles.folder(folder);
            for (Part part : AllParts.of(table)) {
                for (Recording recording : folder == null ? VectorFiles.archive(part.archive()) : files) {
                    boolean whole = Stream.of(part.name(), recording.group(), part.name() + "/" + recording.group())
                            .anyMatch(name -> pattern.matcher(name).matches());
                    run.run(part.cases(recording).stream().filter(test -> whole || pattern.matcher(test.subject()).matches()
                            || pattern.matcher(test.id()).matches()).toList(), report::add);
                }
            }
        } finally {
            Ashlar.setDefaultDevice(before);
        }
        report.close();
        return report.failed() == 0;
    }
}
