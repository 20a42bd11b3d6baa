// SPDX-License-Identifier: Apache-2.0

/**
 * The backend "opencl": kernels rendered to OpenCL C 1.2 and run through JOCL on any vendor's device.
 *
 * @provides dev.ashlar.spi.BackendProvider as {@code opencl}
 */
module dev.ashlar.runtime.opencl {
    requires dev.ashlar;
    requires jocl;
    requires static org.jspecify;

    provides dev.ashlar.spi.BackendProvider with
            dev.ashlar.runtime.opencl.OpenClBackendProvider;
}
