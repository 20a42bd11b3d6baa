// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExprRendererTest {
    private static final Target LOOPS = new Target(Target.Style.LOOPS, 16, true, 256, 32768, 1024);
    private static final Target GROUPS = new Target(Target.Style.GROUPS, 4, true, 256, 32768, 1024);

    private static String source(Expr body, DType type, Target target) {
        Kernel map = new Kernel.Map(List.of(type), List.of(type), 0, body);
        List<LayoutClass> layouts = List.of(LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS);
        return Rendered.join(List.of(Renderer.render(new KernelCode(map, 1, layouts), target).getFirst().rendered()), false);
    }

    @Test
    void doublesAreEnabledOnlyWhereTheyOccur() {
        assertThat(source(Expr.identity(DType.FLOAT32), DType.FLOAT32, LOOPS)).doesNotContain("fp64").doesNotContain("double");
        assertThat(source(Expr.identity(DType.FLOAT64), DType.FLOAT64, LOOPS)).startsWith("#pragma OPENCL EXTENSION cl_khr_fp64 : enable");
    }

    @Test
    void contractionIsOff() {
        assertThat(source(Expr.identity(DType.FLOAT32), DType.FLOAT32, GROUPS)).contains("#pragma OPENCL FP_CONTRACT OFF");
    }

    @Test
    void processorsGetVectorsAndOthersOneElementPerItem() {
        assertThat(source(Expr.identity(DType.FLOAT32), DType.FLOAT32, LOOPS))
                .contains("vload16", "vstore16", "reqd_work_group_size(1, 1, 1)");
        assertThat(source(Expr.identity(DType.FLOAT32), DType.FLOAT32, GROUPS))
                .doesNotContain("vload")
                .doesNotContain("reqd_work_group_size")
                .contains("get_local_id(0)");
    }

    @Test
    void halvesNeedNoExtension() {
        Expr.Builder builder = new Expr.Builder();
        int value = builder.cast(builder.input(0, DType.FLOAT16), DType.FLOAT32);
        Expr body = builder.build(builder.cast(builder.unary(ScalarOp.NEG, value), DType.FLOAT16));
        assertThat(source(body, DType.FLOAT16, GROUPS)).contains("ash_h2f(", "ash_f2h(", "global ushort*").doesNotContain("half");
    }

    @Test
    void numbersAreFoundInArgumentsAndNotInTheText() {
        Expr.Builder builder = new Expr.Builder();
        Expr body = builder.build(builder.binary(ScalarOp.ADD, builder.input(0, DType.FLOAT32), builder.param(0, DType.FLOAT32)));
        assertThat(source(body, DType.FLOAT32, LOOPS)).contains("float p0_0_float32;", "A.p0_0_float32");
    }

    @Test
    void constantsAreExact() {
        assertThat(Literals.of(DType.FLOAT32, KernelArgs.encode(DType.FLOAT32, 0.1))).isEqualTo("(0x1.99999ap-4f)");
        assertThat(Literals.of(DType.FLOAT32, KernelArgs.encode(DType.FLOAT32, Double.NaN))).isEqualTo("NAN");
        assertThat(Literals.of(DType.INT32, Integer.MIN_VALUE)).isEqualTo("(-0x7fffffff - 1)");
        assertThat(Literals.of(DType.INT64, Long.MIN_VALUE)).isEqualTo("(-0x7fffffffffffffffL - 1L)");
        // Rounding to float first would give 1.0 here.
        assertThat(Literals.encode(DType.FLOAT16, Double.doubleToRawLongBits(1 + 0x1p-11 + 0x1p-40))).isEqualTo(0x3c01);
        assertThat(Literals.encode(DType.BFLOAT16, Double.doubleToRawLongBits(1 + 0x1p-8 + 0x1p-40))).isEqualTo(0x3f81);
    }

    @Test
    void arithmeticOnStorageTypesIsRefused() {
        Expr.Builder builder = new Expr.Builder();
        Expr body = builder.build(builder.unary(ScalarOp.NEG, builder.input(0, DType.INT8)));
        assertThatThrownBy(() -> source(body, DType.INT8, LOOPS))
                .isInstanceOf(UnsupportedKernelException.class)
                .hasMessageContaining("int8");
    }

    @Test
    void groupsAreCutWhereTheArgumentsEnd() {
        Expr.Builder builder = new Expr.Builder();
        int sum = builder.binary(ScalarOp.ADD, builder.input(0, DType.FLOAT32), builder.input(1, DType.FLOAT32));
        Expr body = builder.build(builder.binary(ScalarOp.MUL, sum, builder.param(0, DType.FLOAT32)));
        Kernel.Map map = new Kernel.Map(List.of(DType.FLOAT32, DType.FLOAT32), List.of(DType.FLOAT32), 1, body);
        Kernel.Group group = new Kernel.Group(Collections.nCopies(40, map));
        KernelCode code = new KernelCode(group, 1, Collections.nCopies(120, LayoutClass.CONTIGUOUS));
        List<Renderer.Part> parts = Renderer.render(code, LOOPS);
        assertThat(parts).hasSizeBetween(2, 6);
        assertThat(parts.stream().mapToInt(Renderer.Part::members).sum()).isEqualTo(40);
        assertThat(parts).allSatisfy(part -> assertThat(part.rendered().indirect(false)).isFalse());
    }

    @Test
    void kernelsWithManyNumbersTakeThemFromMemory() {
        int rank = 6;
        Expr.Builder builder = new Expr.Builder();
        int sum = builder.input(0, DType.FLOAT32);
        List<DType> inputs = new ArrayList<>(List.of(DType.FLOAT32));
        for (int i = 1; i < 30; i++) {
            inputs.add(DType.FLOAT32);
            sum = builder.binary(ScalarOp.ADD, sum, builder.input(i, DType.FLOAT32));
        }
        Kernel map = new Kernel.Map(inputs, List.of(DType.FLOAT32), 0, builder.build(sum));
        KernelCode code = new KernelCode(map, rank, Collections.nCopies(31, LayoutClass.GENERAL));
        Rendered rendered = Renderer.render(code, LOOPS).getFirst().rendered();
        assertThat(rendered.indirect(false)).isTrue();
        assertThat(Rendered.join(List.of(rendered), false)).contains("global const k0_Args* restrict AP");
    }

    @Test
    void equalTextsAreSharedAndProgramsHaveDistinctNames() {
        KernelCode code = new KernelCode(
                new Kernel.Map(List.of(DType.FLOAT32), List.of(DType.FLOAT32), 0, Expr.identity(DType.FLOAT32)),
                1,
                List.of(LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS));
        Rendered one = Renderer.render(code, LOOPS).getFirst().rendered();
        assertThat(Renderer.render(code, LOOPS).getFirst().rendered().text()).isEqualTo(one.text());
        assertThat(Rendered.join(List.of(one, one), false)).contains("k0_map(", "k1_map(");
    }

    @Test
    void tilesShrinkWithTheDevice() {
        assertThat(Tile.of(GROUPS, DType.FLOAT32)).isEqualTo(new Tile(64, 64, 16, 4, 4));
        assertThat(Tile.of(new Target(Target.Style.GROUPS, 4, true, 64, 32768, 1024), DType.FLOAT32)).isEqualTo(new Tile(32, 32, 16, 4, 4));
        assertThat(Tile.of(new Target(Target.Style.GROUPS, 4, true, 256, 4096, 1024), DType.FLOAT32)).isEqualTo(new Tile(16, 16, 16, 2, 2));
        assertThat(Tile.of(new Target(Target.Style.GROUPS, 4, true, 1, 32768, 1024), DType.FLOAT32)).isNull();
    }
}
