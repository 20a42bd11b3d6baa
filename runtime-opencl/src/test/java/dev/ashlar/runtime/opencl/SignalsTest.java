// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A driver must not take the JVM's signals away: without its own handler a safepoint can end the process. */
class SignalsTest {
    @Test
    void theHandlersOfTheProcessSurviveTheDriver() throws Exception {
        Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"), "Windows has no sigaction");
        TestDevice.description();
        Process process = new ProcessBuilder(ChildJvm.command(SignalsMain.class)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).endsWith("changed: []");
    }
}
