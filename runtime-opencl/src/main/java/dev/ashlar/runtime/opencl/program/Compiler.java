// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.program;

import dev.ashlar.runtime.opencl.device.ClErrors;
import dev.ashlar.runtime.opencl.device.DeviceFacts;
import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.runtime.opencl.device.Signals;
import dev.ashlar.runtime.opencl.render.Rendered;
import dev.ashlar.type.KernelCompilationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/**
 * Builds programs: all kernels of a call in one, because a build costs the same for one kernel as for fifty. What was built is kept
 * in memory by text and on disk. To be used while holding the session's monitor.
 */
public final class Compiler {
    private static final int MEMORY_ENTRIES = 1024;

    private final Session session;
    private final DiskCache disk;
    private final String options;
    private final Map<String, Unit> known = new LinkedHashMap<>(64, 0.75f, true);

    /**
     * A kernel's place in a program.
     *
     * @param program where it is
     * @param prefix what stands for {@code @} in the names of its functions
     */
    public record Unit(Program program, String prefix) {}

    /** @param flags further options for the driver's compiler, for example {@code -cl-opt-disable} under a checking tool */
    public Compiler(Session session, DiskCache disk, String flags) {
        this.session = session;
        this.disk = disk;
        String rounding = session.facts().exactDivide() ? " -cl-fp32-correctly-rounded-divide-sqrt" : "";
        this.options = ("-cl-std=CL1.2" + rounding + " " + flags).strip();
    }

    /**
     * Returns the units for rendered kernels, in their order, each counted as used once more.
     *
     * @param wide whether indices need 64 bits
     * @throws KernelCompilationException if the driver rejects the source
     */
    public List<Unit> compile(List<Rendered> kernels, boolean wide) {
        List<Rendered> missing = new ArrayList<>();
        for (Rendered kernel : kernels) {
            if (!known.containsKey(key(kernel, wide)) && missing.stream().noneMatch(other -> other.text().equals(kernel.text()))) {
                missing.add(kernel);
            }
        }
        if (!missing.isEmpty()) {
            Program program = build(Rendered.join(missing, wide));
            for (int i = 0; i < missing.size(); i++) {
                known.put(key(missing.get(i), wide), new Unit(program.retain(), Rendered.prefix(i)));
            }
            program.release();
        }
        List<Unit> units = new ArrayList<>();
        for (Rendered kernel : kernels) {
            Unit unit = known.get(key(kernel, wide));
            if (unit == null) {
                throw new IllegalStateException("a kernel that was just compiled is not there");
            }
            unit.program().retain();
            units.add(unit);
        }
        while (known.size() > MEMORY_ENTRIES) {
            String eldest = known.keySet().iterator().next();
            Unit unit = known.remove(eldest);
            if (unit != null) {
                unit.program().release();
            }
        }
        return units;
    }

    private static String key(Rendered kernel, boolean wide) {
        return (wide ? "64" : "32") + kernel.text();
    }

    /** Builds one source, or takes it from the disk. */
    public Program build(String source) {
        DeviceFacts facts = session.facts();
        String key = DiskCache.key(List.of(
                source, options, facts.platformName(), facts.name(), facts.vendor(), facts.version(), facts.driver()));
        byte[] binary = disk.get(key);
        if (binary != null) {
            cl_program loaded = load(binary);
            if (loaded != null) {
                return new Program(session, loaded, source);
            }
            disk.remove(key);
        }
        cl_program program = buildFromSource(source);
        // Asking for the binary makes some drivers finish work that they would otherwise put off, so only who keeps it asks.
        byte[] built = disk.isEnabled() ? binary(program) : new byte[0];
        if (built.length > 0) {
            disk.put(key, built);
        }
        return new Program(session, program, source);
    }

    private @Nullable cl_program load(byte[] binary) {
        int[] code = new int[1];
        cl_device_id[] devices = {session.device()};
        cl_program program = CL.clCreateProgramWithBinary(
                session.context(), 1, devices, new long[] {binary.length}, new byte[][] {binary}, null, code);
        if (code[0] != ClErrors.SUCCESS) {
            return null;
        }
        if (build(program) != ClErrors.SUCCESS) {
            CL.clReleaseProgram(program);
            return null;
        }
        return program;
    }

    private cl_program buildFromSource(String source) {
        cl_program program = create(source);
        int built = build(program);
        if (built != ClErrors.SUCCESS) {
            // A driver was seen to fail with "unable to rename temporary" in its own cache when the machine was busy, and to build the
            // same source right after: only what fails twice is a defect of the source.
            CL.clReleaseProgram(program);
            program = create(source);
            built = build(program);
        }
        if (built != ClErrors.SUCCESS) {
            String log = log(program);
            CL.clReleaseProgram(program);
            throw new KernelCompilationException(
                    "[" + session.name() + "] the driver of '" + session.facts().name() + "' rejected generated kernels with "
                            + ClErrors.name(built) + "; please report source and log",
                    source,
                    log);
        }
        return program;
    }

    private cl_program create(String source) {
        int[] code = new int[1];
        cl_program program = CL.clCreateProgramWithSource(session.context(), 1, new String[] {source}, null, code);
        session.check("clCreateProgramWithSource", code[0]);
        return program;
    }

    private int build(cl_program program) {
        return Signals.keep(() -> CL.clBuildProgram(program, 1, new cl_device_id[] {session.device()}, options, null, null));
    }

    private String log(cl_program program) {
        long[] size = new long[1];
        CL.clGetProgramBuildInfo(program, session.device(), CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
        if (size[0] <= 0) {
            return "";
        }
        byte[] bytes = new byte[(int) size[0]];
        CL.clGetProgramBuildInfo(program, session.device(), CL.CL_PROGRAM_BUILD_LOG, bytes.length, Pointer.to(bytes), null);
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
    }

    private static byte[] binary(cl_program program) {
        byte[] sizes = new byte[8];
        if (CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARY_SIZES, 8, Pointer.to(sizes), null) != ClErrors.SUCCESS) {
            return new byte[0];
        }
        long size = ByteBuffer.wrap(sizes).order(ByteOrder.nativeOrder()).getLong();
        byte[] bytes = new byte[(int) Math.max(0, Math.min(size, Integer.MAX_VALUE - 64))];
        return bytes.length > 0
                        && CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARIES, 8, Pointer.to(Pointer.to(bytes)), null) == ClErrors.SUCCESS
                ? bytes
                : new byte[0];
    }

    /** Frees what is kept in memory. */
    public void clear() {
        known.values().forEach(unit -> unit.program().release());
        known.clear();
    }
}
