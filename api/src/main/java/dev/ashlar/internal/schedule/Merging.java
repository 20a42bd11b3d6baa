// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.Capabilities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Joins neighbouring maps that do not depend on each other: those of one shape to a map with several outputs, which computes shared
 * parts once; those of different shapes to a group, which is one launch. An optimizer's step over all parameters becomes one kernel.
 */
final class Merging {
    private static final int MAX_GROUP_BINDINGS = 64;

    /** Kernels on more elements than this fill a device by themselves; a group of them would only hold buffers longer. */
    private static final long MAX_GROUPED_ELEMENTS = 1 << 18;

    private final Capabilities capabilities;

    Merging(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    List<Draft> run(List<Draft> drafts) {
        List<Draft> result = new ArrayList<>();
        List<Draft.Map> pending = new ArrayList<>();
        Set<BufferRef> written = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<BufferRef> read = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Draft draft : drafts) {
            if (!(draft instanceof Draft.Map map) || !independent(map, written, read)) {
                flush(pending, result);
                written.clear();
                read.clear();
            }
            if (draft instanceof Draft.Map map) {
                join(pending, map);
                map.stores().forEach(store -> written.add(store.target()));
                read.addAll(buffers(map));
            } else {
                result.add(draft);
            }
        }
        flush(pending, result);
        return result;
    }

    private static boolean independent(Draft.Map map, Set<BufferRef> written, Set<BufferRef> read) {
        for (BufferRef buffer : buffers(map)) {
            if (written.contains(buffer)) {
                return false;
            }
        }
        for (Draft.Store store : map.stores()) {
            if (written.contains(store.target()) || read.contains(store.target())) {
                return false;
            }
        }
        return true;
    }

    private static Set<BufferRef> buffers(Draft draft) {
        Set<BufferRef> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Term term : Terms.collect(draft.reads())) {
            if (term instanceof Term.Load load) {
                buffers.add(load.buffer());
            }
        }
        return buffers;
    }

    private void join(List<Draft.Map> pending, Draft.Map map) {
        for (int i = 0; i < pending.size(); i++) {
            Draft.Map other = pending.get(i);
            if (!Arrays.equals(other.sizes(), map.sizes())) {
                continue;
            }
            List<Draft.Store> stores = new ArrayList<>(other.stores());
            stores.addAll(map.stores());
            Draft.Map joined = new Draft.Map(map.sizes(), stores);
            // Without a shared input a joint kernel saves nothing but the launch, which a group saves as well.
            boolean shares = !Collections.disjoint(buffers(other), buffers(map));
            if (shares
                    && Terms.loads(joined.reads()) + stores.size() <= capabilities.maxBindings()
                    && Terms.collect(joined.reads()).size() <= Math.min(240, capabilities.maxInstructions() - 8)) {
                pending.set(i, joined);
                return;
            }
        }
        pending.add(map);
    }

    private static void flush(List<Draft.Map> pending, List<Draft> result) {
        List<Draft.Map> group = new ArrayList<>();
        int bindings = 0;
        for (Draft.Map map : pending) {
            long elements = Arrays.stream(map.sizes()).reduce(1, (a, b) -> a * b);
            int count = Terms.loads(map.reads()) + map.stores().size();
            if (elements > MAX_GROUPED_ELEMENTS) {
                result.add(map);
                continue;
            }
            if (bindings + count > MAX_GROUP_BINDINGS) {
                emit(group, result);
                bindings = 0;
            }
            group.add(map);
            bindings += count;
        }
        emit(group, result);
        pending.clear();
    }

    private static void emit(List<Draft.Map> group, List<Draft> result) {
        if (group.size() == 1) {
            result.add(group.get(0));
        } else if (!group.isEmpty()) {
            result.add(new Draft.Group(List.copyOf(group)));
        }
        group.clear();
    }
}
