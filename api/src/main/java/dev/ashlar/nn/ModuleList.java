// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import java.util.List;

/**
 * Modules in an order, for a {@code forward} that is written by hand. They are named by their positions.
 *
 * @param <E> what the modules are
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ModuleList.html">torch.nn.ModuleList</a>
 */
public final class ModuleList<E extends Module> extends NumberedModules<E, ModuleList<E>> {
    /** Creates a list. */
    @SafeVarargs
    public ModuleList(E... modules) {
        for (E module : modules) {
            add(module);
        }
    }

    /** Creates a list. */
    public ModuleList(List<? extends E> modules) {
        addAll(modules);
    }

    /**
     * Returns the modules from a position up to before another as a list of their own, which shares them. Negative positions count from
     * the end, those beyond an end are that end.
     */
    public ModuleList<E> slice(int from, int to) {
        ModuleList<E> part = new ModuleList<E>().addPart(this, from, to);
        return new ModuleList<>(List.copyOf(part.modules));
    }
}
