// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Walks over a module and all below it: names, state, printing. */
final class ModuleTree {
    private ModuleTree() {}

    // ---- names ------------------------------------------------------------------------------------------------------------------

    private static <K> Set<K> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static String join(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    private static void walk(String path, Module module, BiConsumer<String, Module> visitor) {
        visitor.accept(path, module);
        module.children().forEach((name, child) -> walk(join(path, name), child, visitor));
    }

    static Map<String, Module> modules(Module root) {
        Map<String, Module> found = new LinkedHashMap<>();
        Set<Module> seen = identitySet();
        walk("", root, (path, module) -> {
            if (seen.add(module)) {
                found.put(path, module);
            }
        });
        return found;
    }

    private static <S extends Slot> Map<String, S> distinct(Module root, Function<Module, Map<String, S>> own) {
        Map<String, S> found = new LinkedHashMap<>();
        Set<S> seen = identitySet();
        walk("", root, (path, module) -> own.apply(module).forEach((name, slot) -> {
            if (seen.add(slot)) {
                found.put(join(path, name), slot);
            }
        }));
        return found;
    }

    static Map<String, Parameter> parameters(Module root) {
        return distinct(root, Module::ownParameters);
    }

    static Map<String, Buffer> buffers(Module root) {
        return distinct(root, Module::ownBuffers);
    }

    static Module submodule(Module root, String path) {
        Module module = root;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
            module = found(module.children(), name, "module", path);
        }
        return module;
    }

    static <S extends Slot> S slot(Module root, String path, String what, Function<Module, Map<String, S>> own) {
        int dot = path.lastIndexOf('.');
        return found(own.apply(submodule(root, path.substring(0, Math.max(0, dot)))), path.substring(dot + 1), what, path);
    }

    private static <T> T found(Map<String, T> among, String name, String what, String path) {
        T value = among.get(name);
        if (value == null) {
            throw new InvalidArgumentException("[getSubmodule] expected the path of a " + what + ", got '" + path + "'; there is no '"
                    + name
                    + "' among " + among.keySet());
        }
        return value;
    }

    /** Returns parameters and buffers under all their paths, in the order of {@code state_dict()}. */
    static Map<String, Slot> slots(Module root) {
        Map<String, Slot> found = new LinkedHashMap<>();
        walk("", root, (path, module) -> {
            module.ownParameters().forEach((name, slot) -> found.put(join(path, name), slot));
            module.ownBuffers().forEach((name, slot) -> found.put(join(path, name), slot));
        });
        return found;
    }

    /** Returns those of the slots that are part of the state. */
    static Map<String, Slot> state(Module root) {
        Map<String, Slot> found = slots(root);
        found.values().removeIf(slot -> slot instanceof Buffer buffer && !buffer.isPersistent());
        return found;
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    static Module.Unmatched load(Module root, Map<String, Tensor> state, boolean strict) {
        Map<String, Slot> slots = state(root);
        List<String> missing = slots.keySet().stream().filter(name -> !state.containsKey(name)).toList();
        List<String> unexpected = state.keySet().stream().filter(name -> !slots.containsKey(name)).toList();
        List<String> misshaped = new ArrayList<>();
        slots.forEach((name, slot) -> {
            Tensor value = state.get(name);
            if (value != null && !value.shape().equals(slot.shape())) {
                misshaped.add(name + " (expected " + slot.shape() + ", got " + value.shape() + ")");
            }
        });
        boolean names = missing.isEmpty() && unexpected.isEmpty();
        if (!misshaped.isEmpty() || strict && !names) {
            throw new InvalidArgumentException("[loadStateDict] expected the state of " + name(root) + ", got one with"
                    + part("missing", missing) + part("unexpected", unexpected) + part("mis-shaped", misshaped)
                    + " load it into the model that it was saved from" + (strict && !names ? ", or pass strict = false" : ""));
        }
        Map<Slot, Tensor> prepared = new IdentityHashMap<>();
        try (var _ = Autograd.noGrad()) {
            slots.forEach((name, slot) -> {
                Tensor value = state.get(name);
                if (value != null) {
                    prepared.put(slot, value.to(slot.dtype()).to(slot.device()));
                }
            });
            prepared.forEach((slot, value) -> slot.tensor().assign(value));
        }
        return new Module.Unmatched(missing, unexpected);
    }

    private static String part(String what, List<String> names) {
        return names.isEmpty() ? "" : " " + what + ": " + String.join(", ", names) + ";";
    }

    // ---- printing ---------------------------------------------------------------------------------------------------------------

    static String name(Module module) {
        Class<?> type = module.getClass();
        return type.isHidden() || type.isAnonymousClass() ? "Lambda" : type.getSimpleName();
    }

    static String print(Module module) {
        String extra = module.extraRepr();
        if (module.children().isEmpty()) {
            return name(module) + "(" + (extra.contains("\n") ? "\n  " + extra.replace("\n", "\n  ") + "\n" : extra) + ")";
        }
        StringBuilder text = new StringBuilder(name(module)).append("(\n");
        if (!extra.isEmpty()) {
            text.append("  ").append(extra).append('\n');
        }
        Map<String, String> parts = new LinkedHashMap<>();
        module.children().forEach((name, child) -> parts.put(name, print(child).replace("\n", "\n  ")));
        (module instanceof ModuleList<?> ? joined(parts) : parts)
                .forEach((name, part) -> text.append("  (").append(name).append("): ").append(part).append('\n'));
        return text.append(')').toString();
    }

    /** Writes equal neighbours once: {@code (0-5): 6 x Linear(...)}. */
    private static Map<String, String> joined(Map<String, String> parts) {
        Map<String, String> result = new LinkedHashMap<>();
        List<Map.Entry<String, String>> list = List.copyOf(parts.entrySet());
        for (int from = 0, to; from < list.size(); from = to) {
            String part = list.get(from).getValue();
            to = from + 1;
            while (to < list.size() && list.get(to).getValue().equals(part)) {
                to++;
            }
            String name = list.get(from).getKey();
            result.put(to - from == 1 ? name : name + "-" + list.get(to - 1).getKey(), (to - from == 1 ? "" : to - from + " x ") + part);
        }
        return result;
    }
}
