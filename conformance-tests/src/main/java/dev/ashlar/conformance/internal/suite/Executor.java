// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.conformance.internal.oracle.Expected;
import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.conformance.internal.oracle.Oracle;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.conformance.internal.oracle.Slot;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Kernel;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Runs one trial between sentinels: every binding lies in a buffer that is filled with a pattern around it, every byte that the kernel
 * must not write has to survive, and what it must write has to be what the oracle says.
 */
public final class Executor {
    /** All bits set: NaN in the floating types and -1 in the others, so that what is read beside a binding shows in the result. */
    private static final byte SENTINEL = (byte) 0xFF;
    private static final int ALIGNMENT = 64;

    private final Session session;
    private final String where;

    /**
     * @param where the rule and the test, for messages
     */
    public Executor(Session session, String where) {
        this.session = session;
        this.where = where;
    }

    /** One buffer in host memory, and which bindings lie in it. */
    private record Image(byte[] bytes) {}

    private record Placed(List<Image> images, List<Integer> imageOf, List<Slot> slots) {}

    /**
     * Launches and judges.
     *
     * @param twice whether to launch again and compare bit by bit
     * @throws RuleFailure if something is not as the oracle says
     */
    public void run(Trial trial, Random random, boolean twice) {
        Launch launch = trial.data().apply(random);
        Placed placed = place(launch, random);
        Kernel kernel = trial.code().kernel();
        Expected expected = Oracle.judge(kernel, launch.args(), placed.slots);
        Executable executable = session.executable(trial.code());
        List<byte[]> after = launch(executable, launch, placed);
        judge(trial, launch, placed, expected, after);
        if (twice) {
            List<byte[]> again = launch(executable, launch, placed);
            for (int i = 0; i < after.size(); i++) {
                int at = Arrays.mismatch(after.get(i), again.get(i));
                if (at >= 0) {
                    throw failure(trial, "the same bits at every launch", "different ones at byte " + at);
                }
            }
        }
    }

    /** Puts every area into a buffer of its own, or all into one, with or without sentinels behind. */
    private static Placed place(Launch launch, Random random) {
        int style = random.nextInt(3);
        boolean shared = style == 1;
        int behind = style == 2 ? 0 : 2 * ALIGNMENT;
        List<Area> distinct = new ArrayList<>();
        for (Area area : launch.areas()) {
            if (distinct.stream().noneMatch(known -> known == area)) {
                distinct.add(area);
            }
        }
        List<Image> images = new ArrayList<>();
        List<Slot> slotOf = new ArrayList<>();
        List<Integer> imageIndex = new ArrayList<>();
        int start = 0;
        List<Integer> starts = new ArrayList<>();
        for (Area area : distinct) {
            int front = style == 2 ? 0 : ALIGNMENT * (1 + random.nextInt(3));
            if (!shared) {
                byte[] bytes = new byte[front + area.data().length + behind];
                Arrays.fill(bytes, SENTINEL);
                System.arraycopy(area.data(), 0, bytes, front, area.data().length);
                imageIndex.add(images.size());
                images.add(new Image(bytes));
                slotOf.add(new Slot(bytes, front));
            } else {
                start += front;
                starts.add(start);
                start = (start + area.data().length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            }
        }
        if (shared) {
            byte[] bytes = new byte[start + behind];
            Arrays.fill(bytes, SENTINEL);
            for (int i = 0; i < distinct.size(); i++) {
                System.arraycopy(distinct.get(i).data(), 0, bytes, starts.get(i), distinct.get(i).data().length);
                imageIndex.add(0);
                slotOf.add(new Slot(bytes, starts.get(i)));
            }
            images.add(new Image(bytes));
        }
        List<Integer> imageOf = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (Area area : launch.areas()) {
            int i = 0;
            while (distinct.get(i) != area) {
                i++;
            }
            imageOf.add(imageIndex.get(i));
            slots.add(slotOf.get(i));
        }
        if (launch.errorWord()) {
            imageOf.add(images.size());
            images.add(new Image(new byte[16]));
            slots.add(new Slot(images.getLast().bytes, 0));
        }
        return new Placed(images, imageOf, slots);
    }

    private List<byte[]> launch(Executable executable, Launch launch, Placed placed) {
        Backend backend = session.backend();
        List<Buffer> buffers = new ArrayList<>();
        try {
            for (Image image : placed.images) {
                Buffer buffer = backend.allocate(image.bytes.length);
                buffers.add(buffer);
                backend.upload(MemorySegment.ofArray(image.bytes), buffer, 0);
            }
            List<Binding> bindings = new ArrayList<>();
            for (int i = 0; i < placed.slots.size(); i++) {
                bindings.add(new Binding(buffers.get(placed.imageOf.get(i)), placed.slots.get(i).offset()));
            }
            backend.submit(executable, bindings, launch.args());
            List<byte[]> after = new ArrayList<>();
            for (int i = 0; i < buffers.size(); i++) {
                byte[] bytes = new byte[placed.images.get(i).bytes.length];
                backend.download(buffers.get(i), 0, MemorySegment.ofArray(bytes));
                after.add(bytes);
            }
            return after;
        } finally {
            buffers.forEach(Buffer::close);
        }
    }

    private void judge(Trial trial, Launch launch, Placed placed, Expected expected, List<byte[]> after) {
        List<BitSet> written = new ArrayList<>();
        placed.images.forEach(image -> written.add(new BitSet()));
        for (Expected.Element element : expected.elements()) {
            int image = placed.imageOf.get(element.binding());
            DType type = launch.areas().get(element.binding()).type();
            long bits = Numbers.bitsAt(type, after.get(image), element.position());
            if (!Comparison.accepts(type, element.value(), bits, trial.strictSubnormals())) {
                throw wrongElement(trial, launch, placed, element, type, bits);
            }
            if (!trial.ulpKey().isEmpty()) {
                session.measured(trial.ulpKey(), Comparison.ulps(type, element.value(), bits));
            }
            int from = (int) element.position();
            written.get(image).set(from, from + type.bytes());
        }
        session.compared(expected.elements().size());
        if (launch.errorWord()) {
            judgeErrorWord(trial, expected, after.getLast());
            written.getLast().set(0, 16);
        }
        for (int i = 0; i < after.size(); i++) {
            byte[] before = placed.images.get(i).bytes;
            for (int at = written.get(i).nextClearBit(0); at < before.length; at = written.get(i).nextClearBit(at + 1)) {
                if (after.get(i)[at] != before[at]) {
                    throw strayWrite(trial, launch, placed, i, at);
                }
            }
        }
    }

    private void judgeErrorWord(Trial trial, Expected expected, byte[] word) {
        long site = Numbers.bitsAt(DType.INT64, word, 0);
        long index = Numbers.bitsAt(DType.INT64, word, 8);
        boolean right = expected.badIndices().isEmpty()
                ? site == 0 && index == 0
                : site == TrialBuilder.SITE && expected.badIndices().contains(index);
        if (!right) {
            String wanted = expected.badIndices().isEmpty() ? "an untouched error word"
                    : "the error word [" + TrialBuilder.SITE + ", one of " + expected.badIndices() + "]";
            throw failure(trial, wanted, "[" + site + ", " + index + "]");
        }
    }

    private RuleFailure wrongElement(
            Trial trial, Launch launch, Placed placed, Expected.Element element, DType type, long bits) {
        StringBuilder given = new StringBuilder(Comparison.show(type, bits));
        Kernel kernel = trial.code().kernel();
        if (kernel instanceof Kernel.Map map) {
            List<Scalar> inputs = Oracle.inputsAt(kernel, launch.args(), placed.slots, element.at());
            given.append(" from inputs");
            for (int i = 0; i < inputs.size(); i++) {
                given.append(i == 0 ? " " : ", ").append(Comparison.show(map.inputs().get(i), inputs.get(i)));
            }
        }
        return failure(trial,
                Comparison.show(type, element.value()) + " as " + type + " in binding " + element.binding() + " at "
                        + (element.at().length == 0 ? "byte " + element.position() : Arrays.toString(element.at())),
                given.toString());
    }

    private RuleFailure strayWrite(Trial trial, Launch launch, Placed placed, int image, int at) {
        for (int i = 0; i < launch.areas().size(); i++) {
            long start = placed.slots.get(i).offset();
            long end = start + launch.areas().get(i).data().length;
            if (placed.imageOf.get(i) == image && at >= start && at < end) {
                return failure(trial, "every byte that is no output element to survive",
                        "byte " + (at - start) + " of binding " + i + " changed");
            }
        }
        return failure(trial, "the bytes around the bindings to survive", "sentinel byte " + at + " of buffer " + image + " changed");
    }

    private RuleFailure failure(Trial trial, String expected, String got) {
        return new RuleFailure("[" + where + ": " + trial.label() + "] expected " + expected + ", got " + got);
    }
}
