// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small tables that come with the library. */
public final class EmbeddedTables {
    private static final String CROP_YIELD = "crop-yield.csv";

    private EmbeddedTables() {
    }

    /**
     * Returns 15 rows of weather (temp, rainfall, humidity) and of what was harvested after it (apples, oranges): five regions, three
     * times each. The targets are {@link #cropYieldTargets}.
     */
    public static Table cropYield() {
        try (InputStream in = EmbeddedTables.class.getResourceAsStream(CROP_YIELD)) {
            if (in == null) {
                throw new IllegalStateException(CROP_YIELD + " is missing from the jar of " + EmbeddedTables.class.getName());
            }
            return Table.parse(CROP_YIELD, new String(in.readAllBytes(), StandardCharsets.UTF_8), TableOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the columns of {@link #cropYield} that are to be predicted. */
    public static List<String> cropYieldTargets() {
        return List.of("apples", "oranges");
    }
}
