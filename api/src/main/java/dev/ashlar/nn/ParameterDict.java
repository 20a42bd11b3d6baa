// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import java.util.Map;

/**
 * Parameters by name, in the order in which they were put in.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ParameterDict.html">torch.nn.ParameterDict</a>
 */
public final class ParameterDict extends ConcreteModule<ParameterDict> {
    public ParameterDict() {}

    /** Creates a dictionary that starts with these values. */
    public ParameterDict(Map<String, Tensor> initial) {
        initial.forEach(this::put);
    }

    /**
     * Puts a parameter in, in the place of another of that name if there is one; returns it.
     *
     * @param name letters, digits, underscores and hyphens
     * @param initial a leaf that requires gradients becomes the parameter itself, of another tensor the value is copied
     */
    public Parameter put(String name, Tensor initial) {
        unregister(name);
        return registerParameter(name, initial);
    }

    /** Puts a parameter in that another module has, too; returns it. */
    public Parameter put(String name, Parameter shared) {
        unregister(name);
        return registerParameter(name, shared);
    }

    /**
     * Returns a parameter.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if there is none of that name
     */
    public Parameter get(String name) {
        return getParameter(name);
    }

    /** Takes a parameter out. */
    public void remove(String name) {
        unregister(name);
    }

    /** Returns the number of parameters. */
    public int size() {
        return ownParameters().size();
    }

    @Override
    public String extraRepr() {
        return ParameterList.described(this);
    }
}
