// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.type.IndexOutOfRangeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Modules in an order. Each has a name, which is its position unless it was given another; names that are positions follow when something
 * is inserted or removed.
 *
 * @param <E> what the modules are
 * @param <M> the container's own class
 */
public abstract sealed class NumberedModules<E extends Module, M extends NumberedModules<E, M>> extends ConcreteModule<M>
        implements Iterable<E> permits ModuleList, Sequential {
    final List<E> modules = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    NumberedModules() {}

    @SuppressWarnings("unchecked") // as in ConcreteModule
    private M self() {
        return (M) this;
    }

    /** Returns the number of modules. */
    public int size() {
        return modules.size();
    }

    /**
     * Returns a module by position; negative ones count from the end.
     *
     * @throws IndexOutOfRangeException if there is none
     */
    public E get(int index) {
        return modules.get(position(index, size() - 1));
    }

    /** Returns the modules in their order. */
    @Override
    public Iterator<E> iterator() {
        return Collections.unmodifiableList(modules).iterator();
    }

    /** Appends a module, named by its position; returns this. */
    public M add(E module) {
        return add(free(Integer.toString(size())), module);
    }

    /** Appends a module with a name; returns this. */
    public M add(String name, E module) {
        modules.add(register(name, module));
        names.add(name);
        return self();
    }

    /** Appends modules, named by their positions; returns this. */
    public M addAll(Iterable<? extends E> more) {
        more.forEach(this::add);
        return self();
    }

    /** Puts a module before the one at a position, or at the end; negative positions count from the end. Returns this. */
    public M insert(int index, E module) {
        int at = position(index, size());
        modules.add(at, module);
        names.add(at, Integer.toString(at));
        renumber();
        return self();
    }

    /** Puts a module in another's place and under its name; returns this. */
    public M set(int index, E module) {
        modules.set(position(index, size() - 1), module);
        rename();
        return self();
    }

    /** Takes a module out; returns it. Those behind it move up, and so do names that are positions. */
    public E remove(int index) {
        int at = position(index, size() - 1);
        names.remove(at);
        E removed = modules.remove(at);
        renumber();
        return removed;
    }

    /** Appends what a part of another container holds, under the names that it has there. */
    final M addPart(NumberedModules<E, ?> other, int from, int to) {
        int size = other.size();
        int start = Math.clamp(from < 0 ? (long) from + size : from, 0, size);
        int end = Math.clamp(to < 0 ? (long) to + size : to, 0, size);
        for (int i = start; i < end; i++) {
            add(other.names.get(i), other.modules.get(i));
        }
        return self();
    }

    private int position(int index, int last) {
        int at = index < 0 ? index + size() : index;
        if (at < 0 || at > last) {
            throw new IndexOutOfRangeException("[" + getClass().getSimpleName() + "] expected a position in [" + -size() + ", " + last
                    + "], got " + index + "; size() says how many modules there are");
        }
        return at;
    }

    private String free(String name) {
        String candidate = name;
        while (children().containsKey(candidate)) {
            candidate = Integer.toString(Integer.parseInt(candidate) + 1);
        }
        return candidate;
    }

    private void renumber() {
        for (int i = 0; i < size(); i++) {
            if (names.get(i).chars().allMatch(Character::isDigit)) {
                names.set(i, Integer.toString(i));
            }
        }
        rename();
    }

    private void rename() {
        Map<String, E> named = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            named.put(names.get(i), modules.get(i));
        }
        replaceChildren(named);
    }
}
