// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.program;

import dev.ashlar.runtime.opencl.device.ClErrors;
import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.type.KernelCompilationException;
import org.jocl.CL;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/** A built program, counted by its users. To be used while holding the session's monitor. */
public final class Program {
    private final Session session;
    private final cl_program program;
    private final String source;
    private int users = 1;

    Program(Session session, cl_program program, String source) {
        this.session = session;
        this.program = program;
        this.source = source;
    }

    /** Returns the complete source. */
    public String source() {
        return source;
    }

    /** Returns a fresh kernel object. */
    public cl_kernel kernel(String name) {
        int[] code = new int[1];
        cl_kernel kernel = CL.clCreateKernel(program, name, code);
        if (code[0] != ClErrors.SUCCESS) {
            throw new KernelCompilationException(
                    "[" + session.name() + "] the program has no usable kernel '" + name + "': " + ClErrors.name(code[0]), source, "");
        }
        return kernel;
    }

    /** Counts one more user. */
    public Program retain() {
        users++;
        return this;
    }

    /** Counts one user less; the last one frees it. */
    public void release() {
        if (--users == 0 && !session.isClosed()) {
            CL.clReleaseProgram(program);
        }
    }
}
