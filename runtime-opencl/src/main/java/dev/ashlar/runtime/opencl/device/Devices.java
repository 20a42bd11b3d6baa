// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import dev.ashlar.spi.DeviceKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Asks the drivers. To be used only after {@link Driver#failure()} returned null. */
public final class Devices {
    // The binding's own constant for all types has 64 bits set, which one driver answers with CL_INVALID_DEVICE_TYPE.
    private static final long ALL_TYPES = 0xFFFFFFFFL;
    // Deprecated in 2.0 without a successor, and still answered.
    private static final int HOST_UNIFIED_MEMORY = 0x1035;
    private static final long CORRECTLY_ROUNDED = 1 << 7;
    // Extensions of the bus address: of the standard, and two older ones.
    private static final int PCI_BUS_INFO = 0x410F;
    private static final int PCI_BUS_ID = 0x4008;
    private static final int PCI_SLOT_ID = 0x4009;
    private static final int TOPOLOGY = 0x4037;

    private Devices() {}

    /**
     * A device with its handles.
     *
     * @param facts what it says about itself
     * @param platform its platform
     * @param id its handle
     */
    public record Found(DeviceFacts facts, cl_platform_id platform, cl_device_id id) {}

    /**
     * What all platforms have.
     *
     * @param devices all devices
     * @param platforms number of platforms
     * @param notes platforms without devices, one line each
     */
    public record Listing(List<Found> devices, int platforms, List<String> notes) {}

    /** Lists the devices of all platforms; a platform that fails becomes a note. */
    public static Listing list() {
        return Signals.keep(Devices::ask);
    }

    private static Listing ask() {
        List<Found> devices = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int[] count = new int[1];
        int code = CL.clGetPlatformIDs(0, null, count);
        if (code != ClErrors.SUCCESS || count[0] == 0) {
            if (code != ClErrors.SUCCESS && code != ClErrors.PLATFORM_NOT_FOUND) {
                notes.add("listing platforms failed with " + ClErrors.name(code));
            }
            return new Listing(devices, 0, notes);
        }
        cl_platform_id[] platforms = new cl_platform_id[count[0]];
        CL.clGetPlatformIDs(platforms.length, platforms, null);
        for (int p = 0; p < platforms.length; p++) {
            String name = platformName(platforms[p]);
            code = CL.clGetDeviceIDs(platforms[p], ALL_TYPES, 0, null, count);
            if (code != ClErrors.SUCCESS || count[0] == 0) {
                notes.add("platform " + name + ": no devices"
                        + (code == ClErrors.SUCCESS || code == ClErrors.DEVICE_NOT_FOUND ? "" : " (" + ClErrors.name(code) + ")"));
                continue;
            }
            cl_device_id[] ids = new cl_device_id[count[0]];
            CL.clGetDeviceIDs(platforms[p], ALL_TYPES, ids.length, ids, null);
            for (int d = 0; d < ids.length; d++) {
                devices.add(new Found(facts(p, d, name, ids[d]), platforms[p], ids[d]));
            }
        }
        return new Listing(devices, platforms.length, notes);
    }

    private static DeviceFacts facts(int platform, int position, String platformName, cl_device_id id) {
        long type = number(id, CL.CL_DEVICE_TYPE);
        DeviceKind kind = (type & CL.CL_DEVICE_TYPE_GPU) != 0
                ? DeviceKind.GPU
                : (type & CL.CL_DEVICE_TYPE_ACCELERATOR) != 0 ? DeviceKind.ACCELERATOR : DeviceKind.CPU;
        String extensions = " " + text(id, CL.CL_DEVICE_EXTENSIONS) + " ";
        return new DeviceFacts(
                platform,
                position,
                platformName,
                text(id, CL.CL_DEVICE_NAME),
                text(id, CL.CL_DEVICE_VENDOR),
                text(id, CL.CL_DEVICE_VERSION),
                text(id, CL.CL_DEVICE_OPENCL_C_VERSION),
                text(id, CL.CL_DRIVER_VERSION),
                kind,
                "FULL_PROFILE".equals(text(id, CL.CL_DEVICE_PROFILE)),
                number(id, CL.CL_DEVICE_AVAILABLE) != 0,
                number(id, CL.CL_DEVICE_COMPILER_AVAILABLE) != 0,
                number(id, CL.CL_DEVICE_ENDIAN_LITTLE) != 0,
                (int) number(id, CL.CL_DEVICE_MAX_COMPUTE_UNITS),
                (int) number(id, CL.CL_DEVICE_MAX_CLOCK_FREQUENCY),
                number(id, CL.CL_DEVICE_GLOBAL_MEM_SIZE),
                number(id, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                number(id, CL.CL_DEVICE_LOCAL_MEM_SIZE),
                number(id, CL.CL_DEVICE_LOCAL_MEM_TYPE) == CL.CL_LOCAL,
                number(id, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE),
                Math.max(1024, number(id, CL.CL_DEVICE_MAX_PARAMETER_SIZE)),
                number(id, CL.CL_DEVICE_DOUBLE_FP_CONFIG) != 0 && extensions.contains(" cl_khr_fp64 "),
                extensions.contains(" cl_khr_fp16 "),
                (number(id, CL.CL_DEVICE_SINGLE_FP_CONFIG) & CL.CL_FP_DENORM) != 0,
                (number(id, CL.CL_DEVICE_SINGLE_FP_CONFIG) & CORRECTLY_ROUNDED) != 0,
                (int) number(id, CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
                number(id, HOST_UNIFIED_MEMORY) != 0,
                pciAddress(id, extensions));
    }

    private static String pciAddress(cl_device_id id, String extensions) {
        if (extensions.contains(" cl_khr_pci_bus_info ")) {
            byte[] bytes = raw(id, PCI_BUS_INFO);
            if (bytes.length == 16) {
                ByteBuffer info = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
                return "%04x:%02x:%02x.%x".formatted(info.getInt(0), info.getInt(4), info.getInt(8), info.getInt(12));
            }
        }
        // Older extensions, which share the end of their names, answer with numbers of their own; others reject those numbers.
        if (extensions.contains("_device_attribute_query ")) {
            byte[] bus = raw(id, PCI_BUS_ID);
            byte[] slot = raw(id, PCI_SLOT_ID);
            if (bus.length == 4 && slot.length == 4) {
                return "0000:%02x:%02x.%x".formatted(bus[0] & 0xff, (slot[0] & 0xff) >> 3, slot[0] & 7);
            }
            byte[] topology = raw(id, TOPOLOGY);
            if (topology.length == 24 && topology[0] == 1) {
                return "0000:%02x:%02x.%x".formatted(topology[21] & 0xff, topology[22] & 0xff, topology[23] & 0xff);
            }
        }
        return "";
    }

    private static String platformName(cl_platform_id platform) {
        long[] size = new long[1];
        if (CL.clGetPlatformInfo(platform, CL.CL_PLATFORM_NAME, 0, null, size) != ClErrors.SUCCESS || size[0] < 1) {
            return "without a name";
        }
        byte[] bytes = new byte[(int) size[0]];
        CL.clGetPlatformInfo(platform, CL.CL_PLATFORM_NAME, bytes.length, Pointer.to(bytes), null);
        return string(bytes);
    }

    private static String text(cl_device_id id, int property) {
        return string(raw(id, property));
    }

    private static String string(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    }

    private static long number(cl_device_id id, int property) {
        byte[] bytes = raw(id, property);
        ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return bytes.length == 8 ? value.getLong(0) : bytes.length == 4 ? value.getInt(0) & 0xffffffffL : 0;
    }

    /** Returns the property's bytes; none if the driver does not know it. */
    private static byte[] raw(cl_device_id id, int property) {
        long[] size = new long[1];
        if (CL.clGetDeviceInfo(id, property, 0, null, size) != ClErrors.SUCCESS || size[0] <= 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) size[0]];
        return CL.clGetDeviceInfo(id, property, bytes.length, Pointer.to(bytes), null) == ClErrors.SUCCESS ? bytes : new byte[0];
    }
}
