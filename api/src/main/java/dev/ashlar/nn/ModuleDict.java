// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Modules by name, in the order in which they were put in.
 *
 * @param <E> what the modules are
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ModuleDict.html">torch.nn.ModuleDict</a>
 */
public final class ModuleDict<E extends Module> extends ConcreteModule<ModuleDict<E>> {
    private final Map<String, E> modules = new LinkedHashMap<>();

    public ModuleDict() {}

    /** Creates a dictionary in the map's order. */
    public ModuleDict(Map<String, ? extends E> modules) {
        modules.forEach(this::put);
    }

    /**
     * Puts a module in, in the place of another of that name if there is one; returns it.
     *
     * @param name letters, digits, underscores and hyphens
     */
    public <C extends E> C put(String name, C module) {
        if (modules.containsKey(name)) {
            modules.put(name, module);
            replaceChildren(modules);
        } else {
            modules.put(name, register(name, module));
        }
        return module;
    }

    /**
     * Returns a module.
     *
     * @throws InvalidArgumentException if there is none of that name
     */
    public E get(String name) {
        E module = modules.get(name);
        if (module == null) {
            throw new InvalidArgumentException("[ModuleDict] expected a name among " + modules.keySet() + ", got '" + name
                    + "'; put the module in first");
        }
        return module;
    }

    /** Takes a module out; returns it, or null if there is none of that name. */
    public @Nullable E remove(String name) {
        unregister(name);
        return modules.remove(name);
    }

    /** Returns all modules by name; what changes later shows in it. */
    public Map<String, E> asMap() {
        return Collections.unmodifiableMap(modules);
    }

    /** Returns the number of modules. */
    public int size() {
        return modules.size();
    }
}
