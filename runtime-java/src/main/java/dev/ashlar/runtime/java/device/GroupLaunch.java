// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.spi.Binding;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;

/** Runs the members of a {@link dev.ashlar.spi.Kernel.Group} one after the other, each on its own run of bindings. */
public final class GroupLaunch extends CompiledKernel {
    private final CompiledKernel[] members;
    private final int bindings;

    public GroupLaunch(KernelCode code, MemoryPool pool, List<CompiledKernel> members) {
        super(code, pool);
        this.members = members.toArray(CompiledKernel[]::new);
        this.bindings = members.stream().mapToInt(CompiledKernel::bindings).sum();
    }

    @Override
    public int bindings() {
        return bindings;
    }

    @Override
    public void launch(List<Binding> bindings, int first, KernelArgs args) {
        if (args.members().size() != members.length) {
            throw new InvalidArgumentException("[submit] expected arguments for " + members.length
                    + " members of a group, got " + args.members().size() + "; pass one KernelArgs per member");
        }
        int next = first;
        for (int i = 0; i < members.length; i++) {
            members[i].launch(bindings, next, args.members().get(i));
            next += members[i].bindings();
        }
    }
}
