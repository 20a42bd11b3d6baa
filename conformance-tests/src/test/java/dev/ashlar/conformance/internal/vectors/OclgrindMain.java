// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Scope;
import dev.ashlar.spi.KernelCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs in a process of its own whose only OpenCL driver is the checking simulator: picks recorded calls that launch every distinct
 * kernel, on the backend "java", and makes them on "opencl". Arguments: the largest number of calls, 0 for all. Exit code 0 if all
 * results are right.
 */
final class OclgrindMain {
    private OclgrindMain() {}

    public static void main(String[] arguments) {
        int most = Integer.parseInt(arguments[0]);
        Table table = Tables.all();
        Device plain = Device.of("java");
        Ashlar.setDefaultDevice(plain);
        List<KernelCover.Pick> picks =
                KernelCover.pick(plain, table, VectorFiles.embedded(), List.of(Placement.PLAIN, Placement.MIXED));
        List<KernelCover.Pick> chosen = picks;
        if (most > 0 && picks.size() > most) {
            int every = Math.ceilDiv(picks.size(), most);
            chosen = java.util.stream.IntStream.range(0, picks.size()).filter(i -> i % every == 0).mapToObj(picks::get).toList();
        }
        Device checked = Device.of("opencl");
        Ashlar.setDefaultDevice(checked);
        Set<KernelCode> launched = new HashSet<>();
        try (Scope _ = Ashlar.trace((_, code, _, _) -> launched.add(code))) {
            List<VectorResult> failed = KernelCover.play(checked, table, chosen, 20);
            System.out.println(launched.size() + " distinct kernels in " + chosen.size() + " of " + picks.size() + " calls, "
                    + picks.stream().mapToInt(KernelCover.Pick::codes).sum() + " distinct in all");
            failed.forEach(result -> System.out.println("wrong: " + result));
            System.exit(failed.isEmpty() ? 0 : 1);
        }
    }
}
