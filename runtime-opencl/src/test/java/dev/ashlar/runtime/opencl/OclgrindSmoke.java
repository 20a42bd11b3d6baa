// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.runtime.opencl.device.Devices;
import dev.ashlar.runtime.opencl.device.Masks;
import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.program.DiskCache;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * Runs in a process of its own whose only driver is the checking simulator. Arguments: {@code kernels FIRST COUNT STYLE}, or
 * {@code bug} to plant a write past the end of a buffer. Exit code 0 if all results are right.
 */
final class OclgrindSmoke {
    private OclgrindSmoke() {}

    public static void main(String[] arguments) {
        if (arguments[0].equals("bug")) {
            plantBug();
            return;
        }
        long first = Long.parseLong(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        List<String> failures = new ArrayList<>();
        // Without a pool every buffer has the size that was asked for, so an overrun by one element is seen. The simulator does not know
        // the funnel shifts that its compiler makes of shifts and ors when it optimises.
        try (Backend backend = TestDevice.open("style", arguments[3], "pool", "keep", "flags", "-cl-opt-disable")) {
            boolean fp64 = backend.capabilities().storage().contains(DType.FLOAT64);
            List<Case> cases = new ArrayList<>();
            cases.add(ProductCases.product(13, 70, 40, 1, 0));
            cases.add(ProductCases.product(9, 67, 70, 2, 7));
            cases.add(ProductCases.fold(ReduceOp.SUM, 16_500, 1, false));
            cases.add(ProductCases.fold(ReduceOp.ARGMAX, 16_500, 1, false));
            cases.add(ProductCases.fold(ReduceOp.MAX, 1_100, 37, true));
            for (int i = 0; i < count; i++) {
                cases.add(Cases.of(first + i, fp64, 20));
            }
            List<Executable> executables = backend.compileAll(cases.stream().map(Case::code).toList());
            for (int i = 0; i < cases.size(); i++) {
                String failure = cases.get(i).run(backend, executables.get(i));
                if (!failure.isEmpty()) {
                    failures.add(failure);
                }
            }
        }
        failures.forEach(System.err::println);
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static void plantBug() {
        Devices.Found found = Devices.list().devices().getFirst();
        try (Session session = Session.open("planted", found, Masks.NONE.apply(found.facts()))) {
            Compiler compiler = new Compiler(session, new DiskCache(null, 0), "");
            var program = compiler.build("kernel void planted(global float* b) { b[get_global_id(0) + 1] = 1.0f; }");
            cl_kernel kernel = program.kernel("planted");
            cl_mem memory = CL.clCreateBuffer(session.context(), CL.CL_MEM_READ_WRITE, 64, null, new int[1]);
            session.check("argument", CL.clSetKernelArg(kernel, 0, 8, org.jocl.Pointer.to(memory)));
            long[] items = {16};
            session.check("launch", CL.clEnqueueNDRangeKernel(session.queue(), kernel, 1, null, items, items, 0, null, null));
            session.finish();
        }
    }
}
