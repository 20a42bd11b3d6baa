// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.runtime.opencl.device.DeviceFacts;
import dev.ashlar.spi.DeviceKind;
import dev.ashlar.type.InvalidArgumentException;

/**
 * What rendering depends on.
 *
 * @param style how work is cut
 * @param lanes elements of a vector in loops of {@link Style#LOOPS}: 4, 8 or 16
 * @param fp64 whether doubles are supported
 * @param group work-items in a group of {@link Style#GROUPS}, a power of two
 * @param localMemory bytes of local memory that a group may use
 * @param maxParameterBytes what all arguments of a kernel may take
 */
public record Target(Style style, int lanes, boolean fp64, int group, long localMemory, long maxParameterBytes) {
    /** How work is cut into work-items. */
    public enum Style {
        /** Groups of one item with explicit loops over explicit vectors, for processors. */
        LOOPS,
        /** Groups of many items that share local memory, for everything else. */
        GROUPS
    }

    /**
     * Returns the target for a device.
     *
     * @param style the option {@code style}: {@code auto}, {@code loops} or {@code groups}
     */
    public static Target of(DeviceFacts facts, String style) {
        Style chosen =
                switch (style) {
                    case "auto" -> facts.kind() == DeviceKind.CPU ? Style.LOOPS : Style.GROUPS;
                    case "loops" -> Style.LOOPS;
                    case "groups" -> Style.GROUPS;
                    default -> throw new InvalidArgumentException("[opencl] expected style auto, loops or groups, got '" + style
                            + "'; correct -Dashlar.opencl.style");
                };
        int lanes = facts.floatLanes() >= 16 ? 16 : facts.floatLanes() >= 8 ? 8 : 4;
        long group = Math.max(1, Math.min(256, facts.maxWorkGroup()));
        return new Target(chosen, lanes, facts.fp64(), (int) Long.highestOneBit(group), facts.localMemory(), facts.maxParameterBytes());
    }

    /** Returns whether work-items loop over vectors. */
    public boolean loops() {
        return style == Style.LOOPS;
    }
}
