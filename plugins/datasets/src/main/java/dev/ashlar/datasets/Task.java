// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.Locale;

/** What is to be learned about the target. */
public enum Task {
    /** One or several numbers. */
    REGRESSION,
    /** One of a few classes. */
    CLASSIFICATION;

    /** Returns the name in lower case as users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the task of this {@link #label()}.
     *
     * @throws InvalidArgumentException if there is none
     */
    public static Task of(String label) {
        for (Task task : values()) {
            if (task.label().equals(label)) {
                return task;
            }
        }
        throw new InvalidArgumentException("[task] expected regression or classification, got '" + label + "'");
    }

    /**
     * Guesses the task: classification of a single column that is not numeric, else regression. Whole numbers are taken as quantities,
     * however few distinct ones there are; who means classes by them says so.
     *
     * @throws InvalidArgumentException if a target does not exist, or one of several is not numeric
     */
    public static Task guess(Table table, List<String> targets) {
        if (targets.size() == 1 && table.column(targets.getFirst()) instanceof Column.Categorical) {
            return CLASSIFICATION;
        }
        targets.forEach(table::numeric);
        return REGRESSION;
    }
}
