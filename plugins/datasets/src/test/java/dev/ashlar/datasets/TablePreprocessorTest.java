// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablePreprocessorTest {
    private static Table table(String text) {
        return Table.parse("t.csv", text, TableOptions.defaults());
    }

    @Test
    void numbersAreStandardisedByTheTrainingRows() {
        Table training = table("x,y\n1,10\n2,20\n3,30\n");
        TablePreprocessor preprocessor = TablePreprocessor.fit(training, List.of("x"), List.of("y"), null);

        double deviation = Math.sqrt(2.0 / 3.0);
        assertThat(preprocessor.features(training).values())
                .containsExactly(new float[] {(float) (-1 / deviation), 0, (float) (1 / deviation)}, within(1e-6f));
        assertThat(preprocessor.features(table("x\n4\n")).values()).containsExactly(new float[] {(float) (2 / deviation)}, within(1e-6f));
        assertThat(preprocessor.regressionTargets(training).values())
                .containsExactly(new float[] {(float) (-1 / deviation), 0, (float) (1 / deviation)}, within(1e-6f));
        assertThat(preprocessor.targetDeviation(0)).isCloseTo(10 * deviation, within(1e-9));
    }

    @Test
    void constantColumnsBecomeZeros() {
        Table training = table("x,z,y\n0.1,0,5\n0.1,0,5\n0.1,0,5\n");
        TablePreprocessor preprocessor = TablePreprocessor.fit(training, List.of("x", "z"), List.of("y"), null);

        assertThat(preprocessor.features(training).values()).hasSize(6);
        for (float value : preprocessor.features(training).values()) {
            assertThat(value).isCloseTo(0, within(1e-6f));
        }
        assertThat(preprocessor.restoreTargets(preprocessor.regressionTargets(training).values())[0]).containsExactly(5);
    }

    @Test
    void hugeAndTinyNumbersNeitherOverflowNorVanish() {
        Table training = table("big,small,y\n1e200,1e-200,1\n-1e200,3e-200,2\n");
        FloatMatrix matrix = TablePreprocessor.fit(training, List.of("big", "small"), List.of("y"), null).features(training);

        assertThat(matrix.values()).containsExactly(new float[] {1, -1, -1, 1}, within(1e-6f));
    }

    @Test
    void categoriesBecomeOneHotInSortedOrder() {
        Table training = table("island,x,y\nTorgersen,1,1\nBiscoe,2,2\nDream,3,3\nBiscoe,4,4\n");
        TablePreprocessor preprocessor = TablePreprocessor.fit(training, List.of("island", "x"), List.of("y"), null);

        assertThat(preprocessor.featureNames()).containsExactly("island=Biscoe", "island=Dream", "island=Torgersen", "x");
        assertThat(preprocessor.featureColumns()).containsExactly("island", "x");
        assertThat(preprocessor.inputSize()).isEqualTo(4);
        FloatMatrix matrix = preprocessor.features(training);
        for (int column = 0; column < 3; column++) {
            for (int row = 0; row < 4; row++) {
                boolean hot = column == List.of(2, 0, 1, 0).get(row);
                assertThat(matrix.get(row, column)).isEqualTo(hot ? 1f : 0f);
            }
        }
    }

    @Test
    void aCategoricalColumnMayLookNumericInAnotherFile() {
        TablePreprocessor preprocessor = TablePreprocessor.fit(table("zone,y\n1,1\n2,2\nA,3\nB,4\n"), List.of("zone"), List.of("y"), null);

        assertThat(preprocessor.features(table("zone\n2.0\n")).values()).containsExactly(0, 1, 0, 0);
    }

    @Test
    void severalTargetsKeepTheirOrderAndUnits() {
        Table crop = EmbeddedTables.cropYield();
        TablePreprocessor preprocessor =
                TablePreprocessor.fit(crop, List.of("temp", "rainfall", "humidity"), EmbeddedTables.cropYieldTargets(), null);

        assertThat(preprocessor.task()).isEqualTo(Task.REGRESSION);
        assertThat(preprocessor.outputSize()).isEqualTo(2);
        FloatMatrix targets = preprocessor.regressionTargets(crop);
        double[][] restored = preprocessor.restoreTargets(targets.values());
        for (int row = 0; row < crop.rowCount(); row++) {
            assertThat(restored[row][0]).isCloseTo(crop.numeric("apples").value(row), within(1e-4));
            assertThat(restored[row][1]).isCloseTo(crop.numeric("oranges").value(row), within(1e-4));
        }
    }

    @Test
    void theTaskFollowsTheTarget() {
        Table table = table("a,b,c\n1,x,0\n2,y,1\n3,x,1\n");

        assertThat(Task.guess(table, List.of("a"))).isEqualTo(Task.REGRESSION);
        assertThat(Task.guess(table, List.of("c"))).as("whole numbers stay quantities").isEqualTo(Task.REGRESSION);
        assertThat(Task.guess(table, List.of("b"))).isEqualTo(Task.CLASSIFICATION);
        assertThat(TablePreprocessor.fit(table, List.of("a"), List.of("c"), Task.CLASSIFICATION).classes()).containsExactly("0", "1");
    }

    @Test
    void classesAreNumberedInSortedOrderNumbersByValue() {
        Table training = table("x,label\n1,10\n2,9\n3,unknown\n4,9.0\n5,-1\n");
        TablePreprocessor preprocessor = TablePreprocessor.fit(training, List.of("x"), List.of("label"), null);

        assertThat(preprocessor.classes()).containsExactly("-1", "9", "10", "unknown");
        assertThat(preprocessor.outputSize()).isEqualTo(4);
        assertThat(preprocessor.classTargets(training)).containsExactly(2, 1, 3, 1, 0);
    }

    @Test
    void sevenAndSevenPointZeroInTwoFilesAreOneClass() {
        TablePreprocessor preprocessor =
                TablePreprocessor.fit(table("x,label\n1,7\n2,3\n"), List.of("x"), List.of("label"), Task.CLASSIFICATION);

        assertThat(preprocessor.classTargets(table("x,label\n1,7.0\n2,3.0\n"))).containsExactly(1, 0);
    }

    /** Sends a map through what JSON keeps of it: doubles that are whole may come back as integers. */
    private static Map<String, Object> throughJson(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, jsonCopy(value)));
        return copy;
    }

    private static Object jsonCopy(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, entry) -> copy.put((String) key, jsonCopy(entry)));
                yield copy;
            }
            case List<?> list -> list.stream().map(TablePreprocessorTest::jsonCopy).toList();
            case Double number when number == Math.rint(number) -> number.intValue();
            default -> value;
        };
    }

    @Test
    void regressionSurvivesSaving() {
        Table training = table("kind,x,y,z\na,1,10,5\nb,2,20,5\na,6,60,8\n");
        TablePreprocessor before = TablePreprocessor.fit(training, List.of("x", "kind"), List.of("y", "z"), null);

        TablePreprocessor after = TablePreprocessor.fromMap(throughJson(before.toMap()));

        assertThat(after.toMap()).isEqualTo(before.toMap());
        assertThat(after.task()).isEqualTo(Task.REGRESSION);
        assertThat(after.targetColumns()).containsExactly("y", "z");
        assertThat(after.features(training).values()).isEqualTo(before.features(training).values());
        assertThat(after.regressionTargets(training).values()).isEqualTo(before.regressionTargets(training).values());
    }

    @Test
    void classificationSurvivesSaving() {
        Table training = table("x,label\n1,c\n2,a\n3,b\n");
        TablePreprocessor before = TablePreprocessor.fit(training, List.of("x"), List.of("label"), null);

        TablePreprocessor after = TablePreprocessor.fromMap(throughJson(before.toMap()));

        assertThat(after.classes()).containsExactly("a", "b", "c");
        assertThat(after.classTargets(training)).containsExactly(2, 0, 1);
    }
}
