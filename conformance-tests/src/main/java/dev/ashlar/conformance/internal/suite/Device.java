// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.KernelArgs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A few conveniences for tests that are a piece of code; closing it frees its arrays. */
public final class Device implements AutoCloseable {
    private final Backend backend;
    private final List<Buffer> buffers = new ArrayList<>();

    public Device(Backend backend) {
        this.backend = backend;
    }

    /** Float32 or bytes on the device. */
    public final class Array {
        private final Buffer buffer;
        private final int bytes;

        private Array(Buffer buffer, int bytes) {
            this.buffer = buffer;
            this.bytes = bytes;
        }

        public Buffer buffer() {
            return buffer;
        }

        public float[] toFloats() {
            float[] values = new float[bytes / Float.BYTES];
            backend.download(buffer, 0, MemorySegment.ofArray(values));
            return values;
        }

        public byte[] toBytes() {
            byte[] values = new byte[bytes];
            backend.download(buffer, 0, MemorySegment.ofArray(values));
            return values;
        }
    }

    public Array floats(float... values) {
        return array(MemorySegment.ofArray(values));
    }

    public Array bytes(byte... values) {
        return array(MemorySegment.ofArray(values));
    }

    private Array array(MemorySegment values) {
        Buffer buffer = backend.allocate(values.byteSize());
        buffers.add(buffer);
        backend.upload(values, buffer, 0);
        return new Array(buffer, Math.toIntExact(values.byteSize()));
    }

    /** Launches with all bindings at offset 0. */
    public Fence launch(Executable executable, KernelArgs args, List<Array> arrays) {
        return backend.submit(executable, arrays.stream().map(array -> new Binding(array.buffer, 0)).toList(), args);
    }

    @Override
    public void close() {
        buffers.forEach(Buffer::close);
    }
}
