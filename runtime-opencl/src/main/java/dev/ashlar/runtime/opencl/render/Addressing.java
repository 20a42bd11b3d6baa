// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Turns linear indices over groups of axes into element offsets of bindings, for one member of a kernel. */
final class Addressing {
    private final ArgLayout layout;
    private final int member;
    private final int firstPointer;
    private final List<LayoutClass> layouts;
    private final List<DType> types;

    /**
     * @param firstPointer number of the pointer argument of binding 0
     * @param layouts of inputs, then outputs
     * @param types of inputs, then outputs
     */
    Addressing(ArgLayout layout, int member, int firstPointer, List<LayoutClass> layouts, List<DType> types) {
        this.layout = layout;
        this.member = member;
        this.firstPointer = firstPointer;
        this.layouts = List.copyOf(layouts);
        this.types = List.copyOf(types);
    }

    /** Returns the inputs that an expression reads. */
    static Set<Integer> inputs(Expr expr) {
        Set<Integer> found = new TreeSet<>();
        expr.instructions().stream()
                .filter(step -> step.op() == ScalarOp.INPUT)
                .forEach(step -> found.add((int) step.immediate()));
        return found;
    }

    /** Returns the axes whose coordinates an expression reads. */
    static Set<Integer> axes(Expr expr) {
        Set<Integer> found = new TreeSet<>();
        expr.instructions().stream()
                .filter(step -> step.op() == ScalarOp.AXIS_INDEX)
                .forEach(step -> found.add((int) step.immediate()));
        return found;
    }

    DType type(int binding) {
        return types.get(binding);
    }

    String pointer(int binding) {
        return "b" + (firstPointer + binding);
    }

    String offset(int binding) {
        return layout.offset(member, binding);
    }

    String size(int axis) {
        return layout.size(member, axis);
    }

    boolean isBroadcast(int binding) {
        return layouts.get(binding) == LayoutClass.BROADCAST;
    }

    /** Returns whether the binding's offset over its whole space is the linear index, or constant. */
    boolean isLinear(int binding) {
        return layouts.get(binding) == LayoutClass.CONTIGUOUS || isBroadcast(binding);
    }

    String stride(int binding, int axis) {
        return isBroadcast(binding) ? "0" : layout.stride(member, binding, axis);
    }

    /** Returns the stride along the last axis of a space that the binding varies along wholly. */
    String innerStride(int binding, int axis) {
        return layouts.get(binding) == LayoutClass.CONTIGUOUS ? "1" : stride(binding, axis);
    }

    /** Declares an offset per binding, named {@code prefix} and the binding's number, that starts at the binding's own offset. */
    void declare(Text out, String prefix, Iterable<Integer> bindings) {
        for (int binding : bindings) {
            out.line("I " + prefix + binding + " = " + offset(binding) + ";");
        }
    }

    /**
     * Adds to the offsets what a linear index over the axes [from, to), row-major, means for them.
     *
     * @param prefix of the offsets' names
     * @param coordinates axes whose coordinate is also to be declared, as {@code c} and the axis' number
     */
    void add(Text out, String index, int from, int to, String prefix, Iterable<Integer> bindings, Set<Integer> coordinates) {
        String rest = index;
        for (int axis = to - 1; axis >= from; axis--) {
            String coordinate = rest;
            if (axis > from) {
                String quotient = "q" + prefix + axis;
                out.line("const I " + quotient + " = " + layout.divide(member, rest, axis) + ";");
                coordinate = "(" + rest + " - " + quotient + " * " + size(axis) + ")";
                rest = quotient;
            }
            if (coordinates.contains(axis)) {
                out.line("const I c" + axis + " = " + coordinate + ";");
            }
            for (int binding : bindings) {
                if (!isBroadcast(binding)) {
                    out.line(prefix + binding + " += " + coordinate + " * " + stride(binding, axis) + ";");
                }
            }
        }
    }

    /**
     * Opens a loop over runs along the last of the axes [from, to): pieces of the linear range [r0, r1) within which the offsets,
     * named {@code q} and the binding's number, move by the last axis' stride. {@code run} is the piece's length.
     *
     * @param base starts the names of the offsets at index 0
     * @param longest largest length of a piece, 0 for any
     */
    void openRuns(Text out, String base, Iterable<Integer> bindings, int from, int to, Set<Integer> coordinates, int longest) {
        out.line("I r = r0;");
        out.open("while (r < r1) {");
        for (int binding : bindings) {
            out.line("I q" + binding + " = " + base + binding + ";");
        }
        if (from == to) {
            out.line("I run = 1;");
        } else {
            Set<Integer> declared = new TreeSet<>(coordinates);
            declared.add(to - 1);
            add(out, "r", from, to, "q", bindings, declared);
            out.line("I run = min(r1 - r, " + size(to - 1) + " - c" + (to - 1) + ");");
        }
        if (longest > 0) {
            out.line("run = min(run, (I)" + longest + ");");
        }
    }

    /** Moves the offsets of a run by some elements of its axis. */
    void advance(Text out, Iterable<Integer> bindings, int axis, int by) {
        for (int binding : bindings) {
            if (!isBroadcast(binding)) {
                String stride = stride(binding, axis);
                out.line("q" + binding + " += " + (by == 1 ? stride : by + " * " + stride) + ";");
            }
        }
    }

    /** Closes what {@link #openRuns} opened. */
    static void closeRuns(Text out) {
        out.line("r += run;").close();
    }

    /** Returns the parameter list's part for pointers of these bindings. */
    String pointerParameters() {
        StringBuilder out = new StringBuilder();
        for (int binding = 0; binding < types.size(); binding++) {
            out.append(", global ").append(Lanes.storage(types.get(binding))).append("* ").append(pointer(binding));
        }
        return out.toString();
    }

    /** Leaves that read memory at offsets named {@code prefix} and the binding's number. */
    ExprRenderer.Leaves leaves(Lanes lanes, String prefix, int innerAxis, String innerIndex, String result) {
        return leaves(lanes, prefix, innerAxis, innerIndex, result, axis -> "c" + axis);
    }

    /**
     * Leaves that read memory.
     *
     * @param innerAxis the axis along which vectors lie, or one whose coordinate is {@code innerIndex}; -1 if there is none
     * @param result the value of the fold
     * @param coordinate names the coordinate of every other axis
     */
    ExprRenderer.Leaves leaves(
            Lanes lanes, String prefix, int innerAxis, String innerIndex, String result, IntFunction<String> coordinate) {
        return new ExprRenderer.Leaves() {
            @Override
            public String input(int number, DType type) {
                String pointer = pointer(number);
                String index = prefix + number;
                if (!lanes.isVector()) {
                    return lanes.load(type, pointer, index);
                }
                String stride = innerAxis < 0 ? "0" : innerStride(number, innerAxis);
                String load = lanes.load(type, pointer, index);
                String splat = lanes.loadSplat(type, pointer, index);
                return stride.equals("1") ? load : stride.equals("0") ? splat : "(" + stride + " == 1 ? " + load + " : " + splat + ")";
            }

            @Override
            public String param(int number, DType type) {
                String field = layout.param(member, number, type);
                String value = type.bytes() >= 4 || type == DType.BOOL ? field : "((" + Lanes.scalar(type) + ")" + field + ")";
                return type == DType.BOOL && lanes.isVector() ? "((int" + lanes.suffix() + ")(-" + value + "))" : lanes.splat(type, value);
            }

            @Override
            public String axis(int axis) {
                return axis == innerAxis ? lanes.coordinates(innerIndex) : lanes.splat(DType.INT64, "(long)" + coordinate.apply(axis));
            }

            @Override
            public String result(DType type) {
                return result;
            }
        };
    }
}
