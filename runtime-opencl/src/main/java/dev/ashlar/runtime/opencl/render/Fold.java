// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.Set;

/**
 * The state of a fold as variables in generated text. Floating sums go in blocks whose sums are added with compensation, so the error
 * does not grow with the length. Positions carry value and index.
 */
final class Fold {
    private static final int BLOCK = 128;

    private final ReduceOp op;
    private final DType type;
    private final Set<String> helpers;

    /** @param type the accumulator's type; of positions the type of the values compared */
    Fold(ReduceOp op, DType type, Set<String> helpers) {
        this.op = op;
        this.type = type;
        this.helpers = helpers;
    }

    boolean isPosition() {
        return op.isPosition();
    }

    boolean isCompensated() {
        return op == ReduceOp.SUM && type.isFloatingPoint();
    }

    DType type() {
        return type;
    }

    /** Returns the type in which partial results are kept in memory. */
    String scalar() {
        return Lanes.scalar(type);
    }

    /** Returns what changes nothing when it is folded in. */
    String identity(Lanes lanes) {
        boolean bool = type == DType.BOOL;
        String value =
                switch (op) {
                    case SUM -> "0";
                    case PROD -> "1";
                    case MAX, ARGMAX -> bool ? "0" : type.isFloatingPoint() ? "-INFINITY" : smallest();
                    case MIN, ARGMIN -> bool ? lanes.isVector() ? "-1" : "1" : type.isFloatingPoint() ? "INFINITY" : "~" + smallest();
                };
        return lanes.splat(type, value);
    }

    private String smallest() {
        return type == DType.INT64 ? "(-0x7fffffffffffffffL - 1L)" : "(-0x7fffffff - 1)";
    }

    /** Returns the combination of two values; not for positions. */
    String combine(Lanes lanes, String a, String b) {
        ScalarOp scalar =
                switch (op) {
                    case SUM -> ScalarOp.ADD;
                    case PROD -> ScalarOp.MUL;
                    case MAX -> ScalarOp.MAX;
                    case MIN -> ScalarOp.MIN;
                    case ARGMAX, ARGMIN -> throw new IllegalStateException("positions have no operator");
                };
        return new ExprRenderer(lanes, helpers).arithmetic(scalar, type, a, b, "");
    }

    /** Declares a fresh state whose variables start with {@code name}. */
    void declare(Text out, Lanes lanes, String name) {
        String t = lanes.type(type);
        if (isCompensated()) {
            out.line(t + " " + name + " = 0, " + name + "c = 0, " + name + "b = 0;");
            out.line("int " + name + "n = 0;");
        } else {
            out.line(t + " " + name + " = " + identity(lanes) + ";");
        }
        if (isPosition()) {
            out.line("long " + name + "i = -1;");
        }
    }

    /** Folds one value in; {@code index} is read by positions only. */
    void accept(Text out, Lanes lanes, String name, String value, String index) {
        if (isPosition()) {
            out.open("if (" + name + "i < 0 || " + better(value, name) + ") {");
            out.line(name + " = " + value + "; " + name + "i = " + index + ";");
            out.close();
        } else if (isCompensated()) {
            out.line(name + "b += " + value + ";");
            out.open("if (++" + name + "n == " + BLOCK + ") {");
            flush(out, lanes, name, name + "b");
            out.line(name + "b = 0; " + name + "n = 0;");
            out.close();
        } else {
            out.line(name + " = " + combine(lanes, name, value) + ";");
        }
    }

    /** Adds the sum of a block to a compensated state. */
    void flush(Text out, Lanes lanes, String name, String block) {
        String t = lanes.type(type);
        out.line("{ const " + t + " x = " + block + "; const " + t + " y = " + name + " + x;");
        out.line("  " + name + "c += fabs(" + name + ") >= fabs(x) ? (" + name + " - y) + x : (x - y) + " + name + ";");
        out.line("  " + name + " = y; }");
    }

    /** Makes {@code name} the final value; positions get theirs in {@code name} followed by {@code i}. */
    void finish(Text out, Lanes lanes, String name) {
        if (isCompensated()) {
            flush(out, lanes, name, name + "b");
            settle(out, name);
        }
    }

    /** Adds the compensation to a state. */
    void settle(Text out, String name) {
        // The compensation of an infinite total is NaN.
        out.line(name + " = (" + name + " - " + name + ") == 0 ? " + name + " + " + name + "c : " + name + ";");
    }

    private String better(String value, String than) {
        String relation = op == ReduceOp.ARGMAX ? " > " : " < ";
        String nan = type.isFloatingPoint() ? " || (" + value + " != " + value + " && " + than + " == " + than + ")" : "";
        return "(" + value + relation + than + nan + ")";
    }

    /** Folds another state in that may be empty and may cover other positions; of positions the first wins. */
    void merge(Text out, String name, String value, String index) {
        if (isPosition()) {
            String earlier = "(!" + better(name, value) + " && " + index + " < " + name + "i)";
            out.open("if (" + index + " >= 0 && (" + name + "i < 0 || " + better(value, name) + " || " + earlier + ")) {");
            out.line(name + " = " + value + "; " + name + "i = " + index + ";");
            out.close();
        } else if (isCompensated()) {
            flush(out, Lanes.ONE, name, value);
        } else {
            out.line(name + " = " + combine(Lanes.ONE, name, value) + ";");
        }
    }
}
