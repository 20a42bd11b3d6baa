// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.spi.DeviceKind;
import dev.ashlar.type.InvalidArgumentException;
import org.junit.jupiter.api.Test;

class MasksTest {
    private static final DeviceFacts DEVICE = new DeviceFacts(
            0, 0, "p", "n", "v", "OpenCL 3.0 x", "OpenCL C 1.2", "1", DeviceKind.GPU, true, true, true, true, 4, 1000, 1L << 32, 1L << 30,
            65536, true, 1024, 4096, true, true, true, true, 8, true, "");

    @Test
    void eachWordHidesSomething() {
        Masks masks = Masks.parse("nofp64, nofp16,nounified,localMem=16k,maxWorkGroup=64,maxAlloc=1m,maxArguments=512");
        DeviceFacts masked = masks.apply(DEVICE);
        assertThat(masked.fp64()).isFalse();
        assertThat(masked.fp16()).isFalse();
        assertThat(masked.unifiedMemory()).isFalse();
        assertThat(masked.localMemory()).isEqualTo(16384);
        assertThat(masked.maxWorkGroup()).isEqualTo(64);
        assertThat(masked.maxAllocation()).isEqualTo(1 << 20);
        assertThat(masked.maxParameterBytes()).isEqualTo(512);
    }

    @Test
    void nothingIsHiddenByDefaultAndNothingIsEverAdded() {
        assertThat(Masks.parse(null).apply(DEVICE)).isEqualTo(DEVICE);
        assertThat(Masks.parse("").apply(DEVICE)).isEqualTo(DEVICE);
        assertThat(Masks.parse("localMem=1g").apply(DEVICE).localMemory()).isEqualTo(65536);
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Masks.parse("nofp65")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("'nofp65'");
        assertThatThrownBy(() -> Masks.parse("localMem=big")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("'big'");
        assertThatThrownBy(() -> Masks.bytes("limit", "0")).isInstanceOf(InvalidArgumentException.class);
        assertThat(Masks.bytes("limit", "3g")).isEqualTo(3L << 30);
    }
}
