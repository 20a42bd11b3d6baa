// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plays recorded calls back on the default device, some fifty at a time. */
public final class VectorRun {
    private static final int BATCH = 50;

    private final Table table;
    private final Function<Data, Tensor> place;
    private final Set<DType> storage;

    /**
     * @param place makes a tensor of a file's data; {@link Data#upload} for the plain layout
     * @param storage types that the device can hold
     */
    public VectorRun(Table table, Function<Data, Tensor> place, Set<DType> storage) {
        this.table = table;
        this.place = place;
        this.storage = storage;
    }

    private record Attempt(Trial trial, @Nullable String broken) {}

    /** Plays back all calls that a filter lets through, and passes the results on in their order. */
    public void run(Map<String, List<VectorCase>> groups, Predicate<VectorCase> filter, Consumer<VectorResult> listener) {
        groups.forEach((group, all) -> {
            List<VectorCase> chosen = all.stream().filter(filter).toList();
            for (int from = 0; from < chosen.size(); from += BATCH) {
                batch(group, chosen.subList(from, Math.min(chosen.size(), from + BATCH)), listener);
            }
        });
    }

    private void batch(String group, List<VectorCase> cases, Consumer<VectorResult> listener) {
        List<@Nullable Attempt> attempts = new ArrayList<>();
        for (VectorCase test : cases) {
            attempts.add(reason(test) == null ? attempt(test) : null);
        }
        for (int i = 0; i < cases.size(); i++) {
            Attempt attempt = attempts.get(i);
            listener.accept(attempt == null ? result(group, cases.get(i), null, null, reason(cases.get(i))) : judge(group, attempt));
        }
    }

    /** Returns why a call is not made, or null. */
    private @Nullable String reason(VectorCase test) {
        Entry entry = table.entries().get(test.operation());
        if (entry == null) {
            String reason = table.reason(test.operation());
            return reason == null ? "there is no such operation, and no reason is given" : reason;
        }
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

    private Attempt attempt(VectorCase test) {
        Trial trial = trial(test);
        try {
            trial.forward();
            trial.backward();
            return new Attempt(trial, null);
        } catch (RuntimeException | StackOverflowError e) {
            return new Attempt(trial, "expected a result, got " + say(e));
        }
    }

    private Trial trial(VectorCase test) {
        Entry entry = table.entries().get(test.operation());
        if (entry == null) {
            throw new IllegalStateException(test.operation());
        }
        return new Trial(test, entry, place);
    }

    private static String say(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e + (trace.length > 0 ? " at " + trace[0] : "");
    }

    private VectorResult judge(String group, Attempt attempt) {
        VectorCase test = attempt.trial().test();
        if (attempt.broken() != null) {
            return result(group, test, attempt.broken(), null, null);
        }
        try {
            return result(group, test, attempt.trial().judgeForward(), attempt.trial().judgeBackward(), null);
        } catch (RuntimeException e) {
            // Another call of the batch may be to blame: once more alone.
            Trial alone = trial(test);
            try {
                alone.forward();
                alone.backward();
                return result(group, test, alone.judgeForward(), alone.judgeBackward(), null);
            } catch (RuntimeException own) {
                return result(group, test, "expected a result, got " + say(own), null, null);
            }
        }
    }

    private static VectorResult result(
            String group, VectorCase test, @Nullable String forward, @Nullable String backward, @Nullable String reason) {
        return new VectorResult(group, test.id(), test.operation(), test.type(), forward, backward, !test.gradients().isEmpty(), reason);
    }
}
