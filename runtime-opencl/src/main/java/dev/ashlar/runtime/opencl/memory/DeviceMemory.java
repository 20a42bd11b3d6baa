// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.memory;

import org.jocl.CL;
import org.jocl.cl_mem;

/** A piece of memory as the driver gave it. Identity matters: a driver may give a later piece the handle of a released one. */
public final class DeviceMemory {
    private final cl_mem object;
    private final long handle;
    private final long bytes;

    DeviceMemory(cl_mem object, long bytes) {
        this.object = object;
        this.handle = object.getNativePointer();
        this.bytes = bytes;
    }

    /** Returns the driver's object. */
    public cl_mem object() {
        return object;
    }

    /** Returns the driver's handle as it is passed to kernels. */
    public long handle() {
        return handle;
    }

    long bytes() {
        return bytes;
    }

    void release() {
        CL.clReleaseMemObject(object);
    }
}
