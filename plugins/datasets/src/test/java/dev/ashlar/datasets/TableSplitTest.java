// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSplitTest {
    private static Table numbered(int rows) {
        double[] values = IntStream.range(0, rows).asDoubleStream().toArray();
        return new Table("t", List.of(new Column.Numeric("n", values)), LongStream.range(0, rows).toArray());
    }

    private static List<Long> lines(Table table) {
        return IntStream.range(0, table.rowCount()).mapToObj(table::line).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 100})
    void everyRowIsInExactlyOnePart(int rows) {
        Table.Split split = numbered(rows).split(0.2, 5, List.of());

        assertThat(split.validation().rowCount()).isEqualTo(Math.round(0.2 * rows));
        assertThat(LongStream.concat(lines(split.training()).stream().mapToLong(Long::longValue),
                lines(split.validation()).stream().mapToLong(Long::longValue)).sorted())
                .containsExactlyElementsOf(LongStream.range(0, rows).boxed().toList());
    }

    @Test
    void theSeedDecides() {
        Table table = numbered(50);

        assertThat(lines(table.split(0.3, 1, List.of()).validation())).isEqualTo(lines(table.split(0.3, 1, List.of()).validation()));
        assertThat(lines(table.split(0.3, 1, List.of()).validation())).isNotEqualTo(lines(table.split(0.3, 2, List.of()).validation()));
    }

    @Test
    void bothPartsAreShuffled() {
        Table.Split split = numbered(100).split(0.5, 3, List.of());

        assertThat(lines(split.training())).isNotEqualTo(lines(split.training()).stream().sorted().toList());
        assertThat(lines(split.validation())).isNotEqualTo(lines(split.validation()).stream().sorted().toList());
    }

    @Test
    void everyValueOfACoveredColumnIsInTheTrainingPart() {
        StringBuilder text = new StringBuilder("kind,v\n");
        for (int row = 0; row < 40; row++) {
            text.append(row == 17 ? "rare" : row % 2 == 0 ? "even" : "odd").append(',').append(row).append('\n');
        }
        Table table = Table.parse("t.csv", text.toString(), TableOptions.defaults());

        int withoutCover = 0;
        for (int seed = 0; seed < 20; seed++) {
            Table.Split covered = table.split(0.5, seed, List.of("kind"));
            assertThat(covered.validation().rowCount()).isEqualTo(20);
            assertThat(IntStream.range(0, 20).mapToObj(covered.training().column("kind")::label)).contains("rare", "even", "odd");
            Table.Split free = table.split(0.5, seed, List.of());
            boolean inTraining = IntStream.range(0, 20).mapToObj(free.training().column("kind")::label).anyMatch("rare"::equals);
            withoutCover += inTraining ? 1 : 0;
        }
        assertThat(withoutCover).as("seeds that would have kept the rare row by chance").isBetween(1, 19);
    }
}
