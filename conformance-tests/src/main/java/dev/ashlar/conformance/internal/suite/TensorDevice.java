// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.type.DType;
import dev.ashlar.type.DeviceNotFoundException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The backend under test as a device for tensors: everything that they launch goes through the session's provider and its checks. */
public final class TensorDevice implements AutoCloseable {
    private final Device device;
    private final Scope scope;

    private TensorDevice(Device device, Scope scope) {
        this.device = device;
        this.scope = scope;
    }

    /** A piece of code that uses tensors. */
    @FunctionalInterface
    public interface Code {
        void run(TensorDevice device) throws Exception;
    }

    /** Opens the device of the session's name with the session's backend. */
    static TensorDevice open(Session session) {
        Device device = Device.all().stream()
                .filter(found -> found.provider().equals(session.provider().name())
                        && found.description().index() == session.device().index())
                .findFirst()
                .orElseThrow(() -> new NotApplicable("the provider is not found by ServiceLoader, so tensors cannot use it (DISC-05)"));
        Scope scope = Ashlar.intercept(device, opened -> {
            opened.close();
            return session.open();
        });
        return new TensorDevice(device, scope);
    }

    public Device device() {
        return device;
    }

    /** Runs code with this device as the default one. */
    public void run(Code code) throws Exception {
        Device before = defaultDevice();
        Ashlar.setDefaultDevice(device);
        try {
            code.run(this);
        } finally {
            if (before != null) {
                Ashlar.setDefaultDevice(before);
            }
        }
    }

    private static @Nullable Device defaultDevice() {
        try {
            return Ashlar.defaultDevice();
        } catch (DeviceNotFoundException _) {
            // Only the backend under test is there; nobody can have used another default before.
            return null;
        }
    }

    /** Uploads numbers in a type, each exact in it. */
    public Tensor upload(Values values, DType type) {
        long[] sizes = Arrays.stream(values.shape()).asLongStream().toArray();
        double[] data = values.data();
        if (sizes.length == 0) {
            // Without sizes an array becomes a vector.
            return upload(new Values(data, 1), type).reshape().detach();
        }
        return switch (type) {
            case FLOAT64 -> Tensor.of(data, sizes);
            case FLOAT32 -> {
                float[] floats = new float[data.length];
                for (int i = 0; i < data.length; i++) {
                    floats[i] = (float) data[i];
                }
                yield Tensor.of(floats, sizes);
            }
            case INT64 -> Tensor.of(Arrays.stream(data).mapToLong(x -> (long) x).toArray(), sizes);
            case INT32 -> Tensor.of(Arrays.stream(data).mapToInt(x -> (int) x).toArray(), sizes);
            case BOOL -> {
                boolean[] truths = new boolean[data.length];
                for (int i = 0; i < data.length; i++) {
                    truths[i] = data[i] != 0;
                }
                yield Tensor.of(truths, sizes);
            }
            default -> {
                byte[] bytes = new byte[data.length * type.bytes()];
                for (int i = 0; i < data.length; i++) {
                    Scalar value = type.isFloatingPoint() ? Scalar.exact(data[i]) : Scalar.whole((long) data[i]);
                    Numbers.put(type, bytes, (long) i * type.bytes(), value);
                }
                yield Tensor.ofBytes(bytes, type, sizes);
            }
        };
    }

    @Override
    public void close() {
        scope.close();
    }
}
