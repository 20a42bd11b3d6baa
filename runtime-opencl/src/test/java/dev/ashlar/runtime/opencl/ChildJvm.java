// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Backend;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jocl.CL;
import org.junit.jupiter.api.Assumptions;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.TestAbortedException;

/** How to start a JVM of its own for what cannot be undone in this one: drivers are loaded once per process. */
final class ChildJvm {
    private ChildJvm() {}

    /** Returns the command that runs a class of these tests; its arguments are to be added. */
    static List<String> command(Class<?> main, String... options) {
        Set<String> classPath = new LinkedHashSet<>();
        List<Class<?>> needed = List.of(
                main, OpenClBackend.class, Backend.class, CL.class, Assumptions.class, TestAbortedException.class, JUnitException.class);
        needed.forEach(type -> classPath.add(root(type)));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-cp", String.join(File.pathSeparator, classPath), main.getName()));
        return command;
    }

    /** Returns the folder or jar that a class was read from; on the module path a patched module has several. */
    private static String root(Class<?> type) {
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(type.getResource(resource), resource);
        String text = url.toString();
        if (text.startsWith("jar:")) {
            return Path.of(URI.create(text.substring(4, text.indexOf("!/")))).toString();
        }
        return Path.of(URI.create(text.substring(0, text.length() - resource.length() + 1))).toString();
    }
}
