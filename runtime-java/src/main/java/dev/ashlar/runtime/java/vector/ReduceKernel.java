// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.CompiledKernel;
import dev.ashlar.runtime.java.device.MemoryPool;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.runtime.java.device.Support;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A {@link Kernel.Reduce}. Where memory runs along the reduced axes, each kept point folds its row ({@link RowReduction}); where it runs
 * along the last kept axes, rows of kept points are folded element by element ({@link ColumnReduction}).
 */
final class ReduceKernel extends CompiledKernel {
    /** Elements that one task folds, about. */
    static final int CHUNK = 64 * Frame.BLOCK;

    /** With fewer independent results than this, long folds are split and their parts merged in order. */
    static final int FEW = 64;

    private final Kernel.Reduce kernel;
    private final Operands operands;
    private final int[] prologueInputs;
    private final RowReduction rows;
    private final ColumnReduction columns;
    private final boolean columnsPossible;
    private final Space kept;
    private final int[] naturalOrder;
    private final int[] columnOrder;

    ReduceKernel(KernelCode code, Kernel.Reduce kernel, MemoryPool pool, Lanes lanes, Workers workers) {
        super(code, pool);
        this.kernel = kernel;
        int rank = code.rank();
        Support.check(kernel.prologue(), kernel.inputs(), kernel.params(), rank, null);
        Support.check(kernel.epilogue(), kernel.inputs(), kernel.params(), rank, kernel.accumulator());
        Set<Integer> always = new HashSet<>(Support.inputsOf(kernel.epilogue()));
        always.add(kernel.inputs().size());
        this.operands = new Operands(pool, kernel.inputs(), kernel.outputs(), rank, true, false, always);
        this.prologueInputs = Support.inputsOf(kernel.prologue()).stream().mapToInt(Integer::intValue).toArray();
        DType folded = foldedType(kernel);
        Program prologue = Program.compile(castResult(kernel.prologue(), folded), lanes, new int[0]);
        Program epilogue = Program.compile(kernel.epilogue(), lanes, new int[] {kernel.inputs().size()});
        this.kept = epilogue.space(rank);
        Space walked = prologue.space(rank);
        this.rows = new RowReduction(
                new Fold(kernel.op(), folded, lanes), kernel.accumulator(), prologue, epilogue, walked, kept, workers);
        this.columns = new ColumnReduction(kernel.op(), Kind.of(folded), lanes, prologue, epilogue, walked, kept, workers);
        boolean coordinates = kernel.prologue().instructions().stream().anyMatch(step -> step.op() == ScalarOp.AXIS_INDEX);
        this.columnsPossible = rank > kernel.reducedAxes() && !coordinates && ColumnReduction.folds(kernel.op(), Kind.of(folded));
        this.naturalOrder = IntStream.range(0, rank).toArray();
        this.columnOrder = new int[rank];
    }

    @Override
    public int bindings() {
        return operands.count();
    }

    @Override
    public void launch(List<Binding> bindings, int first, KernelArgs args) {
        operands.bind(bindings, first, args, -1, -1);
        int rank = args.sizes().length;
        int keptAxes = rank - kernel.reducedAxes();
        kept.configure(operands, args, naturalOrder, keptAxes);
        long length = 1;
        for (int axis = keptAxes; axis < rank; axis++) {
            length *= args.sizes()[axis];
        }
        int inner = columnsPossible && length > 1 ? columnAxes(args, keptAxes) : 0;
        if (inner == 0) {
            rows.walked().configure(operands, args, naturalOrder, rank);
            rows.run(args.params(), length);
            return;
        }
        int at = 0;
        for (int axis = 0; axis < keptAxes - inner; axis++) {
            columnOrder[at++] = axis;
        }
        for (int axis = keptAxes; axis < rank; axis++) {
            columnOrder[at++] = axis;
        }
        long width = 1;
        for (int axis = keptAxes - inner; axis < keptAxes; axis++) {
            columnOrder[at++] = axis;
            width *= args.sizes()[axis];
        }
        rows.walked().configure(operands, args, columnOrder, rank);
        columns.run(args.params(), length, width);
    }

    /**
     * Returns how many of the last kept axes form gapless columns over which memory runs faster than over the reduced axes; 0 if
     * folding rows is better.
     */
    private int columnAxes(KernelArgs args, int keptAxes) {
        long[] sizes = args.sizes();
        int lastKept = lastLongAxis(sizes, 0, keptAxes);
        int lastReduced = lastLongAxis(sizes, keptAxes, sizes.length);
        if (lastKept < 0 || lastReduced < 0) {
            return 0;
        }
        int balance = 0;
        for (int input : prologueInputs) {
            long[] strides = args.strides()[input];
            balance += (strides[lastKept] == 1 ? 1 : 0) - (strides[lastReduced] == 1 ? 1 : 0);
        }
        if (balance <= 0) {
            return 0;
        }
        int first = lastKept;
        int previous = lastKept;
        for (int axis = lastKept - 1; axis >= 0; axis--) {
            if (sizes[axis] != 1) {
                for (int input : prologueInputs) {
                    long[] strides = args.strides()[input];
                    if (strides[axis] != strides[previous] * sizes[previous]) {
                        return keptAxes - first;
                    }
                }
                previous = axis;
            }
            first = axis;
        }
        return keptAxes - first;
    }

    private static int lastLongAxis(long[] sizes, int from, int to) {
        for (int axis = to - 1; axis >= from; axis--) {
            if (sizes[axis] != 1) {
                return axis;
            }
        }
        return -1;
    }

    // Sums and products are folded in the accumulator's type, the others in the prologue's own.
    private static DType foldedType(Kernel.Reduce kernel) {
        DType own = kernel.prologue().resultType(0);
        return switch (kernel.op()) {
            case SUM, PROD -> kernel.accumulator();
            default -> own == DType.FLOAT16 || own == DType.BFLOAT16 ? DType.FLOAT32 : own;
        };
    }

    private static Expr castResult(Expr expr, DType type) {
        if (expr.resultType(0) == type) {
            return expr;
        }
        List<Instruction> steps = new ArrayList<>(expr.instructions());
        steps.add(new Instruction(ScalarOp.CAST, type, expr.results().getFirst(), -1, -1, 0));
        return new Expr(steps, List.of(steps.size() - 1));
    }
}
