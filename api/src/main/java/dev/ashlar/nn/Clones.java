// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Ashlar;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Modules that are made of another one. */
final class Clones {
    private Clones() {}

    /** Returns a module of the same kind with the state, mode, type and device of another one; draws no random numbers. */
    static <M extends Module> M copy(M original, Supplier<M> maker) {
        byte[] random = Ashlar.generator().getState();
        M copy = maker.get();
        Ashlar.generator().setState(random);
        List<Parameter> parameters = original.parameters();
        if (!parameters.isEmpty()) {
            DType type = parameters.getFirst().dtype();
            copy.to(type).to(parameters.getFirst().device());
        }
        copy.loadStateDict(original.stateDict());
        List<Module> modules = new ArrayList<>(copy.namedModules().values());
        List<Module> originals = new ArrayList<>(original.namedModules().values());
        for (int i = 0; i < modules.size(); i++) {
            modules.get(i).setTraining(originals.get(i).isTraining());
        }
        return copy;
    }

    /** Returns a number of copies. */
    static <M extends Module> ModuleList<M> of(int count, Supplier<M> copy) {
        if (count < 1) {
            throw new InvalidArgumentException("[transformer] expected a number of layers >= 1, got " + count + "; leave the stack out");
        }
        List<M> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copies.add(copy.get());
        }
        return new ModuleList<>(copies);
    }
}
