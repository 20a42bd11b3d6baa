// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.IndexOutOfRangeException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Parameters in an order, named by their positions.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ParameterList.html">torch.nn.ParameterList</a>
 */
public final class ParameterList extends ConcreteModule<ParameterList> implements Iterable<Parameter> {
    /** Creates a list that starts with these values. */
    public ParameterList(Tensor... initial) {
        for (Tensor tensor : initial) {
            add(tensor);
        }
    }

    /**
     * Appends a parameter; returns it.
     *
     * @param initial a leaf that requires gradients becomes the parameter itself, of another tensor the value is copied
     */
    public Parameter add(Tensor initial) {
        return registerParameter(Integer.toString(size()), initial);
    }

    /** Appends a parameter that another module has, too; returns it. */
    public Parameter add(Parameter shared) {
        return registerParameter(Integer.toString(size()), shared);
    }

    /**
     * Returns a parameter by position; negative ones count from the end.
     *
     * @throws IndexOutOfRangeException if there is none
     */
    public Parameter get(int index) {
        Parameter parameter = ownParameters().get(Integer.toString(index < 0 ? index + size() : index));
        if (parameter == null) {
            throw new IndexOutOfRangeException("[ParameterList] expected a position in [" + -size() + ", " + (size() - 1) + "], got "
                    + index
                    + "; size() says how many parameters there are");
        }
        return parameter;
    }

    /** Returns the number of parameters. */
    public int size() {
        return ownParameters().size();
    }

    /** Returns the parameters in their order. */
    @Override
    public Iterator<Parameter> iterator() {
        return List.copyOf(ownParameters().values()).iterator();
    }

    @Override
    public String extraRepr() {
        return described(this);
    }

    static String described(Module module) {
        return module.ownParameters().entrySet().stream().map(entry -> "(" + entry.getKey() + "): Parameter containing: ["
                + entry.getValue().dtype().label() + " of size " + entry.getValue().shape() + "]").collect(Collectors.joining("\n"));
    }
}
