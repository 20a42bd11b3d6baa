// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablePreprocessorBadInputTest {
    private static Table table(String text) {
        return Table.parse("t.csv", text, TableOptions.defaults());
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(call).satisfies(thrown ->
                assertThat(thrown.getMessage()).contains(parts).doesNotContain("\n").matches("\\[.+] expected .+, got.*"));
    }

    private static TablePreprocessor fit(Table table, String feature, String target, @Nullable Task task) {
        return TablePreprocessor.fit(table, List.of(feature), List.of(target), task);
    }

    @Test
    void unknownColumns() {
        Table table = table("x,y\n1,2\n");

        assertRefused(() -> fit(table, "xx", "y", null), "got 'xx'");
        assertRefused(() -> fit(table, "x", "yy", null), "got 'yy'");
    }

    @Test
    void featuresAndTargets() {
        Table table = table("x,y\n1,2\n");

        assertRefused(() -> fit(table, "x", "x", null), "'x' as both");
        assertRefused(() -> TablePreprocessor.fit(table, List.of(), List.of("y"), null), "at least one feature");
        assertRefused(() -> TablePreprocessor.fit(table, List.of("x"), List.of(), null), "at least one target");
        assertRefused(() -> TablePreprocessor.fit(table, List.of("x", "x"), List.of("y"), null), "each feature column once");
    }

    @Test
    void noCompleteRow() {
        assertRefused(() -> fit(table("x,y\n,2\n1,\n").withoutMissing(), "x", "y", null), "at least one complete row", "t.csv");
    }

    @Test
    void missingValues() {
        assertRefused(() -> fit(table("x,y\n1,2\n,3\n"), "x", "y", null), "t.csv, line 3, column 'x'", "empty cell");
        TablePreprocessor preprocessor = fit(table("x,y\n1,2\n2,3\n"), "x", "y", null);
        assertRefused(() -> preprocessor.features(table("x\n1\nNA\n")), "line 3, column 'x'");
        assertRefused(() -> preprocessor.regressionTargets(table("x,y\n1,2\n2,\n")), "line 3, column 'y'");
    }

    @Test
    void regressionOfText() {
        assertRefused(() -> fit(table("x,y\n1,2\n2,high\n"), "x", "y", Task.REGRESSION), "line 3, column 'y'", "'high'");
        assertRefused(() -> TablePreprocessor.fit(table("x,y,z\n1,2,a\n"), List.of("x"), List.of("y", "z"), null), "column 'z'", "'a'");
    }

    @Test
    void strayTextAmongNumbers() {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < 30; row++) {
            text.append(row == 20 ? "12o" : Integer.toString(row)).append(",1\n");
        }
        assertRefused(() -> fit(table(text.toString()), "x", "y", null), "line 22, column 'x'", "'12o'", "as in most rows");
    }

    @Test
    void decimalCommas() {
        assertRefused(() -> fit(table("x;y\n1,5;2\n2,5;3\n"), "x", "y", null), "line 2, column 'x'", "'1,5'", "decimal comma");
    }

    @Test
    void tooManyCategories() {
        StringBuilder text = new StringBuilder("id,y\n");
        for (int row = 0; row <= 1000; row++) {
            text.append("id").append(row).append(",1\n");
        }
        assertRefused(() -> fit(table(text.toString()), "id", "y", null), "1000 categories", "got 1001", "leave the column out");
    }

    @Test
    void classification() {
        assertRefused(() -> fit(table("x,y\n1,a\n2,a\n"), "x", "y", null), "two classes", "only 'a'");
        assertRefused(() -> TablePreprocessor.fit(table("x,y,z\n1,2,a\n"), List.of("x"), List.of("y", "z"), Task.CLASSIFICATION),
                "one target for classification", "[y, z]");
    }

    @Test
    void unseenCategoryAndClass() {
        TablePreprocessor preprocessor = fit(table("x,y\nred,a\nblue,b\n"), "x", "y", null);

        assertRefused(() -> preprocessor.features(table("x\nred\ngreen\n")), "blue, red", "t.csv, line 3, column 'x'", "'green'");
        assertRefused(() -> preprocessor.classTargets(table("x,y\nred,c\n")), "(a, b)", "line 2, column 'y'", "'c'");
        assertRefused(() -> preprocessor.classTargets(table("x,y\nred,\nred,a\n")), "line 2", "empty cell");
    }

    @Test
    void textWhereTheTrainingRowsHadNumbers() {
        TablePreprocessor preprocessor = fit(table("x,y\n1,2\n2,3\n"), "x", "y", null);

        assertRefused(() -> preprocessor.features(table("x\n5\nfive\n")), "line 3, column 'x'", "'five'");
        assertRefused(() -> preprocessor.features(table("z\n5\n")), "got 'x'");
    }

    @Test
    void theOtherTask() {
        Table table = table("x,y\n1,2\n2,3\n");

        assertRefused(() -> fit(table, "x", "y", null).classTargets(table), "classification", "regression");
        assertRefused(() -> fit(table, "x", "y", Task.CLASSIFICATION).regressionTargets(table), "regression");
        assertRefused(() -> TablePreprocessor.fit(table("x,y,z\n1,2,3\n"), List.of("x"), List.of("y", "z"), null)
                .restoreTargets(new float[3]), "multiple of 2", "got 3");
        assertRefused(() -> Task.of("clustering"), "regression or classification", "'clustering'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "features", "targets", "classes"})
    void damagedModelFiles(String key) {
        Map<String, Object> map = new LinkedHashMap<>(fit(table("x,y\n1,a\n2,b\n"), "x", "y", null).toMap());
        map.remove(key);
        assertRefused(() -> TablePreprocessor.fromMap(map), "'" + key + "'", "got nothing");
        map.put(key, 5);
        assertRefused(() -> TablePreprocessor.fromMap(map), "'" + key + "'", "got 5");
    }

    @Test
    void damagedScale() {
        Map<String, Object> map = new LinkedHashMap<>(fit(table("x,y\n1,a\n2,b\n"), "x", "y", null).toMap());
        map.put("features", List.of(Map.of("name", "x", "mean", 0, "deviation", 0)));
        assertRefused(() -> TablePreprocessor.fromMap(map), "positive number", "'deviation'");
        map.put("features", List.of(Map.of("name", "x", "mean", "0", "deviation", 1)));
        assertRefused(() -> TablePreprocessor.fromMap(map), "finite number", "'mean'");
        map.put("features", List.of("x"));
        assertRefused(() -> TablePreprocessor.fromMap(map), "list of objects");
    }
}
