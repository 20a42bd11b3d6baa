// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableBadInputTest {
    private static final TableOptions OPTIONS = TableOptions.defaults();

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(call).satisfies(thrown ->
                assertThat(thrown.getMessage()).contains(parts).doesNotContain("\n").matches("\\[.+] expected .+, got.*"));
    }

    @Test
    void missingFile(@TempDir Path folder) {
        assertRefused(() -> Table.read(folder.resolve("none.csv"), OPTIONS), "none.csv", "does not exist", "check the path");
    }

    @Test
    void directory(@TempDir Path folder) {
        assertRefused(() -> Table.read(folder, OPTIONS), "directory", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF"})
    void emptyTable(String text) {
        assertRefused(() -> Table.parse("e.csv", text, OPTIONS), "empty file e.csv");
    }

    @Test
    void headerOnly() {
        assertRefused(() -> Table.parse("h.csv", "a,b\n", OPTIONS), "h.csv", "rows below the header", "--no-header");
    }

    @Test
    void raggedRow() {
        assertRefused(() -> Table.parse("r.csv", "a,b\n1,2\n\n3\n", OPTIONS), "2 cells", "r.csv", "line 4", "got 1");
        assertRefused(() -> Table.parse("r.csv", "a,b\n1,2,3\n", OPTIONS), "line 2", "got 3");
    }

    @Test
    void duplicateColumnNames() {
        assertRefused(() -> Table.parse("d.csv", "a,b,a\n1,2,3\n", OPTIONS), "d.csv", "'a' twice", "rename");
        assertRefused(() -> Table.parse("d.csv", "1,2,1\n1,2,3\n", OPTIONS), "'1' twice", "--no-header");
    }

    @Test
    void unknownColumnListsTheNamesAndTheNearest() {
        Table table = Table.parse("p.csv", "species,body_mass_g,flipper_length_mm\nA,1,2\n", OPTIONS);

        assertRefused(() -> table.column("body_mas_g"), "p.csv", "species, body_mass_g, flipper_length_mm", "did you mean 'body_mass_g'?");
        assertRefused(() -> table.column("Species"), "did you mean 'species'?");
        assertRefused(() -> table.column("flipper"), "did you mean 'flipper_length_mm'?");
        assertRefused(() -> table.select(List.of("species", "qqqqqq")), "got 'qqqqqq'");
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> table.column("qqqqqq"))
                .withMessageNotContaining("did you mean");
    }

    @Test
    void cellThatIsNoNumber() {
        Table table = Table.parse("n.csv", "a,b\n1,2\n3,x7\n", OPTIONS);

        assertRefused(() -> table.numeric("b"), "n.csv, line 3, column 'b'", "got 'x7'", "correct the cell");
    }

    @Test
    void decimalComma() {
        Table table = Table.parse("n.csv", "a;b\n1;2,5\n", OPTIONS);

        assertRefused(() -> table.numeric("b"), "line 2", "'2,5'", "decimal comma");
    }

    @Test
    void columnWithoutAnyValueIsNotNumeric() {
        Table table = Table.parse("n.csv", "a,b\n1,\n2,NA\n", OPTIONS);

        assertRefused(() -> table.numeric("b"), "column 'b'", "no value at all");
    }

    @Test
    void numberOutOfRange() {
        assertRefused(() -> Table.parse("n.csv", "a,b\n1,1e999\n", OPTIONS), "n.csv, line 2, column 'b'", "1e999");
    }

    @Test
    void unclosedQuote() {
        assertRefused(() -> Table.parse("q.csv", "a,b\n1,\"2\n3,4\n", OPTIONS), "q.csv", "quot", "line");
    }

    @Test
    void bytesThatAreNotUtf8(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', '1', '\n', (byte) 0xE9, '\n'});

        assertRefused(() -> Table.read(file, OPTIONS), "UTF-8", "latin.csv, line 3");
    }

    @Test
    void bytesThatEndInsideACharacter(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("cut.csv"), new byte[] {'a', '\n', (byte) 0xC3});

        assertRefused(() -> Table.read(file, OPTIONS), "UTF-8", "cut.csv, line 2");
    }

    @Test
    void columnsOfDifferentLength() {
        assertRefused(() -> new Table("t", List.of(new Column.Numeric("a", new double[] {1, 2})), new long[] {1}), "column 'a'", "got 2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
    void splitFraction(double fraction) {
        assertRefused(() -> EmbeddedTables.cropYield().split(fraction, 1, List.of()), "validation fraction");
    }
}
