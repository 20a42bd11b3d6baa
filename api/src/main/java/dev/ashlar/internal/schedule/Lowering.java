// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Forms kernels from a program. Each node gets a {@link Term}: what to compute at each point of its shape. Elementwise operations
 * combine terms, movements edit the layouts inside them, and a term is stored to a buffer only where somebody needs it to lie in
 * one: outputs, operands of products and indexed reads, values that are dear and used more than once. Folds and products stay
 * open until their value is used, so that what follows becomes their epilogue.
 */
final class Lowering {
    /** A value used several times is computed again rather than stored up to this cost. */
    private static final int RECOMPUTE_COST = 3;

    /** An output that others read too is computed again rather than waited for up to this cost: then the stores merge to one kernel. */
    private static final int RECOMPUTE_OUTPUT_COST = 24;

    private final Program program;
    private final BitSet outputs;
    private final Terms terms = new Terms();
    private final Philox philox = new Philox(terms);
    private final Widening widening;
    private final Map<BufferRef, BufferRef> widened = new IdentityHashMap<>();
    private final Term[] values;
    private final Term.@Nullable Load[] stored;
    private final BufferRef @Nullable [] outputRefs;
    private final boolean[] exclusive;
    private final int[] uses;
    private final List<Draft> drafts = new ArrayList<>();
    private final Set<DType> products;
    private final int maxLoads;
    private final int maxTerms;
    private int leaves;

    Lowering(Program program, BitSet outputs, Capabilities capabilities) {
        this.program = program;
        this.outputs = outputs;
        int size = program.size();
        values = new Term[size];
        stored = new Term.Load[size];
        outputRefs = new BufferRef[size];
        exclusive = new boolean[size];
        uses = new int[size];
        widening = new Widening(terms, capabilities.scalarOps());
        products = capabilities.contract();
        maxLoads = Math.min(16, capabilities.maxBindings() - 3);
        maxTerms = Math.min(240, capabilities.maxInstructions() - 8);
        for (int node = 0; node < size; node++) {
            for (int i = 0; i < program.inputCount(node); i++) {
                uses[program.input(node, i)]++;
            }
        }
    }

    Terms terms() {
        return terms;
    }

    /** Returns the kernels, in an order that respects their dependencies. */
    List<Draft> run() {
        for (int node = 0; node < program.size(); node++) {
            values[node] = value(node);
            finish(node);
        }
        return drafts;
    }

    /** Returns for each output node the buffer that holds its value, row-major; null for other nodes. */
    @Nullable BufferRef[] outputRefs() {
        return outputRefs;
    }

    private Term value(int node) {
        Op op = program.op(node);
        return switch (op) {
            case Op.Leaf leaf -> {
                BufferRef ref = new BufferRef(BufferRef.Kind.LEAF, leaf.type(), leaf.shape().elements(), leaves++);
                yield terms.load(ref, contiguous(node));
            }
            case Op.Scalar scalar -> widening.number(scalar.type(), program.firstNumber(node));
            case Op.Empty empty -> widening.literal(empty.type(), 0);
            case Op.Iota _ -> terms.intern(new Term.Index(contiguous(node)));
            case Op.RandomBits _ -> {
                Term position = terms.intern(new Term.Index(contiguous(node)));
                Term seed = terms.intern(new Term.Number(DType.INT64, program.firstNumber(node)));
                Term counter = terms.intern(new Term.Number(DType.INT64, program.firstNumber(node) + 1));
                yield philox.bits(seed, terms.apply(ScalarOp.ADD, counter, position));
            }
            case Op.Elementwise elementwise -> combine(node, operands -> widening.apply(elementwise.op(), operands));
            case Op.Function function -> combine(node, operands -> widening.apply(function.formula(), operands));
            case Op.Cast cast -> combine(node, operands -> terms.cast(operands[0], cast.type()));
            case Op.Bitcast cast -> combine(node, operands -> terms.bitcast(operands[0], cast.type()));
            case Op.Copy _ -> combine(node, operands -> operands[0]);
            case Op.Reshape reshape -> move(node, layout -> layout.reshape(reshape.shape().toArray()));
            case Op.Permute permute -> move(node, layout -> layout.permute(ints(permute.order())));
            case Op.Expand expand -> {
                storeIfDear(program.input(node, 0), expand.shape());
                yield move(node, layout -> layout.expand(expand.shape().toArray()));
            }
            case Op.Slice slice ->
                move(node, layout -> layout.slice(longs(slice.sizes()), longs(slice.steps()), program.firstNumber(node)));
            case Op.Flip flip -> move(node, layout -> layout.flip(ints(flip.dims())));
            case Op.Window window -> {
                buffer(program.input(node, 0));
                yield move(node, layout -> layout.window(window.dim(), window.size(), window.step(), window.dilation()));
            }
            case Op.Insert insert -> insert(node, insert);
            case Op.Reduce reduce -> fold(node, reduce);
            case Op.Contract contract -> product(node, contract);
            case Op.Gather gather -> gather(node, gather);
            case Op.Scatter scatter -> scatter(node, scatter);
        };
    }

    /** Decides whether the value just formed must lie in a buffer. */
    private void finish(int node) {
        Term value = values[node];
        if (outputs.get(node)) {
            Term.Load load = store(node);
            boolean again = uses[node] > 0 && Terms.open(value) == null && Terms.cost(value) <= RECOMPUTE_OUTPUT_COST;
            values[node] = again ? value : load;
        } else if (Terms.open(value) != null) {
            if (uses[node] != 1) {
                values[node] = store(node);
            }
        } else if (uses[node] > 1 && Terms.cost(value) > RECOMPUTE_COST) {
            values[node] = store(node);
        }
    }

    // ---- storing ----------------------------------------------------------------------------------------------------------------

    private Layout contiguous(int node) {
        return Layout.contiguous(program.shape(node).toArray());
    }

    private BufferRef target(int node) {
        boolean output = outputs.get(node);
        BufferRef ref = new BufferRef(
                output ? BufferRef.Kind.OUTPUT : BufferRef.Kind.TEMPORARY,
                program.type(node),
                program.shape(node).elements(),
                output ? node : -1);
        if (output) {
            outputRefs[node] = ref;
        }
        return ref;
    }

    /** Emits the kernel that writes the node's value row-major to a buffer of its own, unless that has been done. */
    private Term.Load store(int node) {
        Term.Load known = stored[node];
        if (known != null) {
            return known;
        }
        BufferRef ref = target(node);
        Draft.Store store = new Draft.Store(values[node], ref, contiguous(node));
        Open open = Terms.open(values[node]);
        drafts.add(
                switch (open) {
                    case null -> new Draft.Map(program.shape(node).toArray(), List.of(store));
                    case Open.Fold fold -> new Draft.Fold(fold, store);
                    case Open.Product product -> new Draft.Product(product, store);
                });
        return remember(node, ref);
    }

    private Term.Load remember(int node, BufferRef ref) {
        Term.Load load = (Term.Load) terms.load(ref, contiguous(node));
        stored[node] = load;
        return load;
    }

    /** Returns the node's value as a read of some buffer, with any layout. */
    private Term.Load buffer(int node) {
        if (values[node] instanceof Term.Load load) {
            return load;
        }
        Term.Load load = store(node);
        values[node] = load;
        return load;
    }

    /** Returns the node's value as a read of some buffer in the type that it is computed in. */
    private Term.Load wideBuffer(int node) {
        Term.Load load = buffer(node);
        DType type = load.type().arithmetic();
        if (type == load.type()) {
            return load;
        }
        if (load.buffer().elements > 2 * program.shape(node).elements()) {
            // A small part of something large: the part alone is cast.
            return (Term.Load) terms.load(temporary(widening.widen(load), program.shape(node).toArray()), contiguous(node));
        }
        // The buffer as it lies, so that a transposed or broadcast operand stays one.
        BufferRef wide = widened.computeIfAbsent(load.buffer(), narrow -> {
            long[] sizes = {narrow.elements};
            return temporary(widening.widen(terms.load(narrow, Layout.contiguous(sizes))), sizes);
        });
        return (Term.Load) terms.load(wide, load.layout());
    }

    /** Returns a buffer with the node's value in the type that it is computed in, which nobody else sees. */
    private BufferRef wideCopy(int node) {
        return temporary(widening.widen(closed(node)), program.shape(node).toArray());
    }

    /** Emits the kernel that writes a formula to a temporary buffer. */
    private BufferRef temporary(Term value, long[] sizes) {
        BufferRef ref = new BufferRef(BufferRef.Kind.TEMPORARY, value.type(), Shape.of(sizes).elements(), -1);
        drafts.add(new Draft.Map(sizes, List.of(new Draft.Store(value, ref, Layout.contiguous(sizes)))));
        return ref;
    }

    /** Returns the node's value, which is no epilogue any more. */
    private Term closed(int node) {
        if (Terms.open(values[node]) != null) {
            values[node] = store(node);
        }
        return values[node];
    }

    /** Stores a value that would be computed many times over when it is broadcast. */
    private void storeIfDear(int node, Shape target) {
        Term value = closed(node);
        if (target.elements() > program.shape(node).elements() && Terms.cost(value) > RECOMPUTE_COST && Terms.loads(List.of(value)) > 0) {
            buffer(node);
        }
    }

    // ---- elementwise and movement -----------------------------------------------------------------------------------------------

    private interface Combination {
        Term apply(Term[] operands);
    }

    private Term combine(int node, Combination combination) {
        Shape shape = program.shape(node);
        int count = program.inputCount(node);
        Open kept = null;
        for (int i = 0; i < count; i++) {
            int input = program.input(node, i);
            Open open = Terms.open(values[input]);
            if (open == null) {
                continue;
            }
            boolean fits = program.shape(input).equals(shape);
            if (!fits || kept != null && kept != open) {
                closed(input);
            } else {
                kept = open;
            }
        }
        while (true) {
            Term[] operands = new Term[count];
            for (int i = 0; i < count; i++) {
                int input = program.input(node, i);
                if (!program.shape(input).equals(shape)) {
                    storeIfDear(input, shape);
                }
                operands[i] = expand(values[input], shape);
            }
            Term result = combination.apply(operands);
            if (fits(result)) {
                return result;
            }
            int dearest = -1;
            for (int i = 0; i < count; i++) {
                int input = program.input(node, i);
                if (!(values[input] instanceof Term.Load)
                        && (dearest < 0 || Terms.cost(values[input]) > Terms.cost(values[dearest]))) {
                    dearest = input;
                }
            }
            if (dearest < 0) {
                return cut(result, shape.toArray());
            }
            buffer(dearest);
        }
    }

    /** Stores parts of a formula that is longer than an expression may be. */
    private Term cut(Term term, long[] sizes) {
        Term rest = term;
        while (!fits(rest)) {
            Term part = null;
            int most = 1;
            for (Term candidate : Terms.collect(List.of(rest))) {
                int size = Terms.collect(List.of(candidate)).size();
                if (candidate instanceof Term.Apply && size > most && fits(candidate)) {
                    part = candidate;
                    most = size;
                }
            }
            if (part == null) {
                return rest;
            }
            rest = terms.replace(rest, part, terms.load(temporary(part, sizes), Layout.contiguous(sizes)));
        }
        return rest;
    }

    private boolean fits(Term term) {
        List<Term> roots = new ArrayList<>(List.of(term));
        Open open = Terms.open(term);
        int extra = 0;
        if (open instanceof Open.Fold fold) {
            roots.add(fold.prologue());
        } else if (open != null) {
            extra = 2;
        }
        return Terms.loads(roots) + extra <= maxLoads && Terms.collect(roots).size() <= maxTerms;
    }

    private Term expand(Term term, Shape shape) {
        long[] sizes = shape.toArray();
        Term result = terms.mapLayouts(term, layout -> java.util.Arrays.equals(layout.sizes, sizes) ? layout : layout.expand(sizes));
        return java.util.Objects.requireNonNull(result);
    }

    private Term move(int node, UnaryOperator<@Nullable Layout> edit) {
        int input = program.input(node, 0);
        Term moved = terms.mapLayouts(closed(input), edit);
        if (moved == null) {
            Term.Load load = store(input);
            values[input] = load;
            moved = terms.mapLayouts(load, edit);
        }
        return java.util.Objects.requireNonNull(moved);
    }

    private Term insert(int node, Op.Insert insert) {
        int base = program.input(node, 0);
        int part = program.input(node, 1);
        Term value = closed(part);
        BufferRef ref = ownCopy(node, base);
        Layout region = contiguous(node).slice(longs(insert.sizes()), longs(insert.steps()), program.firstNumber(node));
        drafts.add(new Draft.Map(program.shape(part).toArray(), List.of(new Draft.Store(value, ref, region))));
        exclusive[node] = true;
        return remember(node, ref);
    }

    /** Returns a buffer with the contents of {@code base} that only {@code node} sees: the base's own if nobody else reads it. */
    private BufferRef ownCopy(int node, int base) {
        if (exclusive[base] && uses[base] == 1 && !outputs.get(base) && values[base] instanceof Term.Load load) {
            BufferRef ref = load.buffer();
            if (outputs.get(node)) {
                ref.kind = BufferRef.Kind.OUTPUT;
                ref.place = node;
                outputRefs[node] = ref;
            }
            return ref;
        }
        Term contents = closed(base);
        BufferRef ref = target(node);
        if (!(program.op(base) instanceof Op.Empty)) {
            Draft.Store store = new Draft.Store(contents, ref, contiguous(node));
            drafts.add(new Draft.Map(program.shape(node).toArray(), List.of(store)));
        }
        return ref;
    }

    // ---- folds, products, indexed access ----------------------------------------------------------------------------------------

    private Term fold(int node, Op.Reduce reduce) {
        int input = program.input(node, 0);
        long[] inputSizes = program.shape(input).toArray();
        long[] sizes = program.shape(node).toArray();
        int reducedCount = reduce.dims().size();
        int[] order = new int[inputSizes.length];
        long[] reduced = new long[reducedCount];
        int kept = 0;
        for (int i = 0; i < inputSizes.length; i++) {
            if (!reduce.dims().contains(i)) {
                order[kept++] = i;
            }
        }
        for (int i = 0; i < reducedCount; i++) {
            order[kept + i] = reduce.dims().get(i);
            reduced[i] = inputSizes[reduce.dims().get(i)];
        }
        long[] space = java.util.Arrays.copyOf(sizes, sizes.length + reducedCount);
        System.arraycopy(reduced, 0, space, sizes.length, reducedCount);
        Term prologue = terms.mapLayouts(closed(input), layout -> layout.permute(order).reshape(space));
        ReduceOp op = reduce.op();
        Term wide = widening.widen(java.util.Objects.requireNonNull(prologue));
        DType accumulator = Draft.accumulator(op, wide.type());
        Term result = terms.intern(new Term.Result(accumulator, new Open.Fold(op, accumulator, sizes, reduced, wide)));
        return widening.narrow(result, program.type(node));
    }

    private Term product(int node, Op.Contract contract) {
        DType type = program.type(node);
        boolean direct = type == type.arithmetic() || type.isFloatingPoint() && products.contains(type);
        Term.Load lhs = direct ? buffer(program.input(node, 0)) : wideBuffer(program.input(node, 0));
        Term.Load rhs = direct ? buffer(program.input(node, 1)) : wideBuffer(program.input(node, 1));
        int batch = contract.batch();
        int rows = contract.rows();
        int columns = contract.columns();
        int sum = contract.sum();
        long[] sizes = program.shape(node).toArray();
        long[] summed = new long[sum];
        for (int i = 0; i < sum; i++) {
            summed[i] = lhs.layout().sizes[batch + rows + i];
        }
        int rank = batch + rows + columns + sum;
        long[] space = java.util.Arrays.copyOf(sizes, rank);
        System.arraycopy(summed, 0, space, batch + rows + columns, sum);
        int[] left = new int[rank];
        int[] right = new int[rank];
        for (int i = 0; i < rank; i++) {
            boolean isColumn = i >= batch + rows && i < batch + rows + columns;
            boolean isRow = i >= batch && i < batch + rows;
            boolean isSum = i >= batch + rows + columns;
            left[i] = isColumn ? -1 : isSum ? i - columns : i;
            right[i] = isRow ? -1 : isSum ? i - columns - rows : isColumn ? i - rows + sum : i;
        }
        Term.Load a = (Term.Load) terms.load(lhs.buffer(), lhs.layout().spread(left, space));
        Term.Load b = (Term.Load) terms.load(rhs.buffer(), rhs.layout().spread(right, space));
        DType accumulator = type.arithmetic();
        Open product = new Open.Product(accumulator, sizes, summed, batch, rows, columns, a, b);
        return widening.narrow(terms.intern(new Term.Result(accumulator, product)), type);
    }

    private Term gather(int node, Op.Gather gather) {
        int source = program.input(node, 0);
        Term.Load from = buffer(source);
        Term.Load index = buffer(program.input(node, 1));
        BufferRef ref = target(node);
        long extent = program.shape(source).size(gather.dim());
        drafts.add(new Draft.Gather(
                program.shape(node).toArray(), gather.dim(), extent, from, index, ref, gather.operation()));
        return remember(node, ref);
    }

    private Term scatter(int node, Op.Scatter scatter) {
        DType type = program.type(node);
        boolean widens = scatter.op() != ScatterOp.SET && type != type.arithmetic();
        Term.Load index = buffer(program.input(node, 1));
        Term.Load source = widens ? wideBuffer(program.input(node, 2)) : buffer(program.input(node, 2));
        BufferRef ref = widens ? wideCopy(program.input(node, 0)) : ownCopy(node, program.input(node, 0));
        Term.Load target = (Term.Load) terms.load(ref, contiguous(node));
        long extent = program.shape(node).size(scatter.dim());
        drafts.add(new Draft.Scatter(
                program.shape(program.input(node, 1)).toArray(),
                scatter.dim(),
                extent,
                scatter.op(),
                source,
                index,
                target,
                scatter.operation()));
        if (widens) {
            return widening.narrow(target, type);
        }
        exclusive[node] = true;
        return remember(node, ref);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long[] longs(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }
}
