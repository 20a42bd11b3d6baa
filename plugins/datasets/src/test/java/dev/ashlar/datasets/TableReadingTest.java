// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReadingTest {
    private static final TableOptions OPTIONS = TableOptions.defaults();

    private static double[] values(Table table, String name) {
        Column.Numeric column = table.numeric(name);
        double[] values = new double[column.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = column.value(row);
        }
        return values;
    }

    @Test
    void aColumnIsNumericIfAllItsPresentCellsAreNumbers() {
        Table table = Table.parse("t.csv", "a,b,c,d\n1,x,NA,1\n-2.5e3,2,,x\n?,3,null,2\n", OPTIONS);

        assertThat(table.columnNames()).containsExactly("a", "b", "c", "d");
        assertThat(values(table, "a")).containsExactly(1, -2500, Double.NaN);
        assertThat(table.column("b")).isInstanceOf(Column.Categorical.class);
        assertThat(table.column("c")).isInstanceOf(Column.Categorical.class);
        assertThat(table.column("d")).isInstanceOf(Column.Categorical.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NA", "NaN", "null", "?", "\"\""})
    void spellingsOfAMissingValue(String cell) {
        Table table = Table.parse("t.csv", "a,b,c\n1,2,z\n" + cell + ",3," + cell + "\n", OPTIONS);

        assertThat(table.column("a").isMissing(0)).isFalse();
        assertThat(table.column("a").isMissing(1)).isTrue();
        assertThat(table.column("a")).isInstanceOf(Column.Numeric.class);
        assertThat(table.column("c").isMissing(1)).isTrue();
        assertThat(table.column("c").label(1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Infinity", "1d", "1f", "0x1p3", "1,5", "1 2", "--1", "e5", ".", "1e", "inf"})
    void whatNobodyMeansAsANumberIsText(String cell) {
        Table table = Table.parse("t.csv", "a,b\n\"" + cell + "\",1\n", OPTIONS);

        assertThat(table.column("a")).isInstanceOf(Column.Categorical.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "+7", "7.", "0.7e1", "70E-1", " 7 "})
    void spellingsOfOneNumberAreOneLabel(String cell) {
        Table numeric = Table.parse("t.csv", "a,b\n" + cell + ",1\n", OPTIONS);
        Table mixed = Table.parse("t.csv", "a,b\n" + cell + ",1\nx,1\n", OPTIONS);

        assertThat(numeric.column("a").label(0)).isEqualTo("7");
        assertThat(mixed.column("a").label(0)).isEqualTo("7");
    }

    @Test
    void withoutHeaderColumnsAreNumbered() {
        Table table = Table.parse("t.csv", "1,2,x\n3,4,y\n", OPTIONS.withHeader(false));

        assertThat(table.columnNames()).containsExactly("0", "1", "2");
        assertThat(values(table, "1")).containsExactly(2, 4);
        assertThat(table.line(0)).isEqualTo(1);
    }

    @Test
    void anUnnamedColumnIsCalledByItsNumber() {
        assertThat(Table.parse("t.csv", ",a\n0,5\n", OPTIONS).columnNames()).containsExactly("0", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void theSeparatorIsFound(String separator) {
        Table table = Table.parse("t.csv", "a|b|c\n1|2|x\n3|4|y\n".replace("|", separator), OPTIONS);

        assertThat(table.columnNames()).containsExactly("a", "b", "c");
        assertThat(values(table, "b")).containsExactly(2, 4);
    }

    @Test
    void aSeparatorInsideQuotesDoesNotMisleadTheGuess() {
        Table table = Table.parse("t.csv", "name,v\n\"a;b;c\",1\n\"d;e\",2\n", OPTIONS);

        assertThat(table.columnNames()).containsExactly("name", "v");
        assertThat(table.column("name").label(0)).isEqualTo("a;b;c");
    }

    @Test
    void decimalCommasBetweenSemicolonsDoNotMisleadTheGuess() {
        Table table = Table.parse("t.csv", "3,5;4,2\n1,0;2,5\n", OPTIONS.withHeader(false));

        assertThat(table.columnNames()).hasSize(2);
    }

    @Test
    void aGivenSeparatorIsNotGuessed() {
        Table table = Table.parse("t.csv", "a|b;c\n1|2;3\n", OPTIONS.withSeparator('|'));

        assertThat(table.columnNames()).containsExactly("a", "b;c");
    }

    @Test
    void aSingleColumnNeedsNoSeparator() {
        assertThat(values(Table.parse("t.csv", "a\n1\n2\n", OPTIONS), "a")).containsExactly(1, 2);
    }

    @Test
    void quotedCellsMayHoldSeparatorsQuotesAndLineBreaks() {
        Table table = Table.parse("t.csv", "a,b\n\"x, \"\"y\"\"\nz\",1\nw,2\n", OPTIONS);

        assertThat(table.column("a").label(0)).isEqualTo("x, \"y\"\nz");
        assertThat(table.line(0)).isEqualTo(2);
        assertThat(table.line(1)).as("the line where the second row starts").isEqualTo(4);
    }

    @Test
    void carriageReturnsAndEmptyLinesAreNoRows() {
        Table table = Table.parse("t.csv", "a,b\r\n1,2\r\n\r\n3,4\r\n", OPTIONS);

        assertThat(values(table, "b")).containsExactly(2, 4);
        assertThat(table.line(1)).isEqualTo(4);
    }

    @Test
    void aFileMayStartWithAByteOrderMark(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bom.csv"), "\uFEFFgröße,b\n1,é\n", StandardCharsets.UTF_8);

        Table table = Table.read(file, OPTIONS);

        assertThat(table.columnNames()).containsExactly("größe", "b");
        assertThat(table.column("b").label(0)).isEqualTo("é");
        assertThat(table.source()).isEqualTo("bom.csv");
    }

    @Test
    void selectingKeepsTheGivenOrder() {
        Table table = Table.parse("t.csv", "a,b,c\n1,2,3\n4,5,6\n", OPTIONS);

        assertThat(table.select(List.of("c", "a")).columnNames()).containsExactly("c", "a");
        Table rows = table.rows(1, 0, 1);
        assertThat(values(rows, "a")).containsExactly(4, 1, 4);
        assertThat(rows.line(0)).isEqualTo(3);
    }

    @Test
    void rowsWithAnyMissingValueAreDropped() {
        Table table = Table.parse("t.csv", "a,b\n1,x\n,y\n3,\n4,z\n", OPTIONS);

        Table complete = table.withoutMissing();

        assertThat(table.rowCount() - complete.rowCount()).isEqualTo(2);
        assertThat(values(complete, "a")).containsExactly(1, 4);
        assertThat(complete.line(1)).isEqualTo(5);
        assertThat(complete.withoutMissing()).isSameAs(complete);
    }

    @Test
    void theEmbeddedTableHasFiveRegionsThrice() {
        Table table = EmbeddedTables.cropYield();

        assertThat(table.rowCount()).isEqualTo(15);
        assertThat(table.columnNames()).containsExactly("temp", "rainfall", "humidity", "apples", "oranges");
        assertThat(table.columnNames()).containsAll(EmbeddedTables.cropYieldTargets());
        assertThat(values(table, "apples")).containsExactly(56, 81, 119, 22, 103, 56, 81, 119, 22, 103, 56, 81, 119, 22, 103);
        assertThat(values(table, "humidity")).startsWith(43, 64, 58, 37, 70);
    }
}
