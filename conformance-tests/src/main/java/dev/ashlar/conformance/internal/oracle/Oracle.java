// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Says what a launch must do, from its definition: every point by itself, every address from strides and offset. Changes nothing. */
public final class Oracle {
    private final List<DType> types = new ArrayList<>();
    private final KernelArgs args;
    private final List<Slot> slots;
    private final Expected expected;
    private final int first;

    private Oracle(Kernel kernel, KernelArgs args, List<Slot> slots, Expected expected, int first) {
        types.addAll(kernel.inputs());
        types.addAll(kernel.outputs());
        this.args = args;
        this.slots = slots;
        this.expected = expected;
        this.first = first;
    }

    /**
     * @param kernel what is launched
     * @param args its numbers
     * @param slots inputs, outputs, and the error word where there is one
     * @return what it must write
     */
    public static Expected judge(Kernel kernel, KernelArgs args, List<Slot> slots) {
        Expected expected = new Expected();
        if (kernel instanceof Kernel.Group group) {
            int next = 0;
            for (int i = 0; i < group.members().size(); i++) {
                Kernel.Map member = group.members().get(i);
                int end = next + member.inputs().size() + member.outputs().size();
                new Oracle(member, args.members().get(i), slots.subList(next, end), expected, next).map(member);
                next = end;
            }
            return expected;
        }
        Oracle oracle = new Oracle(kernel, args, slots, expected, 0);
        switch (kernel) {
            case Kernel.Map map -> oracle.map(map);
            case Kernel.Reduce reduce -> oracle.reduce(reduce);
            case Kernel.Contract contract -> oracle.contract(contract);
            case Kernel.Gather gather -> oracle.gather(gather);
            case Kernel.Scatter scatter -> oracle.scatter(scatter);
            case Kernel.Group _, Kernel.Composite _ -> throw new IllegalArgumentException("the oracle does not know " + kernel);
        }
        return expected;
    }

    /** Returns the values of all inputs at a coordinate, for messages. */
    public static List<Scalar> inputsAt(Kernel kernel, KernelArgs args, List<Slot> slots, long[] at) {
        Oracle oracle = new Oracle(kernel, args, slots, new Expected(), 0);
        List<Scalar> values = new ArrayList<>();
        for (int i = 0; i < kernel.inputs().size(); i++) {
            values.add(oracle.load(i, oracle.position(i, at)));
        }
        return values;
    }

    private void map(Kernel.Map map) {
        int inputs = map.inputs().size();
        visit(args.sizes().length, at -> {
            Scalar[] results = ScalarOracle.evaluate(map.body(), step -> leaf(step, at), null);
            for (int i = 0; i < results.length; i++) {
                expected.put(first + inputs + i, position(inputs + i, at), at, results[i]);
            }
        });
    }

    private void reduce(Kernel.Reduce reduce) {
        int kept = args.sizes().length - reduce.reducedAxes();
        int output = reduce.inputs().size();
        DType type = reduce.prologue().resultType(0);
        visit(kept, at -> {
            Folding folding = new Folding(reduce.op(), type, reduce.accumulator());
            visitFrom(kept, at, point ->
                    folding.add(ScalarOracle.evaluate(reduce.prologue(), step -> leaf(step, point), null)[0]));
            Scalar result = ScalarOracle.evaluate(reduce.epilogue(), step -> leaf(step, at), folding.result())[0];
            expected.put(output, position(output, at), at, result);
        });
    }

    private void contract(Kernel.Contract contract) {
        int kept = args.sizes().length - contract.sumAxes();
        int output = contract.inputs().size();
        visit(kept, at -> {
            ProductSum sum = new ProductSum(contract.accumulator());
            visitFrom(kept, at, point -> sum.add(load(0, position(0, point)), load(1, position(1, point))));
            Scalar result = ScalarOracle.evaluate(contract.epilogue(), step -> leaf(step, at), sum.result())[0];
            expected.put(output, position(output, at), at, result);
        });
    }

    private void gather(Kernel.Gather gather) {
        visit(args.sizes().length, at -> {
            long index = load(1, position(1, at)).n();
            Scalar value = gather.type().isFloatingPoint() ? Scalar.exact(0) : Scalar.whole(0);
            if (index >= 0 && index < args.extent()) {
                value = load(0, indexed(0, gather.axis(), at, index));
            } else {
                expected.badIndex(index);
            }
            expected.put(2, position(2, at), at, value);
        });
    }

    /** Row-major order visits every line along the axis in ascending order. */
    private void scatter(Kernel.Scatter scatter) {
        Map<Long, Scalar> written = new LinkedHashMap<>();
        visit(args.sizes().length, at -> {
            long index = load(1, position(1, at)).n();
            if (index < 0 || index >= args.extent()) {
                expected.badIndex(index);
                return;
            }
            long target = indexed(2, scatter.axis(), at, index);
            Scalar old = written.containsKey(target) ? written.get(target) : load(2, target);
            written.put(target, combine(scatter.op(), scatter.type(), old, load(0, position(0, at))));
        });
        written.forEach((position, value) -> expected.put(2, position, new long[0], value));
    }

    private static Scalar combine(ScatterOp op, DType type, Scalar old, Scalar value) {
        return switch (op) {
            case SET -> value;
            case ADD -> ScalarOracle.binary(ScalarOp.ADD, type, old, value);
            case MAX -> ScalarOracle.binary(ScalarOp.MAX, type, old, value);
            case MIN -> ScalarOracle.binary(ScalarOp.MIN, type, old, value);
        };
    }

    private Scalar leaf(Instruction step, long[] at) {
        int number = (int) step.immediate();
        return switch (step.op()) {
            case INPUT -> load(number, position(number, at));
            case PARAM -> ScalarOracle.literal(step.type(), args.params()[number]);
            default -> Scalar.whole(at[number]);
        };
    }

    private Scalar load(int binding, long position) {
        return Numbers.decode(types.get(binding), Numbers.bitsAt(types.get(binding), slots.get(binding).memory(), position));
    }

    private long position(int binding, long[] at) {
        long element = args.offsets()[binding];
        long[] strides = args.strides()[binding];
        for (int axis = 0; axis < strides.length; axis++) {
            element += at[axis] * strides[axis];
        }
        return slots.get(binding).offset() + element * types.get(binding).bytes();
    }

    private long indexed(int binding, int axis, long[] at, long index) {
        long moved = (index - at[axis]) * args.strides()[binding][axis];
        return position(binding, at) + moved * types.get(binding).bytes();
    }

    /** Visits the coordinates whose axes from {@code axes} on are 0. */
    private void visit(int axes, Consumer<long[]> action) {
        walk(0, axes, new long[args.sizes().length], action);
    }

    private void visitFrom(int axis, long[] at, Consumer<long[]> action) {
        walk(axis, at.length, at.clone(), action);
    }

    private void walk(int from, int to, long[] at, Consumer<long[]> action) {
        long points = 1;
        for (int axis = from; axis < to; axis++) {
            points *= args.sizes()[axis];
        }
        for (long i = 0; i < points; i++) {
            long rest = i;
            for (int axis = to - 1; axis >= from; axis--) {
                at[axis] = rest % args.sizes()[axis];
                rest /= args.sizes()[axis];
            }
            action.accept(at);
        }
    }

    /** Sums products exactly enough: in double for narrower accumulators, in two doubles for float64, wrapping for integers. */
    private static final class ProductSum {
        private final DType type;
        private final ExactSum sum = new ExactSum();
        private double magnitude;
        private long terms;
        private long whole;
        private double products;

        ProductSum(DType type) {
            this.type = type;
        }

        void add(Scalar a, Scalar b) {
            terms++;
            whole += a.n() * b.n();
            double product = a.x() * b.x();
            products += product;
            sum.add(product);
            if (type == DType.FLOAT64) {
                sum.add(Math.fma(a.x(), b.x(), -product));
            }
            magnitude += Math.abs(product);
        }

        Scalar result() {
            if (!type.isFloatingPoint()) {
                return Scalar.whole(Numbers.wrap(type, whole));
            }
            // Infinities and NaN are what plain addition makes of them.
            double value = Double.isFinite(products) ? sum.value() : products;
            return Scalar.within(value, ErrorBounds.sum(type, terms, magnitude)).zeroOfAnySign(true);
        }
    }
}
