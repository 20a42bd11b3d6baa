// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans under the structure of their programs; the least recently used one goes when it is full. Guarded by the device's lock.
 */
public final class PlanCache {
    private static final int CAPACITY = 256;

    /** What is remembered about one program. */
    public static final class Entry {
        private final BitSet late = new BitSet();
        @Nullable Plan plan;
        @Nullable BitSet plannedOutputs;

        /** Notes that a node's value was wanted after a run had not kept it; from the next run on it is an output. */
        public void readLate(int node) {
            late.set(node);
        }

        BitSet outputs(Program program) {
            BitSet all = (BitSet) program.outputs().clone();
            all.or(late);
            return all;
        }

        boolean isCurrent() {
            return plan != null && plannedOutputs != null && contains(plannedOutputs, late);
        }

        private static boolean contains(BitSet set, BitSet part) {
            for (int i = part.nextSetBit(0); i >= 0; i = part.nextSetBit(i + 1)) {
                if (!set.get(i)) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the plan that was made last. */
        public Plan plan() {
            return java.util.Objects.requireNonNull(plan);
        }
    }

    private final LinkedHashMap<Program, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    @Nullable Entry find(Program program) {
        return entries.get(program);
    }

    void put(Program frozen, Entry entry) {
        entries.put(frozen, entry);
        if (entries.size() > CAPACITY) {
            Map.Entry<Program, Entry> eldest = entries.firstEntry();
            entries.remove(eldest.getKey());
            if (eldest.getValue().plan != null) {
                eldest.getValue().plan.close();
            }
        }
    }

    int size() {
        return entries.size();
    }

    void clear() {
        for (Entry entry : entries.values()) {
            if (entry.plan != null) {
                entry.plan.close();
            }
        }
        entries.clear();
    }
}
