// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Capabilities that a user hides, so that one machine can play another vendor's:
 * {@code nofp64,nofp16,localMem=16k,maxWorkGroup=64,nounified,maxAlloc=64m,maxArguments=512}.
 *
 * @param fp64 whether doubles stay allowed
 * @param fp16 whether half arithmetic stays allowed
 * @param unified whether shared memory may be used as such
 * @param localMemory upper bound in bytes
 * @param maxWorkGroup upper bound
 * @param maxAllocation upper bound in bytes
 * @param maxArguments upper bound of a kernel's arguments in bytes
 */
public record Masks(
        boolean fp64, boolean fp16, boolean unified, long localMemory, long maxWorkGroup, long maxAllocation, long maxArguments) {
    public static final Masks NONE =
            new Masks(true, true, true, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Reads the option's text.
     *
     * @throws InvalidArgumentException if a word is unknown or a number is missing
     */
    public static Masks parse(@Nullable String text) {
        Masks masks = NONE;
        if (text == null || text.isBlank()) {
            return masks;
        }
        for (String word : text.split(",")) {
            String[] pair = word.trim().split("=", 2);
            masks = masks.with(pair[0], pair.length > 1 ? pair[1] : null);
        }
        return masks;
    }

    private Masks with(String key, @Nullable String value) {
        return switch (key) {
            case "nofp64" -> new Masks(false, fp16, unified, localMemory, maxWorkGroup, maxAllocation, maxArguments);
            case "nofp16" -> new Masks(fp64, false, unified, localMemory, maxWorkGroup, maxAllocation, maxArguments);
            case "nounified" -> new Masks(fp64, fp16, false, localMemory, maxWorkGroup, maxAllocation, maxArguments);
            case "localMem" -> new Masks(fp64, fp16, unified, bytes("mask localMem", value), maxWorkGroup, maxAllocation, maxArguments);
            case "maxWorkGroup" -> new Masks(
                    fp64, fp16, unified, localMemory, bytes("mask maxWorkGroup", value), maxAllocation, maxArguments);
            case "maxAlloc" -> new Masks(fp64, fp16, unified, localMemory, maxWorkGroup, bytes("mask maxAlloc", value), maxArguments);
            case "maxArguments" -> new Masks(
                    fp64, fp16, unified, localMemory, maxWorkGroup, maxAllocation, bytes("mask maxArguments", value));
            default -> throw new InvalidArgumentException("[opencl] expected masks out of nofp64, nofp16, nounified, localMem=16k,"
                    + " maxWorkGroup=64, maxAlloc=64m, maxArguments=512, got '" + key + "'; correct -Dashlar.opencl.mask");
        };
    }

    /** Returns the device as the masks let it appear. */
    public DeviceFacts apply(DeviceFacts d) {
        return new DeviceFacts(
                d.platform(),
                d.position(),
                d.platformName(),
                d.name(),
                d.vendor(),
                d.version(),
                d.cVersion(),
                d.driver(),
                d.kind(),
                d.fullProfile(),
                d.available(),
                d.compiler(),
                d.littleEndian(),
                d.computeUnits(),
                d.clockMhz(),
                d.globalMemory(),
                Math.min(d.maxAllocation(), maxAllocation),
                Math.min(d.localMemory(), localMemory),
                d.realLocalMemory(),
                Math.min(d.maxWorkGroup(), maxWorkGroup),
                Math.min(d.maxParameterBytes(), maxArguments),
                d.fp64() && fp64,
                d.fp16() && fp16,
                d.denormals(),
                d.exactDivide(),
                d.floatLanes(),
                d.unifiedMemory() && unified,
                d.pciAddress());
    }

    /**
     * Reads a size such as {@code 4096}, {@code 16k}, {@code 512m} or {@code 4g}.
     *
     * @param what names the setting in the error
     * @throws InvalidArgumentException if it is not a positive size
     */
    public static long bytes(String what, @Nullable String text) {
        String lower = text == null ? "" : text.trim().toLowerCase(Locale.ROOT);
        int shift = lower.endsWith("k") ? 10 : lower.endsWith("m") ? 20 : lower.endsWith("g") ? 30 : 0;
        String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
        if (!digits.matches("[1-9][0-9]{0,9}")) {
            throw new InvalidArgumentException("[opencl] expected a size such as 4096, 16k, 512m or 4g for " + what + ", got '" + text
                    + "'; correct the option");
        }
        return Long.parseLong(digits) << shift;
    }
}
