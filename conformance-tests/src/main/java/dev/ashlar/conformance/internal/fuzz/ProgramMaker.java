// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Choice;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Known;
import dev.ashlar.conformance.internal.fuzz.Program.Leaf;
import dev.ashlar.conformance.internal.fuzz.Program.Step;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes random programs; the same seed gives the same program. */
final class ProgramMaker {
    private static final int[] SIZES = {0, 1, 1, 2, 3, 4, 5, 7, 8, 13, 17, 31, 33, 64};

    private final Random random;
    private final Set<DType> storage;
    private final boolean smooth;

    /** @param storage types that the device holds */
    ProgramMaker(long seed, Set<DType> storage) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.storage = storage;
        // Every third program is one that can be differenced.
        this.smooth = storage.contains(DType.FLOAT64) && random.nextInt(3) == 0;
    }

    /** Makes a program. Its values are recorded on the default device meanwhile, which tells shapes and types. */
    Program make() {
        List<Tensor> values = new ArrayList<>();
        List<Leaf> leaves = new ArrayList<>();
        List<Known> known = new ArrayList<>();
        int[] shape = shape();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            // Leaves of related shapes meet more often.
            int[] own = random.nextInt(3) == 0 ? shape() : related(shape);
            DType type = i == 0 && smooth ? DType.FLOAT64 : type();
            leaves.add(new Leaf(data(type, own), Placement.values()[random.nextInt(Placement.values().length)], random.nextLong()));
            known.add(new Known(i, own, type));
            values.add(Judge.place(leaves.get(i)));
        }
        List<Step> steps = new ArrayList<>();
        List<FuzzOp> ops = Pools.all();
        int length = 1 + random.nextInt(14);
        for (int tries = 0; tries < 6 * length && steps.size() < length; tries++) {
            FuzzOp op = ops.get(random.nextInt(ops.size()));
            Choice choice = op.chooser().choose(known, random);
            if (choice == null || op.name().equals("to") && !storage.contains(Pools.types().get((int) choice.attributes()[0]))) {
                continue;
            }
            Step step = new Step(op, choice.inputs(), choice.attributes());
            Tensor result = Judge.apply(step, values);
            steps.add(step);
            int[] sizes = Arrays.stream(result.shape().toArray()).mapToInt(Math::toIntExact).toArray();
            known.add(new Known(values.size(), sizes, result.dtype()));
            values.add(result);
        }
        return new Program(List.copyOf(leaves), List.copyOf(steps), outputs(leaves.size(), leaves.size() + steps.size(), steps));
    }

    /** What nobody reads is an output, and now and then something else. */
    private List<Integer> outputs(int from, int to, List<Step> steps) {
        boolean[] read = new boolean[to];
        steps.forEach(step -> Arrays.stream(step.inputs()).forEach(input -> read[input] = true));
        List<Integer> outputs = new ArrayList<>();
        for (int value = from; value < to; value++) {
            if (!read[value] || random.nextInt(6) == 0) {
                outputs.add(value);
            }
        }
        return outputs;
    }

    private DType type() {
        List<DType> types = Pools.types().stream().filter(storage::contains).toList();
        int choice = random.nextInt(10);
        if (smooth && choice < 7) {
            return DType.FLOAT64;
        }
        return choice < 4 ? DType.FLOAT32 : types.get(random.nextInt(types.size()));
    }

    private int[] shape() {
        int[] shape = new int[random.nextInt(4)];
        for (int d = 0; d < shape.length; d++) {
            int most = shape.length == 1 ? SIZES.length : shape.length == 2 ? 13 : 9;
            shape[d] = SIZES[random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(most - 1)];
        }
        return shape;
    }

    private int[] related(int[] shape) {
        int[] own = Arrays.copyOfRange(shape, Math.min(shape.length, random.nextInt(3)), shape.length);
        for (int d = 0; d < own.length; d++) {
            own[d] = random.nextInt(4) == 0 ? 1 : own[d];
        }
        return own;
    }

    private Data data(DType type, int[] shape) {
        int count = Values.count(shape);
        ByteBuffer buffer = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        boolean special = !smooth && random.nextInt(6) == 0;
        for (int i = 0; i < count; i++) {
            double value = type.isFloatingPoint() ? number(special) : random.nextInt(17) - (type == DType.UINT8 ? 0 : 8);
            put(buffer, type, value);
        }
        return new Data(type, Arrays.stream(shape).asLongStream().toArray(), buffer.array());
    }

    private double number(boolean special) {
        if (special && random.nextInt(5) == 0) {
            double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, 1, -1, 1e30, -1e-30};
            return values[random.nextInt(values.length)];
        }
        return smooth ? random.nextDouble() * 3 - 1.5 : Math.rint((random.nextDouble() * 6 - 3) * 64) / 64;
    }

    static void put(ByteBuffer buffer, DType type, double value) {
        switch (type) {
            case FLOAT64 -> buffer.putDouble(value);
            case FLOAT32 -> buffer.putFloat((float) value);
            case FLOAT16 -> buffer.putShort(Float.floatToFloat16((float) value));
            case BFLOAT16 -> buffer.putShort((short) (Float.floatToRawIntBits((float) Numbers.round(value, type)) >>> 16));
            case INT64 -> buffer.putLong((long) value);
            case INT32 -> buffer.putInt((int) value);
            case INT16 -> buffer.putShort((short) value);
            case INT8, UINT8 -> buffer.put((byte) (int) value);
            case BOOL -> buffer.put((byte) (((int) value & 1) != 0 ? 1 : 0));
        }
    }
}
