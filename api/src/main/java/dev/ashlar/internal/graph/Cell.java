// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.graph;

import org.jspecify.annotations.Nullable;

/**
 * A place that holds a value and can be given another one: what a tensor handle is to the graph. Two buffers alternate under a cell
 * that is assigned again and again, so that values computed from the previous one stay computable for one more round.
 */
public abstract class Cell {
    private Node value;
    private @Nullable Storage current;
    private @Nullable Storage spare;

    protected Cell(Node value) {
        this.value = value;
    }

    /** Returns the value as of now. */
    public final Node value() {
        return value;
    }

    /** Replaces the value. From now on the cell owns the memory of its value: a flush always computes it. */
    protected final void setValue(Node next) {
        Recorder.note(this, value);
        value = next;
        next.owner = this;
    }

    /** Takes back what was assigned since this was the value. */
    void restore(Node earlier) {
        value = earlier;
        earlier.owner = this;
    }

    /** Makes sure that the next flush computes and keeps the value. */
    protected final void keep() {
        if (value.storage == null && value.isRecorded()) {
            value.owner = this;
        }
    }

    boolean owns(Node node) {
        return value == node;
    }

    /** Returns memory of an older value for the next one, or null. */
    @Nullable Storage takeSpare(long bytes) {
        Storage candidate = spare;
        if (candidate == null) {
            return null;
        }
        Storage taken = candidate.take(bytes);
        if (taken != null) {
            spare = null;
        }
        return taken;
    }

    @Nullable Storage spare() {
        return spare;
    }

    /** Called when the value has been computed. */
    void settle(Storage storage) {
        if (current != storage) {
            spare = current;
            current = storage;
        }
    }

    /** Called when computing the value failed: the last good one stays. */
    void revert() {
        if (current != null && current.isLive()) {
            value = Node.leaf(value.device(), value.type(), value.shape(), current);
        }
    }

    /** Notes the memory of a value that came from the host, so that a later assignment can re-use it. */
    protected final void adopt(Node leaf) {
        current = leaf.storage;
    }
}
