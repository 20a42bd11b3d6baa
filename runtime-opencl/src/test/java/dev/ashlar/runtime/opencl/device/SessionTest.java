// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.runtime.opencl.memory.Allocator;
import dev.ashlar.runtime.opencl.memory.ClBuffer;
import dev.ashlar.runtime.opencl.memory.Pooling;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.program.DiskCache;
import dev.ashlar.type.BackendFailureException;
import dev.ashlar.type.DeviceLostException;
import dev.ashlar.type.KernelCompilationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static Session open() {
        String failure = Driver.failure();
        Assumptions.assumeTrue(failure == null, () -> "no OpenCL: " + failure);
        Devices.Listing listing = Devices.list();
        Assumptions.assumeFalse(listing.devices().isEmpty(), "no OpenCL device");
        Devices.Found found = listing.devices().getFirst();
        return Session.open("opencl:7", found, found.facts());
    }

    @Test
    void aLostDeviceStaysLostAndCanBeClosed() {
        Session session = open();
        Allocator allocator = new Allocator(session, 1 << 20, Pooling.ON);
        ClBuffer buffer = allocator.allocate(64);
        assertThatThrownBy(() -> session.checkWait("waiting", ClErrors.INVALID_COMMAND_QUEUE))
                .isInstanceOf(DeviceLostException.class)
                .hasMessageContaining("CL_INVALID_COMMAND_QUEUE");
        assertThatThrownBy(session::requireUsable).isInstanceOf(DeviceLostException.class).hasMessageContaining("during waiting");
        assertThatThrownBy(() -> allocator.allocate(64)).isInstanceOf(DeviceLostException.class);
        assertThatCode(buffer::close).doesNotThrowAnyException();
        assertThatCode(allocator::closeAll).doesNotThrowAnyException();
        assertThatCode(session::close).doesNotThrowAnyException();
    }

    @Test
    void otherFailuresDoNotMarkTheDevice() {
        try (Session session = open()) {
            assertThatThrownBy(() -> session.check("launching", -54))
                    .isInstanceOf(BackendFailureException.class)
                    .hasMessageContaining("[opencl:7] launching failed")
                    .hasMessageContaining("CL_INVALID_WORK_GROUP_SIZE");
            assertThatCode(session::requireUsable).doesNotThrowAnyException();
        }
    }

    @Test
    void rejectedSourceComesWithItsLog() {
        try (Session session = open()) {
            Compiler compiler = new Compiler(session, new DiskCache(null, 0), "");
            assertThatThrownBy(() -> compiler.build("kernel void k(global float* a) { a[0] = nothing; }"))
                    .isInstanceOfSatisfying(KernelCompilationException.class, e -> {
                        assertThat(e.source()).contains("a[0] = nothing");
                        assertThat(e.log()).contains("nothing");
                        assertThat(e).hasMessageContaining("CL_BUILD_PROGRAM_FAILURE");
                    });
        }
    }
}
