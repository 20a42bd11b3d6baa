// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * What the buffers of a device are used for.
 *
 * @param device its name
 * @param liveBuffers buffers that the backend has handed out
 * @param ownedBuffers of these, those that tensors own
 * @param internalBuffers of these, those that plans share for temporaries and errors
 * @param arenaBytes bytes that plans share for temporaries
 * @param leakedBuffers live buffers that nobody owns; 0 unless there is a defect
 */
public record MemoryReport(
        String device, long liveBuffers, long ownedBuffers, long internalBuffers, long arenaBytes, long leakedBuffers) {
    @Override
    public String toString() {
        return device + ": " + liveBuffers + " buffers live (" + ownedBuffers + " owned by tensors, " + internalBuffers
                + " internal, " + arenaBytes + " bytes for temporaries), " + leakedBuffers + " leaked";
    }
}
