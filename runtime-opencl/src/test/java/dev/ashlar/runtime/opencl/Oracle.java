// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;

/** Evaluates kernels one element at a time in plain Java. Floating values are doubles rounded to their type, others longs. */
final class Oracle {
    /** A value: {@code d} for floating types, {@code l} for the others. */
    record Value(double d, long l) {}

    /** Elements of one binding; floating types in {@code d}, others in {@code l}. */
    static final class Data {
        final DType type;
        final double[] d;
        final long[] l;

        Data(DType type, int elements) {
            this.type = type;
            this.d = new double[type.isFloatingPoint() ? elements : 0];
            this.l = new long[type.isFloatingPoint() ? 0 : elements];
        }

        int size() {
            return Math.max(d.length, l.length);
        }

        Value get(long index) {
            return type.isFloatingPoint() ? new Value(d[(int) index], 0) : new Value(0, l[(int) index]);
        }

        void set(long index, Value value) {
            if (type.isFloatingPoint()) {
                d[(int) index] = value.d();
            } else {
                l[(int) index] = value.l();
            }
        }

        Data copy() {
            Data copy = new Data(type, size());
            System.arraycopy(d, 0, copy.d, 0, d.length);
            System.arraycopy(l, 0, copy.l, 0, l.length);
            return copy;
        }
    }

    private Oracle() {}

    /** Runs a kernel on data; {@code error} is the error word of indexed kernels. */
    static void run(Kernel kernel, List<Data> bindings, KernelArgs args, long[] error) {
        switch (kernel) {
            case Kernel.Map map -> map(map, bindings, args);
            case Kernel.Reduce reduce -> reduce(reduce, bindings, args);
            case Kernel.Contract contract -> contract(contract, bindings, args);
            case Kernel.Gather gather -> gather(gather, bindings, args, error);
            case Kernel.Scatter scatter -> scatter(scatter, bindings, args, error);
            case Kernel.Group group -> {
                int first = 0;
                for (int m = 0; m < group.members().size(); m++) {
                    Kernel.Map map = group.members().get(m);
                    int count = map.inputs().size() + map.outputs().size();
                    map(map, bindings.subList(first, first + count), args.members().get(m));
                    first += count;
                }
            }
            case Kernel.Composite composite -> throw new IllegalArgumentException(composite.name());
        }
    }

    private static List<long[]> points(long[] sizes, int from, int to) {
        List<long[]> points = new ArrayList<>();
        points.add(new long[sizes.length]);
        for (int axis = from; axis < to; axis++) {
            List<long[]> next = new ArrayList<>();
            for (long[] point : points) {
                for (long c = 0; c < sizes[axis]; c++) {
                    long[] p = point.clone();
                    p[axis] = c;
                    next.add(p);
                }
            }
            points = next;
        }
        return points;
    }

    private static long place(KernelArgs args, int binding, long[] point) {
        long at = args.offsets()[binding];
        for (int axis = 0; axis < point.length; axis++) {
            at += point[axis] * args.strides()[binding][axis];
        }
        return at;
    }

    private static long[] plus(long[] a, long[] b) {
        long[] sum = a.clone();
        for (int i = 0; i < b.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static void map(Kernel.Map map, List<Data> bindings, KernelArgs args) {
        List<long[]> points = points(args.sizes(), 0, args.sizes().length);
        List<List<Value>> all = new ArrayList<>();
        for (long[] point : points) {
            all.add(evaluate(map.body(), bindings, args, point, null));
        }
        for (int i = 0; i < points.size(); i++) {
            for (int output = 0; output < map.outputs().size(); output++) {
                int binding = map.inputs().size() + output;
                bindings.get(binding).set(place(args, binding, points.get(i)), all.get(i).get(output));
            }
        }
    }

    private static void reduce(Kernel.Reduce kernel, List<Data> bindings, KernelArgs args) {
        int rank = args.sizes().length;
        int kept = rank - kernel.reducedAxes();
        int output = kernel.inputs().size();
        List<long[]> inner = points(args.sizes(), kept, rank);
        DType compared = kernel.prologue().resultType(0);
        for (long[] outer : points(args.sizes(), 0, kept)) {
            Value best = null;
            long position = 0;
            double sum = kernel.op() == ReduceOp.PROD ? 1 : 0;
            long whole = kernel.op() == ReduceOp.PROD ? 1 : 0;
            for (int i = 0; i < inner.size(); i++) {
                Value value = evaluate(kernel.prologue(), bindings, args, plus(outer, inner.get(i)), null).getFirst();
                switch (kernel.op()) {
                    case SUM -> {
                        sum += value.d();
                        whole += value.l();
                    }
                    case PROD -> {
                        sum *= value.d();
                        whole *= value.l();
                    }
                    default -> {
                        boolean max = kernel.op() == ReduceOp.MAX || kernel.op() == ReduceOp.ARGMAX;
                        if (best == null || better(compared, max, value, best)) {
                            best = value;
                            position = i;
                        }
                    }
                }
            }
            Value folded = new Value(round(kernel.accumulator(), sum), whole);
            if (kernel.op().isPosition()) {
                folded = new Value(0, position);
            } else if (kernel.op() == ReduceOp.MAX || kernel.op() == ReduceOp.MIN) {
                folded = best != null ? best : empty(compared, kernel.op() == ReduceOp.MAX);
            }
            Value stored = evaluate(kernel.epilogue(), bindings, args, outer, folded).getFirst();
            bindings.get(output).set(place(args, output, outer), stored);
        }
    }

    private static Value empty(DType type, boolean max) {
        if (type.isFloatingPoint()) {
            return new Value(max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, 0);
        }
        long low = type == DType.BOOL ? 0 : type == DType.INT32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
        long high = type == DType.BOOL ? 1 : type == DType.INT32 ? Integer.MAX_VALUE : Long.MAX_VALUE;
        return new Value(0, max ? low : high);
    }

    private static boolean better(DType type, boolean max, Value a, Value than) {
        if (!type.isFloatingPoint()) {
            return max ? a.l() > than.l() : a.l() < than.l();
        }
        if (Double.isNaN(than.d())) {
            return false;
        }
        return Double.isNaN(a.d()) || (max ? a.d() > than.d() : a.d() < than.d());
    }

    private static void contract(Kernel.Contract kernel, List<Data> bindings, KernelArgs args) {
        int rank = args.sizes().length;
        int kept = rank - kernel.sumAxes();
        int output = kernel.inputs().size();
        List<long[]> inner = points(args.sizes(), kept, rank);
        for (long[] outer : points(args.sizes(), 0, kept)) {
            double sum = 0;
            long whole = 0;
            for (long[] p : inner) {
                long[] point = plus(outer, p);
                Value a = bindings.get(0).get(place(args, 0, point));
                Value b = bindings.get(1).get(place(args, 1, point));
                sum += a.d() * b.d();
                whole += a.l() * b.l();
            }
            Value folded = new Value(round(kernel.accumulator(), sum), wrap(kernel.accumulator(), whole));
            Value stored = evaluate(kernel.epilogue(), bindings, args, outer, folded).getFirst();
            bindings.get(output).set(place(args, output, outer), stored);
        }
    }

    private static void gather(Kernel.Gather kernel, List<Data> bindings, KernelArgs args, long[] error) {
        for (long[] point : points(args.sizes(), 0, args.sizes().length)) {
            long index = bindings.get(1).get(place(args, 1, point)).l();
            Value value = new Value(0, 0);
            if (index >= 0 && index < args.extent()) {
                long[] source = point.clone();
                source[kernel.axis()] = index;
                value = bindings.get(0).get(place(args, 0, source));
            } else {
                error[0] = args.site();
                error[1] = index;
            }
            bindings.get(2).set(place(args, 2, point), value);
        }
    }

    private static void scatter(Kernel.Scatter kernel, List<Data> bindings, KernelArgs args, long[] error) {
        for (long[] point : points(args.sizes(), 0, args.sizes().length)) {
            long index = bindings.get(1).get(place(args, 1, point)).l();
            if (index < 0 || index >= args.extent()) {
                error[0] = args.site();
                error[1] = index;
                continue;
            }
            long[] target = point.clone();
            target[kernel.axis()] = index;
            Value value = bindings.get(0).get(place(args, 0, point));
            long at = place(args, 2, target);
            Value base = bindings.get(2).get(at);
            DType type = kernel.type();
            Value stored =
                    switch (kernel.op()) {
                        case SET -> value;
                        case ADD -> type == DType.BOOL
                                ? new Value(0, base.l() | value.l())
                                : new Value(round(type, base.d() + value.d()), wrap(type, base.l() + value.l()));
                        case MAX, MIN -> better(type, kernel.op() == ScatterOp.MAX, value, base) ? value : base;
                    };
            bindings.get(2).set(at, stored);
        }
    }

    /** Evaluates an expression at a point. */
    static List<Value> evaluate(Expr expr, List<Data> bindings, KernelArgs args, long[] point, Value result) {
        List<Instruction> steps = expr.instructions();
        Value[] values = new Value[steps.size()];
        for (int i = 0; i < values.length; i++) {
            Instruction step = steps.get(i);
            Value a = step.a() < 0 ? null : values[step.a()];
            Value b = step.b() < 0 ? null : values[step.b()];
            Value c = step.c() < 0 ? null : values[step.c()];
            DType from = step.a() < 0 ? step.type() : steps.get(step.a()).type();
            int number = (int) step.immediate();
            values[i] =
                    switch (step.op()) {
                        case INPUT -> bindings.get(number).get(place(args, number, point));
                        case CONST -> decode(step.type(), step.immediate());
                        case PARAM -> decode(step.type(), args.params()[number]);
                        case AXIS_INDEX -> new Value(0, point[number]);
                        case RESULT -> result;
                        case CAST -> cast(from, step.type(), a);
                        case BITCAST -> ofBits(step.type(), bits(from, a));
                        case LT -> bool(from.isFloatingPoint() ? a.d() < b.d() : a.l() < b.l());
                        case EQ -> bool(from.isFloatingPoint() ? a.d() == b.d() : a.l() == b.l());
                        case SELECT -> a.l() != 0 ? b : c;
                        default -> step.type().isFloatingPoint()
                                ? new Value(round(step.type(), floating(step.op(), step.type(), a, b, c)), 0)
                                : new Value(0, integer(step.op(), step.type(), a.l(), b == null ? 0 : b.l()));
                    };
        }
        return expr.results().stream().map(index -> values[index]).toList();
    }

    private static Value bool(boolean value) {
        return new Value(0, value ? 1 : 0);
    }

    static Value decode(DType type, long bits) {
        return type.isFloatingPoint()
                ? new Value(round(type, Double.longBitsToDouble(bits)), 0)
                : new Value(0, type == DType.BOOL ? bits != 0 ? 1 : 0 : wrap(type, bits));
    }

    private static double floating(ScalarOp op, DType type, Value x, Value y, Value z) {
        double a = x.d();
        double b = y == null ? 0 : y.d();
        return switch (op) {
            case NEG -> -a;
            case ABS -> Math.abs(a);
            case SQRT -> Math.sqrt(a);
            case EXP -> StrictMath.exp(a);
            case LOG -> StrictMath.log(a);
            case EXPM1 -> StrictMath.expm1(a);
            case LOG1P -> StrictMath.log1p(a);
            case SIN -> StrictMath.sin(a);
            case COS -> StrictMath.cos(a);
            case TANH -> StrictMath.tanh(a);
            case FLOOR -> Math.floor(a);
            case ATAN -> StrictMath.atan(a);
            case ERF -> erf(a);
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case REM -> a % b;
            case POW -> a == 1 || Math.abs(a) == 1 && Double.isInfinite(b) ? 1 : StrictMath.pow(a, b);
            case MAX -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : a > b ? a : b;
            case MIN -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : a < b ? a : b;
            case FMA -> type == DType.FLOAT32 ? Math.fma((float) a, (float) b, (float) z.d()) : Math.fma(a, b, z.d());
            default -> throw new IllegalArgumentException(op.toString());
        };
    }

    /** The error function by its series near zero and its continued fraction elsewhere. */
    static double erf(double x) {
        double a = Math.abs(x);
        if (Double.isNaN(x) || a > 6) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        if (a < 2.5) {
            // All terms are positive, so nothing cancels.
            double term = a;
            double sum = a;
            for (int n = 1; n < 100; n++) {
                term *= 2 * a * a / (2 * n + 1);
                sum += term;
            }
            return Math.copySign(2 / Math.sqrt(Math.PI) * Math.exp(-a * a) * sum, x);
        }
        double fraction = 0;
        for (int n = 200; n > 0; n--) {
            fraction = n / 2.0 / (a + fraction);
        }
        return Math.copySign(1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + fraction)), x);
    }

    private static long integer(ScalarOp op, DType type, long a, long b) {
        if (type == DType.BOOL) {
            return switch (op) {
                case ADD, OR, MAX -> a | b;
                case MUL, AND, MIN -> a & b;
                case XOR -> a ^ b;
                default -> throw new IllegalArgumentException(op.toString());
            };
        }
        int width = type.bytes() * 8;
        long value =
                switch (op) {
                    case NEG -> -a;
                    case ABS -> Math.abs(a);
                    case ADD -> a + b;
                    case SUB -> a - b;
                    case MUL -> a * b;
                    case DIV -> b == 0 ? 0 : a / b;
                    case REM -> b == 0 ? 0 : a % b;
                    case MAX -> Math.max(a, b);
                    case MIN -> Math.min(a, b);
                    case AND -> a & b;
                    case OR -> a | b;
                    case XOR -> a ^ b;
                    case SHL -> a << (b & (width - 1));
                    case SHR -> a >> (b & (width - 1));
                    default -> throw new IllegalArgumentException(op.toString());
                };
        return wrap(type, value);
    }

    /** Rounds a double to a floating type. */
    static double round(DType type, double value) {
        return switch (type) {
            case FLOAT32 -> (float) value;
            case FLOAT16 -> toGrid(value, 10, -24, 65504);
            case BFLOAT16 -> toGrid(value, 7, -133, 0x1.fep127);
            default -> value;
        };
    }

    /** Rounds to nearest even with some bits of fraction, a smallest step and a largest value. */
    private static double toGrid(double value, int bits, int smallest, double largest) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return value;
        }
        int exponent = Math.max(Math.getExponent(value) - bits, smallest);
        double scaled = Math.scalb(value, -exponent);
        double rounded = Math.scalb(Math.rint(scaled), exponent);
        return Math.abs(rounded) > largest ? Math.copySign(Double.POSITIVE_INFINITY, value) : Math.copySign(rounded, value);
    }

    static long wrap(DType type, long value) {
        return switch (type) {
            case INT32 -> (int) value;
            case INT16 -> (short) value;
            case INT8 -> (byte) value;
            case UINT8 -> value & 0xff;
            default -> value;
        };
    }

    static Value cast(DType from, DType to, Value value) {
        if (to == DType.BOOL) {
            return bool(from.isFloatingPoint() ? value.d() != 0 : value.l() != 0);
        }
        if (to.isFloatingPoint()) {
            double d = from.isFloatingPoint() ? round(to, value.d()) : ofLong(to, value.l());
            return new Value(d, 0);
        }
        if (!from.isFloatingPoint()) {
            return new Value(0, wrap(to, value.l()));
        }
        double d = value.d();
        return new Value(0, switch (to) {
            case INT32 -> (int) d;
            case INT16 -> Math.clamp((long) d, -32768, 32767);
            case INT8 -> Math.clamp((long) d, -128, 127);
            case UINT8 -> Math.clamp((long) d, 0, 255);
            default -> (long) d;
        });
    }

    private static double ofLong(DType to, long value) {
        return switch (to) {
            case FLOAT64 -> value;
            case FLOAT32 -> (float) value;
            default -> new java.math.BigDecimal(value).precision() > 15
                    ? round(to, Math.scalb((double) (value >> 20 | ((value & 0xfffff) != 0 ? 1 : 0)), 20))
                    : round(to, (double) value);
        };
    }

    static long bits(DType type, Value value) {
        return switch (type) {
            case FLOAT64 -> Double.doubleToRawLongBits(value.d());
            case FLOAT32 -> Float.floatToRawIntBits((float) value.d());
            case FLOAT16 -> Float.floatToFloat16((float) value.d()) & 0xffffL;
            case BFLOAT16 -> Float.floatToRawIntBits((float) value.d()) >>> 16;
            default -> value.l();
        };
    }

    static Value ofBits(DType type, long bits) {
        return switch (type) {
            case FLOAT64 -> new Value(Double.longBitsToDouble(bits), 0);
            case FLOAT32 -> new Value(Float.intBitsToFloat((int) bits), 0);
            case FLOAT16 -> new Value(Float.float16ToFloat((short) bits), 0);
            case BFLOAT16 -> new Value(Float.intBitsToFloat((int) bits << 16), 0);
            case BOOL -> bool(bits != 0);
            default -> new Value(0, wrap(type, bits));
        };
    }
}
