// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DeviceLostException;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jspecify.annotations.Nullable;

/**
 * One context and one in-order queue on one device, and what has gone wrong on it. Not thread-safe by itself: whoever uses it holds
 * its monitor.
 */
public final class Session implements AutoCloseable {
    // A driver that collects launches before it starts them is nudged after so many.
    private static final int FLUSH_INTERVAL = 16;

    private final String name;
    private final DeviceFacts facts;
    private final cl_device_id device;
    private final cl_context context;
    private final cl_command_queue queue;
    private final NativeCalls nativeCalls = Driver.nativeCalls();
    private int sinceFlush;
    private boolean closed;
    private @Nullable DeviceLostException lost;

    private Session(String name, DeviceFacts facts, cl_device_id device, cl_context context, cl_command_queue queue) {
        this.name = name;
        this.facts = facts;
        this.device = device;
        this.context = context;
        this.queue = queue;
    }

    /**
     * Opens a device.
     *
     * @param name how messages call it, for example {@code opencl:0}
     * @param found the device
     * @param facts what it is to be taken for, masks applied
     */
    public static Session open(String name, Devices.Found found, DeviceFacts facts) {
        return Signals.keep(() -> create(name, found, facts));
    }

    private static Session create(String name, Devices.Found found, DeviceFacts facts) {
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL.CL_CONTEXT_PLATFORM, found.platform());
        int[] code = new int[1];
        cl_context context = CL.clCreateContext(properties, 1, new cl_device_id[] {found.id()}, null, null, code);
        if (code[0] != ClErrors.SUCCESS) {
            throw ClErrors.failure(name, "clCreateContext", code[0], 0, 0, 0);
        }
        cl_command_queue queue = createQueue(context, found.id(), code);
        if (code[0] != ClErrors.SUCCESS) {
            CL.clReleaseContext(context);
            throw ClErrors.failure(name, "clCreateCommandQueue", code[0], 0, 0, 0);
        }
        return new Session(name, facts, found.id(), context, queue);
    }

    // The call of OpenCL 1.2 is deprecated in 2.0, where its successor is, and 1.2 is our floor.
    @SuppressWarnings("deprecation")
    private static cl_command_queue createQueue(cl_context context, cl_device_id device, int[] code) {
        return CL.clCreateCommandQueue(context, device, 0, code);
    }

    public String name() {
        return name;
    }

    public DeviceFacts facts() {
        return facts;
    }

    public cl_device_id device() {
        return device;
    }

    public cl_context context() {
        return context;
    }

    public NativeCalls nativeCalls() {
        return nativeCalls;
    }

    public cl_command_queue queue() {
        return queue;
    }

    /**
     * Throws if the session cannot be used any more.
     *
     * @throws DeviceLostException if the device was lost
     */
    public void requireUsable() {
        if (lost != null) {
            throw new DeviceLostException(lost.getMessage());
        }
        if (closed) {
            throw new AshlarException("[" + name + "] expected an open backend, got a closed one; open the device again");
        }
    }

    /** Throws what a failed call stands for; remembers a loss. */
    public void check(String operation, int code) {
        if (code != ClErrors.SUCCESS) {
            throw failure(operation, code, false);
        }
    }

    /** As {@link #check}, for a call that waited for earlier work. */
    public void checkWait(String operation, int code) {
        if (code != ClErrors.SUCCESS) {
            throw failure(operation, code, true);
        }
    }

    private AshlarException failure(String operation, int code, boolean waiting) {
        if (ClErrors.isLoss(code, waiting)) {
            markLost(ClErrors.loss(name, operation, code));
            return new DeviceLostException(ClErrors.loss(name, operation, code).getMessage());
        }
        return ClErrors.failure(name, operation, code, 0, 0, facts.globalMemory());
    }

    /** Makes every later use throw; the first loss counts. */
    void markLost(DeviceLostException reason) {
        if (lost == null) {
            lost = reason;
        }
    }

    /** Counts a launch and starts what the driver may be holding back. */
    public void launched() {
        if (++sinceFlush >= FLUSH_INTERVAL) {
            sinceFlush = 0;
            CL.clFlush(queue);
        }
    }

    /** Waits for all work and throws its earliest failure. */
    public void finish() {
        sinceFlush = 0;
        checkWait("waiting for the device", CL.clFinish(queue));
    }

    public boolean isClosed() {
        return closed;
    }

    /** Releases queue and context; never throws. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            CL.clFinish(queue);
            CL.clReleaseCommandQueue(queue);
            CL.clReleaseContext(context);
        }
    }
}
