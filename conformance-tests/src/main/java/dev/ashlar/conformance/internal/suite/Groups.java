// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import java.util.ArrayList;
import java.util.List;

/** Builds trials of groups from those of their members. */
public final class Groups {
    /**
     * One member.
     *
     * @param trial its iteration space and operands
     * @param body its expression
     */
    public record Member(TrialBuilder trial, Expr body) {}

    private Groups() {}

    public static Trial group(String label, Member... members) {
        List<Kernel.Map> maps = new ArrayList<>();
        List<LayoutClass> promises = new ArrayList<>();
        int rank = 0;
        for (Member member : members) {
            maps.add(member.trial().mapKernel(member.body()));
            promises.addAll(member.trial().promises());
            rank = Math.max(rank, member.trial().rank());
        }
        return new Trial(label, new KernelCode(new Kernel.Group(maps), rank, promises), random -> {
            List<Area> areas = new ArrayList<>();
            List<KernelArgs> args = new ArrayList<>();
            for (Member member : members) {
                Launch launch = member.trial().data(0, false).apply(random);
                areas.addAll(launch.areas());
                args.add(launch.args());
            }
            KernelArgs all = new KernelArgs(new long[0], new long[0][], new long[0], new long[0], 0, 0, args);
            return new Launch(all, areas, false);
        }, false, "");
    }
}
