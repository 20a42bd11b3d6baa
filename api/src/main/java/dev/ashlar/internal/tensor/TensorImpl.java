// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.internal.graph.Cell;
import dev.ashlar.internal.graph.Node;
import dev.ashlar.internal.graph.Recorder;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Tensor}: a cell with a value, and what autograd needs to know about it. */
public final class TensorImpl extends Cell implements Tensor {
    private @Nullable History history;
    private boolean requiresGrad;
    private boolean retainsGrad;
    private boolean closed;
    private boolean movement;
    private @Nullable Tensor grad;

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

    /** Marks this as the result of a movement, which in-place operations refuse. */
    TensorImpl asMovement() {
        movement = true;
        return this;
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
            throw new AshlarException("[requiresGrad] expected a leaf, got the result of " + edge().name() + "; use detach()");
        }
        if (required && !dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[requiresGrad] expected a floating-point tensor, got " + dtype());
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
            throw new ShapeMismatchException("[setGrad] expected shape " + shape() + ", got " + gradient.shape());
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

    @Override
    public void backward() {
        Backward.run(this, null, false, false);
    }

    @Override
    public void backward(@Nullable Tensor gradient, boolean retainGraph, boolean createGraph) {
        Backward.run(this, gradient, retainGraph || createGraph, createGraph);
    }

    @Override
    public Tensor detach() {
        node().share();
        return new TensorImpl(node());
    }

    @Override
    public Tensor clone() {
        return Tape.record("clone", Primitives.copy(this), Tape.of(this), Tape.of(), (g, _) -> g);
    }

    // ---- in place ---------------------------------------------------------------------------------------------------------------

    private void checkAssignable(String operation) {
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
            throw new ShapeMismatchException("[assign] expected a value that broadcasts to " + shape() + ", got " + other.shape());
        }
        Primitives.checkSameDevice("assign", this, other);
        setValue(Primitives.copyAs(((TensorImpl) other).node(), shape(), dtype()));
        return this;
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
                        + ", the result would have shape " + changed.shape());
            }
            if (changed.dtype() != dtype() && dtype().isLowerCategoryThan(changed.dtype())) {
                throw new DTypeMismatchException("[" + operation + "] expected a result that fits " + dtype() + ", got "
                        + changed.dtype());
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
}
