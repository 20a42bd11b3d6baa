// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.ops.Operation;
import dev.ashlar.conformance.internal.ops.Operations;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An operation is complete when it has a record, its bad arguments, its gradient or the reason that it has none, and its Javadoc. */
final class CompletenessTest {
    /** Reads values rather than computing them, or describes: the suite could not do without it. */
    private static final Set<String> READERS = Set.of("item", "itemLong", "itemBoolean", "toFloatArray", "toDoubleArray", "toLongArray",
            "toIntArray", "toBooleanArray", "toByteArray");

    private final Table table = Tables.all();
    private final Map<String, List<VectorCase>> cases = VectorFiles.embedded().values().stream().flatMap(List::stream)
            .collect(Collectors.groupingBy(VectorCase::operation));

    @Test
    void everyMethodOfAFamilyHasARecord() {
        Set<String> covered = Operations.all().stream().map(Operation::name).map(CompletenessTest::plain).collect(Collectors.toSet());
        table.entries().values().forEach(entry -> covered.addAll(entry.methods()));
        Set<String> missing = new TreeSet<>();
        for (Class<?> family : Tensor.class.getInterfaces()) {
            if (family.getSimpleName().endsWith("Ops")) {
                for (Method method : family.getDeclaredMethods()) {
                    boolean hidden = !Modifier.isPublic(method.getModifiers()) || method.isSynthetic();
                    if (!hidden && !covered.contains(method.getName()) && !READERS.contains(method.getName())) {
                        missing.add(family.getSimpleName() + "." + method.getName());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Records are named like {@code sum(dim)} where one method has several. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9].*", "");
    }

    @Test
    void whatARecordCoversExists() {
        // A static method of a family is not one of Tensor's own.
        Set<String> methods = Stream.concat(Stream.of(Tensor.class), Arrays.stream(Tensor.class.getInterfaces()))
                .flatMap(type -> Arrays.stream(type.getMethods())).map(Method::getName).collect(Collectors.toSet());
        table.entries().values().forEach(entry -> assertThat(methods).as(entry.operation()).containsAll(entry.methods()));
    }

    @Test
    void everyRecordedOperationIsAnsweredOrItsAbsenceExplained() {
        assertThat(cases.keySet()).allSatisfy(operation ->
                assertThat(table.entries().containsKey(operation) || table.reason(operation) != null).as(operation).isTrue());
    }

    @Test
    void everyRecordRefusesSomething() {
        assertThat(table.entries().values().stream().filter(entry -> entry.misuses().isEmpty()).map(Entry::operation)).isEmpty();
    }

    @Test
    void everyRecordHasAGradientOrSaysWhyNot() {
        List<String> wrong = new ArrayList<>();
        table.entries().forEach((operation, entry) -> {
            // What no recording calls has tests of its own; whether it has a gradient cannot be read off here.
            List<VectorCase> recorded = cases.getOrDefault(operation, List.of());
            boolean differentiable = recorded.stream().anyMatch(test -> !test.gradients().isEmpty());
            if (!recorded.isEmpty() && differentiable == (entry.noGradient() != null)) {
                wrong.add(operation + (differentiable ? ": recorded gradients, and a reason for none" : ": no gradient, and no reason"));
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** The page that says what answers the core of ATen names methods that exist. */
    @Test
    void thePageOfOperatorsIsTrue() throws IOException {
        Set<String> methods = Arrays.stream(Tensor.class.getMethods()).map(Method::getName).collect(Collectors.toSet());
        Pattern row = Pattern.compile("\\| `(\\w+)` \\| `(\\w+)`.*");
        List<String> lines = Files.readAllLines(Path.of("OPERATORS.md"));
        List<String> named = new ArrayList<>();
        for (String line : lines.subList(0, lines.indexOf("## Not there, and why"))) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                named.add(matcher.group(1));
                assertThat(methods).as(line).contains(matcher.group(2));
            }
        }
        assertThat(named).hasSizeGreaterThan(150).doesNotHaveDuplicates();
    }

    @Test
    void everyMethodOfAFamilyHasJavadoc() throws IOException {
        Pattern declaration = Pattern.compile("^    (default|static) .*?(\\w+)\\(.*");
        List<String> missing = new ArrayList<>();
        Path folder = Path.of("..", "api", "src", "main", "java", "dev", "ashlar");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Ops.java")).sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                Set<String> documented = new TreeSet<>();
                Set<String> bare = new TreeSet<>();
                for (int i = 0; i < lines.size(); i++) {
                    Matcher matcher = declaration.matcher(lines.get(i));
                    if (matcher.matches()) {
                        int above = i - 1;
                        while (lines.get(above).startsWith("    @")) {
                            above--;
                        }
                        (lines.get(above).endsWith("*/") ? documented : bare).add(matcher.group(2));
                    }
                }
                bare.removeAll(documented);
                bare.forEach(name -> missing.add(file.getFileName() + ": " + name));
            }
        }
        assertThat(missing).isEmpty();
    }
}
