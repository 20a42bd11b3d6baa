// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Opens the best device for tests, or skips the test and says why. */
final class TestDevice {
    private TestDevice() {}

    /** Opens with options given as key, value, key, value ...; programs are not kept on disk unless {@code cache} is given. */
    static Backend open(String... options) {
        return new OpenClBackendProvider().open(description(), options(options));
    }

    static Options options(String... pairs) {
        Map<String, String> values = new HashMap<>(Map.of("cache", "off"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return new Options(values);
    }

    static DeviceDescription description() {
        Probe probe = new OpenClBackendProvider().probe();
        if (probe instanceof Probe.Available available) {
            return available.devices().getFirst();
        }
        String reason = "no OpenCL device: " + probe;
        System.getLogger(TestDevice.class.getName()).log(System.Logger.Level.WARNING, "skipped, " + reason);
        Assumptions.abort(reason);
        throw new IllegalStateException(reason);
    }
}
