// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories come back, and event files have the records and messages that TensorBoard reads. */
class RecordsTest {
    @TempDir
    private Path folder;

    // ---- histories ----------------------------------------------------------------------------------------------------------------

    private static History history() {
        History history = new History();
        Map<String, Double> row = new LinkedHashMap<>();
        row.put("loss", 0.5);
        history.add(0, row);
        row.put("val, \"odd\"", Double.NaN);
        row.put("loss", 0.1 + 0.2);
        history.add(1, row);
        return history;
    }

    @Test
    void historiesAreWritten() throws IOException {
        assertThat(history().toCsv().lines()).containsExactly("epoch,loss,\"val, \"\"odd\"\"\"", "0,0.5,", "1,0.30000000000000004,NaN");
        assertThat(history()).hasToString("epoch        loss  val, \"odd\"\n    0      0.5000            \n    1      0.3000         NaN");
        history().write(folder.resolve("h.csv"));
        history().write(folder.resolve("h.json"));
        assertThat(folder.resolve("h.csv")).hasContent(history().toCsv());
        History read = History.fromJson(Files.readString(folder.resolve("h.json")));
        assertThat(read.rows()).isEqualTo(history().rows());
        assertThat(read.get("loss")).containsExactly(0.5, 0.1 + 0.2);
        assertThat(read.last("loss")).isEqualTo(0.1 + 0.2);
        assertThat(new History().last("loss")).isNaN();
        assertThatThrownBy(() -> History.fromJson("[{\"epoch\":0,\"loss\":\"low\"}]")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> History.fromJson("{")).isInstanceOf(InvalidArgumentException.class);
    }

    // ---- event files --------------------------------------------------------------------------------------------------------------

    /** Returns the events after the first, which says the version. */
    private List<UnknownFieldSet> events() throws IOException {
        List<UnknownFieldSet> events = new ArrayList<>();
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.toList().getFirst();
        }
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        ByteBuffer data = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            byte[] length = new byte[8];
            data.get(length);
            assertThat(data.getInt()).isEqualTo(EventFile.masked(length, 8));
            byte[] event = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            data.get(event);
            assertThat(data.getInt()).isEqualTo(EventFile.masked(event, event.length));
            events.add(UnknownFieldSet.parseFrom(event));
        }
        assertThat(text(events.removeFirst(), 3)).isEqualTo("brain.Event:2");
        return events;
    }

    private static UnknownFieldSet message(UnknownFieldSet outer, int field) throws IOException {
        return UnknownFieldSet.parseFrom(outer.getField(field).getLengthDelimitedList().getFirst());
    }

    private static String text(UnknownFieldSet outer, int field) {
        return outer.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
    }

    private static double number(UnknownFieldSet outer, int field) {
        return Double.longBitsToDouble(outer.getField(field).getFixed64List().getFirst());
    }

    private static double[] numbers(UnknownFieldSet outer, int field) {
        ByteBuffer data = outer.getField(field).getLengthDelimitedList().getFirst().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = new double[data.remaining() / 8];
        data.asDoubleBuffer().get(numbers);
        return numbers;
    }

    @Test
    void checksumsAreMasked() {
        // What TensorBoard computes for the length 24, with which most event files begin.
        assertThat(EventFile.masked(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(24).array(), 8)).isEqualTo(0x224b7fa3);
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(EventFile.masked(digits, 9)).isEqualTo(Integer.rotateRight(0xe3069283, 15) + 0xa282ead8);
    }

    @Test
    void numbersHistogramsAndTextsAreWritten() throws IOException {
        try (var writer = new SummaryWriter(folder)) {
            writer.addScalar("train/loss", 0.25, 7);
            writer.addHistogram("weights", Tensor.of(-1f, 0f, 0.5f, 2f), 8);
            writer.addHistogram("constant", Tensor.of(3f, 3f), 8);
            writer.addText("note", "**\u00e4**", 9);
            assertThatThrownBy(() -> writer.addHistogram("nan", Tensor.of(Float.NaN), 1)).isInstanceOf(InvalidArgumentException.class);
        }
        List<UnknownFieldSet> events = events();
        assertThat(events).hasSize(4);
        assertThat(events.getFirst().getField(2).getVarintList()).containsExactly(7L);
        UnknownFieldSet scalar = message(message(events.getFirst(), 5), 1);
        assertThat(text(scalar, 1)).isEqualTo("train/loss");
        assertThat(Float.intBitsToFloat(scalar.getField(2).getFixed32List().getFirst())).isEqualTo(0.25f);

        UnknownFieldSet histogram = message(message(message(events.get(1), 5), 1), 5);
        assertThat(IntStream.rangeClosed(1, 5).mapToDouble(field -> number(histogram, field)).toArray())
                .containsExactly(-1, 2, 4, 1.5, 5.25);
        double[] limits = numbers(histogram, 6);
        double[] counts = numbers(histogram, 7);
        assertThat(limits).hasSize(30).endsWith(2);
        assertThat(counts).hasSize(30);
        assertThat(new double[] {counts[0], counts[10], counts[15], counts[29]}).containsExactly(1, 1, 1, 1);
        assertThat(numbers(message(message(message(events.get(2), 5), 1), 5), 7)).containsExactly(2);

        UnknownFieldSet note = message(message(events.get(3), 5), 1);
        assertThat(text(message(note, 8), 8)).isEqualTo("**\u00e4**");
        assertThat(text(message(message(note, 9), 1), 1)).isEqualTo("text");
    }
}
