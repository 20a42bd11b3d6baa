// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import dev.ashlar.spi.DeviceKind;

/**
 * What a driver says about one device, as pure data, so that choosing among devices can be tested without any.
 *
 * @param platform number of the platform in the driver's list
 * @param position number of the device within its platform
 * @param platformName name of the platform
 * @param name the marketing name
 * @param vendor who made it
 * @param version OpenCL version of the device, for example {@code OpenCL 3.0 ...}
 * @param cVersion version of the kernel language
 * @param driver version of the driver
 * @param kind what it is
 * @param fullProfile false for the embedded profile
 * @param available whether it can be used now
 * @param compiler whether kernels can be compiled from source
 * @param littleEndian byte order
 * @param computeUnits as the driver counts them
 * @param clockMhz largest clock frequency
 * @param globalMemory bytes
 * @param maxAllocation largest single buffer in bytes
 * @param localMemory bytes per work-group
 * @param realLocalMemory whether local memory is memory of its own and not just a part of global memory
 * @param maxWorkGroup largest work-group
 * @param maxParameterBytes what all arguments of a kernel may take
 * @param fp64 whether doubles are supported
 * @param fp16 whether half arithmetic is supported
 * @param denormals whether single precision keeps denormals
 * @param exactDivide whether single precision division and square root can be asked to round correctly
 * @param floatLanes floats in a register of the vector unit
 * @param unifiedMemory whether host and device share memory
 * @param pciAddress bus address, empty if the driver does not tell
 */
public record DeviceFacts(
        int platform,
        int position,
        String platformName,
        String name,
        String vendor,
        String version,
        String cVersion,
        String driver,
        DeviceKind kind,
        boolean fullProfile,
        boolean available,
        boolean compiler,
        boolean littleEndian,
        int computeUnits,
        int clockMhz,
        long globalMemory,
        long maxAllocation,
        long localMemory,
        boolean realLocalMemory,
        long maxWorkGroup,
        long maxParameterBytes,
        boolean fp64,
        boolean fp16,
        boolean denormals,
        boolean exactDivide,
        int floatLanes,
        boolean unifiedMemory,
        String pciAddress) {

    /** Returns the OpenCL version as a comparable number, for example 300 for 3.0; 0 if it cannot be read. */
    int versionNumber() {
        String[] words = version.split(" ");
        if (words.length < 2 || !words[1].matches("\\d+\\.\\d+")) {
            return 0;
        }
        String[] numbers = words[1].split("\\.");
        return 100 * Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]);
    }

    /**
     * Returns whether this computes on the processor but poses as another kind, or lacks what every real driver for processors has:
     * local memory carved out of global memory without double precision is the mark of a rasteriser made for reference.
     */
    boolean isSoftwareReference() {
        boolean emulatesGpu = kind != DeviceKind.CPU && !realLocalMemory && unifiedMemory && pciAddress.isEmpty() && !fp64;
        return emulatesGpu || kind == DeviceKind.CPU && !fp64;
    }
}
