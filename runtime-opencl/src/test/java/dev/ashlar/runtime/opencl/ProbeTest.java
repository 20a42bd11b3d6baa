// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jocl.LibUtils;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probing where something is missing or broken, each time in a process of its own. */
class ProbeTest {
    @TempDir
    Path folder;

    private String probe(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(ProbeMain.class, "-Djava.io.tmpdir=" + folder));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void aLoaderWithoutDriversIsAReasonWithARemedy() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.name").startsWith("Linux"), "the vendor folder is a matter of Linux' loader");
        String output = probe(Map.of("OCL_ICD_VENDORS", folder.toString()));
        assertThat(output).doesNotContain("\n").containsAnyOf("no driver (platform) is installed", "no OpenCL loader").contains(" | ");
    }

    @Test
    void aBrokenLibraryInTheTemporaryFolderDoesNoHarm() throws Exception {
        TestDevice.description();
        String name = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName("JOCL_2_0_6"));
        Files.writeString(folder.resolve(name), "not a library");
        assertThat(probe(Map.of())).startsWith("devices: ");
    }
}
