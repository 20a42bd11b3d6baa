// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.conformance.internal.suite.TensorDevice;
import dev.ashlar.type.DType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Recorded calls of many tests that are made together: some drivers take as long to build one kernel as fifty. Belongs to one run, and
 * to one thread.
 */
public final class Playback {
    private static final int TOGETHER = 60;

    private final Table table;
    private final Map<String, List<Start>> tests = new LinkedHashMap<>();
    private final Map<String, List<VectorResult>> results = new HashMap<>();

    /** One call and the layout of its operands. */
    public record Job(String group, VectorCase test, Placement placement) {}

    public Playback(Table table) {
        this.table = table;
    }

    /** Begins one case of a test. */
    @FunctionalInterface
    private interface Start {
        Recorded.Begun begin(Session session);
    }

    /** Adds what the test of that key plays back. */
    public void add(String key, List<Job> calls) {
        tests.put(key, calls.stream().<Start>map(job -> session -> {
            Attempt attempt = Attempt.begin(table, job.test(), job.placement(), session.capabilities().storage(),
                    () -> new Random(session.random(key + job.test().id()).nextLong()));
            return () -> attempt.judge(job.group());
        }).toList());
    }

    /** Adds what the test of that key plays back, from operands that lie row by row. */
    public void addRecorded(String key, List<Recorded> cases) {
        tests.put(key, cases.stream().<Start>map(test -> session -> test.begin(new Recorded.Conditions(Placement.PLAIN,
                session.capabilities().storage(), () -> new Random(test.id().hashCode())))).toList());
    }

    /** Returns what became of a test's calls; makes those of the tests that follow with them. */
    public List<VectorResult> results(Session session, String key) throws Exception {
        List<VectorResult> known = results.remove(key);
        if (known != null) {
            return known;
        }
        session.tensors().run(device -> play(session, device, key));
        List<VectorResult> played = results.remove(key);
        if (played == null) {
            throw new IllegalStateException("[playback] expected a test of this run, got " + key);
        }
        return played;
    }

    /** Returns the bits of all results and gradients of a call; nothing if it cannot be made on the device. */
    public static List<Data> bits(Table table, VectorCase test, Set<DType> storage) {
        return Attempt.begin(table, test, Placement.PLAIN, storage, Random::new).bits();
    }

    private void play(Session session, TensorDevice device, String from) {
        Map<String, List<Recorded.Begun>> begun = new LinkedHashMap<>();
        int count = 0;
        boolean reached = false;
        for (Map.Entry<String, List<Start>> entry : tests.entrySet()) {
            reached |= entry.getKey().equals(from);
            if (reached && session.selects(entry.getKey())) {
                if (count >= TOGETHER) {
                    break;
                }
                count += entry.getValue().size();
                begun.put(entry.getKey(), entry.getValue().stream().map(start -> start.begin(session)).toList());
            }
        }
        begun.forEach((key, list) -> results.put(key, list.stream().map(Recorded.Begun::judge).toList()));
    }
}
