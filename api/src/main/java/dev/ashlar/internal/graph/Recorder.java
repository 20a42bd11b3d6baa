// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.graph;

import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.internal.schedule.Op;
import dev.ashlar.internal.schedule.Plan;
import dev.ashlar.internal.schedule.PlanCache;
import dev.ashlar.internal.schedule.Program;
import dev.ashlar.spi.Buffer;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The pending work of one thread on one device. Operations append nodes; a flush computes all of them as one program.
 *
 * <p>A flush keeps what was asked for, what nobody has consumed yet, what a cell owns, what a gradient rule saved, and
 * zero-dimensional results; other values keep their recipe.
 */
public final class Recorder {
    /** Graphs that nobody asks a value of are computed when they reach this many nodes, so that they stay bounded. */
    private static final int LIMIT = 4000;

    private static final long[] NO_NUMBERS = {};
    private static final ThreadLocal<Map<DeviceRuntime, Recorder>> RECORDERS = ThreadLocal.withInitial(HashMap::new);
    private static final ThreadLocal<int[]> EAGER = ThreadLocal.withInitial(() -> new int[] {Boolean.getBoolean("ashlar.eager") ? 1 : 0});

    private static final AtomicInteger ASIDES = new AtomicInteger();
    private static final ThreadLocal<@Nullable Map<Cell, Node>> REPLACED = new ThreadLocal<>();

    private final DeviceRuntime device;
    private final List<Node> pending = new ArrayList<>();
    private final Program program = new Program();
    private final List<Node> programNodes = new ArrayList<>();
    private final List<Node> leaves = new ArrayList<>();
    private long stamp;

    private Recorder(DeviceRuntime device) {
        this.device = device;
    }

    /** Returns the calling thread's recorder for a device. */
    public static Recorder of(DeviceRuntime device) {
        return RECORDERS.get().computeIfAbsent(device, Recorder::new);
    }

    /** Flushes the calling thread's pending work on all devices and forgets the recorders of one that is being closed. */
    public static void forget(DeviceRuntime device) {
        RECORDERS.get().remove(device);
    }

    /** Runs code whose values are computed only if it asks for them: no later flush does. Cells have their values back afterwards. */
    public static void aside(Runnable code) {
        Map<DeviceRuntime, Recorder> recorders = RECORDERS.get();
        Map<Cell, Node> outer = REPLACED.get();
        Map<Cell, Node> replaced = new IdentityHashMap<>();
        RECORDERS.set(new HashMap<>());
        REPLACED.set(replaced);
        ASIDES.incrementAndGet();
        try {
            code.run();
        } finally {
            ASIDES.decrementAndGet();
            REPLACED.set(outer);
            RECORDERS.set(recorders);
            replaced.forEach(Cell::restore);
        }
    }

    /** Notes the value of a cell that is about to get another one. */
    static void note(Cell cell, Node value) {
        // Asking a thread for its own map costs more than an assignment should pay for what hardly ever happens.
        if (ASIDES.get() > 0) {
            Map<Cell, Node> replaced = REPLACED.get();
            if (replaced != null) {
                replaced.putIfAbsent(cell, value);
            }
        }
    }

    /** Makes each operation of this thread compute at once while {@code delta} is in force; scopes nest. */
    public static void addEager(int delta) {
        EAGER.get()[0] += delta;
    }

    public static boolean isEager() {
        return EAGER.get()[0] > 0;
    }

    /** Records an operation without run-time numbers. */
    public Node record(Op op, Shape shape, DType type, Node... inputs) {
        return record(op, NO_NUMBERS, shape, type, inputs);
    }

    /** Records an operation. The arrays are kept. */
    public Node record(Op op, long[] numbers, Shape shape, DType type, Node... inputs) {
        Node node = new Node(op, inputs, numbers, shape, type, device);
        node.constant = true;
        for (Node input : inputs) {
            node.constant &= input.constant;
            input.consumers++;
        }
        pending.add(node);
        if (isEager() && !op.isMovement()) {
            flush(node);
        } else if (pending.size() >= LIMIT) {
            flush();
        }
        return node;
    }

    /** Creates a value from host memory. */
    public Node upload(DType type, Shape shape, MemorySegment data) {
        Storage storage = Storage.allocate(device, data.byteSize());
        if (data.byteSize() > 0) {
            device.backend().upload(data, storage.buffer(), 0);
        }
        return Node.leaf(device, type, shape, storage);
    }

    /** Creates a value without elements. */
    public Node empty(DType type, Shape shape) {
        return Node.leaf(device, type, shape, Storage.allocate(device, 1));
    }

    /** Copies a value to host memory, computing it first if necessary. */
    public void download(Node node, MemorySegment target) {
        if (node.storage == null) {
            flush(node);
        }
        device.lock().lock();
        try {
            Storage storage = java.util.Objects.requireNonNull(node.storage);
            if (target.byteSize() > 0) {
                device.backend().download(storage.buffer(), 0, target);
            }
            device.checkIndices();
        } finally {
            // The cleaner must not give the buffer back while the copy reads it: nobody else may hold the node any more.
            Reference.reachabilityFence(node);
            device.lock().unlock();
        }
    }

    /** Gives a value's memory back now, after what was recorded has read it. */
    public void close(Node node) {
        if (!pending.isEmpty()) {
            flush();
        }
        if (node.storage != null && !node.isShared()) {
            node.storage.close();
        }
    }

    public boolean isIdle() {
        return pending.isEmpty();
    }

    /** Computes all pending work of this thread on this device; {@code asked} values are kept. */
    public void flush(Node... asked) {
        device.lock().lock();
        try {
            flushLocked(asked);
        } finally {
            pending.clear();
            programNodes.clear();
            leaves.clear();
            device.lock().unlock();
        }
    }

    /** Returns what computing a value now would launch, and whether that plan is new; computes nothing. */
    public String explain(Node node) {
        device.lock().lock();
        try {
            build(new Node[] {node});
            long madeBefore = device.counters()[0];
            Plan plan = device.plan(program).plan();
            boolean made = device.counters()[0] != madeBefore;
            return programNodes.size() + " nodes, " + plan.launches() + " launches, " + plan.arenaBytes() + " bytes for temporaries; "
                    + (made ? "planned now: no program of this structure with these outputs was planned before" : "plan re-used")
                    + System.lineSeparator() + plan.describe();
        } finally {
            programNodes.clear();
            leaves.clear();
            device.lock().unlock();
        }
    }

    private void flushLocked(Node[] asked) {
        build(asked);
        if (program.outputs().isEmpty()) {
            return;
        }
        PlanCache.Entry entry = device.plan(program);
        Plan plan = entry.plan();
        Buffer[] inputs = new Buffer[leaves.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = java.util.Objects.requireNonNull(leaves.get(i).storage).buffer();
        }
        int[] outputNodes = plan.outputNodes();
        Storage[] storages = new Storage[outputNodes.length];
        Buffer[] outputs = new Buffer[outputNodes.length];
        for (int i = 0; i < outputNodes.length; i++) {
            storages[i] = memory(programNodes.get(outputNodes[i]), plan.outputBytes(i));
            outputs[i] = storages[i].buffer();
        }
        try {
            plan.run(inputs, outputs, program.numbers());
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
        settle(outputNodes, storages, entry);
        Reference.reachabilityFence(storages);
    }

    private void settle(int[] outputNodes, Storage[] storages, PlanCache.Entry entry) {
        for (int i = 0; i < programNodes.size(); i++) {
            Node node = programNodes.get(i);
            node.passedBy = entry;
            node.passedIndex = i;
        }
        for (int i = 0; i < outputNodes.length; i++) {
            Node node = programNodes.get(outputNodes[i]);
            node.settle(storages[i]);
            Cell owner = node.owner;
            if (owner != null && owner.owns(node)) {
                owner.settle(storages[i]);
            }
            node.passedBy = null;
        }
    }

    private void fail(RuntimeException e) {
        for (Node node : programNodes) {
            if (node.storage == null && node.isRecorded()) {
                node.failure = e;
                if (node.owner != null && node.owner.owns(node)) {
                    node.owner.revert();
                }
            }
        }
    }

    /** Returns memory for a new value: that of an older value of the same cell if nothing in this run reads it. */
    private Storage memory(Node node, long bytes) {
        Cell owner = node.owner;
        if (owner != null && owner.owns(node) && !node.isShared()) {
            Storage spare = owner.spare();
            if (spare != null && leaves.stream().noneMatch(leaf -> leaf.storage == spare)) {
                Storage taken = owner.takeSpare(bytes);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return Storage.allocate(device, bytes);
    }

    // ---- building the program ---------------------------------------------------------------------------------------------------

    private void build(Node[] asked) {
        program.clear();
        stamp = Stamps.next();
        for (Node node : pending) {
            if (isWork(node)) {
                for (Node input : node.inputs()) {
                    noteLate(input);
                }
            }
        }
        for (Node node : pending) {
            if (isWork(node)) {
                visit(node);
            }
        }
        for (Node node : asked) {
            if (node.failure != null) {
                throw node.failure;
            }
            if (node.storage == null) {
                noteLate(node);
                visit(node);
                if (node.isRecorded()) {
                    program.addOutput(node.index);
                }
            }
        }
        for (Node node : pending) {
            if (node.stamp == stamp && node.storage == null && isKept(node)) {
                program.addOutput(node.index);
            }
        }
        for (Node node : programNodes) {
            if (node.storage == null && node.isRecorded() && (node.saved > 0 || node.owner != null && node.owner.owns(node))) {
                program.addOutput(node.index);
            }
        }
    }

    private static boolean isWork(Node node) {
        return node.storage == null && node.failure == null && !(node.abandoned && node.consumers == 0);
    }

    private static boolean isKept(Node node) {
        return node.consumers == 0 || node.shape().rank() == 0 && !node.absorbed && !node.constant;
    }

    private static void noteLate(Node node) {
        if (node.storage == null && node.passedBy != null) {
            node.passedBy.readLate(node.passedIndex);
        }
    }

    private void visit(Node node) {
        if (node.stamp == stamp) {
            return;
        }
        if (node.failure != null) {
            throw node.failure;
        }
        if (node.storage != null) {
            node.storage.buffer();
            node.stamp = stamp;
            node.index = program.add(leafOp(node), node.shape(), node.type(), NO_NUMBERS);
            leaves.add(node);
            programNodes.add(node);
            return;
        }
        for (Node input : node.inputs()) {
            visit(input);
        }
        node.stamp = stamp;
        node.index = program.add(node.op(), node.shape(), node.type(), node.numbers());
        for (Node input : node.inputs()) {
            program.addInput(input.index);
        }
        programNodes.add(node);
    }

    private static Op leafOp(Node node) {
        return node.op() instanceof Op.Leaf leaf ? leaf : new Op.Leaf(node.type(), node.shape());
    }
}
