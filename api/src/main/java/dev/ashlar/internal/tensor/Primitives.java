// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.internal.graph.Node;
import dev.ashlar.internal.graph.Recorder;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.internal.schedule.Op;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.DeviceMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records nodes: checks types and devices, infers shapes, knows nothing of gradients. Everything that users call is composed of these.
 */
public final class Primitives {
    private static final Op.Elementwise[] ELEMENTWISE =
            Arrays.stream(ScalarOp.values()).map(Op.Elementwise::new).toArray(Op.Elementwise[]::new);
    private static final long[] NO_NUMBERS = {};
    private static final Op.Copy COPY = new Op.Copy();

    private Primitives() {}

    private static Op.Elementwise elementwise(ScalarOp op) {
        return ELEMENTWISE[op.ordinal()];
    }

    static Node node(Tensor tensor) {
        return ((TensorImpl) tensor).node();
    }

    static DeviceRuntime runtime(Tensor tensor) {
        return ((TensorImpl) tensor).runtime();
    }

    private static Tensor record(DeviceRuntime runtime, Op op, long[] numbers, Shape shape, DType type, Node... inputs) {
        checkStorage("to", type, runtime);
        Recorder recorder = Recorder.of(runtime);
        if (shape.elements() == 0) {
            return new TensorImpl(recorder.empty(type, shape));
        }
        return new TensorImpl(recorder.record(op, numbers, shape, type, inputs));
    }

    private static Tensor record(DeviceRuntime runtime, Op op, Shape shape, DType type, Node... inputs) {
        return record(runtime, op, NO_NUMBERS, shape, type, inputs);
    }

    // ---- checks -----------------------------------------------------------------------------------------------------------------

    /** Throws unless the type can be computed in on the device. */
    static void checkArithmetic(String operation, DType type, DeviceRuntime runtime) {
        if (!runtime.capabilities().arithmetic().contains(type.arithmetic())) {
            throw lacking(operation, type, runtime);
        }
    }

    /** Throws unless the type can be stored on the device. */
    static void checkStorage(String operation, DType type, DeviceRuntime runtime) {
        if (!runtime.capabilities().storage().contains(type)) {
            throw lacking(operation, type, runtime);
        }
    }

    private static DTypeMismatchException lacking(String operation, DType type, DeviceRuntime runtime) {
        List<DType> known = runtime.capabilities().storage().stream()
                .filter(stored -> runtime.capabilities().arithmetic().contains(stored.arithmetic()))
                .sorted()
                .toList();
        return new DTypeMismatchException("[" + operation + "] expected a type that " + runtime.label() + " computes in, one of " + known
                + ", got " + type + "; cast to " + (type.isFloatingPoint() ? DType.FLOAT32 : DType.INT32) + ", or use another device");
    }

    static void checkSameDevice(String operation, Tensor a, Tensor b) {
        if (runtime(a) != runtime(b)) {
            throw new DeviceMismatchException("[" + operation + "] expected tensors on one device, got " + runtime(a).label() + " and "
                    + runtime(b).label() + "; move one with to(device)");
        }
    }

    /** Returns {@code b}, moved to the device of {@code a} if it is zero-dimensional and elsewhere. */
    static Tensor sameDevice(String operation, Tensor a, Tensor b) {
        if (runtime(a) != runtime(b) && b.shape().rank() == 0) {
            return b.to(a.device());
        }
        checkSameDevice(operation, a, b);
        return b;
    }

    /** Returns {@code b} on the device of {@code a}: zero-dimensional tensors move by themselves, others must lie there. */
    public static Tensor onDeviceOf(String operation, Tensor a, Tensor b) {
        return runtime(a) == runtime(b) ? b : sameDevice(operation, a, b);
    }

    /**
     * Returns the tensor if it can be used.
     *
     * @throws dev.ashlar.type.TensorClosedException if it was closed
     */
    public static Tensor open(Tensor x) {
        node(x);
        return x;
    }

    /** Returns the runtime of the tensor's device. */
    public static DeviceRuntime runtimeOf(Tensor tensor) {
        return runtime(tensor);
    }

    /** Returns the tensor, an intermediate result of a composed operation that no user will hold. */
    public static Tensor inner(Tensor x) {
        node(x).absorb();
        return x;
    }

    /** Returns the tensor without history, for use inside an operation; nobody may assign to it. */
    public static Tensor detached(Tensor x) {
        return x.requiresGrad() ? alias(x) : x;
    }

    /** Returns another tensor of the same value, without history. */
    static Tensor alias(Tensor x) {
        return new TensorImpl(node(x));
    }

    // ---- creation ---------------------------------------------------------------------------------------------------------------

    static Node scalarNode(DeviceRuntime runtime, DType type, double value) {
        checkStorage("scalar", type, runtime);
        return Node.scalar(runtime, type, HostNumbers.encode(type, value));
    }

    static Node scalarNode(DeviceRuntime runtime, DType type, long value) {
        checkStorage("scalar", type, runtime);
        return Node.scalar(runtime, type, HostNumbers.encode(type, value));
    }

    /** Returns a zero-dimensional tensor whose value is a run-time scalar of later plans. */
    public static Tensor scalar(double value, DType type, DeviceRuntime runtime) {
        return new TensorImpl(scalarNode(runtime, type, value));
    }

    /** Returns a zero-dimensional tensor whose value is a run-time scalar of later plans. */
    public static Tensor scalar(long value, DType type, DeviceRuntime runtime) {
        return new TensorImpl(scalarNode(runtime, type, value));
    }

    /** Returns a zero-dimensional tensor on the device of {@code like}. */
    public static Tensor scalarLike(Tensor like, double value, DType type) {
        return scalar(value, type, runtime(like));
    }

    /** Returns a zero-dimensional tensor of a whole number on the device of {@code like}. */
    public static Tensor scalarOf(Tensor like, long value, DType type) {
        return type.isFloatingPoint() ? scalar((double) value, type, runtime(like)) : scalar(value, type, runtime(like));
    }

    /** Returns a tensor of one value; costs nothing until somebody needs it in memory. */
    public static Tensor full(Shape shape, double value, DType type, DeviceRuntime runtime) {
        Node scalar = scalarNode(runtime, type, value);
        return record(runtime, new Op.Expand(shape), shape, type, scalar);
    }

    /** Returns a tensor of one whole number. */
    public static Tensor full(Shape shape, long value, DType type, DeviceRuntime runtime) {
        Node scalar = scalarNode(runtime, type, value);
        return record(runtime, new Op.Expand(shape), shape, type, scalar);
    }

    /** Returns the row-major positions as int64. */
    public static Tensor iota(Shape shape, DeviceRuntime runtime) {
        return record(runtime, new Op.Iota(shape), shape, DType.INT64);
    }

    /** Returns 64 random bits per element. */
    public static Tensor randomBits(Shape shape, long seed, long counter, DeviceRuntime runtime) {
        return record(runtime, new Op.RandomBits(shape), new long[] {seed, counter}, shape, DType.INT64);
    }

    /** Returns a tensor with unspecified contents, to be filled by {@link #insert}. */
    public static Tensor uninitialised(Shape shape, DType type, DeviceRuntime runtime) {
        return record(runtime, new Op.Empty(type, shape), shape, type);
    }

    /** Returns a value of its own with the given shape and type. */
    static Node copyAs(Node node, Shape shape, DType type) {
        Recorder recorder = Recorder.of(node.device());
        if (shape.elements() == 0) {
            return recorder.empty(type, shape);
        }
        Node result = node;
        if (node.type() != type) {
            result = recorder.record(new Op.Cast(type), result.shape(), type, result);
        }
        if (!node.shape().equals(shape)) {
            result = recorder.record(new Op.Expand(shape), shape, type, result);
        }
        return recorder.record(COPY, shape, type, result);
    }

    public static Tensor copy(Tensor x) {
        return new TensorImpl(copyAs(node(x), x.shape(), x.dtype()));
    }

    // ---- elementwise ------------------------------------------------------------------------------------------------------------

    /** Applies a unary operation; the result has the operand's type. */
    public static Tensor unary(String operation, ScalarOp op, Tensor x) {
        checkArithmetic(operation, x.dtype(), runtime(x));
        return record(runtime(x), elementwise(op), x.shape(), x.dtype(), node(x));
    }

    /** Applies a binary operation to operands of one type, which broadcast; comparisons give bool. */
    public static Tensor binary(String operation, ScalarOp op, Tensor a, Tensor b) {
        checkSameDevice(operation, a, b);
        checkArithmetic(operation, a.dtype(), runtime(a));
        Shape shape = Shape.broadcast(operation, a.shape(), b.shape());
        DType type = op == ScalarOp.LT || op == ScalarOp.EQ ? DType.BOOL : a.dtype();
        return record(runtime(a), elementwise(op), shape, type, node(a), node(b));
    }

    /** Applies a function that is written as a formula to operands of one type, which broadcast. */
    public static Tensor function(String operation, Formula formula, Tensor... operands) {
        Tensor first = operands[0];
        checkArithmetic(operation, first.dtype(), runtime(first));
        Shape shape = first.shape();
        Node[] nodes = new Node[operands.length];
        for (int i = 0; i < nodes.length; i++) {
            checkSameDevice(operation, first, operands[i]);
            shape = Shape.broadcast(operation, shape, operands[i].shape());
            nodes[i] = node(operands[i]);
        }
        return record(runtime(first), new Op.Function(formula), shape, first.dtype(), nodes);
    }

    /** Chooses by a bool condition between operands of one type; all three broadcast. */
    public static Tensor select(String operation, Tensor condition, Tensor yes, Tensor no) {
        checkSameDevice(operation, condition, yes);
        checkSameDevice(operation, yes, no);
        checkArithmetic(operation, yes.dtype(), runtime(yes));
        Shape shape = Shape.broadcast(operation, Shape.broadcast(operation, condition.shape(), yes.shape()), no.shape());
        return record(runtime(yes), elementwise(ScalarOp.SELECT), shape, yes.dtype(), node(condition), node(yes), node(no));
    }

    public static Tensor cast(Tensor x, DType type) {
        return record(runtime(x), new Op.Cast(type), x.shape(), type, node(x));
    }

    public static Tensor bitcast(Tensor x, DType type) {
        return record(runtime(x), new Op.Bitcast(type), x.shape(), type, node(x));
    }

    // ---- movement ---------------------------------------------------------------------------------------------------------------

    private static Tensor moved(Tensor x, Op op, long[] numbers, Shape shape) {
        return ((TensorImpl) record(runtime(x), op, numbers, shape, x.dtype(), node(x))).asMovementOf(x);
    }

    public static Tensor reshape(Tensor x, Shape shape) {
        return moved(x, new Op.Reshape(shape), NO_NUMBERS, shape);
    }

    public static Tensor permute(Tensor x, int[] order) {
        List<Integer> list = new ArrayList<>();
        long[] sizes = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            list.add(order[i]);
            sizes[i] = x.shape().size(order[i]);
        }
        return moved(x, new Op.Permute(list), NO_NUMBERS, Shape.of(sizes));
    }

    public static Tensor expand(Tensor x, Shape shape) {
        return moved(x, new Op.Expand(shape), NO_NUMBERS, shape);
    }

    /** @param starts in range, one per dimension; steps &gt;= 1 */
    public static Tensor slice(Tensor x, long[] starts, long[] sizes, long[] steps) {
        return moved(x, new Op.Slice(boxed(sizes), boxed(steps)), starts, Shape.of(sizes));
    }

    public static Tensor flip(Tensor x, int[] dims) {
        List<Integer> list = new ArrayList<>();
        for (int dim : dims) {
            list.add(dim);
        }
        return moved(x, new Op.Flip(list), NO_NUMBERS, x.shape());
    }

    public static Tensor window(Tensor x, int dim, long size, long step, long dilation) {
        long count = (x.shape().size(dim) - dilation * (size - 1) - 1) / step + 1;
        long[] sizes = Arrays.copyOf(x.shape().toArray(), x.shape().rank() + 1);
        sizes[dim] = count;
        sizes[sizes.length - 1] = size;
        return moved(x, new Op.Window(dim, size, step, dilation), NO_NUMBERS, Shape.of(sizes));
    }

    /** Returns {@code base} with a region replaced; the value has the region's shape and the base's type. */
    public static Tensor insert(String operation, Tensor base, Tensor value, long[] starts, long[] steps) {
        checkSameDevice(operation, base, value);
        if (value.shape().elements() == 0) {
            return base;
        }
        Op op = new Op.Insert(boxed(value.shape().toArray()), boxed(steps));
        return record(runtime(base), op, starts, base.shape(), base.dtype(), node(base), node(value));
    }

    private static List<Long> boxed(long[] values) {
        List<Long> list = new ArrayList<>(values.length);
        for (long value : values) {
            list.add(value);
        }
        return list;
    }

    // ---- folds and products -----------------------------------------------------------------------------------------------------

    /** Folds over dimensions counted from the front, ascending. Integer and bool sums and products are int64. */
    public static Tensor reduce(String operation, ReduceOp op, Tensor x, int[] dims, boolean keepDim) {
        checkArithmetic(operation, x.dtype(), runtime(x));
        boolean[] reduced = new boolean[x.shape().rank()];
        List<Integer> list = new ArrayList<>();
        for (int dim : dims) {
            reduced[dim] = true;
            list.add(dim);
        }
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < reduced.length; i++) {
            if (!reduced[i]) {
                sizes.add(x.shape().size(i));
            } else if (keepDim) {
                sizes.add(1L);
            }
        }
        Shape shape = Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
        boolean positions = op.isPosition();
        boolean adds = op == ReduceOp.SUM || op == ReduceOp.PROD;
        DType type = positions || adds && !x.dtype().isFloatingPoint() ? DType.INT64 : x.dtype();
        if (x.shape().elements() == 0 && shape.elements() != 0) {
            if (!adds) {
                throw new InvalidArgumentException("[" + operation + "] expected at least one element to reduce, got shape " + x.shape()
                        + "; fold other dimensions, or leave empty tensors out");
            }
            return full(shape, op == ReduceOp.SUM ? 0.0 : 1.0, type, runtime(x));
        }
        return record(runtime(x), new Op.Reduce(op, list, keepDim), shape, type, node(x));
    }

    /** [batch, rows, sum] times [batch, sum, columns]; see {@link Op.Contract}. */
    public static Tensor contract(String operation, Tensor a, Tensor b, int batch, int rows, int columns, int sum) {
        checkSameDevice(operation, a, b);
        DeviceRuntime runtime = runtime(a);
        checkStorage(operation, a.dtype(), runtime);
        if (!runtime.capabilities().contract().contains(a.dtype().arithmetic())) {
            throw new DTypeMismatchException("[" + operation + "] expected numbers that " + runtime.label() + " multiplies, got "
                    + a.dtype()
                    + "; cast, for example with to(DType.FLOAT32)");
        }
        long[] sizes = new long[batch + rows + columns];
        for (int i = 0; i < batch + rows; i++) {
            sizes[i] = a.shape().size(i);
        }
        for (int i = 0; i < columns; i++) {
            sizes[batch + rows + i] = b.shape().size(batch + sum + i);
        }
        Shape shape = Shape.of(sizes);
        if (a.shape().elements() == 0 || b.shape().elements() == 0) {
            return full(shape, 0.0, a.dtype(), runtime);
        }
        return record(runtime, new Op.Contract(batch, rows, columns, sum), shape, a.dtype(), node(a), node(b));
    }

    // ---- indexed access ---------------------------------------------------------------------------------------------------------

    /** Reads along a dimension at indices of the result's shape. */
    public static Tensor gather(String operation, Tensor source, int dim, Tensor index) {
        checkSameDevice(operation, source, index);
        checkIndexType(operation, index);
        return record(runtime(source), new Op.Gather(dim, operation), index.shape(), source.dtype(), node(source), node(index));
    }

    /** Returns {@code target} with values written along a dimension; index and source have one shape. */
    public static Tensor scatter(String operation, Tensor target, int dim, Tensor index, Tensor source, ScatterOp op) {
        checkSameDevice(operation, target, index);
        checkSameDevice(operation, target, source);
        checkIndexType(operation, index);
        if (index.shape().elements() == 0) {
            return target;
        }
        Op scatter = new Op.Scatter(dim, op, operation);
        return record(runtime(target), scatter, target.shape(), target.dtype(), node(target), node(index), node(source));
    }

    private static void checkIndexType(String operation, Tensor index) {
        if (index.dtype() != DType.INT64 && index.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[" + operation + "] expected an index of int64 or int32, got " + index.dtype()
                    + "; cast it with to(DType.INT64)");
        }
    }
}
