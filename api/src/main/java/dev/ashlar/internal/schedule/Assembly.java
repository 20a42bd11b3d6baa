// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns one draft into kernel code and arguments: numbers its inputs and parameters, merges axes that lie behind each other in every
 * operand, and writes the expression.
 */
final class Assembly {
    private final List<Term.Load> inputs = new ArrayList<>();
    private final Map<Term.Load, Integer> inputNumbers = new IdentityHashMap<>();
    private final Map<Term, Integer> paramTerms = new LinkedHashMap<>();
    private final List<Integer> paramNumbers = new ArrayList<>();
    private final List<Long> paramValues = new ArrayList<>();
    private final List<Term.Index> indexes = new ArrayList<>();
    private final Map<Term.Index, long[]> indexStrides = new IdentityHashMap<>();

    private Assembly() {}

    static Step assemble(Draft draft, long site) {
        return switch (draft) {
            case Draft.Map map -> new Assembly().map(map);
            case Draft.Fold fold -> new Assembly().fold(fold);
            case Draft.Product product -> new Assembly().product(product);
            case Draft.Gather gather -> gather(gather, site);
            case Draft.Scatter scatter -> scatter(scatter, site);
            case Draft.Group group -> group(group);
        };
    }

    // ---- kinds ------------------------------------------------------------------------------------------------------------------

    private Step map(Draft.Map map) {
        scan(map.reads());
        List<long[]> strides = strides(map.sizes().length);
        for (Draft.Store store : map.stores()) {
            strides.add(store.layout().strides);
        }
        Axes axes = Axes.merge(map.sizes(), new int[] {map.sizes().length}, strides, false);
        setIndexStrides(axes);
        Expr body = expression(map.reads());
        List<DType> outputs = map.stores().stream().map(store -> store.target().type).toList();
        Kernel kernel = new Kernel.Map(inputTypes(), outputs, paramNumbers.size(), body);
        return finish(kernel, axes, map.stores(), axes.sizes.length);
    }

    private Step fold(Draft.Fold fold) {
        Open.Fold open = fold.open();
        List<Term> roots = List.of(open.prologue(), fold.store().value());
        scan(roots);
        int kept = open.sizes().length;
        int reduced = open.reduced().length;
        long[] sizes = Arrays.copyOf(open.sizes(), kept + reduced);
        System.arraycopy(open.reduced(), 0, sizes, kept, reduced);
        List<long[]> strides = strides(kept + reduced);
        strides.add(Arrays.copyOf(fold.store().layout().strides, kept + reduced));
        Axes axes = Axes.merge(sizes, new int[] {kept, reduced}, strides, true);
        setIndexStrides(axes);
        Expr prologue = expression(List.of(open.prologue()));
        Expr epilogue = expression(List.of(fold.store().value()));
        Kernel kernel = new Kernel.Reduce(
                inputTypes(),
                fold.store().target().type,
                paramNumbers.size(),
                axes.groups[1],
                open.op(),
                open.accumulator(),
                prologue,
                epilogue);
        return finish(kernel, axes, List.of(fold.store()), axes.groups[0]);
    }

    private Step product(Draft.Product product) {
        Open.Product open = product.open();
        add(open.lhs());
        // The same buffer and layout twice still means two bindings: operand 0 and operand 1 are told apart by position.
        inputs.add(open.rhs());
        scan(List.of(product.store().value()));
        int outer = open.sizes().length;
        long[] sizes = Arrays.copyOf(open.sizes(), outer + open.summed().length);
        System.arraycopy(open.summed(), 0, sizes, outer, open.summed().length);
        List<long[]> strides = strides(sizes.length);
        strides.add(Arrays.copyOf(product.store().layout().strides, sizes.length));
        int[] groups = {open.batch(), open.rows(), open.columns(), open.summed().length};
        Axes axes = Axes.merge(sizes, groups, strides, true);
        setIndexStrides(axes);
        Expr epilogue = expression(List.of(product.store().value()));
        Kernel kernel = new Kernel.Contract(
                inputTypes(),
                product.store().target().type,
                paramNumbers.size(),
                axes.groups[0],
                axes.groups[1],
                axes.groups[2],
                axes.groups[3],
                open.accumulator(),
                epilogue);
        return finish(kernel, axes, List.of(product.store()), axes.sizes.length - axes.groups[3]);
    }

    private static Step gather(Draft.Gather gather, long site) {
        Kernel kernel = new Kernel.Gather(gather.target().type, gather.index().type(), gather.axis());
        return indexed(
                kernel,
                gather.sizes(),
                List.of(gather.source(), gather.index()),
                gather.target(),
                Layout.contiguous(gather.sizes()),
                gather.extent(),
                site,
                gather.operation());
    }

    private static Step scatter(Draft.Scatter scatter, long site) {
        Kernel kernel = new Kernel.Scatter(scatter.source().type(), scatter.index().type(), scatter.axis(), scatter.op());
        return indexed(
                kernel,
                scatter.sizes(),
                List.of(scatter.source(), scatter.index()),
                scatter.target().buffer(),
                scatter.target().layout(),
                scatter.extent(),
                site,
                scatter.operation());
    }

    private static Step indexed(
            Kernel kernel,
            long[] sizes,
            List<Term.Load> loads,
            BufferRef target,
            Layout targetLayout,
            long extent,
            long site,
            String operation) {
        Layout[] layouts = {loads.get(0).layout(), loads.get(1).layout(), targetLayout};
        long[][] strides = new long[3][];
        long[] offsets = new long[3];
        int[][] numbers = new int[3][];
        long[][] factors = new long[3][];
        List<LayoutClass> classes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            strides[i] = layouts[i].strides.clone();
            offsets[i] = layouts[i].offset;
            numbers[i] = layouts[i].numbers;
            factors[i] = layouts[i].factors;
            // The operand that the index moves in is not walked along the iteration axes: no promise is made for it.
            boolean walked = i != (kernel instanceof Kernel.Gather ? 0 : 2);
            classes.add(walked ? Axes.classify(sizes, strides[i], sizes.length) : LayoutClass.GENERAL);
        }
        KernelArgs args = new KernelArgs(sizes, strides, offsets, new long[0], extent, site, List.of());
        BufferRef[] buffers = {loads.get(0).buffer(), loads.get(1).buffer(), target};
        return new Step(
                new KernelCode(kernel, sizes.length, classes), buffers, args, new int[0], numbers, factors, List.of(), operation);
    }

    private static Step group(Draft.Group group) {
        List<Step> members = new ArrayList<>();
        List<Kernel.Map> kernels = new ArrayList<>();
        List<BufferRef> buffers = new ArrayList<>();
        List<KernelArgs> args = new ArrayList<>();
        List<LayoutClass> layouts = new ArrayList<>();
        int rank = 0;
        for (Draft.Map map : group.members()) {
            Step member = new Assembly().map(map);
            members.add(member);
            kernels.add((Kernel.Map) member.code.kernel());
            buffers.addAll(Arrays.asList(member.buffers));
            args.add(member.args);
            layouts.addAll(member.code.layouts());
            rank = Math.max(rank, member.code.rank());
        }
        return new Step(
                new KernelCode(new Kernel.Group(kernels), rank, layouts),
                buffers.toArray(BufferRef[]::new),
                new KernelArgs(new long[0], new long[0][], new long[0], new long[0], 0, 0, List.copyOf(args)),
                new int[0],
                new int[0][],
                new long[0][],
                List.copyOf(members),
                null);
    }

    // ---- operands ---------------------------------------------------------------------------------------------------------------

    private void scan(List<Term> roots) {
        for (Term term : Terms.collect(roots)) {
            if (term instanceof Term.Load load) {
                add(load);
            } else if (term instanceof Term.Index index) {
                indexes.add(index);
            }
        }
    }

    private void add(Term.Load load) {
        if (inputNumbers.putIfAbsent(load, inputs.size()) == null) {
            inputs.add(load);
        }
    }

    private List<DType> inputTypes() {
        return inputs.stream().map(Term.Load::type).toList();
    }

    /** Returns the strides of all inputs, then of all position formulas, over {@code rank} axes; reduced axes they lack get 0. */
    private List<long[]> strides(int rank) {
        List<long[]> strides = new ArrayList<>();
        for (Term.Load load : inputs) {
            strides.add(Arrays.copyOf(load.layout().strides, rank));
        }
        for (Term.Index index : indexes) {
            strides.add(Arrays.copyOf(index.layout().strides, rank));
        }
        return strides;
    }

    private void setIndexStrides(Axes axes) {
        for (int i = 0; i < indexes.size(); i++) {
            indexStrides.put(indexes.get(i), axes.strides.get(inputs.size() + i));
        }
    }

    private Step finish(Kernel kernel, Axes axes, List<Draft.Store> stores, int outputAxes) {
        int count = inputs.size() + stores.size();
        int rank = axes.sizes.length;
        BufferRef[] buffers = new BufferRef[count];
        long[][] strides = new long[count][];
        long[] offsets = new long[count];
        int[][] numbers = new int[count][];
        long[][] factors = new long[count][];
        List<LayoutClass> classes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isInput = i < inputs.size();
            Layout layout = isInput ? inputs.get(i).layout() : stores.get(i - inputs.size()).layout();
            buffers[i] = isInput ? inputs.get(i).buffer() : stores.get(i - inputs.size()).target();
            strides[i] = axes.strides.get(isInput ? i : i + indexes.size());
            offsets[i] = layout.offset;
            numbers[i] = layout.numbers;
            factors[i] = layout.factors;
            classes.add(Axes.classify(axes.sizes, strides[i], isInput ? rank : outputAxes));
        }
        long[] params = paramValues.stream().mapToLong(Long::longValue).toArray();
        return new Step(
                new KernelCode(kernel, rank, classes),
                buffers,
                KernelArgs.of(axes.sizes, strides, offsets, params),
                paramNumbers.stream().mapToInt(Integer::intValue).toArray(),
                numbers,
                factors,
                List.of(),
                null);
    }

    // ---- expressions ------------------------------------------------------------------------------------------------------------

    private Expr expression(List<Term> roots) {
        Expr.Builder builder = new Expr.Builder();
        Map<Term, Integer> done = new IdentityHashMap<>();
        for (Term term : Terms.collect(roots)) {
            done.put(term, emit(builder, term, done));
        }
        return builder.build(roots.stream().mapToInt(done::get).toArray());
    }

    private int emit(Expr.Builder builder, Term term, Map<Term, Integer> done) {
        return switch (term) {
            case Term.Load load -> builder.input(java.util.Objects.requireNonNull(inputNumbers.get(load)), load.type());
            case Term.Number number -> builder.param(param(number, number.number(), 0), number.type());
            case Term.Literal literal ->
                builder.add(new Instruction(ScalarOp.CONST, literal.type(), -1, -1, -1, literal.bits()));
            case Term.Result result -> builder.result(result.type());
            case Term.Index index -> position(builder, index);
            case Term.Apply apply -> {
                int a = done.get(apply.operands[0]);
                int b = apply.operands.length > 1 ? done.get(apply.operands[1]) : -1;
                int c = apply.operands.length > 2 ? done.get(apply.operands[2]) : -1;
                yield builder.add(new Instruction(apply.op, apply.type, a, b, c, 0));
            }
        };
    }

    /** Sum over axes of coordinate times stride, plus the offset; strides are parameters, so that code does not depend on shapes. */
    private int position(Expr.Builder builder, Term.Index index) {
        Layout layout = index.layout();
        int sum = builder.param(param(null, Step.FIXED, layout.offset), DType.INT64);
        for (int i = 0; i < layout.numbers.length; i++) {
            int start = builder.param(param(null, layout.numbers[i], 0), DType.INT64);
            int factor = builder.param(param(null, Step.FIXED, layout.factors[i]), DType.INT64);
            sum = builder.binary(ScalarOp.ADD, sum, builder.binary(ScalarOp.MUL, start, factor));
        }
        long[] strides = java.util.Objects.requireNonNull(indexStrides.get(index));
        for (int axis = 0; axis < strides.length; axis++) {
            if (strides[axis] != 0) {
                int stride = builder.param(param(null, Step.FIXED, strides[axis]), DType.INT64);
                sum = builder.binary(ScalarOp.ADD, sum, builder.binary(ScalarOp.MUL, builder.axisIndex(axis), stride));
            }
        }
        return sum;
    }

    private int param(@Nullable Term term, int number, long value) {
        Integer known = term == null ? null : paramTerms.get(term);
        if (known != null) {
            return known;
        }
        int index = paramNumbers.size();
        paramNumbers.add(number);
        paramValues.add(value);
        if (term != null) {
            paramTerms.put(term, index);
        }
        return index;
    }
}
