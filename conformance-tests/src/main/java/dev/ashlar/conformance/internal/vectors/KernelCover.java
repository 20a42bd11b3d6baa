// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Scope;
import dev.ashlar.spi.KernelCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Picks recorded calls that together launch every distinct kernel code which all of them launch, small ones first: for tools under which
 * a launch takes a thousand times as long.
 */
public final class KernelCover {
    private KernelCover() {}

    /** A call, the layout of its operands, and the kernel codes that nobody picked before it launches. */
    public record Pick(String group, VectorCase test, Placement placement, int codes) {}

    /** Makes all calls on the default device and picks; {@code device} is the default one. */
    public static List<Pick> pick(Device device, Table table, Map<String, List<VectorCase>> groups, List<Placement> placements) {
        record Candidate(String group, VectorCase test) {}

        List<Candidate> candidates = new ArrayList<>();
        groups.forEach((group, cases) -> cases.forEach(test -> candidates.add(new Candidate(group, test))));
        candidates.sort(Comparator.comparingInt(candidate -> elements(candidate.test())));
        Set<KernelCode> seen = new HashSet<>();
        List<Pick> picks = new ArrayList<>();
        for (Placement placement : placements) {
            for (Candidate candidate : candidates) {
                int before = seen.size();
                try (Scope _ = Ashlar.trace((name, code, _, _) -> {
                    if (name.equals(device.name())) {
                        seen.add(code);
                    }
                })) {
                    Attempt.begin(table, candidate.test(), placement, device.capabilities().storage(),
                            () -> new Random(candidate.test().id().hashCode())).judge(candidate.group());
                }
                if (seen.size() > before) {
                    picks.add(new Pick(candidate.group(), candidate.test(), placement, seen.size() - before));
                }
            }
        }
        return picks;
    }

    private static int elements(VectorCase test) {
        int count = test.outputs().stream().mapToInt(Data::count).sum();
        for (String name : test.inputNames()) {
            count += test.data(name).count();
        }
        return count;
    }

    /** Makes the picked calls on the default device, some together; returns what is wrong with their results. */
    public static List<VectorResult> play(Device device, Table table, List<Pick> picks, int together) {
        List<VectorResult> failed = new ArrayList<>();
        for (int from = 0; from < picks.size(); from += together) {
            List<Pick> batch = picks.subList(from, Math.min(picks.size(), from + together));
            List<Attempt> attempts = batch.stream().map(pick -> Attempt.begin(table, pick.test(), pick.placement(),
                    device.capabilities().storage(), () -> new Random(pick.test().id().hashCode()))).toList();
            for (int i = 0; i < attempts.size(); i++) {
                VectorResult result = attempts.get(i).judge(batch.get(i).group());
                if (result.failed()) {
                    failed.add(result);
                }
            }
        }
        return failed;
    }
}
