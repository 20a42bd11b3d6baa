// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings for a backend: the system properties {@code ashlar.<provider>.<key>}, or what a test passes in.
 *
 * @param values by key, without the prefix
 */
public record Options(Map<String, String> values) {
    public static final Options NONE = new Options(Map.of());

    public Options {
        values = Map.copyOf(values);
    }

    /**
     * Returns the options that the system properties set for a provider; {@code ashlar.memory.limit} is the limit of those that have
     * none of their own.
     */
    public static Options fromSystemProperties(String provider) {
        String prefix = "ashlar." + provider + ".";
        Map<String, String> found = new HashMap<>();
        String limit = System.getProperty("ashlar.memory.limit");
        if (limit != null) {
            found.put("limit", limit);
        }
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), System.getProperty(name));
            }
        }
        return new Options(found);
    }

    public @Nullable String get(String key) {
        return values.get(key);
    }

    public String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }
}
