// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.spi.Binding;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Turns the bindings of a launch into addresses, and makes sure that no point of the iteration space lies outside of its buffer:
 * kernels read and write raw memory, so this is what stands between a wrong stride and a crash of the JVM. Allocates nothing per
 * launch. Not thread-safe.
 */
public final class Operands {
    private final DType[] types;
    private final int rank;
    private final boolean exactRank;
    private final int errorWords;
    private final boolean[] always;
    private final long[] addresses;
    private final MemoryPool pool;

    /**
     * @param pool whose buffers are accepted
     * @param inputs storage types of the inputs
     * @param outputs storage types of the outputs
     * @param rank iteration axes
     * @param exactRank whether launches have that rank; else they have that or fewer, as members of a group do
     * @param errorWord whether the last binding is an error word
     * @param always bindings that are accessed even when some axis is empty: what an epilogue reads and writes
     */
    public Operands(
            MemoryPool pool,
            List<DType> inputs,
            List<DType> outputs,
            int rank,
            boolean exactRank,
            boolean errorWord,
            Set<Integer> always) {
        List<DType> all = new ArrayList<>(inputs);
        all.addAll(outputs);
        this.pool = pool;
        this.types = all.toArray(DType[]::new);
        this.rank = rank;
        this.exactRank = exactRank;
        this.errorWords = errorWord ? 1 : 0;
        this.always = new boolean[types.length];
        always.forEach(binding -> this.always[binding] = true);
        this.addresses = new long[types.length + errorWords];
    }

    /** Returns the number of bindings of one launch. */
    public int count() {
        return addresses.length;
    }

    public DType type(int binding) {
        return types[binding];
    }

    /** Returns the address of the element at coordinate 0 of a binding; for the error word its first byte. */
    public long address(int binding) {
        return addresses[binding];
    }

    /**
     * Resolves and checks the bindings {@code first} to {@code first + count()}.
     *
     * @param indexed the axis along which binding 0 (gather) or the output (scatter) is indexed, else -1
     * @param target the binding that {@code indexed} belongs to
     * @throws InvalidArgumentException if something does not fit
     */
    public void bind(List<Binding> bindings, int first, KernelArgs args, int indexed, int target) {
        int given = args.sizes().length;
        if ((exactRank ? given != rank : given > rank) || args.strides().length != types.length || args.offsets().length != types.length) {
            throw new InvalidArgumentException("[submit] expected sizes of rank " + rank + " and strides and offsets for " + types.length
                    + " bindings, got rank " + given + ", " + args.strides().length + " and " + args.offsets().length
                    + "; submit with the arguments of the kernel that was compiled");
        }
        for (int i = 0; i < types.length; i++) {
            Binding binding = bindings.get(first + i);
            JavaBuffer buffer = check(binding);
            long room = (buffer.size() - binding.offset()) / types[i].bytes();
            checkRange(i, args, room, i == target ? indexed : -1);
            addresses[i] = buffer.address() + binding.offset() + args.offsets()[i] * types[i].bytes();
        }
        if (errorWords > 0) {
            Binding binding = bindings.get(first + types.length);
            JavaBuffer buffer = check(binding);
            if (buffer.size() - binding.offset() < 16) {
                throw new InvalidArgumentException("[submit] expected an error word of 16 bytes, got "
                        + (buffer.size() - binding.offset()) + "; allocate two int64");
            }
            addresses[types.length] = buffer.address() + binding.offset();
        }
    }

    private JavaBuffer check(Binding binding) {
        if (!(binding.buffer() instanceof JavaBuffer buffer) || !buffer.belongsTo(pool)) {
            throw new InvalidArgumentException("[submit] expected a buffer of this device, got one of another; upload the data first");
        }
        if (buffer.isClosed()) {
            throw new InvalidArgumentException("[submit] expected an open buffer, got one that was closed; close it after its last use");
        }
        if (binding.offset() < 0 || binding.offset() > buffer.size()) {
            throw new InvalidArgumentException("[submit] expected a binding offset in [0, " + buffer.size() + "], got " + binding.offset());
        }
        return buffer;
    }

    private void checkRange(int binding, KernelArgs args, long room, int indexedAxis) {
        long[] sizes = args.sizes();
        long[] strides = args.strides()[binding];
        if (strides.length != sizes.length) {
            throw new InvalidArgumentException(
                    "[submit] expected " + sizes.length + " strides for binding " + binding + ", got " + strides.length);
        }
        long low = args.offsets()[binding];
        long high = low;
        boolean empty = false;
        for (int axis = 0; axis < sizes.length; axis++) {
            long size = axis == indexedAxis ? args.extent() : sizes[axis];
            if (size < 0) {
                throw new InvalidArgumentException("[submit] expected sizes >= 0, got " + Arrays.toString(sizes));
            }
            empty |= size == 0;
            long reach = Math.max(0, size - 1) * strides[axis];
            if (reach < 0) {
                low += reach;
            } else {
                high += reach;
            }
        }
        if (empty && !always[binding]) {
            return;
        }
        if (low < 0 || high >= room) {
            throw new InvalidArgumentException("[submit] expected elements within [0, " + room + ") of binding " + binding + " ("
                    + types[binding] + "), got [" + low + ", " + high + "] from sizes " + Arrays.toString(sizes) + ", strides "
                    + Arrays.toString(strides) + " and offset " + args.offsets()[binding] + "; check the layout");
        }
    }
}
