// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.Tensor;
import dev.ashlar.spi.BackendProvider;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.jocl.CL;

/** Where this test's classes and what they need were read from, for a process that starts without modules. */
final class ClassPath {
    private ClassPath() {}

    static String ofThisTest() {
        Set<String> roots = new LinkedHashSet<>();
        for (Class<?> type : List.of(ClassPath.class, VectorFiles.class, Tensor.class, ObjectMapper.class, JsonFactory.class,
                JsonCreator.class, CL.class)) {
            roots.add(root(type));
        }
        // The recorded calls lie beside the suite's classes, in builds where resources have a folder of their own too.
        roots.add(root(Objects.requireNonNull(VectorFiles.class.getResource("operations.zip")), "operations.zip", VectorFiles.class));
        ServiceLoader.load(BackendProvider.class).stream().forEach(provider -> roots.add(root(provider.type())));
        return String.join(File.pathSeparator, roots);
    }

    private static String root(Class<?> type) {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        return root(Objects.requireNonNull(type.getResource(name), name), name, type);
    }

    private static String root(URL url, String name, Class<?> beside) {
        String text = url.toString();
        if (text.startsWith("jar:")) {
            return Path.of(URI.create(text.substring(4, text.indexOf("!/")))).toString();
        }
        String inside = beside.getPackageName().replace('.', '/') + "/" + name;
        return Path.of(URI.create(text.substring(0, text.length() - inside.length()))).toString();
    }
}
