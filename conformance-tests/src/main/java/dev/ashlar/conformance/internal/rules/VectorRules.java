// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Ashlar;
import dev.ashlar.Scope;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.RecordedAnswers;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.NotApplicable;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleFailure;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Entry;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.conformance.internal.vectors.Playback;
import dev.ashlar.conformance.internal.vectors.Playback.Job;
import dev.ashlar.conformance.internal.vectors.SecondOrder;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.conformance.internal.vectors.Tables;
import dev.ashlar.conformance.internal.vectors.VectorCase;
import dev.ashlar.conformance.internal.vectors.VectorFiles;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** VEC-01 to VEC-06: recorded answers of PyTorch, played back in every type and layout, with gradients. */
final class VectorRules {
    /** So many calls of each operation are made in other layouts where not all are. */
    private static final int LAYOUTS = 2;

    private static final Pattern FOUR_PARTS = Pattern.compile("\\[\\S+] expected .+, got .+; .+", Pattern.DOTALL);

    private VectorRules() {}

    static void add(RuleBook book) {
        Table table = Tables.all();
        Playback playback = new Playback(table);
        Map<String, List<Job>> operations = new LinkedHashMap<>();
        VectorFiles.embedded().forEach((group, cases) -> cases.forEach(test ->
                operations.computeIfAbsent(test.operation(), _ -> new ArrayList<>()).add(new Job(group, test, Placement.PLAIN))));
        operations.forEach((operation, jobs) -> recorded(book, playback, operation, jobs));
        operations.forEach((operation, jobs) -> layouts(book, playback, operation, jobs));
        operations.forEach((operation, jobs) -> {
            Entry entry = table.entries().get(operation);
            if (entry != null) {
                book.action("VEC-03", seldom(operation, Profile.CORE), operation + "(eager)",
                        session -> eager(session, table, sample(operation, jobs, 1)));
                if (jobs.stream().anyMatch(job -> !job.test().gradients().isEmpty())) {
                    book.action("VEC-04", seldom(operation, Profile.TRAINING), operation + "(second order)",
                            session -> second(session, entry, jobs));
                }
            }
        });
        table.entries().values().forEach(entry -> entry.misuses().forEach(misuse -> book.action("VEC-05", Profile.CORE,
                entry.operation() + "(" + misuse.what() + ")", session -> refused(session, misuse))));
        for (Placement placement : Placement.values()) {
            operations.forEach((operation, jobs) -> grid(book, playback, operation, jobs, placement));
        }
    }

    /** These build kernels for one call at a time, so only every fourth operation has them outside of the profile for all. */
    private static Profile seldom(String operation, Profile profile) {
        return Math.floorMod(operation.hashCode(), 4) == 0 ? profile : Profile.VECTORS;
    }

    private static void recorded(RuleBook book, Playback playback, String operation, List<Job> jobs) {
        String label = operation + "(recorded)";
        playback.add("VEC-01 " + label, different(operation, jobs));
        book.action("VEC-01", Profile.CORE, label, session -> {
            List<VectorResult> results = playback.results(session, "VEC-01 " + label);
            if (!session.selects("VEC-06 " + operation + "(plain)")) {
                results.forEach(result -> session.recorded(answers(result)));
            }
            judge(results);
        });
    }

    /** Returns one call of each type, with gradients where there are some. */
    private static List<Job> different(String operation, List<Job> jobs) {
        Map<DType, Job> chosen = new EnumMap<>(DType.class);
        for (Job job : sample(operation, jobs, jobs.size())) {
            chosen.merge(job.test().type(), job, (first, other) ->
                    first.test().gradients().isEmpty() && !other.test().gradients().isEmpty() ? other : first);
        }
        return List.copyOf(chosen.values());
    }

    static RecordedAnswers answers(VectorResult result) {
        boolean made = result.reason() == null;
        boolean forward = made && result.forward() == null;
        boolean gradients = made && result.gradients();
        return new RecordedAnswers(result.operation(), result.type(), forward ? 1 : 0, made && !forward ? 1 : 0,
                gradients && result.passed() ? 1 : 0, gradients && !result.passed() ? 1 : 0, made ? 0 : 1);
    }

    private static void layouts(RuleBook book, Playback playback, String operation, List<Job> jobs) {
        String label = operation + "(sampled layouts)";
        Random random = new Random(operation.hashCode());
        List<Job> chosen = new ArrayList<>();
        for (Job job : sample(operation, jobs, LAYOUTS)) {
            Placement placement = Placement.values()[1 + random.nextInt(Placement.values().length - 1)];
            chosen.add(new Job(job.group(), job.test(), placement));
        }
        playback.add("VEC-02 " + label, chosen);
        book.action("VEC-02", Profile.CORE, label, session -> judge(playback.results(session, "VEC-02 " + label)));
    }

    private static void grid(RuleBook book, Playback playback, String operation, List<Job> jobs, Placement placement) {
        String label = operation + "(" + placement.name().toLowerCase(java.util.Locale.ROOT) + ")";
        playback.add("VEC-06 " + label, jobs.stream().map(job -> new Job(job.group(), job.test(), placement)).toList());
        Profile profile = placement == Placement.PLAIN ? Profile.VECTORS : Profile.GRID;
        book.action("VEC-06", profile, label, session -> {
            List<VectorResult> results = playback.results(session, "VEC-06 " + label);
            if (placement == Placement.PLAIN) {
                results.forEach(result -> session.recorded(answers(result)));
            }
            judge(results);
        });
    }

    private static List<Job> sample(String operation, List<Job> jobs, int count) {
        List<Job> shuffled = new ArrayList<>(jobs);
        Collections.shuffle(shuffled, new Random(operation.hashCode()));
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }

    static void judge(List<VectorResult> results) {
        List<VectorResult> failed = results.stream().filter(VectorResult::failed).toList();
        if (!failed.isEmpty()) {
            VectorResult first = failed.getFirst();
            throw new RuleFailure("[" + first.id() + " " + first.type() + "] "
                    + (first.forward() != null ? first.forward() : first.backward()) + " (" + failed.size() + " of " + results.size()
                    + " calls fail: " + failed.stream().map(VectorResult::id).toList() + ")");
        }
        List<String> reasons = results.stream().map(VectorResult::reason).distinct().toList();
        if (!reasons.isEmpty() && results.stream().allMatch(result -> result.reason() != null)) {
            throw new NotApplicable(String.join("; ", reasons));
        }
    }

    /** The same bits fused and one operation at a time. */
    private static void eager(Session session, Table table, List<Job> jobs) throws Exception {
        session.tensors().run(_ -> {
            for (Job job : jobs) {
                List<Data> fused = Playback.bits(table, job.test(), session.capabilities().storage());
                List<Data> alone;
                try (Scope _ = Ashlar.eager()) {
                    alone = Playback.bits(table, job.test(), session.capabilities().storage());
                }
                new Expect("VEC-03 " + job.test().id()).equal(alone, fused, "the bits of one operation at a time,");
            }
        });
    }

    private static void second(Session session, Entry entry, List<Job> jobs) throws Exception {
        if (!session.capabilities().arithmetic().contains(DType.FLOAT64)) {
            throw new NotApplicable("float64 is not claimed");
        }
        session.tensors().run(_ -> {
            List<VectorCase> small = jobs.stream().map(Job::test).filter(test -> SecondOrder.suits(test, entry)).toList();
            if (small.isEmpty()) {
                throw new NotApplicable("no recorded call has few enough smooth, finite operands");
            }
            for (VectorCase test : small.subList(0, 1)) {
                String wrong = SecondOrder.check(test, entry);
                if (wrong != null) {
                    throw new RuleFailure("[" + test.id() + "] " + wrong);
                }
            }
        });
    }

    private static void refused(Session session, Entry.Misuse misuse) throws Exception {
        session.tensors().run(_ -> {
            Expect expect = new Expect("VEC-05 " + misuse.what());
            Exception thrown = expect.thrown(misuse.exception(), misuse.what(), () -> misuse.call().get());
            String message = String.valueOf(thrown.getMessage());
            expect.that(message.contains(misuse.message()), "a message with '" + misuse.message() + "'", message);
            expect.that(FOUR_PARTS.matcher(message).matches(), "a message like [operation] expected ..., got ...; what to do", message);
        });
    }
}
