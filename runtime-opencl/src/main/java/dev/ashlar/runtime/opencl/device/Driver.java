// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jocl.CL;
import org.jocl.LibUtils;
import org.jspecify.annotations.Nullable;

/** Loads the OpenCL loader and JOCL once, and remembers why if that does not work. Thread-safe. */
public final class Driver {
    private static final String JOCL_LIBRARY = "JOCL_2_0_6";

    private static boolean tried;
    private static @Nullable String failure;
    private static @Nullable String loader;

    private Driver() {}

    /** Returns why OpenCL cannot be called in this process, one line, or null if it can. Never throws. */
    public static synchronized @Nullable String failure() {
        if (!tried) {
            tried = true;
            failure = load();
        }
        return failure;
    }

    private static @Nullable String load() {
        try {
            // JOCL's native part writes to stderr when there is no loader, so it is not touched before one was found.
            List<String> names = loaderNames();
            loader = names.stream().filter(Driver::loads).findFirst().orElse(null);
            if (loader == null) {
                return "no OpenCL loader (" + String.join(", ", names) + ") on this machine";
            }
            if (isStale()) {
                loadUnderUniqueName();
            }
            CL.setExceptionsEnabled(false);
            return null;
        } catch (LinkageError | RuntimeException e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return "JOCL's native library could not be loaded: " + message.lines().findFirst().orElse("");
        }
    }

    /** Returns the calls that go past JOCL. */
    static synchronized NativeCalls nativeCalls() {
        return new NativeCalls(loader);
    }

    private static List<String> loaderNames() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            return List.of("OpenCL.dll");
        }
        return os.contains("mac")
                ? List.of("/System/Library/Frameworks/OpenCL.framework/OpenCL")
                : List.of("libOpenCL.so.1", "libOpenCL.so");
    }

    // Loading a library is what a backend is for; the application allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    private static boolean loads(String name) {
        try {
            SymbolLookup.libraryLookup(name, Arena.global());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns whether the file that JOCL would re-use from the temporary folder is not the one in its jar. */
    private static boolean isStale() {
        String file = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(JOCL_LIBRARY));
        Path unpacked = new File(System.getProperty("java.io.tmpdir"), file).toPath();
        if (!Files.exists(unpacked)) {
            return false;
        }
        try (InputStream packed = CL.class.getResourceAsStream("/lib/" + file)) {
            return packed != null && !Arrays.equals(packed.readAllBytes(), Files.readAllBytes(unpacked));
        } catch (IOException e) {
            return true;
        }
    }

    private static void loadUnderUniqueName() {
        String key = "uniqueLibraryNames";
        String before = System.getProperty(key);
        System.setProperty(key, "true");
        try {
            CL.setExceptionsEnabled(false);
        } finally {
            if (before == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, before);
            }
        }
    }

    /** Returns the command that installs what is missing, for the operating system at hand; one line. */
    public static String remedy() {
        return remedy(System.getProperty("os.name", "").toLowerCase(Locale.ROOT), Driver::isFile);
    }

    static String remedy(String os, java.util.function.Predicate<String> exists) {
        if (os.contains("mac")) {
            return "install a CPU driver with `brew install pocl`; the system's own framework serves GPUs";
        }
        if (os.contains("win")) {
            return "install your GPU's driver, which brings OpenCL.dll, or a CPU runtime for OpenCL from your processor's vendor";
        }
        String packages;
        if (exists.test("/usr/bin/apt-get")) {
            packages = "sudo apt-get install -y ocl-icd-libopencl1 pocl-opencl-icd";
        } else if (exists.test("/usr/bin/dnf")) {
            packages = "sudo dnf install -y ocl-icd pocl";
        } else if (exists.test("/usr/bin/pacman")) {
            packages = "sudo pacman -S ocl-icd pocl";
        } else if (exists.test("/usr/bin/zypper")) {
            packages = "sudo zypper install ocl-icd pocl";
        } else if (exists.test("/sbin/apk")) {
            packages = "sudo apk add opencl-icd-loader pocl";
        } else {
            packages = "install an OpenCL ICD loader and PoCL with your package manager";
        }
        return "run `" + packages + "` for the CPU; for a GPU install its vendor's OpenCL driver";
    }

    private static boolean isFile(String path) {
        return Files.isRegularFile(Path.of(path));
    }
}
