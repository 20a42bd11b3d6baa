// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.vectors.Part;
import dev.ashlar.conformance.internal.vectors.Playback;
import dev.ashlar.conformance.internal.vectors.Tables;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.conformance.internal.vectors.modules.ModulePart;
import dev.ashlar.conformance.internal.vectors.modules.ModuleTable;
import java.util.List;

/** MOD-01: what was recorded of larger parts than operations, all of it. */
final class RecordedRules {
    private RecordedRules() {}

    static void add(RuleBook book) {
        Playback playback = new Playback(Tables.all());
        add(book, playback, "MOD-01", new ModulePart(ModuleTable.all()));
    }

    private static void add(RuleBook book, Playback playback, String rule, Part part) {
        part.embedded().forEach((subject, cases) -> {
            String label = subject + "(recorded)";
            playback.addRecorded(rule + " " + label, cases);
            book.action(rule, Profile.TRAINING, label, session -> {
                List<VectorResult> results = playback.results(session, rule + " " + label);
                results.forEach(result -> session.recorded(VectorRules.answers(result)));
                VectorRules.judge(results);
            });
        });
    }
}
