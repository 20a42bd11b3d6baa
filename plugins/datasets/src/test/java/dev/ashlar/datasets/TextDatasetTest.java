// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text as numbers, and windows of it. */
class TextDatasetTest {
    private static final String TEXT = "to be, or\nnot 🙂";

    @TempDir
    Path folder;

    @Test
    void numbersCharactersByUnicode() {
        CharVocabulary vocabulary = CharVocabulary.of(TEXT);
        assertThat(vocabulary).hasToString("\n ,benort🙂");
        assertThat(vocabulary.size()).isEqualTo(10);
        assertThat(vocabulary.encode("not🙂")).containsExactly(5, 6, 8, 9);
        assertThat(vocabulary.decode(vocabulary.encode(TEXT))).isEqualTo(TEXT);
        assertThat(vocabulary.decode(8L, 6L)).isEqualTo("to");
        assertThat(CharVocabulary.of(vocabulary.toString())).hasToString(vocabulary.toString());
        assertThatThrownBy(() -> vocabulary.encode("ten\u0007"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("U+0007 at place 3");
        assertThatThrownBy(() -> vocabulary.encode("bed")).hasMessageContaining("'d' (U+0064) at place 2");
        assertThatThrownBy(() -> vocabulary.decode(10)).isInstanceOf(IndexOutOfRangeException.class);
        assertThatThrownBy(() -> CharVocabulary.of("")).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void windowsAndWhatComesNext() {
        TextDataset all = new TextDataset(new int[] {5, 6, 7, 8, 9}, 2);
        assertThat(all.size()).isEqualTo(3);
        List<Tensor> last = all.get(2);
        assertThat(last.getFirst().toLongArray()).containsExactly(7, 8);
        assertThat(last.getLast().toLongArray()).containsExactly(8, 9);
        assertThat(last.getFirst().shape().toArray()).containsExactly(2);
        Batch batch = new DataLoader(all).batchSize(2).iterator().next();
        assertThat(batch.get(0).shape().toArray()).containsExactly(2, 2);
        assertThat(batch.get(1).toLongArray()).containsExactly(6, 7, 7, 8);
        assertThatThrownBy(() -> all.get(3)).isInstanceOf(IndexOutOfRangeException.class);
        TextDataset apart = new TextDataset(new int[] {1, 2, 3, 4, 5, 6}, 2, 2);
        assertThat(apart.size()).isEqualTo(2);
        assertThat(apart.get(1).getLast().toLongArray()).containsExactly(4, 5);
        assertThatThrownBy(() -> new TextDataset(new int[] {1, 2}, 2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("2 tokens");
        assertThatThrownBy(() -> new TextDataset(new int[] {1, 2}, 0)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void dividesWithoutOverlap() {
        TextDataset all = new TextDataset(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 2);
        assertThat(all.first(0.65).tokens()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(all.after(0.65).tokens()).containsExactly(6, 7, 8, 9);
        assertThatThrownBy(() -> all.first(0.1)).hasMessageContaining("1 tokens");
        assertThatThrownBy(() -> all.first(1)).hasMessageContaining("below 1");
    }

    @Test
    void readsFilesOfUtf8() throws IOException {
        Path file = folder.resolve("text.txt");
        Files.writeString(file, TEXT);
        assertThat(TextDataset.read(file)).isEqualTo(TEXT);
        Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xFF});
        assertThatThrownBy(() -> TextDataset.read(file))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("text.txt, line 2");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> TextDataset.read(file)).hasMessageContaining("empty");
        assertThatThrownBy(() -> TextDataset.read(folder.resolve("no.txt"))).hasMessageContaining("does not exist");
    }
}
