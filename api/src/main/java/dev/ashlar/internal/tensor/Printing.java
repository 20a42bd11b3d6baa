// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Renders tensors as text, in PyTorch's layout: elements of equal width, four digits, lines of 80 columns, above 1,000 elements only three
 * at each end of a dimension.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.set_printoptions.html">torch.set_printoptions</a>
 */
final class Printing {
    private static final String PREFIX = "tensor(";
    private static final int DIGITS = 4;
    private static final int COLUMNS = 80;
    private static final int SUMMARISED_ABOVE = 1000;
    private static final int EDGE = 3;

    private final String[] elements;
    private final int width;
    /** Sizes of what is shown; dimensions with a gap show {@code 2 * EDGE} positions. */
    private final long[] shown;
    private final boolean[] gaps;

    private Printing(String[] elements, int width, long[] shown, boolean[] gaps) {
        this.elements = elements;
        this.width = width;
        this.shown = shown;
        this.gaps = gaps;
    }

    static String print(Tensor tensor) {
        Shape shape = tensor.shape();
        boolean empty = shape.elements() == 0;
        List<String> notes = new ArrayList<>();
        if (!tensor.device().equals(Ashlar.defaultDevice())) {
            notes.add("device='" + tensor.device().name() + "'");
        }
        if (empty && shape.rank() != 1) {
            notes.add("size=" + tuple(shape));
        }
        DType type = tensor.dtype();
        boolean usual = type == DType.FLOAT32 || !empty && (type == DType.INT64 || type == DType.BOOL);
        if (!usual) {
            notes.add("dtype=" + type);
        }
        if (tensor.requiresGrad()) {
            notes.add(tensor.isLeaf() ? "requires_grad=True" : "grad_fn=<" + historyName(tensor) + ">");
        }
        return annotate(empty ? "[]" : body(tensor), notes);
    }

    private static String tuple(Shape shape) {
        String sizes = Arrays.toString(shape.toArray());
        return "(" + sizes.substring(1, sizes.length() - 1) + ")";
    }

    private static String historyName(Tensor tensor) {
        String name = ((TensorImpl) tensor).edge().name();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Backward0";
    }

    private static String annotate(String body, List<String> notes) {
        StringBuilder text = new StringBuilder(PREFIX).append(body);
        int column = text.length() - text.lastIndexOf("\n") + 1;
        for (String note : notes) {
            // Lines break where PyTorch breaks them, which writes torch.float64 for float64.
            int length = note.length() + (note.startsWith("dtype=") ? "torch.".length() : 0);
            if (column + length + 2 > COLUMNS) {
                text.append(",\n").repeat(" ", PREFIX.length()).append(note);
                column = PREFIX.length() + length;
            } else {
                text.append(", ").append(note);
                column += length + 2;
            }
        }
        return text.append(')').toString();
    }

    // ---- what is shown ----------------------------------------------------------------------------------------------------------

    private static String body(Tensor tensor) {
        boolean summarised = tensor.numel() > SUMMARISED_ABOVE;
        boolean[] gaps = new boolean[tensor.dim()];
        Tensor part = tensor;
        if (summarised) {
            // Computed first and whole: looking at the edges must not change what is computed when.
            part = Primitives.detached(tensor.realize());
            for (int dim = 0; dim < gaps.length; dim++) {
                long size = tensor.size(dim);
                gaps[dim] = size > 2 * EDGE;
                if (gaps[dim]) {
                    part = Joining.cat(dim, part.narrow(dim, 0, EDGE), part.narrow(dim, size - EDGE, EDGE));
                }
            }
        }
        Texts texts = part.dtype().isFloatingPoint() ? floats(part.toDoubleArray()) : others(part);
        return new Printing(texts.filled(), texts.width(), part.shape().toArray(), gaps).render(0, 0, PREFIX.length());
    }

    private String render(int dim, int first, int indent) {
        if (dim == shown.length) {
            return elements[first];
        }
        int count = (int) shown[dim];
        if (dim == shown.length - 1) {
            return line(first, count, gaps[dim], indent);
        }
        int stride = 1;
        for (int i = dim + 1; i < shown.length; i++) {
            stride *= (int) shown[i];
        }
        int step = stride;
        List<String> parts = withGap(count, gaps[dim], "...", i -> render(dim + 1, first + i * step, indent + 1));
        return "[" + String.join("," + "\n".repeat(shown.length - dim - 1) + " ".repeat(indent + 1), parts) + "]";
    }

    private String line(int first, int count, boolean gap, int indent) {
        List<String> parts = withGap(count, gap, " ...", i -> elements[first + i]);
        int perLine = Math.max(1, Math.floorDiv(COLUMNS - indent, width + 2));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += perLine) {
            lines.add(String.join(", ", parts.subList(i, Math.min(parts.size(), i + perLine))));
        }
        return "[" + String.join(",\n" + " ".repeat(indent + 1), lines) + "]";
    }

    private static List<String> withGap(int count, boolean gap, String dots, IntFunction<String> part) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (gap && i == EDGE) {
                parts.add(dots);
            }
            parts.add(part.apply(i));
        }
        return parts;
    }

    // ---- numbers ----------------------------------------------------------------------------------------------------------------

    /** @param width to fill elements up to; some may be longer */
    private record Texts(String[] elements, int width) {
        String[] filled() {
            String[] filled = new String[elements.length];
            Arrays.setAll(filled, i -> " ".repeat(Math.max(0, width - elements[i].length())) + elements[i]);
            return filled;
        }
    }

    private static int width(String[] texts) {
        return Arrays.stream(texts).mapToInt(String::length).max().orElse(1);
    }

    private static Texts others(Tensor tensor) {
        String[] texts = new String[(int) tensor.numel()];
        if (tensor.dtype() == DType.BOOL) {
            boolean[] values = tensor.toBooleanArray();
            Arrays.setAll(texts, i -> values[i] ? "True" : "False");
        } else {
            long[] values = tensor.toLongArray();
            Arrays.setAll(texts, i -> Long.toString(values[i]));
        }
        return new Texts(texts, width(texts));
    }

    /** The finite numbers other than 0 decide on notation and width for all. */
    private static Texts floats(double[] values) {
        double[] decisive = Arrays.stream(values).filter(value -> value != 0 && Double.isFinite(value)).toArray();
        double largest = Arrays.stream(decisive).map(Math::abs).max().orElse(1);
        double smallest = Arrays.stream(decisive).map(Math::abs).min().orElse(1);
        boolean scientific = largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4;
        boolean whole = Arrays.stream(decisive).allMatch(value -> value == Math.rint(value));
        return new Texts(numbers(values, scientific, whole), width(numbers(decisive, scientific, whole)));
    }

    private static String[] numbers(double[] values, boolean scientific, boolean whole) {
        return Arrays.stream(values).mapToObj(value -> number(value, scientific, whole)).toArray(String[]::new);
    }

    private static String number(double value, boolean scientific, boolean whole) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        BigDecimal size = new BigDecimal(Math.abs(value));
        if (scientific) {
            return sign + scientific(size);
        }
        return sign + size.setScale(whole ? 0 : DIGITS, RoundingMode.HALF_EVEN).toPlainString() + (whole ? "." : "");
    }

    private static String scientific(BigDecimal size) {
        if (size.signum() == 0) {
            return "0." + "0".repeat(DIGITS) + "e+00";
        }
        BigDecimal rounded = size.round(new MathContext(DIGITS + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        String padded = (digits + "0".repeat(DIGITS)).substring(0, DIGITS + 1);
        String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return padded.charAt(0) + "." + padded.substring(1) + "e" + (exponent < 0 ? "-" : "+") + power;
    }
}
