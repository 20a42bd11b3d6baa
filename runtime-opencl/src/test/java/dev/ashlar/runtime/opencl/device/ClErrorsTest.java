// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.type.BackendFailureException;
import dev.ashlar.type.OutOfDeviceMemoryException;
import dev.ashlar.type.OutOfHostMemoryException;
import org.junit.jupiter.api.Test;

class ClErrorsTest {
    @Test
    void codesHaveTheirSymbolicNames() {
        assertThat(ClErrors.name(-52)).isEqualTo("CL_INVALID_KERNEL_ARGS");
        assertThat(ClErrors.name(-1001)).isEqualTo("CL_PLATFORM_NOT_FOUND_KHR");
        assertThat(ClErrors.name(-123456)).isEqualTo("CL_UNKNOWN_ERROR");
    }

    @Test
    void failuresCarryCodeAndName() {
        assertThat(ClErrors.failure("opencl:0", "launching k", -54, 0, 0, 0))
                .isInstanceOfSatisfying(BackendFailureException.class, e -> {
                    assertThat(e.code()).isEqualTo(-54);
                    assertThat(e.symbol()).isEqualTo("CL_INVALID_WORK_GROUP_SIZE");
                })
                .hasMessageStartingWith("[opencl:0] launching k failed");
    }

    @Test
    void lackOfMemoryIsTold() {
        assertThat(ClErrors.failure("opencl:0", "x", -4, 100, 50, 120)).isInstanceOfSatisfying(OutOfDeviceMemoryException.class, e -> {
            assertThat(e.requested()).isEqualTo(100);
            assertThat(e.used()).isEqualTo(50);
            assertThat(e.limit()).isEqualTo(120);
            assertThat(e).hasRootCauseMessage(
                    "[opencl:0] x failed; please report it with this line: CL_MEM_OBJECT_ALLOCATION_FAILURE (-4)");
        });
        assertThat(ClErrors.failure("opencl:0", "x", -5, 0, 0, 0)).isInstanceOf(OutOfDeviceMemoryException.class);
        assertThat(ClErrors.failure("opencl:0", "x", -6, 0, 0, 0)).isInstanceOf(OutOfHostMemoryException.class);
    }

    @Test
    void aFaultedQueueIsALostDevice() {
        assertThat(ClErrors.isLoss(-2, false)).isTrue();
        assertThat(ClErrors.isLoss(-36, false)).isTrue();
        assertThat(ClErrors.isLoss(-5, true)).isTrue();
        assertThat(ClErrors.isLoss(-5, false)).isFalse();
        assertThat(ClErrors.isLoss(-52, true)).isFalse();
        assertThat(ClErrors.loss("opencl:0", "waiting", -36))
                .hasMessageContaining("CL_INVALID_COMMAND_QUEUE")
                .hasMessageContaining("checkpoint");
    }

    @Test
    void theRemedyNamesACommandOfTheSystemAtHand() {
        assertThat(Driver.remedy("linux", "/usr/bin/apt-get"::equals)).contains("apt-get install -y ocl-icd-libopencl1 pocl-opencl-icd");
        assertThat(Driver.remedy("linux", "/usr/bin/dnf"::equals)).contains("dnf install -y ocl-icd pocl");
        assertThat(Driver.remedy("linux", path -> false)).contains("package manager");
        assertThat(Driver.remedy("mac os x", path -> false)).contains("brew install pocl");
        assertThat(Driver.remedy("windows 11", path -> false)).contains("OpenCL.dll");
    }
}
