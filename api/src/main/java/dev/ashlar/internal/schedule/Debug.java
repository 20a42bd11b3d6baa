// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

/** The debug level: {@code ASHLAR_DEBUG} or {@code -Dashlar.debug}, 0 (silent) to 4 (generated source). */
public final class Debug {
    public static final int LEVEL = level();

    private Debug() {}

    private static int level() {
        String text = System.getProperty("ashlar.debug", System.getenv().getOrDefault("ASHLAR_DEBUG", "0"));
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
