// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.conformance.internal.suite.TensorDevice;
import dev.ashlar.type.DType;
import java.util.ArrayList;
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
    private final Map<String, List<Job>> jobs = new LinkedHashMap<>();
    private final Map<String, List<VectorResult>> results = new HashMap<>();

    /** One call and the layout of its operands. */
    public record Job(String group, VectorCase test, Placement placement) {}

    public Playback(Table table) {
        this.table = table;
    }

    /** Adds what the test of that key plays back. */
    public void add(String key, List<Job> calls) {
        jobs.put(key, calls);
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

    /** The calls of one test, begun. */
    private record Begun(Job job, Attempt attempt) {}

    private void play(Session session, TensorDevice device, String from) {
        Map<String, List<Begun>> begun = new LinkedHashMap<>();
        int count = 0;
        boolean reached = false;
        for (Map.Entry<String, List<Job>> entry : jobs.entrySet()) {
            reached |= entry.getKey().equals(from);
            if (reached && session.selects(entry.getKey())) {
                if (count >= TOGETHER) {
                    break;
                }
                count += entry.getValue().size();
                begun.put(entry.getKey(), begin(session, entry.getKey(), entry.getValue()));
            }
        }
        begun.forEach((key, list) -> results.put(key, list.stream().map(item -> item.attempt.judge(item.job.group())).toList()));
    }

    private List<Begun> begin(Session session, String key, List<Job> list) {
        List<Begun> begun = new ArrayList<>();
        for (Job job : list) {
            begun.add(new Begun(job, Attempt.begin(table, job.test(), job.placement(), session.capabilities().storage(),
                    () -> new Random(session.random(key + job.test().id()).nextLong()))));
        }
        return begun;
    }
}
