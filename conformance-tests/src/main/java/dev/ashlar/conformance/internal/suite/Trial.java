// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.spi.KernelCode;
import java.util.Random;
import java.util.function.Function;

/**
 * One launch to be judged. The kernel is known at once, so that kernels can be compiled together; the data is made when it is needed.
 *
 * @param label which case, for messages
 * @param code what is compiled
 * @param data makes the launch from the test's random numbers
 * @param strictSubnormals whether a backend may not replace subnormal results by zero
 * @param ulpKey under which name the largest error is reported; empty for none
 */
public record Trial(String label, KernelCode code, Function<Random, Launch> data, boolean strictSubnormals, String ulpKey) {
    public Trial strict() {
        return new Trial(label, code, data, true, ulpKey);
    }

    public Trial measured(String key) {
        return new Trial(label, code, data, strictSubnormals, key);
    }
}
