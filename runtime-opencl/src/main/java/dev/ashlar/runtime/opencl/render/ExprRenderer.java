// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.List;
import java.util.Set;

/** Renders an {@link Expr} as one declaration per instruction. */
final class ExprRenderer {
    /** What the leaves of an expression stand for: register values, see {@link Lanes}. */
    interface Leaves {
        String input(int number, DType type);

        String param(int number, DType type);

        /** Returns the coordinate as int64. */
        String axis(int axis);

        String result(DType type);
    }

    private final Lanes lanes;
    private final Set<String> helpers;

    /** @param helpers receives the ids of the functions that are called */
    ExprRenderer(Lanes lanes, Set<String> helpers) {
        this.lanes = lanes;
        this.helpers = helpers;
    }

    /**
     * Adds the declarations to {@code out} and returns the results' names.
     *
     * @param prefix starts all names
     */
    List<String> render(Expr expr, Leaves leaves, String prefix, Text out) {
        List<Instruction> steps = expr.instructions();
        for (int i = 0; i < steps.size(); i++) {
            Instruction step = steps.get(i);
            out.line("const " + lanes.type(step.type()) + " " + prefix + i + " = " + value(steps, step, leaves, prefix) + ";");
        }
        return expr.results().stream().map(index -> prefix + index).toList();
    }

    private String value(List<Instruction> steps, Instruction step, Leaves leaves, String prefix) {
        DType type = step.type();
        String a = prefix + step.a();
        String b = prefix + step.b();
        String c = prefix + step.c();
        return switch (step.op()) {
            case INPUT -> leaves.input((int) step.immediate(), type);
            case CONST -> type == DType.BOOL && lanes.isVector()
                    ? lanes.splat(type, step.immediate() != 0 ? "-1" : "0")
                    : lanes.splat(type, Literals.of(type, step.immediate()));
            case PARAM -> leaves.param((int) step.immediate(), type);
            case AXIS_INDEX -> leaves.axis((int) step.immediate());
            case RESULT -> leaves.result(type);
            case CAST -> new Casts(lanes, helpers).cast(steps.get(step.a()).type(), type, a);
            case BITCAST -> new Casts(lanes, helpers).bits(steps.get(step.a()).type(), type, a);
            case LT, EQ -> comparison(step.op(), steps.get(step.a()).type(), a, b);
            case SELECT -> "(" + lanes.asCondition(scalarBytes(type), a) + " ? " + b + " : " + c + ")";
            default -> arithmetic(step.op(), type, a, b, c);
        };
    }

    /** Returns the bytes that one element takes in a register. */
    private static int scalarBytes(DType type) {
        return type == DType.BOOL ? 4 : type.bytes();
    }

    private String comparison(ScalarOp op, DType type, String a, String b) {
        if (type == DType.BOOL) {
            if (op == ScalarOp.LT) {
                return lanes.isVector() ? "(~" + a + " & " + b + ")" : "((" + a + " ^ 1) & " + b + ")";
            }
            return lanes.isVector() ? "(~(" + a + " ^ " + b + "))" : "((" + a + " ^ " + b + ") ^ 1)";
        }
        require(op, type, type.bytes() >= 4);
        return lanes.asBool(type.bytes(), a + (op == ScalarOp.LT ? " < " : " == ") + b);
    }

    /** Returns an operation on two or three register values of one arithmetic type. */
    String arithmetic(ScalarOp op, DType type, String a, String b, String c) {
        return switch (type) {
            case FLOAT32, FLOAT64 -> floating(op, type, a, b, c);
            case INT32, INT64 -> integer(op, type, a, b);
            case BOOL -> switch (op) {
                case ADD, OR, MAX -> "(" + a + " | " + b + ")";
                case MUL, AND, MIN -> "(" + a + " & " + b + ")";
                case XOR -> "(" + a + " ^ " + b + ")";
                default -> throw unsupported(op, type);
            };
            default -> throw unsupported(op, type);
        };
    }

    private String floating(ScalarOp op, DType type, String a, String b, String c) {
        return switch (op) {
            case NEG -> "(-" + a + ")";
            case ABS -> "fabs(" + a + ")";
            case SQRT -> "sqrt(" + a + ")";
            case FLOOR -> "floor(" + a + ")";
            case EXP, LOG, EXPM1, LOG1P, SIN, COS, TANH, ATAN, ERF -> function(op.name().toLowerCase(java.util.Locale.ROOT), type, a);
            case ADD -> "(" + a + " + " + b + ")";
            case SUB -> "(" + a + " - " + b + ")";
            case MUL -> "(" + a + " * " + b + ")";
            case DIV -> "(" + a + " / " + b + ")";
            case REM -> call(type == DType.FLOAT32 ? "frem" : "drem", a + ", " + b);
            case POW -> call(type == DType.FLOAT32 ? "fpow" : "dpow", a + ", " + b);
            // The library's fmax and fmin drop NaN.
            case MAX -> "(((" + a + " > " + b + ") | (" + a + " != " + a + ")) ? " + a + " : " + b + ")";
            case MIN -> "(((" + a + " < " + b + ") | (" + a + " != " + a + ")) ? " + a + " : " + b + ")";
            case FMA -> "fma(" + a + ", " + b + ", " + c + ")";
            default -> throw unsupported(op, type);
        };
    }

    private String function(String name, DType type, String a) {
        return call(type == DType.FLOAT32 ? name : "d" + name, a);
    }

    private String call(String name, String arguments) {
        helpers.add(Helpers.id(name, lanes));
        return "ash_" + name + lanes.suffix() + "(" + arguments + ")";
    }

    private String integer(ScalarOp op, DType type, String a, String b) {
        String s = lanes.suffix();
        boolean wide = type == DType.INT64;
        String signed = (wide ? "as_long" : "as_int") + s;
        String unsigned = (wide ? "as_ulong" : "as_uint") + s;
        String x = unsigned + "(" + a + ")";
        String y = unsigned + "(" + b + ")";
        String zero = "((" + (wide ? "ulong" : "uint") + s + ")(0))";
        String mask = wide ? "63" : "31";
        return switch (op) {
            // Signed overflow is undefined in C, so whatever may wrap is unsigned.
            case NEG -> signed + "(" + zero + " - " + x + ")";
            case ABS -> "(" + a + " < 0 ? " + signed + "(" + zero + " - " + x + ") : " + a + ")";
            case ADD -> signed + "(" + x + " + " + y + ")";
            case SUB -> signed + "(" + x + " - " + y + ")";
            case MUL -> signed + "(" + x + " * " + y + ")";
            case DIV -> call(wide ? "ldiv" : "idiv", a + ", " + b);
            case REM -> call(wide ? "lrem" : "irem", a + ", " + b);
            case MAX -> "max(" + a + ", " + b + ")";
            case MIN -> "min(" + a + ", " + b + ")";
            case AND -> "(" + a + " & " + b + ")";
            case OR -> "(" + a + " | " + b + ")";
            case XOR -> "(" + a + " ^ " + b + ")";
            case SHL -> signed + "(" + x + " << (" + y + " & " + mask + "))";
            case SHR -> "(" + a + " >> (" + b + " & " + mask + "))";
            default -> throw unsupported(op, type);
        };
    }

    private static void require(ScalarOp op, DType type, boolean condition) {
        if (!condition) {
            throw unsupported(op, type);
        }
    }

    private static UnsupportedKernelException unsupported(ScalarOp op, DType type) {
        return new UnsupportedKernelException("[opencl] expected " + op + " on an arithmetic type that it is defined for, got " + type
                + "; cast first");
    }
}
