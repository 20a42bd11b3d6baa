// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.data.Batch;
import dev.ashlar.data.BatchIterator;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a file, row by row or as a table. */
class CsvStreamTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    private static List<float[]> epoch(DataLoader loader, int position) {
        List<float[]> batches = new ArrayList<>();
        for (Batch batch : loader) {
            batches.add(batch.get(position).toFloatArray());
        }
        return batches;
    }

    @Test
    void readsRows() throws IOException {
        Path file = file("\uFEFFa;b;name;c\n1;2;x;3\n4;5;\"y;z\";6\n\n7;8;;9\n");
        CsvStream rows = new CsvStream(file, TableOptions.defaults(), List.of("c", "a"), List.of("b"));
        DataLoader loader = new DataLoader(rows).batchSize(2);
        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(epoch(loader, 0)).containsExactly(new float[] {3, 1, 6, 4}, new float[] {9, 7});
            assertThat(epoch(loader, 1)).containsExactly(new float[] {2, 5}, new float[] {8});
        }
        CsvStream alone = new CsvStream(file("1,2\n3,4\n"), TableOptions.defaults().withHeader(false), List.of("1"), List.of());
        assertThat(epoch(new DataLoader(alone).batchSize(2), 0)).containsExactly(new float[] {2, 4});
    }

    @Test
    void readsMoreThanIsProbed() throws IOException {
        StringBuilder text = new StringBuilder("value,other\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i).append(",0.5\n");
        }
        DataLoader loader = new DataLoader(
                new CsvStream(file(text.toString()), TableOptions.defaults(), List.of("value"), List.of())).batchSize(5000).workers(1);
        List<float[]> batches = epoch(loader, 0);
        assertThat(batches).hasSize(4);
        assertThat(batches.getLast()[4999]).isEqualTo(19_999);
        try (BatchIterator begun = loader.iterator()) {
            begun.next();
        }
        Files.delete(folder.resolve("rows.csv"));
        assertThatThrownBy(loader::iterator).hasMessageContaining("does not exist");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        TableOptions options = TableOptions.defaults();
        Path file = file("a,beta\n1,2\n3,x\n");
        assertThatThrownBy(() -> new CsvStream(file, options, List.of("bet"), List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("did you mean 'beta'?");
        DataLoader loader = new DataLoader(new CsvStream(file, options, List.of("a"), List.of("beta")));
        assertThatThrownBy(() -> epoch(loader, 0)).hasMessageContaining("line 3, column 'beta', got 'x'").hasMessageContaining("sample 1");
        assertThatThrownBy(() -> new CsvStream(folder.resolve("no.csv"), options, List.of(), List.of()))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new CsvStream(folder, options, List.of(), List.of())).hasMessageContaining("directory");
        Path empty = file("");
        assertThatThrownBy(() -> new CsvStream(empty, options, List.of("a"), List.of())).hasMessageContaining("empty file");
    }

    @Test
    void tablesBecomeDataSets() {
        Table table = Table.parse("t", "x,kind,y\n1,a,10\n3,b,30\n", TableOptions.defaults());
        assertThat(table.matrix("y", "x").values()).containsExactly(10, 1, 30, 3);
        TensorDataset numbers = TablePreprocessor.fit(table, List.of("x", "kind"), List.of("y"), null).dataset(table);
        assertThat(numbers.get(1).getFirst().toFloatArray()).containsExactly(1, 0, 1);
        assertThat(numbers.get(1).getLast().toFloatArray()).containsExactly(1);
        TensorDataset classes = TablePreprocessor.fit(table, List.of("x"), List.of("kind"), null).dataset(table);
        assertThat(classes.tensors().getLast().toLongArray()).containsExactly(0, 1);
    }
}
