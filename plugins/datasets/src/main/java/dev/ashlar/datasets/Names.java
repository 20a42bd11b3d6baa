// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists of names for messages, and the name that was probably meant. */
final class Names {
    private static final int LISTED = 30;

    private Names() {
    }

    /** Joins the names, leaving out what makes a message longer than a screen. */
    static String list(Collection<String> names) {
        List<String> shown = names.stream().limit(LISTED).toList();
        String text = String.join(", ", shown);
        return names.size() > LISTED ? text + ", ... (" + names.size() + " in all)" : text;
    }

    /** Returns the name that differs least from {@code wanted}, unless all are too far away to be a slip of the fingers. */
    static Optional<String> nearest(String wanted, Collection<String> names) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String name : names) {
            String other = name.toLowerCase(Locale.ROOT);
            // A beginning or a part of a name is how people shorten it, however many letters are left out.
            boolean part = lower.length() >= 3 && other.contains(lower);
            int distance = part ? 1 : distance(lower, other);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        int allowed = Math.max(1, wanted.length() / 3);
        return bestDistance <= allowed ? Optional.ofNullable(best) : Optional.empty();
    }

    /** Levenshtein's distance: insertions, deletions and replacements of one character. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
