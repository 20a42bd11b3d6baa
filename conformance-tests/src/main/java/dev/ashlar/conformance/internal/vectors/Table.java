// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which call answers each recorded operation. */
public final class Table {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    /** Adds an operation under its recorded name, for example {@code linalg.inv}. */
    public Entry add(String operation, Entry.Call call) {
        Entry entry = new Entry(operation, call);
        if (entries.put(operation, entry) != null) {
            throw new IllegalArgumentException("[vectors] expected one entry for " + operation + ", got two; remove one");
        }
        return entry;
    }

    /** Names an operation that does not exist here, with the reason. */
    public void missing(String operation, String reason) {
        missing.put(operation, reason);
    }

    public Map<String, Entry> entries() {
        return entries;
    }

    /** Returns the reason why an operation is not there, or null if none was given. */
    public @Nullable String reason(String operation) {
        return missing.get(operation);
    }
}
