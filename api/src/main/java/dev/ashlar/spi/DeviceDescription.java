// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import java.util.Map;

/**
 * A device as a provider found it.
 *
 * @param index its number within the provider, from 0: {@code opencl:0}
 * @param name the marketing name
 * @param vendor who made it
 * @param kind what it is
 * @param computeUnits cores, multiprocessors or whatever the driver counts
 * @param memoryBytes memory that tensors may use
 * @param driver driver and version
 * @param score larger is better among devices of one kind; a pure software reference device scores negative
 * @param details further properties for {@code ./ashlar devices -v}, in the order to print
 */
public record DeviceDescription(
        int index,
        String name,
        String vendor,
        DeviceKind kind,
        int computeUnits,
        long memoryBytes,
        String driver,
        double score,
        Map<String, String> details) {}
