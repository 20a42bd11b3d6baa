// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A backend that lacks float64 and finds it an error to be sent some. */
record WithoutDoubles(Backend inside) implements Backend {
    private static Set<DType> without(Set<DType> types) {
        Set<DType> rest = new HashSet<>(types);
        rest.remove(DType.FLOAT64);
        return rest;
    }

    @Override
    public Capabilities capabilities() {
        Capabilities all = inside.capabilities();
        return new Capabilities(
                without(all.storage()),
                without(all.arithmetic()),
                without(all.contract()),
                all.scalarOps(),
                all.composites(),
                all.maxBindings(),
                all.maxInstructions(),
                all.maxBufferBytes(),
                all.memoryBytes(),
                all.unifiedMemory());
    }

    private static Stream<Expr> expressions(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Map map -> Stream.of(map.body());
            case Kernel.Reduce reduce -> Stream.of(reduce.prologue(), reduce.epilogue());
            case Kernel.Contract contract -> Stream.of(contract.epilogue());
            case Kernel.Group group -> group.members().stream().map(Kernel.Map::body);
            case Kernel.Gather _, Kernel.Scatter _, Kernel.Composite _ -> Stream.of();
        };
    }

    private static KernelCode checked(KernelCode code) {
        Stream<DType> computed = expressions(code.kernel()).flatMap(expr -> expr.instructions().stream()).map(Instruction::type);
        Stream<DType> stored = Stream.concat(code.kernel().inputs().stream(), code.kernel().outputs().stream());
        if (Stream.concat(computed, stored).anyMatch(type -> type == DType.FLOAT64)) {
            throw new AssertionError("float64 was not claimed: " + code);
        }
        return code;
    }

    @Override
    public Executable compile(KernelCode code) {
        return inside.compile(checked(code));
    }

    @Override
    public List<Executable> compileAll(List<KernelCode> codes) {
        codes.forEach(WithoutDoubles::checked);
        return inside.compileAll(codes);
    }

    @Override
    public Buffer allocate(long bytes) {
        return inside.allocate(bytes);
    }

    @Override
    public void upload(MemorySegment source, Buffer target, long offset) {
        inside.upload(source, target, offset);
    }

    @Override
    public void download(Buffer source, long offset, MemorySegment target) {
        inside.download(source, offset, target);
    }

    @Override
    public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
        return inside.submit(executable, buffers, args);
    }

    @Override
    public void synchronize() {
        inside.synchronize();
    }

    @Override
    public long liveBuffers() {
        return inside.liveBuffers();
    }

    @Override
    public void close() {
        inside.close();
    }
}
