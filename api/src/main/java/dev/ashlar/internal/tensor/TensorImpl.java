// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Device;
import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.internal.graph.Cell;
import dev.ashlar.internal.graph.Node;
import dev.ashlar.internal.graph.Recorder;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.internal.schedule.Op;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Tensor}: a cell with a value, and what autograd needs to know about it. */
public final class TensorImpl extends Cell implements MixedPrecision {
    private @Nullable History history;
    private boolean requiresGrad;
    private boolean retainsGrad;
    private boolean inference = GradMode.isInference();
    private boolean closed;
    private boolean movement;
    private @Nullable Tensor grad;
    private List<Consumer<Tensor>> accumulationHooks = List.of();

    TensorImpl(Node value) {
        super(value);
    }

    TensorImpl(Node value, @Nullable History history) {
        super(value);
        this.history = history;
        this.requiresGrad = history != null;
    }

    /** Returns a tensor around a value that came from the host: its memory may be re-used by a later assignment. */
    static TensorImpl uploaded(Node leaf) {
        TensorImpl tensor = new TensorImpl(leaf);
        tensor.adopt(leaf);
        return tensor;
    }

    /** Marks this as the result of a movement, which in-place operations refuse; it is an inference tensor if the origin is one. */
    TensorImpl asMovementOf(Tensor origin) {
        movement = true;
        inference = origin.isInference();
        return this;
    }

    boolean isMovement() {
        return movement;
    }

    /** Returns the value, or says that the tensor was closed. */
    Node node() {
        if (closed) {
            throw new TensorClosedException("[tensor] expected an open tensor, got one of shape " + value().shape()
                    + " that was closed; do not use a tensor after close()");
        }
        return value();
    }

    DeviceRuntime runtime() {
        return value().device();
    }

    @Override
    public Shape shape() {
        return value().shape();
    }

    @Override
    public DType dtype() {
        return value().type();
    }

    @Override
    public Device device() {
        return Devices.device(runtime());
    }

    // ---- autograd ---------------------------------------------------------------------------------------------------------------

    void setHistory(History recorded) {
        history = recorded;
        requiresGrad = true;
    }

    /** Returns where this tensor's gradient goes. */
    History edge() {
        History known = history;
        if (known == null) {
            known = new History.Leaf(this);
            history = known;
        }
        return known;
    }

    @Override
    public boolean isInference() {
        return inference;
    }

    @Override
    public boolean requiresGrad() {
        return requiresGrad;
    }

    @Override
    public boolean isLeaf() {
        return history == null || history instanceof History.Leaf;
    }

    @Override
    public Tensor requiresGrad(boolean required) {
        if (!isLeaf()) {
            if (required) {
                return this;
            }
            throw new AshlarException("[requiresGrad] expected a leaf, got the result of " + edge().name() + "; use detach() for a value"
                    + " without gradient");
        }
        if (required && !dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[requiresGrad] expected a floating-point tensor, got " + dtype() + "; cast it first");
        }
        if (required && inference && !GradMode.isInference()) {
            throw new AshlarException("[requiresGrad] expected a tensor made outside of inference mode, got an inference tensor; clone() it"
                    + " first");
        }
        requiresGrad = required;
        keep();
        return this;
    }

    @Override
    public @Nullable Tensor gradOrNull() {
        return grad;
    }

    @Override
    public void setGrad(@Nullable Tensor gradient) {
        if (gradient != null && !gradient.shape().equals(shape())) {
            throw new ShapeMismatchException("[setGrad] expected shape " + shape() + ", got " + gradient.shape()
                    + "; a gradient has the shape of its tensor");
        }
        grad = gradient;
    }

    /** Adds to the gradient of this leaf. */
    void accumulate(Tensor gradient) {
        TensorImpl known = (TensorImpl) grad;
        if (known != null && !GradMode.isEnabled()) {
            // As in PyTorch, whoever holds the gradient sees it grow.
            known.become(known.add(gradient));
            return;
        }
        TensorImpl total = (TensorImpl) (known == null ? gradient : known.add(gradient));
        // A handle of its own: the gradient may be changed in place even if the rule ended in a movement.
        grad = new TensorImpl(total.value(), total.history);
    }

    /** Hands this leaf to whoever waits for its gradient. */
    void afterAccumulation() {
        accumulationHooks.forEach(hook -> hook.accept(this));
    }

    private void checkRecorded(String operation) {
        if (!requiresGrad) {
            throw new AshlarException("[" + operation + "] expected a tensor that requires gradients, got one that does not; call"
                    + " requiresGrad(true) on it or on what it is computed from");
        }
    }

    @Override
    public RemovableHandle registerHook(Function<Tensor, @Nullable Tensor> hook) {
        checkRecorded("registerHook");
        return edge().addHook(hook);
    }

    @Override
    public RemovableHandle registerPostAccumulateGradHook(Consumer<Tensor> hook) {
        checkRecorded("registerPostAccumulateGradHook");
        if (!isLeaf()) {
            throw new AshlarException("[registerPostAccumulateGradHook] expected a leaf, got the result of " + edge().name()
                    + "; use registerHook");
        }
        Consumer<Tensor> own = tensor -> hook.accept(tensor);
        List<Consumer<Tensor>> more = new ArrayList<>(accumulationHooks);
        more.add(own);
        accumulationHooks = more;
        return () -> accumulationHooks = accumulationHooks.stream().filter(known -> known != own).toList();
    }

    @Override
    public Tensor retainGrad() {
        checkRecorded("retainGrad");
        if (!isLeaf() && !retainsGrad) {
            retainsGrad = true;
            edge().retainIn(this);
        }
        return this;
    }

    @Override
    public boolean retainsGrad() {
        return retainsGrad;
    }

    @Override
    public void backward() {
        backward(null, false, false);
    }

    @Override
    public void backward(@Nullable Tensor gradient, boolean retainGraph, boolean createGraph) {
        Backward.run(List.of(this), Collections.singletonList(gradient), retainGraph || createGraph, createGraph);
    }

    @Override
    public Tensor detach() {
        node().share();
        TensorImpl detached = new TensorImpl(node());
        detached.inference = inference;
        return detached;
    }

    @Override
    public Tensor clone() {
        return Tape.record("clone", Primitives.copy(this), Tape.of(this), Tape.of(), (g, _) -> g);
    }

    // ---- in place ---------------------------------------------------------------------------------------------------------------

    private void checkAssignable(String operation) {
        if (inference && !GradMode.isInference()) {
            throw new AshlarException("[" + operation + "] expected a tensor made outside of inference mode, got an inference tensor;"
                    + " change it inside inferenceMode, or clone() it");
        }
        if (requiresGrad && GradMode.isEnabled()) {
            throw new AshlarException("[" + operation + "] expected a tensor that may be changed, got "
                    + (isLeaf() ? "a leaf that requires gradients; do it inside Autograd.noGrad()"
                            : "the result of " + edge().name() + "; assign to a leaf, or detach() first"));
        }
        if (movement) {
            throw new AshlarException("[" + operation + "] expected a tensor of its own, got the result of a movement, which is a value"
                    + " and no window on the original; use set(index, value) on the original");
        }
    }

    @Override
    public Tensor assign(Tensor other) {
        checkAssignable("assign");
        Shape result = Shape.broadcast("assign", shape(), other.shape());
        if (!result.equals(shape())) {
            throw new ShapeMismatchException("[assign] expected a value that broadcasts to " + shape() + ", got " + other.shape()
                    + "; a tensor keeps its shape");
        }
        Primitives.checkSameDevice("assign", this, other);
        setValue(Primitives.copyAs(((TensorImpl) other).node(), shape(), dtype()));
        return this;
    }

    /** Assigns a changed value to a tensor; what {@link Regions#insert} made lies in a place of its own and is not copied again. */
    public static Tensor assign(String operation, Tensor target, Tensor changed) {
        TensorImpl tensor = (TensorImpl) target;
        tensor.checkAssignable(operation);
        Node next = ((TensorImpl) changed).node();
        if (next != tensor.node()) {
            tensor.setValue(next.op() instanceof Op.Insert ? next : Primitives.copyAs(next, tensor.shape(), tensor.dtype()));
        }
        return target;
    }

    /** Assigns the value of a fresh tensor that nobody else holds. */
    private Tensor become(Tensor fresh) {
        Node next = ((TensorImpl) fresh).value();
        setValue(next.shape().equals(shape()) && next.type() == dtype() && next.isRecorded()
                ? next
                : Primitives.copyAs(next, shape(), dtype()));
        return this;
    }

    private interface Change {
        Tensor apply();
    }

    private Tensor inPlace(String operation, Change change) {
        checkAssignable(operation);
        try (var _ = GradMode.set(false)) {
            Tensor changed = change.apply();
            if (!changed.shape().equals(shape())) {
                throw new ShapeMismatchException("[" + operation + "] expected an operand that broadcasts to " + shape()
                        + ", got one that makes the result " + changed.shape() + "; a tensor keeps its shape");
            }
            if (changed.dtype() != dtype() && dtype().isLowerCategoryThan(changed.dtype())) {
                throw new DTypeMismatchException("[" + operation + "] expected a result that fits " + dtype() + ", got "
                        + changed.dtype() + "; a tensor keeps its type: cast the operand");
            }
            return become(changed);
        }
    }

    @Override
    public Tensor zero() {
        return fill(0);
    }

    @Override
    public Tensor fill(double number) {
        checkAssignable("fill");
        setValue(Primitives.copyAs(((TensorImpl) Primitives.full(shape(), number, dtype(), runtime())).value(), shape(), dtype()));
        return this;
    }

    @Override
    public Tensor addAssign(Tensor other) {
        return inPlace("addAssign", () -> add(other));
    }

    @Override
    public Tensor subAssign(Tensor other) {
        return inPlace("subAssign", () -> sub(other));
    }

    @Override
    public Tensor mulAssign(Tensor other) {
        return inPlace("mulAssign", () -> mul(other));
    }

    @Override
    public Tensor divAssign(Tensor other) {
        return inPlace("divAssign", () -> div(other));
    }

    // ---- life -------------------------------------------------------------------------------------------------------------------

    @Override
    public Tensor realize() {
        Node node = node();
        if (!node.isComputed() && !node.isScalar()) {
            Recorder.of(runtime()).flush(node);
        }
        return this;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Recorder.of(runtime()).close(value());
        }
    }

    @Override
    public String explain() {
        Node node = node();
        if (node.isComputed()) {
            return "computed already; nothing is pending";
        }
        return Recorder.of(runtime()).explain(node);
    }

    @Override
    public String toString() {
        return Printing.print(this);
    }

    @Override
    public String describe() {
        return Description.of(this);
    }
}
