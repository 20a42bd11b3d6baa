// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.DeviceKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static DeviceFacts device(int platform, int position, String name, DeviceKind kind, String version, String pci) {
        return device(platform, position, name, kind, version, pci, true, true, true, true, 8L << 30, true);
    }

    private static DeviceFacts device(
            int platform,
            int position,
            String name,
            DeviceKind kind,
            String version,
            String pci,
            boolean full,
            boolean available,
            boolean compiler,
            boolean little,
            long memory,
            boolean fp64) {
        return new DeviceFacts(
                platform, position, "platform " + platform, name, "maker", version, "OpenCL C 1.2", "1.0", kind, full, available,
                compiler, little, 16, 1000, memory, memory / 4, 65536, true, 256, 1024, fp64, false, true, true, 4, false, pci);
    }

    @Test
    void gpusComeFirstAndNumbersFollowThePlatforms() {
        DeviceFacts cpu = device(0, 0, "processor", DeviceKind.CPU, "OpenCL 3.0 x", "");
        DeviceFacts second = device(2, 0, "card b", DeviceKind.GPU, "OpenCL 3.0 x", "");
        DeviceFacts first = device(1, 0, "card a", DeviceKind.GPU, "OpenCL 1.2 x", "");
        Discovery.Selection selection = Discovery.select(List.of(cpu, second, first), List.of("platform 3: no devices"));
        assertThat(selection.devices()).containsExactly(first, second, cpu);
        assertThat(selection.notes()).containsExactly("platform 3: no devices");
    }

    @Test
    void oneDeviceBehindTwoPlatformsIsTakenOnceWithTheBetterDriver() {
        DeviceFacts old = device(0, 0, "card", DeviceKind.GPU, "OpenCL 1.2 x", "");
        DeviceFacts fresh = device(1, 0, "card", DeviceKind.GPU, "OpenCL 3.0 x", "");
        Discovery.Selection selection = Discovery.select(List.of(old, fresh), List.of());
        assertThat(selection.devices()).containsExactly(fresh);
        assertThat(selection.notes())
                .containsExactly("card (platform 0): passed over, the same device is offered by platform 1");
    }

    @Test
    void theBusAddressTellsDevicesWithDifferentNamesToBeOne() {
        DeviceFacts one = device(0, 0, "card by driver a", DeviceKind.GPU, "OpenCL 3.0 x", "0000:01:00.0");
        DeviceFacts other = device(1, 0, "card by driver b", DeviceKind.GPU, "OpenCL 2.0 x", "0000:01:00.0");
        assertThat(Discovery.select(List.of(other, one), List.of()).devices()).containsExactly(one);
    }

    @Test
    void equalCardsOfOnePlatformStayTwo() {
        DeviceFacts left = device(0, 0, "card", DeviceKind.GPU, "OpenCL 3.0 x", "");
        DeviceFacts right = device(0, 1, "card", DeviceKind.GPU, "OpenCL 3.0 x", "");
        DeviceFacts otherLeft = device(1, 0, "card", DeviceKind.GPU, "OpenCL 1.2 x", "");
        DeviceFacts otherRight = device(1, 1, "card", DeviceKind.GPU, "OpenCL 1.2 x", "");
        Discovery.Selection selection = Discovery.select(List.of(left, right, otherLeft, otherRight), List.of());
        assertThat(selection.devices()).containsExactly(left, right);
        assertThat(selection.notes()).hasSize(2);
    }

    @Test
    void equalNamesWithDifferentAddressesOrMemoryAreDifferentDevices() {
        DeviceFacts one = device(0, 0, "card", DeviceKind.GPU, "OpenCL 3.0 x", "0000:01:00.0");
        DeviceFacts two = device(1, 0, "card", DeviceKind.GPU, "OpenCL 3.0 x", "0000:02:00.0");
        DeviceFacts small =
                device(2, 0, "card", DeviceKind.GPU, "OpenCL 3.0 x", "", true, true, true, true, 4L << 30, true);
        assertThat(Discovery.select(List.of(one, two, small), List.of()).devices()).containsExactly(one, two, small);
    }

    @Test
    void whatCannotBeUsedIsPassedOverWithAReason() {
        String v = "OpenCL 3.0 x";
        Discovery.Selection selection = Discovery.select(
                List.of(
                        device(0, 0, "a", DeviceKind.GPU, v, "", false, true, true, true, 1 << 30, true),
                        device(0, 1, "b", DeviceKind.GPU, v, "", true, false, true, true, 1 << 30, true),
                        device(0, 2, "c", DeviceKind.GPU, v, "", true, true, false, true, 1 << 30, true),
                        device(0, 3, "d", DeviceKind.GPU, v, "", true, true, true, false, 1 << 30, true),
                        device(0, 4, "e", DeviceKind.GPU, "OpenCL 1.1 x", "")),
                List.of());
        assertThat(selection.devices()).isEmpty();
        assertThat(selection.notes())
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("a ").contains("embedded profile"),
                        note -> assertThat(note).startsWith("b ").contains("not available"),
                        note -> assertThat(note).startsWith("c ").contains("no compiler"),
                        note -> assertThat(note).startsWith("d ").contains("little-endian"),
                        note -> assertThat(note).startsWith("e ").contains("OpenCL 1.2 is needed"));
    }

    @Test
    void softwareReferencesScoreBelowZero() {
        DeviceFacts reference =
                device(0, 0, "pipe", DeviceKind.CPU, "OpenCL 3.0 x", "", true, true, true, true, 2L << 30, false);
        DeviceDescription described = Discovery.describe(0, reference);
        assertThat(described.score()).isNegative();
        assertThat(Discovery.describe(0, device(0, 0, "processor", DeviceKind.CPU, "OpenCL 3.0 x", "")).score()).isPositive();
        assertThat(described.details()).containsEntry("float64", "no").containsKey("largest work-group");
    }
}
