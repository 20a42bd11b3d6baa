// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.wrong;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Bugs in how a kernel is launched. */
final class WrongLaunches {
    private WrongLaunches() {}

    /** Inputs are read from the start of the binding. */
    static final class NoOffset extends Wrapper {
        NoOffset(Backend inside) {
            super(inside);
        }

        @Override
        KernelArgs mistake(KernelCode code, KernelArgs args) {
            long[] offsets = args.offsets().clone();
            for (int i = 0; code.kernel() instanceof Kernel.Map map && i < map.inputs().size(); i++) {
                if (Arrays.stream(args.strides()[i]).allMatch(stride -> stride >= 0)) {
                    offsets[i] = 0;
                }
            }
            return with(args, args.sizes(), args.strides(), offsets);
        }
    }

    /** A stride of 0 along the first axis is taken for 1. */
    static final class BroadcastStride extends Wrapper {
        BroadcastStride(Backend inside) {
            super(inside);
        }

        @Override
        KernelArgs mistake(KernelCode code, KernelArgs args) {
            long[][] strides = Arrays.stream(args.strides()).map(long[]::clone).toArray(long[][]::new);
            for (int i = 0; code.kernel() instanceof Kernel.Map map && i < map.inputs().size(); i++) {
                if (strides[i].length > 1 && strides[i][0] == 0 && args.sizes()[0] <= 7) {
                    strides[i][0] = 1;
                }
            }
            return with(args, args.sizes(), strides, args.offsets());
        }
    }

    /** The sign of strides is forgotten, and reading starts where a positive stride would start. */
    static final class NoSign extends Wrapper {
        NoSign(Backend inside) {
            super(inside);
        }

        @Override
        KernelArgs mistake(KernelCode code, KernelArgs args) {
            long[][] strides = Arrays.stream(args.strides()).map(long[]::clone).toArray(long[][]::new);
            long[] offsets = args.offsets().clone();
            for (int i = 0; code.kernel() instanceof Kernel.Map map && i < map.inputs().size(); i++) {
                for (int axis = 0; axis < strides[i].length; axis++) {
                    if (strides[i][axis] < 0) {
                        offsets[i] += strides[i][axis] * (args.sizes()[axis] - 1);
                        strides[i][axis] = -strides[i][axis];
                    }
                }
            }
            return with(args, args.sizes(), strides, offsets);
        }
    }

    /** Elements are done two by two, and the last of an odd number is forgotten. */
    static final class NoTail extends Wrapper {
        NoTail(Backend inside) {
            super(inside);
        }

        @Override
        KernelArgs mistake(KernelCode code, KernelArgs args) {
            long[] sizes = args.sizes().clone();
            int last = sizes.length - 1;
            if (code.kernel() instanceof Kernel.Map && last >= 0 && sizes[last] > 1) {
                sizes[last] -= sizes[last] % 2;
            }
            return with(args, sizes, args.strides(), args.offsets());
        }
    }

    /** A fold reads one element more than there are. */
    static final class ReadsPastTheEnd extends Wrapper {
        ReadsPastTheEnd(Backend inside) {
            super(inside);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            int last = args.sizes().length - 1;
            if (executable.code().kernel() instanceof Kernel.Reduce && last == 0 && args.strides()[0][0] == 1) {
                long end = buffers.getFirst().offset() + (args.offsets()[0] + args.sizes()[0] + 1) * 8;
                if (end <= buffers.getFirst().buffer().size()) {
                    return super.submit(executable, buffers, with(args, new long[] {args.sizes()[0] + 1}, args.strides(), args.offsets()));
                }
            }
            return super.submit(executable, buffers, args);
        }
    }

    /** A map writes one byte more than it should. */
    static final class WritesPastTheEnd extends Wrapper {
        WritesPastTheEnd(Backend inside) {
            super(inside);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            Fence fence = super.submit(executable, buffers, args);
            int last = args.strides().length - 1;
            if (executable.code().kernel() instanceof Kernel.Map map && args.sizes().length == 1 && args.strides()[last][0] == 1) {
                Binding target = buffers.get(last);
                long end = target.offset() + (args.offsets()[last] + args.sizes()[0]) * map.outputs().getLast().bytes();
                if (end < target.buffer().size()) {
                    inside.upload(MemorySegment.ofArray(new byte[1]), target.buffer(), end);
                }
            }
            return fence;
        }
    }

    /** A scatter runs backwards, as one does whose lines are shared among threads. */
    static final class ScatterOutOfOrder extends Wrapper {
        ScatterOutOfOrder(Backend inside) {
            super(inside);
        }

        @Override
        KernelArgs mistake(KernelCode code, KernelArgs args) {
            if (!(code.kernel() instanceof Kernel.Scatter scatter)) {
                return args;
            }
            long[][] strides = Arrays.stream(args.strides()).map(long[]::clone).toArray(long[][]::new);
            long[] offsets = args.offsets().clone();
            for (int i = 0; i < 2; i++) {
                offsets[i] += strides[i][scatter.axis()] * (args.sizes()[scatter.axis()] - 1);
                strides[i][scatter.axis()] = -strides[i][scatter.axis()];
            }
            return with(args, args.sizes(), strides, offsets);
        }
    }

    /** Bad indices are not recorded. */
    static final class SilentGather extends Wrapper {
        SilentGather(Backend inside) {
            super(inside);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            if (!(executable.code().kernel() instanceof Kernel.Gather)) {
                return super.submit(executable, buffers, args);
            }
            try (Buffer nowhere = inside.allocate(16)) {
                List<Binding> changed = new ArrayList<>(buffers.subList(0, 3));
                changed.add(new Binding(nowhere, 0));
                return super.submit(executable, changed, args);
            }
        }
    }

    /** The run-time scalars of the first launch are kept for all. */
    static final class StickyParams extends Wrapper {
        private final Map<Executable, long[]> first = Collections.synchronizedMap(new WeakHashMap<>());

        StickyParams(Backend inside) {
            super(inside);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            long[] params = first.computeIfAbsent(executable, key -> args.params().clone());
            return super.submit(executable, buffers, new KernelArgs(
                    args.sizes(), args.strides(), args.offsets(), params, args.extent(), args.site(), args.members()));
        }
    }

    /** All members of a group get the run-time scalars of the first. */
    static final class SharedGroupParams extends Wrapper {
        SharedGroupParams(Backend inside) {
            super(inside);
        }

        @Override
        KernelArgs mistake(KernelCode code, KernelArgs args) {
            if (args.members().isEmpty()) {
                return args;
            }
            long[] params = args.members().getFirst().params();
            return new KernelArgs(args.sizes(), args.strides(), args.offsets(), args.params(), 0, 0, args.members().stream()
                    .map(own -> own.params().length != params.length ? own
                            : new KernelArgs(own.sizes(), own.strides(), own.offsets(), params, 0, 0, List.of()))
                    .toList());
        }
    }
}
