// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Launches in order, ready to run again and again with other leaves and numbers. Guarded by the device's lock. */
public final class Plan implements Step.Resolver {
    private final DeviceRuntime runtime;
    private final List<Step> steps;
    private final long[] chunkBytes;
    private final BufferRef @Nullable [] outputRefs;
    private final int[] outputNodes;
    private final boolean indexed;
    private final Buffer[] chunks;
    private Buffer[] leaves = {};
    private Buffer[] outputs = {};

    Plan(DeviceRuntime runtime, List<Step> steps, long[] chunkBytes, @Nullable BufferRef[] outputRefs) {
        this.runtime = runtime;
        this.steps = steps;
        this.chunkBytes = chunkBytes;
        this.outputRefs = outputRefs;
        this.chunks = new Buffer[chunkBytes.length];
        List<Integer> nodes = new ArrayList<>();
        for (int node = 0; node < outputRefs.length; node++) {
            BufferRef ref = outputRefs[node];
            if (ref != null) {
                ref.output = nodes.size();
                nodes.add(node);
            }
        }
        this.outputNodes = nodes.stream().mapToInt(Integer::intValue).toArray();
        this.indexed = steps.stream().anyMatch(step -> step.operation != null);
    }

    /** Returns the nodes whose values a run leaves behind, ascending. */
    public int[] outputNodes() {
        return outputNodes;
    }

    /** Returns the size of an output in bytes. */
    public long outputBytes(int output) {
        return java.util.Objects.requireNonNull(outputRefs[outputNodes[output]]).bytes();
    }

    /**
     * Launches all steps.
     *
     * @param leaves a buffer for each leaf in the order of the program
     * @param outputs a buffer for each of {@link #outputNodes()}; none of them is among the leaves
     * @param numbers the program's run-time numbers
     */
    public void run(Buffer[] leaves, Buffer[] outputs, long[] numbers) {
        runtime.arena(chunkBytes, chunks);
        this.leaves = leaves;
        this.outputs = outputs;
        Buffer errors = indexed ? runtime.errorWord() : null;
        try {
            for (Step step : steps) {
                step.launch(runtime.backend(), this, numbers, errors);
                runtime.launched(step);
            }
        } finally {
            this.leaves = new Buffer[0];
            this.outputs = new Buffer[0];
        }
    }

    @Override
    public Buffer buffer(BufferRef ref) {
        return switch (ref.kind) {
            case LEAF -> leaves[(int) ref.place];
            case OUTPUT -> outputs[ref.output];
            case TEMPORARY -> chunks[ref.chunk];
        };
    }

    @Override
    public long offset(BufferRef ref) {
        return ref.kind == BufferRef.Kind.TEMPORARY ? ref.place : 0;
    }

    /** Returns how many launches a run takes. */
    public int launches() {
        return steps.size();
    }

    /** Returns the bytes that temporaries take at most at one time. */
    public long arenaBytes() {
        long total = 0;
        for (long bytes : chunkBytes) {
            total += bytes;
        }
        return total;
    }

    /** Returns one line for each launch. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append("  ").append(i).append(": ").append(Describe.step(steps.get(i))).append(System.lineSeparator());
        }
        return text.toString();
    }

    /** Returns what the backend generated for each launch. */
    public String describeCode() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(java.util.Objects.requireNonNull(step.executable).describe()).append(System.lineSeparator());
        }
        return text.toString();
    }

    void close() {
        for (Step step : steps) {
            step.forget();
            if (step.executable != null) {
                step.executable.close();
            }
        }
    }
}
