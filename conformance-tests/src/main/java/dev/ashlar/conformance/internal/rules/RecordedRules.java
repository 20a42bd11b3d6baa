// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.vectors.Part;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.conformance.internal.vectors.Playback;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Tables;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.conformance.internal.vectors.modules.ModulePart;
import dev.ashlar.conformance.internal.vectors.modules.ModuleTable;
import dev.ashlar.conformance.internal.vectors.optimizers.OptimizerPart;
import dev.ashlar.conformance.internal.vectors.trainings.TrainingPart;
import java.util.List;
import java.util.Random;

/** MOD-01, TRN-07 and TRN-08: what was recorded of larger parts than operations. */
final class RecordedRules {
    private RecordedRules() {}

    static void add(RuleBook book) {
        Playback playback = new Playback(Tables.all());
        add(book, playback, "MOD-01", new ModulePart(ModuleTable.all()));
        trainings(book);
        add(book, playback, "TRN-08", new OptimizerPart());
    }

    /** One recording of each; the others, with other options, need other kernels. */
    private static void add(RuleBook book, Playback playback, String rule, Part part) {
        part.embedded().forEach((subject, cases) -> {
            add(book, playback, rule, Profile.TRAINING, subject + "(recorded)", cases.subList(0, 1));
            if (cases.size() > 1) {
                add(book, playback, rule, Profile.VECTORS, subject + "(options)", cases.subList(1, cases.size()));
            }
        });
    }

    private static void add(RuleBook book, Playback playback, String rule, Profile profile, String label, List<Recorded> cases) {
        playback.addRecorded(rule + " " + label, cases);
        book.action(rule, profile, label, session -> {
            List<VectorResult> results = playback.results(session, rule + " " + label);
            results.forEach(result -> session.recorded(VectorRules.answers(result)));
            VectorRules.judge(results);
        });
    }

    /** Not played back together with others: each takes its time. */
    private static void trainings(RuleBook book) {
        new TrainingPart().embedded().forEach((subject, cases) -> book.action("TRN-07",
                cases.stream().allMatch(TrainingPart::isShort) ? Profile.TRAINING : Profile.VECTORS, subject + "(recorded)",
                session -> session.tensors().run(_ -> {
                    Recorded.Conditions conditions = new Recorded.Conditions(Placement.PLAIN, session.capabilities().storage(),
                            Random::new);
                    VectorRules.judge(cases.stream().map(test -> test.begin(conditions).judge()).toList());
                })));
    }
}
