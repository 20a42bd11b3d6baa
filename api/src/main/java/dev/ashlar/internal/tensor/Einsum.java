// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sums of products over named dimensions. Letters are numbered as PyTorch orders them, capitals first; the dimensions that an ellipsis
 * stands for come behind them and are aligned at the last.
 */
public final class Einsum {
    private static final String NAME = "einsum";
    private static final int ELLIPSIS = 52;
    private static final String CURE = "; write for example \"bij,bjk->bik\"";

    private final String equation;
    private final List<Labelled> operands = new ArrayList<>();
    private final List<Integer> output;

    private Einsum(String equation, Tensor[] tensors) {
        this.equation = equation;
        String plain = equation.replace(" ", "");
        int arrow = plain.indexOf("->");
        String[] terms = (arrow < 0 ? plain : plain.substring(0, arrow)).split(",", -1);
        if (tensors.length == 0 || terms.length != tensors.length) {
            throw new InvalidArgumentException("[einsum] expected one term for each operand, got " + terms.length + " in \"" + equation
                    + "\" for " + tensors.length + " operands; separate terms by commas");
        }
        List<List<Integer>> labels = new ArrayList<>();
        int widest = 0;
        for (int i = 0; i < terms.length; i++) {
            List<Integer> term = parse(terms[i]);
            labels.add(term);
            int letters = term.size() - (term.contains(ELLIPSIS) ? 1 : 0);
            int rest = tensors[i].dim() - letters;
            if (rest < 0 || rest > 0 && !term.contains(ELLIPSIS)) {
                throw new ShapeMismatchException("[einsum] expected as many dimensions as term \"" + terms[i] + "\" has letters, got shape "
                        + tensors[i].shape() + "; an ellipsis stands for dimensions without a letter");
            }
            widest = Math.max(widest, rest);
        }
        DType type = tensors[0].dtype();
        for (Tensor tensor : tensors) {
            Primitives.checkSameDevice(NAME, tensors[0], tensor);
            type = DType.promote(type, tensor.dtype());
        }
        for (int i = 0; i < terms.length; i++) {
            operands.add(Labelled.of(NAME, tensors[i].to(type), spread(labels.get(i), tensors[i].dim(), widest)));
        }
        output = arrow < 0 ? implicit(labels, widest) : explicit(plain.substring(arrow + 2), labels, widest);
        Labelled.checkSizes(NAME, operands);
    }

    private List<Integer> parse(String term) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                labels.add(c - 'A');
            } else if (c >= 'a' && c <= 'z') {
                labels.add(c - 'a' + 26);
            } else if (term.startsWith("...", i) && !labels.contains(ELLIPSIS)) {
                labels.add(ELLIPSIS);
                i += 2;
            } else {
                throw new InvalidArgumentException("[einsum] expected letters, commas, one -> and an ellipsis per term, got \"" + equation
                        + "\"" + CURE);
            }
        }
        return labels;
    }

    /** Replaces the ellipsis by the dimensions that it stands for. */
    private static List<Integer> spread(List<Integer> term, int rank, int widest) {
        List<Integer> labels = new ArrayList<>();
        int own = rank - (term.size() - 1);
        for (int label : term) {
            if (label == ELLIPSIS) {
                for (int i = 0; i < own; i++) {
                    labels.add(ELLIPSIS + widest - own + i);
                }
            } else {
                labels.add(label);
            }
        }
        return labels;
    }

    private static List<Integer> implicit(List<List<Integer>> terms, int widest) {
        int[] counts = new int[ELLIPSIS];
        for (List<Integer> term : terms) {
            for (int label : term) {
                if (label != ELLIPSIS) {
                    counts[label]++;
                }
            }
        }
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < widest; i++) {
            result.add(ELLIPSIS + i);
        }
        for (int label = 0; label < ELLIPSIS; label++) {
            if (counts[label] == 1) {
                result.add(label);
            }
        }
        return result;
    }

    private List<Integer> explicit(String term, List<List<Integer>> terms, int widest) {
        List<Integer> labels = parse(term);
        Set<Integer> known = new HashSet<>();
        terms.forEach(known::addAll);
        known.add(ELLIPSIS);
        if (!known.containsAll(labels) || new HashSet<>(labels).size() < labels.size()) {
            throw new InvalidArgumentException("[einsum] expected each letter of the result once and in some operand, got \"" + equation
                    + "\"" + CURE);
        }
        return spread(labels, labels.size() - 1 + widest, widest);
    }

    /** See {@link dev.ashlar.MatrixOps#einsum}. */
    public static Tensor of(String equation, Tensor... tensors) {
        Einsum sum = new Einsum(equation, tensors);
        Labelled result = sum.operands.get(0);
        if (tensors.length == 1 && result.labels().size() > sum.output.size() && !tensors[0].dtype().isFloatingPoint()) {
            // A sum without a product is int64, as any other sum of integers.
            return result.to(DType.INT64).arranged(sum.output);
        }
        for (int i = 1; i < tensors.length; i++) {
            Set<Integer> needed = new HashSet<>(sum.output);
            for (int j = i + 1; j < tensors.length; j++) {
                needed.addAll(sum.operands.get(j).labels());
            }
            result = result.times(NAME, sum.operands.get(i), needed);
        }
        return result.arranged(sum.output);
    }
}
