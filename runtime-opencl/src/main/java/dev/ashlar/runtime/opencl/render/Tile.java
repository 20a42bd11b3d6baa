// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.type.DType;
import org.jspecify.annotations.Nullable;

/**
 * How a product is cut for work-groups with local memory.
 *
 * @param rows of a group's tile
 * @param columns of a group's tile
 * @param depth elements of the sum that are in local memory at once
 * @param itemRows rows that one work-item keeps in registers
 * @param itemColumns columns that one work-item keeps in registers
 */
public record Tile(int rows, int columns, int depth, int itemRows, int itemColumns) {
    // Ordered from large to small; the first that the device holds is taken.
    private static final Tile[] TABLE = {
        new Tile(64, 64, 16, 4, 4), new Tile(32, 32, 16, 4, 4), new Tile(16, 16, 16, 2, 2), new Tile(8, 8, 8, 2, 2)
    };

    /** Returns the work-items of a group. */
    public int items() {
        return rows / itemRows * (columns / itemColumns);
    }

    /** Returns the tile for a device, null if its groups are too small for any. */
    public static @Nullable Tile of(Target target, DType accumulator) {
        for (Tile tile : TABLE) {
            long bytes = (long) (tile.rows + tile.columns + 2) * tile.depth * Math.max(4, accumulator.bytes());
            if (tile.items() <= target.group() && bytes <= target.localMemory()) {
                return tile;
            }
        }
        return null;
    }
}
