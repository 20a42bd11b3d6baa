// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import static dev.ashlar.conformance.CheckedBackend.demand;

import dev.ashlar.conformance.ContractViolation.Side;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The caller's side of compile and submit. */
final class LaunchCheck {
    /** Overlaps are looked for element by element, so only where that is quick. */
    private static final long SMALL = 1 << 12;

    private LaunchCheck() {}

    /** Asserts that only what is claimed is compiled, and that the promises have the right number. */
    static void code(Capabilities capabilities, KernelCode code) {
        Kernel kernel = code.kernel();
        int bindings = kernel.inputs().size() + kernel.outputs().size();
        demand(Side.CALLER, code.layouts().size() == bindings, "compile", bindings + " layouts", code.layouts());
        switch (kernel) {
            case Kernel.Map map -> expr(capabilities, map.body());
            case Kernel.Reduce reduce -> {
                expr(capabilities, reduce.prologue());
                expr(capabilities, reduce.epilogue());
            }
            case Kernel.Contract contract -> {
                expr(capabilities, contract.epilogue());
                for (DType type : contract.inputs().subList(0, 2)) {
                    demand(Side.CALLER, capabilities.contract().contains(type), "compile", "a claimed type of products", type);
                }
            }
            case Kernel.Group group -> group.members().forEach(member -> expr(capabilities, member.body()));
            case Kernel.Composite composite -> demand(Side.CALLER,
                    capabilities.composites().contains(composite.name() + "@" + composite.version()), "compile", "a claimed composite",
                    composite);
            case Kernel.Gather _, Kernel.Scatter _ -> {}
        }
        bindings(capabilities, kernel);
    }

    private static void bindings(Capabilities capabilities, Kernel kernel) {
        if (kernel instanceof Kernel.Group group) {
            // The limit is that of one member.
            group.members().forEach(member -> bindings(capabilities, member));
            return;
        }
        int count = kernel.inputs().size() + kernel.outputs().size();
        demand(Side.CALLER, count <= capabilities.maxBindings(), "compile",
                "at most " + capabilities.maxBindings() + " bindings", count);
        for (DType type : kernel.inputs()) {
            demand(Side.CALLER, capabilities.storage().contains(type), "compile", "a claimed storage type", type);
        }
        for (DType type : kernel.outputs()) {
            demand(Side.CALLER, capabilities.storage().contains(type), "compile", "a claimed storage type", type);
        }
    }

    private static void expr(Capabilities capabilities, Expr expr) {
        demand(Side.CALLER, expr.instructions().size() <= capabilities.maxInstructions(), "compile",
                "at most " + capabilities.maxInstructions() + " instructions", expr.instructions().size());
        for (Instruction step : expr.instructions()) {
            boolean moves = switch (step.op()) {
                case INPUT, CAST, BITCAST -> true;
                default -> false;
            };
            demand(Side.CALLER, step.op().operands() == 0 || capabilities.scalarOps().contains(step.op()), "compile",
                    "a claimed scalar operation", step.op());
            demand(Side.CALLER, moves || capabilities.arithmetic().contains(step.type()), "compile", "a claimed arithmetic type",
                    step.op() + " in " + step.type());
        }
    }

    /** Asserts that arguments fit the kernel, that every element lies inside of its buffer, and that nothing overlaps. */
    static void launch(KernelCode code, List<Binding> bindings, KernelArgs args) {
        if (code.kernel() instanceof Kernel.Group group) {
            demand(Side.CALLER, args.members().size() == group.members().size(), "submit", "arguments for every member",
                    args.members().size());
            int from = 0;
            for (int i = 0; i < group.members().size(); i++) {
                Kernel.Map member = group.members().get(i);
                int to = from + member.inputs().size() + member.outputs().size();
                KernelArgs own = args.members().get(i);
                launch(new KernelCode(member, own.sizes().length, code.layouts().subList(from, to)), bindings.subList(from, to), own);
                from = to;
            }
            demand(Side.CALLER, from == bindings.size(), "submit", from + " bindings", bindings.size());
            return;
        }
        Kernel kernel = code.kernel();
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.addAll(kernel.outputs());
        boolean indexed = kernel instanceof Kernel.Gather || kernel instanceof Kernel.Scatter;
        int expected = types.size() + (indexed ? 1 : 0);
        demand(Side.CALLER, bindings.size() == expected, "submit", expected + " bindings", bindings.size());
        demand(Side.CALLER, args.sizes().length == code.rank(), "submit", code.rank() + " sizes", Arrays.toString(args.sizes()));
        demand(Side.CALLER, args.strides().length == types.size() && args.offsets().length == types.size(), "submit",
                "strides and an offset for each of " + types.size() + " bindings", args.strides().length);
        demand(Side.CALLER, args.params().length == kernel.params(), "submit",
                kernel.params() + " parameters for " + kernel, args.params().length);
        demand(Side.CALLER, !indexed || args.site() != 0, "submit", "a site other than 0", args.site());
        for (int i = 0; i < types.size(); i++) {
            Binding binding = bindings.get(i);
            demand(Side.CALLER, binding.offset() >= 0 && binding.offset() % 64 == 0, "submit",
                    "an offset that is a multiple of 64 for binding " + i, binding.offset());
            demand(Side.CALLER, args.strides()[i].length == code.rank(), "submit", code.rank() + " strides for binding " + i,
                    Arrays.toString(args.strides()[i]));
            promise(code, args, i, i >= kernel.inputs().size());
            inRange(kernel, binding, types.get(i), args, i);
        }
        overlaps(kernel, types, bindings, args);
    }

    private static void promise(KernelCode code, KernelArgs args, int i, boolean output) {
        long[] strides = args.strides()[i];
        LayoutClass promised = code.layouts().get(i);
        boolean kept = switch (promised) {
            case GENERAL -> true;
            case BROADCAST -> Arrays.stream(strides).allMatch(stride -> stride == 0);
            case INNER_ONE -> strides.length > 0 && strides[strides.length - 1] == 1;
            case CONTIGUOUS -> contiguous(args.sizes(), strides, output);
        };
        demand(Side.CALLER, kept, "submit", promised + " strides for binding " + i, Arrays.toString(strides));
    }

    /** An output need not vary along axes that are folded away; the strides of axes of size 1 do not matter. */
    private static boolean contiguous(long[] sizes, long[] strides, boolean output) {
        if (Arrays.stream(sizes).anyMatch(size -> size == 0)) {
            return true;
        }
        long step = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            if (output && strides[axis] == 0) {
                continue;
            }
            if (sizes[axis] > 1 && strides[axis] != step) {
                return false;
            }
            step *= sizes[axis];
        }
        return true;
    }

    private static void inRange(Kernel kernel, Binding binding, DType type, KernelArgs args, int i) {
        int axisOfExtent = switch (kernel) {
            case Kernel.Gather gather when i == 0 -> gather.axis();
            case Kernel.Scatter scatter when i == 2 -> scatter.axis();
            default -> -1;
        };
        long lowest = args.offsets()[i];
        long highest = args.offsets()[i];
        for (int axis = 0; axis < args.sizes().length; axis++) {
            long size = axis == axisOfExtent ? args.extent() : args.sizes()[axis];
            if (size == 0) {
                return;
            }
            long reach = args.strides()[i][axis] * (size - 1);
            lowest += Math.min(0, reach);
            highest += Math.max(0, reach);
        }
        long available = (binding.buffer().size() - binding.offset()) / type.bytes();
        demand(Side.CALLER, lowest >= 0 && highest < available, "submit", "elements in [0, " + available + ") for binding " + i,
                "[" + lowest + ", " + highest + "]");
    }

    private static void overlaps(Kernel kernel, List<DType> types, List<Binding> bindings, KernelArgs args) {
        long points = Arrays.stream(args.sizes()).reduce(1, (a, b) -> a * b);
        if (points > SMALL || kernel instanceof Kernel.Scatter) {
            return;
        }
        int inputs = kernel.inputs().size();
        for (int output = inputs; output < types.size(); output++) {
            Set<Long> written = positions(kernel, types, bindings, args, output);
            for (int other = 0; other < types.size(); other++) {
                boolean same = other < inputs && bindings.get(other).offset() == bindings.get(output).offset()
                        && args.offsets()[other] == args.offsets()[output]
                        && Arrays.equals(args.strides()[other], args.strides()[output]);
                if (other == output || same || bindings.get(other).buffer() != bindings.get(output).buffer()) {
                    continue;
                }
                boolean apart = positions(kernel, types, bindings, args, other).stream().noneMatch(written::contains);
                demand(Side.CALLER, apart, "submit", "output binding " + output + " apart from binding " + other, "an overlap");
            }
        }
    }

    private static Set<Long> positions(Kernel kernel, List<DType> types, List<Binding> bindings, KernelArgs args, int i) {
        Set<Long> positions = new HashSet<>();
        long[] sizes = args.sizes().clone();
        if (kernel instanceof Kernel.Gather gather && i == 0) {
            sizes[gather.axis()] = args.extent();
        }
        long points = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        for (long point = 0; point < points; point++) {
            long rest = point;
            long element = args.offsets()[i];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                element += rest % sizes[axis] * args.strides()[i][axis];
                rest /= sizes[axis];
            }
            long start = bindings.get(i).offset() + element * types.get(i).bytes();
            for (int b = 0; b < types.get(i).bytes(); b++) {
                positions.add(start + b);
            }
        }
        return positions;
    }
}
