// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import dev.ashlar.type.AshlarException;
import dev.ashlar.type.BackendFailureException;
import dev.ashlar.type.DeviceLostException;
import dev.ashlar.type.OutOfDeviceMemoryException;
import dev.ashlar.type.OutOfHostMemoryException;
import java.util.Map;

/** Error numbers of OpenCL: their names and the exceptions that stand for them. Needs no driver. */
public final class ClErrors {
    public static final int SUCCESS = 0;
    public static final int DEVICE_NOT_FOUND = -1;
    public static final int DEVICE_NOT_AVAILABLE = -2;
    public static final int MEM_OBJECT_ALLOCATION_FAILURE = -4;
    public static final int OUT_OF_RESOURCES = -5;
    public static final int OUT_OF_HOST_MEMORY = -6;
    public static final int EXEC_STATUS_ERROR = -14;
    public static final int INVALID_COMMAND_QUEUE = -36;
    public static final int INVALID_BUFFER_SIZE = -61;
    public static final int PLATFORM_NOT_FOUND = -1001;
    /** Outside of the standard: some drivers answer so once a kernel has touched foreign memory. */
    public static final int ILLEGAL_ACCESS = -9999;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "CL_SUCCESS"),
            Map.entry(-1, "CL_DEVICE_NOT_FOUND"),
            Map.entry(-2, "CL_DEVICE_NOT_AVAILABLE"),
            Map.entry(-3, "CL_COMPILER_NOT_AVAILABLE"),
            Map.entry(-4, "CL_MEM_OBJECT_ALLOCATION_FAILURE"),
            Map.entry(-5, "CL_OUT_OF_RESOURCES"),
            Map.entry(-6, "CL_OUT_OF_HOST_MEMORY"),
            Map.entry(-7, "CL_PROFILING_INFO_NOT_AVAILABLE"),
            Map.entry(-8, "CL_MEM_COPY_OVERLAP"),
            Map.entry(-9, "CL_IMAGE_FORMAT_MISMATCH"),
            Map.entry(-10, "CL_IMAGE_FORMAT_NOT_SUPPORTED"),
            Map.entry(-11, "CL_BUILD_PROGRAM_FAILURE"),
            Map.entry(-12, "CL_MAP_FAILURE"),
            Map.entry(-13, "CL_MISALIGNED_SUB_BUFFER_OFFSET"),
            Map.entry(-14, "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST"),
            Map.entry(-15, "CL_COMPILE_PROGRAM_FAILURE"),
            Map.entry(-16, "CL_LINKER_NOT_AVAILABLE"),
            Map.entry(-17, "CL_LINK_PROGRAM_FAILURE"),
            Map.entry(-18, "CL_DEVICE_PARTITION_FAILED"),
            Map.entry(-19, "CL_KERNEL_ARG_INFO_NOT_AVAILABLE"),
            Map.entry(-30, "CL_INVALID_VALUE"),
            Map.entry(-31, "CL_INVALID_DEVICE_TYPE"),
            Map.entry(-32, "CL_INVALID_PLATFORM"),
            Map.entry(-33, "CL_INVALID_DEVICE"),
            Map.entry(-34, "CL_INVALID_CONTEXT"),
            Map.entry(-35, "CL_INVALID_QUEUE_PROPERTIES"),
            Map.entry(-36, "CL_INVALID_COMMAND_QUEUE"),
            Map.entry(-37, "CL_INVALID_HOST_PTR"),
            Map.entry(-38, "CL_INVALID_MEM_OBJECT"),
            Map.entry(-42, "CL_INVALID_BINARY"),
            Map.entry(-43, "CL_INVALID_BUILD_OPTIONS"),
            Map.entry(-44, "CL_INVALID_PROGRAM"),
            Map.entry(-45, "CL_INVALID_PROGRAM_EXECUTABLE"),
            Map.entry(-46, "CL_INVALID_KERNEL_NAME"),
            Map.entry(-47, "CL_INVALID_KERNEL_DEFINITION"),
            Map.entry(-48, "CL_INVALID_KERNEL"),
            Map.entry(-49, "CL_INVALID_ARG_INDEX"),
            Map.entry(-50, "CL_INVALID_ARG_VALUE"),
            Map.entry(-51, "CL_INVALID_ARG_SIZE"),
            Map.entry(-52, "CL_INVALID_KERNEL_ARGS"),
            Map.entry(-53, "CL_INVALID_WORK_DIMENSION"),
            Map.entry(-54, "CL_INVALID_WORK_GROUP_SIZE"),
            Map.entry(-55, "CL_INVALID_WORK_ITEM_SIZE"),
            Map.entry(-56, "CL_INVALID_GLOBAL_OFFSET"),
            Map.entry(-57, "CL_INVALID_EVENT_WAIT_LIST"),
            Map.entry(-58, "CL_INVALID_EVENT"),
            Map.entry(-59, "CL_INVALID_OPERATION"),
            Map.entry(-61, "CL_INVALID_BUFFER_SIZE"),
            Map.entry(-63, "CL_INVALID_GLOBAL_WORK_SIZE"),
            Map.entry(-64, "CL_INVALID_PROPERTY"),
            Map.entry(-1001, "CL_PLATFORM_NOT_FOUND_KHR"));

    private ClErrors() {}

    /** Returns the symbolic name, or {@code CL_UNKNOWN_ERROR}. */
    public static String name(int code) {
        return NAMES.getOrDefault(code, "CL_UNKNOWN_ERROR");
    }

    /** Returns whether the code says that memory ran out, which freeing caches may cure. */
    public static boolean isMemory(int code) {
        return code == MEM_OBJECT_ALLOCATION_FAILURE || code == OUT_OF_RESOURCES || code == INVALID_BUFFER_SIZE;
    }

    /**
     * Returns whether the code means that the device is gone.
     *
     * @param waiting whether it came from waiting for work: lack of resources is then the report of a faulted kernel
     */
    public static boolean isLoss(int code, boolean waiting) {
        return switch (code) {
            case DEVICE_NOT_AVAILABLE, INVALID_COMMAND_QUEUE, ILLEGAL_ACCESS -> true;
            case OUT_OF_RESOURCES -> waiting;
            default -> false;
        };
    }

    /**
     * Returns the exception for a failed call that is not the loss of the device.
     *
     * @param device for example {@code opencl}
     * @param operation what was attempted
     * @param used bytes in use, for messages about memory
     * @param limit bytes that may be used
     */
    public static AshlarException failure(String device, String operation, int code, long requested, long used, long limit) {
        if (isMemory(code)) {
            OutOfDeviceMemoryException e = new OutOfDeviceMemoryException(device, requested, used, limit);
            e.initCause(plain(device, operation, code));
            return e;
        }
        if (code == OUT_OF_HOST_MEMORY) {
            return new OutOfHostMemoryException("[" + device + "] expected host memory for " + operation + ", got " + name(code)
                    + "; free memory or use smaller batches");
        }
        return plain(device, operation, code);
    }

    /** Returns the exception for the loss of the device. */
    public static DeviceLostException loss(String device, String operation, int code) {
        return new DeviceLostException("[" + device + "] the device was lost during " + operation + ": " + name(code) + " (" + code
                + "); its tensors are gone, restore the model from a checkpoint on another device or in a new process");
    }

    private static BackendFailureException plain(String device, String operation, int code) {
        return new BackendFailureException(
                "[" + device + "] " + operation + " failed; please report it with this line", code, name(code), null);
    }
}
