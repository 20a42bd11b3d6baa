// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A program without branches: leaves, then steps that read what came before. Values are numbered, leaves first.
 *
 * @param outputs numbers of the values that somebody reads at the end
 */
record Program(List<Leaf> leaves, List<Step> steps, List<Integer> outputs) {
    /** An operand from outside. */
    record Leaf(Data data, Placement placement, long seed) {}

    /** One operation on earlier values. */
    record Step(FuzzOp op, int[] inputs, long[] attributes) {}

    int size() {
        return leaves.size() + steps.size();
    }

    Step step(int value) {
        return steps.get(value - leaves.size());
    }

    boolean isLeaf(int value) {
        return value < leaves.size();
    }

    /** Returns the program without what no output needs. */
    Program trimmed() {
        boolean[] needed = new boolean[size()];
        outputs.forEach(output -> needed[output] = true);
        for (int value = size() - 1; value >= leaves.size(); value--) {
            if (needed[value]) {
                for (int input : step(value).inputs()) {
                    needed[input] = true;
                }
            }
        }
        int[] renumbered = new int[size()];
        List<Leaf> keptLeaves = new ArrayList<>();
        List<Step> keptSteps = new ArrayList<>();
        for (int value = 0; value < leaves.size(); value++) {
            if (needed[value]) {
                renumbered[value] = keptLeaves.size();
                keptLeaves.add(leaves.get(value));
            }
        }
        for (int value = leaves.size(); value < size(); value++) {
            if (needed[value]) {
                Step step = step(value);
                renumbered[value] = keptLeaves.size() + keptSteps.size();
                keptSteps.add(new Step(step.op(), Arrays.stream(step.inputs()).map(i -> renumbered[i]).toArray(), step.attributes()));
            }
        }
        return new Program(keptLeaves, keptSteps, outputs.stream().map(output -> renumbered[output]).toList());
    }

    /** Returns the program with a step's value given from outside. */
    Program withLeaf(int value, Data data) {
        int count = leaves.size();
        List<Leaf> more = new ArrayList<>(leaves);
        more.add(new Leaf(data, Placement.PLAIN, 0));
        List<Step> fewer = new ArrayList<>();
        int[] renumbered = new int[size()];
        for (int i = 0; i < size(); i++) {
            if (i < count) {
                renumbered[i] = i;
            } else if (i == value) {
                renumbered[i] = count;
            } else {
                renumbered[i] = count + 1 + fewer.size();
                Step step = step(i);
                fewer.add(new Step(step.op(), Arrays.stream(step.inputs()).map(k -> renumbered[k]).toArray(), step.attributes()));
            }
        }
        return new Program(more, fewer, outputs.stream().map(output -> renumbered[output]).toList()).trimmed();
    }

    Program withOutputs(List<Integer> values) {
        return new Program(leaves, steps, values).trimmed();
    }

    Program withPlacement(int leaf, Placement placement) {
        List<Leaf> changed = new ArrayList<>(leaves);
        changed.set(leaf, new Leaf(leaves.get(leaf).data(), placement, leaves.get(leaf).seed()));
        return new Program(changed, steps, outputs);
    }

    Program withData(int leaf, Data data) {
        List<Leaf> changed = new ArrayList<>(leaves);
        changed.set(leaf, new Leaf(data, leaves.get(leaf).placement(), leaves.get(leaf).seed()));
        return new Program(changed, steps, outputs);
    }

    /** Returns one line for each value. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < leaves.size(); i++) {
            Leaf leaf = leaves.get(i);
            text.append("  v").append(i).append(" = ").append(leaf.placement().name().toLowerCase(Locale.ROOT)).append(' ')
                    .append(leaf.data()).append('\n');
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            text.append("  v").append(leaves.size() + i).append(" = ").append(step.op().name()).append('(');
            for (int k = 0; k < step.inputs().length; k++) {
                text.append(k == 0 ? "v" : ", v").append(step.inputs()[k]);
            }
            text.append(')');
            if (step.attributes().length > 0) {
                text.append(' ').append(Arrays.toString(step.attributes()));
            }
            text.append('\n');
        }
        return text.append("  read ").append(outputs.stream().map(output -> "v" + output).toList()).toString();
    }
}
