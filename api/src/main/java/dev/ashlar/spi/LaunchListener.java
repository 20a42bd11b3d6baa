// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import java.util.List;

/** Watches what the core sends to a backend. Called on the thread that computes, before each launch; must not use tensors. */
@FunctionalInterface
public interface LaunchListener {
    /**
     * @param device for example {@code opencl:0}
     * @param code what was compiled
     * @param bindings buffers in the contract's order
     * @param args sizes, strides and scalars; not to be kept
     */
    void onLaunch(String device, KernelCode code, List<Binding> bindings, KernelArgs args);
}
