// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Probe;

/** Prints in a process of its own what a probe finds: a reason, or the number of devices. */
final class ProbeMain {
    private ProbeMain() {}

    public static void main(String[] arguments) {
        switch (new OpenClBackendProvider().probe()) {
            case Probe.Available available -> System.out.println("devices: " + available.devices().size());
            case Probe.Unavailable unavailable -> System.out.println(unavailable.reason() + " | " + unavailable.remedy());
        }
    }
}
