// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.type.DType;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A recorded call that was begun: everything is recorded, nothing has been read. */
final class Attempt {
    private final VectorCase test;
    private final @Nullable String reason;
    private final Supplier<Trial> again;
    private final @Nullable Supplier<Trial> judge;
    private @Nullable Trial trial;
    private @Nullable Throwable broken;

    private Attempt(VectorCase test, @Nullable String reason, Supplier<Trial> again, @Nullable Supplier<Trial> judge) {
        this.test = test;
        this.reason = reason;
        this.again = again;
        this.judge = judge;
    }

    /**
     * Makes the call, if it can be made on the device.
     *
     * @param storage types that the device holds
     * @param random gives the same numbers each time it is asked
     */
    static Attempt begin(Table table, VectorCase test, Placement placement, Set<DType> storage, Supplier<Random> random) {
        Entry entry = table.entries().get(test.operation());
        if (entry == null) {
            String reason = table.reason(test.operation());
            return new Attempt(test, reason == null ? "there is no such operation, and no reason is given" : reason,
                    () -> { throw new IllegalStateException(test.id()); }, null);
        }
        Supplier<Trial> fresh = () -> {
            Random numbers = random.get();
            Trial made = new Trial(test, entry, data -> placement.place(placement.values(data), numbers));
            made.forward();
            made.backward();
            return made;
        };
        Supplier<Trial> judge = placement != Placement.EXPANDED ? null : () -> {
            Trial made = new Trial(test, entry, data -> placement.values(data).upload());
            made.forward();
            made.backward();
            return made;
        };
        Attempt attempt = new Attempt(test, unfit(test, entry, storage), fresh, judge);
        if (attempt.reason == null) {
            try {
                attempt.trial = fresh.get();
            } catch (RuntimeException | StackOverflowError e) {
                attempt.broken = e;
            }
        }
        return attempt;
    }

    /** Returns why a call is not made, or null. */
    private static @Nullable String unfit(VectorCase test, Entry entry, Set<DType> storage) {
        for (Data data : test.outputs()) {
            if (!storage.contains(data.type())) {
                return "the device does not hold " + data.type();
            }
        }
        if (!storage.contains(test.type())) {
            return "the device does not hold " + test.type();
        }
        return entry.skipped(new Arguments(test.positional(), test.named(), name -> test.data(name).upload()));
    }

    /** Returns the bits of all results and gradients; none if the call was not made or refused. */
    List<Data> bits() {
        return trial == null ? List.of() : trial.everything();
    }

    /** Reads what was computed and compares it. */
    VectorResult judge(String group) {
        if (reason != null) {
            return result(group, null, null, reason);
        }
        if (judge != null) {
            return judgeItself(group, judge);
        }
        if (trial == null) {
            return result(group, "expected a result, got " + say(broken), null, null);
        }
        try {
            return result(group, trial.judgeForward(), trial.judgeBackward(), null);
        } catch (RuntimeException e) {
            // Another call that was computed with this one may be to blame: once more alone.
            try {
                Trial alone = again.get();
                return result(group, alone.judgeForward(), alone.judgeBackward(), null);
            } catch (RuntimeException own) {
                return result(group, "expected a result, got " + say(own), null, null);
            }
        }
    }

    /** Compares with the same call on operands that lie row by row. */
    private VectorResult judgeItself(String group, Supplier<Trial> plain) {
        Trial expected;
        try {
            expected = plain.get();
            expected.read();
        } catch (RuntimeException e) {
            return result(group, null, null, "with repeated values the call is refused: " + e.getMessage());
        }
        try {
            Trial own = trial == null ? again.get() : trial;
            return result(group, own.differsFrom(expected), null, null);
        } catch (RuntimeException e) {
            return result(group, "expected a result as from operands that lie row by row, got " + say(e), null, null);
        }
    }

    private static String say(@Nullable Throwable e) {
        StackTraceElement[] trace = e == null ? new StackTraceElement[0] : e.getStackTrace();
        return e + (trace.length > 0 ? " at " + trace[0] : "");
    }

    private VectorResult result(String group, @Nullable String forward, @Nullable String backward, @Nullable String why) {
        return new VectorResult(group, test.id(), test.operation(), test.type(), forward, backward, !test.gradients().isEmpty(), why);
    }
}
