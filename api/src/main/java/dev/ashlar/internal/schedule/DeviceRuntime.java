// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LaunchListener;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.OutOfDeviceMemoryException;
import dev.ashlar.type.UnsupportedKernelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything that belongs to one opened device: the backend, its lock, plans, the arena for temporaries, the error word, and counters.
 * Whoever computes holds {@link #lock()}.
 */
public final class DeviceRuntime {
    private static final System.Logger LOG = System.getLogger(DeviceRuntime.class.getName());
    private static final int COMPILATIONS_WORTH_A_LINE = 4;
    private static final int ERROR_WORD_BYTES = 16;

    private final String label;
    private final Backend backend;
    private final Capabilities capabilities;
    private final ReentrantLock lock = new ReentrantLock();
    private final PlanCache plans = new PlanCache();
    private final List<Buffer> arena = new ArrayList<>();
    private final List<String> sites = new ArrayList<>();
    private final List<LaunchListener> listeners = new CopyOnWriteArrayList<>();
    private final OwnedMemory owned;
    private @Nullable Buffer errorWord;
    private boolean errorsPossible;
    private boolean announced;
    private long plansMade;
    private long kernelsCompiled;
    private long launches;

    public DeviceRuntime(String label, Backend backend) {
        this.label = label;
        this.backend = backend;
        this.capabilities = backend.capabilities();
        this.owned = new OwnedMemory(capabilities.memoryBytes());
    }

    public String label() {
        return label;
    }

    public Backend backend() {
        return backend;
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    public ReentrantLock lock() {
        return lock;
    }

    public List<LaunchListener> listeners() {
        return listeners;
    }

    // ---- plans ------------------------------------------------------------------------------------------------------------------

    /** Returns the plan for a program, made now if this structure has not been seen or another value of it must be kept. */
    public PlanCache.Entry plan(Program program) {
        PlanCache.Entry entry = plans.find(program);
        if (entry != null && entry.isCurrent()) {
            return entry;
        }
        Program key = program.freeze();
        PlanCache.Entry made = entry != null ? entry : new PlanCache.Entry();
        BitSet outputs = made.outputs(key);
        Plan old = made.plan;
        made.plan = make(key, outputs);
        made.plannedOutputs = outputs;
        if (old != null) {
            old.close();
        }
        plans.put(key, made);
        return made;
    }

    private Plan make(Program program, BitSet outputs) {
        Lowering lowering = new Lowering(program, outputs, capabilities);
        List<Draft> drafts = new Merging(capabilities).run(lowering.run());
        List<Step> steps = compile(drafts, new Simplifying(lowering.terms()));
        long[] chunks = MemoryPlan.assign(steps, capabilities.maxBufferBytes());
        plansMade++;
        Plan plan = new Plan(this, steps, chunks, lowering.outputRefs());
        if (Debug.LEVEL >= 2) {
            LOG.log(System.Logger.Level.INFO, () -> "[" + label + "] plan " + plansMade + ":" + System.lineSeparator() + plan.describe());
        }
        if (Debug.LEVEL >= 4) {
            LOG.log(System.Logger.Level.INFO, plan::describeCode);
        }
        return plan;
    }

    private List<Step> compile(List<Draft> drafts, Simplifying simplifying) {
        List<Step> steps = new ArrayList<>();
        for (Draft draft : drafts) {
            steps.add(assemble(draft));
        }
        try {
            List<KernelCode> codes = steps.stream().map(step -> step.code).toList();
            announce(codes.size());
            List<Executable> executables = backend.compileAll(codes);
            for (int i = 0; i < steps.size(); i++) {
                steps.get(i).executable = executables.get(i);
            }
            kernelsCompiled += codes.size();
            return steps;
        } catch (UnsupportedKernelException e) {
            List<Step> result = new ArrayList<>();
            for (Draft draft : drafts) {
                compileOne(draft, simplifying, result);
            }
            return result;
        }
    }

    private void compileOne(Draft draft, Simplifying simplifying, List<Step> result) {
        Step step = assemble(draft);
        try {
            step.executable = backend.compile(step.code);
            kernelsCompiled++;
            result.add(step);
        } catch (UnsupportedKernelException e) {
            List<Draft> simpler = simplifying.simplify(draft);
            if (simpler.isEmpty()) {
                throw e;
            }
            for (Draft part : simpler) {
                compileOne(part, simplifying, result);
            }
        }
    }

    private Step assemble(Draft draft) {
        String operation =
                switch (draft) {
                    case Draft.Gather gather -> gather.operation();
                    case Draft.Scatter scatter -> scatter.operation();
                    default -> null;
                };
        if (operation == null) {
            return Assembly.assemble(draft, 0);
        }
        long extent = draft instanceof Draft.Gather gather ? gather.extent() : ((Draft.Scatter) draft).extent();
        String site = "[" + operation + "] expected indices in [0, " + extent + ")";
        int known = sites.indexOf(site);
        if (known < 0) {
            known = sites.size();
            sites.add(site);
        }
        return Assembly.assemble(draft, known + 1L);
    }

    private void announce(int kernels) {
        if (!announced && kernels >= COMPILATIONS_WORTH_A_LINE) {
            announced = true;
            LOG.log(System.Logger.Level.DEBUG, () -> "[" + label + "] compiling " + kernels + " kernels, once");
        }
    }

    /** Called by plans after each launch. */
    void launched(Step step) {
        launches++;
        if (!listeners.isEmpty()) {
            for (LaunchListener listener : listeners) {
                listener.onLaunch(label, step.code, step.bindings(), step.args);
            }
        }
        if (step.operation != null) {
            errorsPossible = true;
        }
    }

    /** Returns the number of plans made, kernels compiled and launches so far. */
    public long[] counters() {
        return new long[] {plansMade, kernelsCompiled, launches};
    }

    // ---- memory -----------------------------------------------------------------------------------------------------------------

    /** Allocates; when memory is short, lets temporaries of past runs and unreachable tensors go and tries again. */
    public Buffer allocate(long bytes) {
        return allocate(bytes, true);
    }

    /** @param mayReleaseArena false while a plan is about to run in the arena */
    private Buffer allocate(long bytes, boolean mayReleaseArena) {
        try {
            return backend.allocate(Math.max(1, bytes));
        } catch (OutOfDeviceMemoryException first) {
            if (mayReleaseArena) {
                releaseIdleArena();
            }
            for (int attempt = 0; attempt < 3; attempt++) {
                // The JDK does the same for direct buffers: only a collection can tell which tensors nobody reaches any more.
                System.gc();
                pause(20L << attempt);
                try {
                    return backend.allocate(Math.max(1, bytes));
                } catch (OutOfDeviceMemoryException again) {
                    first.addSuppressed(again);
                }
            }
            throw first;
        }
    }

    /** An upload holds no lock: while another thread runs a plan in the arena, that stays. */
    private void releaseIdleArena() {
        if (lock.tryLock()) {
            try {
                releaseArena();
            } finally {
                lock.unlock();
            }
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fills {@code target} with buffers at least as large as asked for, shared by all plans of this device. */
    void arena(long[] bytes, Buffer[] target) {
        for (int i = 0; i < bytes.length; i++) {
            if (i < arena.size() && arena.get(i).size() < bytes[i]) {
                // Temporaries hold nothing between runs: the small one goes before the large one comes.
                arena.remove(i).close();
                arena.add(i, allocateChunk(i, bytes[i]));
            } else if (i == arena.size()) {
                arena.add(allocate(bytes[i], false));
            }
            target[i] = arena.get(i);
        }
    }

    private Buffer allocateChunk(int place, long bytes) {
        try {
            return allocate(bytes, false);
        } catch (RuntimeException e) {
            // Chunks are found by their place: those behind the missing one go too.
            while (arena.size() > place) {
                arena.removeLast().close();
            }
            throw e;
        }
    }

    private void releaseArena() {
        arena.forEach(Buffer::close);
        arena.clear();
    }

    /** Counts the buffers that values own; kept by their storages. */
    public OwnedMemory owned() {
        return owned;
    }

    /** Returns how many buffers the runtime itself holds. */
    public long internalBuffers() {
        return arena.size() + (errorWord == null ? 0 : 1);
    }

    /** Returns how many bytes the arena holds. */
    public long arenaBytes() {
        return arena.stream().mapToLong(Buffer::size).sum();
    }

    // ---- index errors -----------------------------------------------------------------------------------------------------------

    Buffer errorWord() {
        Buffer known = errorWord;
        if (known == null) {
            known = allocate(ERROR_WORD_BYTES, false);
            errorWord = known;
            backend.upload(zeros(), known, 0);
        }
        return known;
    }

    private static MemorySegment zeros() {
        return MemorySegment.ofArray(new long[ERROR_WORD_BYTES / 8]);
    }

    /**
     * Throws if an index that a kernel read since the last check was out of range. Called where the host waits anyway.
     */
    public void checkIndices() {
        if (!errorsPossible || errorWord == null) {
            return;
        }
        errorsPossible = false;
        try (Arena scope = Arena.ofConfined()) {
            MemorySegment word = scope.allocate(ERROR_WORD_BYTES, 64);
            backend.download(errorWord, 0, word);
            long site = word.get(ValueLayout.JAVA_LONG, 0);
            if (site != 0) {
                long index = word.get(ValueLayout.JAVA_LONG, 8);
                backend.upload(zeros(), errorWord, 0);
                throw new IndexOutOfRangeException(sites.get((int) site - 1) + ", got " + index);
            }
        }
    }

    /** Frees plans, arena and the error word, then the backend. */
    public void close() {
        lock.lock();
        try {
            plans.clear();
            releaseArena();
            if (errorWord != null) {
                errorWord.close();
                errorWord = null;
            }
            backend.close();
        } finally {
            lock.unlock();
        }
    }
}
