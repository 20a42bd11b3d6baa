// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One launch of a plan: code, the buffers it is bound to, and where its run-time numbers come from. Re-uses its argument arrays from
 * run to run.
 */
final class Step {
    /** A parameter that is fixed for this plan; other parameters name a run-time number. */
    static final int FIXED = -1;

    final KernelCode code;
    final BufferRef[] buffers;
    final KernelArgs args;
    /** For each parameter the run-time number it is, or {@link #FIXED}. */
    final int[] paramNumbers;
    /** For each binding the part of its offset that does not change. */
    final long[] baseOffsets;
    final int[][] offsetNumbers;
    final long[][] offsetFactors;
    /** The members of a group; their bindings follow each other in {@link #buffers}. */
    final List<Step> members;
    /** What an index error names, or null if the kernel checks none. */
    final @Nullable String operation;

    @Nullable Executable executable;
    private final boolean moving;
    private final Binding[] bindings;
    private final List<Binding> bindingList;

    Step(
            KernelCode code,
            BufferRef[] buffers,
            KernelArgs args,
            int[] paramNumbers,
            int[][] offsetNumbers,
            long[][] offsetFactors,
            List<Step> members,
            @Nullable String operation) {
        this.code = code;
        this.buffers = buffers;
        this.args = args;
        this.paramNumbers = paramNumbers;
        this.baseOffsets = args.offsets().clone();
        this.offsetNumbers = offsetNumbers;
        this.offsetFactors = offsetFactors;
        this.members = members;
        this.operation = operation;
        this.moving = Arrays.stream(offsetNumbers).anyMatch(numbers -> numbers.length > 0);
        this.bindings = new Binding[buffers.length + (operation != null ? 1 : 0)];
        this.bindingList = Arrays.asList(bindings);
    }

    /** Resolves a buffer of the plan to memory for one run. */
    interface Resolver {
        Buffer buffer(BufferRef ref);

        long offset(BufferRef ref);
    }

    /** Launches with the numbers of this run. */
    void launch(Backend backend, Resolver resolver, long[] numbers, @Nullable Buffer errors) {
        for (int i = 0; i < buffers.length; i++) {
            Buffer buffer = resolver.buffer(buffers[i]);
            long offset = resolver.offset(buffers[i]);
            Binding old = bindings[i];
            if (old == null || old.buffer() != buffer || old.offset() != offset) {
                bindings[i] = new Binding(buffer, offset);
            }
        }
        if (operation != null && bindings[buffers.length] == null) {
            bindings[buffers.length] = new Binding(java.util.Objects.requireNonNull(errors), 0);
        }
        fill(numbers);
        backend.submit(java.util.Objects.requireNonNull(executable), bindingList, args);
    }

    private void fill(long[] numbers) {
        for (Step member : members) {
            member.fill(numbers);
        }
        long[] params = args.params();
        for (int i = 0; i < paramNumbers.length; i++) {
            if (paramNumbers[i] != FIXED) {
                params[i] = numbers[paramNumbers[i]];
            }
        }
        if (moving) {
            for (int i = 0; i < offsetNumbers.length; i++) {
                long offset = baseOffsets[i];
                for (int j = 0; j < offsetNumbers[i].length; j++) {
                    offset += numbers[offsetNumbers[i][j]] * offsetFactors[i][j];
                }
                args.offsets()[i] = offset;
            }
        }
    }

    List<Binding> bindings() {
        return bindingList;
    }

    /** Lets go of the buffers of the last run, so that a cached plan keeps none alive. */
    void forget() {
        Arrays.fill(bindings, null);
    }
}
