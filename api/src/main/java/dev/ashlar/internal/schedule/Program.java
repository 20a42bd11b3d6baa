// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What one flush has to compute, in the order in which it was recorded: the structural key of the plan cache. Shapes and types of
 * nodes follow from those of the leaves and from the operations, so equality looks at operations, edges and outputs only.
 *
 * <p>One instance per recorder is filled again and again; {@link #freeze()} makes the copy that a cache keeps.
 */
public final class Program {
    private Op[] ops = new Op[64];
    private Shape[] shapes = new Shape[64];
    private DType[] types = new DType[64];
    /** Where the inputs of a node start in {@link #inputs}; node i's end where those of i+1 start. */
    private int[] inputStarts = new int[65];
    private int[] inputs = new int[128];
    private int[] numberStarts = new int[65];
    private long[] numbers = new long[32];
    private final BitSet outputs = new BitSet();
    private int size;
    private int inputCount;
    private int numberCount;
    private int hash;

    /** Empties the program. */
    public void clear() {
        Arrays.fill(ops, 0, size, null);
        size = 0;
        inputCount = 0;
        numberCount = 0;
        outputs.clear();
        hash = 1;
    }

    /**
     * Adds a node.
     *
     * @param values the node's run-time numbers, {@code op.numbers()} of them; ignored if there are none
     * @return its index
     */
    public int add(Op op, Shape shape, DType type, long[] values) {
        if (size == ops.length) {
            grow();
        }
        ops[size] = op;
        shapes[size] = shape;
        types[size] = type;
        hash = hash * 31 + op.hashCode();
        if (numberCount + values.length > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(numbers.length * 2, numberCount + values.length));
        }
        System.arraycopy(values, 0, numbers, numberCount, values.length);
        numberCount += values.length;
        size++;
        inputStarts[size] = inputCount;
        numberStarts[size] = numberCount;
        return size - 1;
    }

    /** Adds an input to the node that was added last. */
    public void addInput(int node) {
        if (inputCount == inputs.length) {
            inputs = Arrays.copyOf(inputs, inputCount * 2);
        }
        inputs[inputCount++] = node;
        inputStarts[size] = inputCount;
        hash = hash * 31 + node;
    }

    public void addOutput(int node) {
        outputs.set(node);
    }

    private void grow() {
        int capacity = size * 2;
        ops = Arrays.copyOf(ops, capacity);
        shapes = Arrays.copyOf(shapes, capacity);
        types = Arrays.copyOf(types, capacity);
        inputStarts = Arrays.copyOf(inputStarts, capacity + 1);
        numberStarts = Arrays.copyOf(numberStarts, capacity + 1);
    }

    public int size() {
        return size;
    }

    public Op op(int node) {
        return ops[node];
    }

    public Shape shape(int node) {
        return shapes[node];
    }

    public DType type(int node) {
        return types[node];
    }

    public int inputCount(int node) {
        return inputStarts[node + 1] - inputStarts[node];
    }

    public int input(int node, int index) {
        return inputs[inputStarts[node] + index];
    }

    /** Returns where the run-time numbers of a node start. */
    public int firstNumber(int node) {
        return numberStarts[node];
    }

    /** Returns the run-time numbers of all nodes; valid until the next {@link #clear()}. */
    public long[] numbers() {
        return numbers;
    }

    /** Returns the nodes whose values must outlive the run. Not to be changed. */
    public BitSet outputs() {
        return outputs;
    }

    /** Returns a copy that does not change any more. */
    public Program freeze() {
        Program copy = new Program();
        copy.ops = Arrays.copyOf(ops, size);
        copy.shapes = Arrays.copyOf(shapes, size);
        copy.types = Arrays.copyOf(types, size);
        copy.inputStarts = Arrays.copyOf(inputStarts, size + 1);
        copy.inputs = Arrays.copyOf(inputs, inputCount);
        copy.numberStarts = Arrays.copyOf(numberStarts, size + 1);
        copy.numbers = Arrays.copyOf(numbers, numberCount);
        copy.outputs.or(outputs);
        copy.size = size;
        copy.inputCount = inputCount;
        copy.numberCount = numberCount;
        copy.hash = hash;
        return copy;
    }

    /** Compares structure; run-time numbers do not count. */
    @Override
    public boolean equals(Object object) {
        if (!(object instanceof Program other) || hash != other.hash || size != other.size || inputCount != other.inputCount) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (ops[i] != other.ops[i] && !ops[i].equals(other.ops[i])) {
                return false;
            }
        }
        return Arrays.equals(inputStarts, 0, size + 1, other.inputStarts, 0, size + 1)
                && Arrays.equals(inputs, 0, inputCount, other.inputs, 0, inputCount)
                && outputs.equals(other.outputs);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
