// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/** What sort of hardware a device is; decides the order in which the best device is chosen. */
public enum DeviceKind {
    GPU,
    ACCELERATOR,
    CPU
}
