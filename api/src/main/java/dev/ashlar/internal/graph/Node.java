// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.graph;

import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.internal.schedule.Op;
import dev.ashlar.internal.schedule.PlanCache;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An immutable value: a recipe (operation and inputs), and its memory once it has been computed and kept.
 */
public final class Node {
    private static final Node[] NONE = {};
    private static final long[] NO_NUMBERS = {};

    private final Op op;
    private Node[] inputs;
    private final long[] numbers;
    private final Shape shape;
    private final DType type;
    private final DeviceRuntime device;

    @Nullable Storage storage;
    @Nullable Cell owner;
    @Nullable RuntimeException failure;
    /** How many recorded nodes read this one. */
    int consumers;
    /** How many gradient rules rely on this value. */
    int saved;
    /** Whether no handle of this value ever leaves the operation that made it. */
    boolean absorbed;
    /** Whether nobody holds this value. */
    boolean abandoned;
    /** Whether this follows from numbers that the host knows, so that keeping it would save nothing. */
    boolean constant;
    /** The flush that saw this node last, and its index in that flush's program; guarded by the device's lock. */
    long stamp;

    int index;
    /** The plan that computed this node without keeping it. */
    PlanCache.@Nullable Entry passedBy;

    int passedIndex;

    Node(Op op, Node[] inputs, long[] numbers, Shape shape, DType type, DeviceRuntime device) {
        this.op = op;
        this.inputs = inputs;
        this.numbers = numbers;
        this.shape = shape;
        this.type = type;
        this.device = device;
    }

    static Node leaf(DeviceRuntime device, DType type, Shape shape, Storage storage) {
        Node node = new Node(new Op.Leaf(type, shape), NONE, NO_NUMBERS, shape, type, device);
        node.storage = storage;
        return node;
    }

    /**
     * Returns a zero-dimensional run-time scalar; {@code bits} as in {@link dev.ashlar.spi.KernelArgs#encode(DType, double)}, of a value of
     * the type.
     */
    public static Node scalar(DeviceRuntime device, DType type, long bits) {
        Node node = new Node(new Op.Scalar(type), NONE, new long[] {bits}, Shape.of(), type, device);
        node.constant = true;
        return node;
    }

    public Shape shape() {
        return shape;
    }

    public DType type() {
        return type;
    }

    public DeviceRuntime device() {
        return device;
    }

    public Op op() {
        return op;
    }

    /** Returns whether this is a scalar whose value the host knows. */
    public boolean isScalar() {
        return op instanceof Op.Scalar;
    }

    /** Returns the bits of a scalar. */
    public long scalarBits() {
        return numbers[0];
    }

    /** Returns whether the value came from an operation, computed or not. */
    public boolean isRecorded() {
        return !(op instanceof Op.Leaf) && !(op instanceof Op.Scalar);
    }

    /** Returns whether the value lies in memory. */
    public boolean isComputed() {
        return storage != null;
    }

    /** Returns the operation and the shapes of what it reads, for people. */
    public String recipe() {
        StringBuilder text = new StringBuilder(op instanceof Op.Elementwise elementwise
                ? elementwise.op().name().toLowerCase(Locale.ROOT)
                : op.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        text.append(" of ");
        for (int i = 0; i < inputs.length; i++) {
            text.append(i == 0 ? "" : ", ").append(inputs[i].type()).append(' ').append(inputs[i].shape());
        }
        return inputs.length == 0 ? text.append("nothing").toString() : text.toString();
    }

    /** Says that no handle of this value leaves the operation that made it: being zero-dimensional is no reason to keep it. */
    public void absorb() {
        absorbed = true;
    }

    /** Says that nobody holds this value: having no consumer is no reason to compute it. */
    public void abandon() {
        abandoned = true;
    }

    /** Says that a gradient rule will read this value later. */
    public void save() {
        saved++;
    }

    /** Takes one {@link #save()} back. */
    public void release() {
        saved--;
    }

    /** Says that several handles rely on this value's memory. */
    public void share() {
        shared = true;
        if (storage != null) {
            storage.share();
        }
    }

    private boolean shared;

    boolean isShared() {
        return shared;
    }

    Node[] inputs() {
        return inputs;
    }

    long[] numbers() {
        return numbers;
    }

    /** Takes the computed value; the recipe is not needed any more and lets go of what it refers to. */
    void settle(Storage computed) {
        storage = computed;
        if (shared) {
            computed.share();
        }
        inputs = NONE;
    }
}
