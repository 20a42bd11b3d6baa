// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.graph;

import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.internal.schedule.OwnedMemory;
import dev.ashlar.spi.Buffer;
import dev.ashlar.type.TensorClosedException;
import dev.ashlar.type.ValueNotKeptException;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one computed value, row-major. When the last reference to the value goes, a cleaner gives the buffer back. An
 * assignment may take the buffer for a newer value; then this one says that it was not kept.
 */
public final class Storage {
    /** Watched by the cleaner; moves from the storage of one value to that of the next together with its buffer. */
    private static final class Handle {
        final Buffer buffer;
        final Cleaner.Cleanable cleanable;

        Handle(DeviceRuntime device, Buffer buffer) {
            this.buffer = buffer;
            device.owned().add(buffer.size());
            this.cleanable = Watch.CLEANER.register(this, new Release(buffer, device.owned()));
        }
    }

    private record Release(Buffer buffer, OwnedMemory owned) implements Runnable {
        @Override
        public void run() {
            buffer.close();
            owned.remove(buffer.size());
        }
    }

    /** Loaded, and its thread started, with the first owned buffer. */
    private static final class Watch {
        static final Cleaner CLEANER = Cleaner.create();

        private Watch() {}
    }

    private volatile @Nullable Handle handle;
    private volatile boolean closed;
    private volatile boolean shared;

    private Storage(@Nullable Handle handle) {
        this.handle = handle;
    }

    static Storage allocate(DeviceRuntime device, long bytes) {
        device.owned().relieve();
        return new Storage(new Handle(device, device.allocate(bytes)));
    }

    /** Returns how many buffers the values of a device own at the moment. */
    public static long owned(DeviceRuntime device) {
        return device.owned().buffers();
    }

    /**
     * Returns the buffer.
     *
     * @throws TensorClosedException after {@link #close()}
     * @throws ValueNotKeptException after an assignment took the buffer
     */
    Buffer buffer() {
        Handle current = handle;
        if (current == null) {
            if (closed) {
                throw new TensorClosedException("[read] expected an open tensor, got one whose memory was given back with close()");
            }
            throw new ValueNotKeptException("[read] this value was not kept: the parameters that it was computed from have been"
                    + " assigned twice since; call realize() before step()");
        }
        return current.buffer;
    }

    boolean isLive() {
        return handle != null;
    }

    /** Says that another owner relies on this value, so that no assignment may take its buffer. */
    void share() {
        shared = true;
    }

    /** Returns a storage for a new value in the same memory, or null if somebody else relies on it or the size differs. */
    @Nullable Storage take(long bytes) {
        Handle current = handle;
        if (shared || current == null || current.buffer.size() != bytes) {
            return null;
        }
        handle = null;
        return new Storage(current);
    }

    /** Gives the memory back now. */
    void close() {
        Handle current = handle;
        closed = true;
        handle = null;
        if (current != null) {
            current.cleanable.clean();
        }
    }
}
