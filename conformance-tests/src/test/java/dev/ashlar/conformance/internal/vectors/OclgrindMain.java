// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Scope;
import dev.ashlar.spi.KernelCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Runs in a process of its own whose only OpenCL driver is the checking simulator: picks recorded calls that launch every distinct
 * kernel, on the backend "java", and makes them on "opencl". Arguments: of how many such calls one is made, the first and how many at
 * most. Exit code 0 if all results are right; the last line says how many there are in all.
 */
final class OclgrindMain {
    private OclgrindMain() {}

    public static void main(String[] arguments) {
        int every = Integer.parseInt(arguments[0]);
        int first = Integer.parseInt(arguments[1]);
        int most = Integer.parseInt(arguments[2]);
        Table table = Tables.all();
        Device plain = Device.of("java");
        Ashlar.setDefaultDevice(plain);
        List<KernelCover.Pick> picks =
                KernelCover.pick(plain, table, VectorFiles.embedded(), List.of(Placement.PLAIN, Placement.MIXED));
        List<KernelCover.Pick> chosen = IntStream.iterate(first, i -> i < picks.size(), i -> i + every).limit(most).mapToObj(picks::get)
                .toList();
        Device checked = Device.of("opencl");
        Ashlar.setDefaultDevice(checked);
        Set<KernelCode> launched = new HashSet<>();
        try (Scope _ = Ashlar.trace((_, code, _, _) -> launched.add(code))) {
            List<VectorResult> failed = KernelCover.play(checked, table, chosen, 20);
            failed.forEach(result -> System.out.println("wrong: " + result));
            System.out.println(launched.size() + " distinct kernels in " + chosen.size() + " calls; in all "
                    + picks.stream().mapToInt(KernelCover.Pick::codes).sum() + " in " + picks.size() + " calls");
            System.exit(failed.isEmpty() ? 0 : 1);
        }
    }
}
