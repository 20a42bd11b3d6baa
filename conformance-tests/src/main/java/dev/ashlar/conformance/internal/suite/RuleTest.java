// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.conformance.Profile;
import dev.ashlar.spi.Capabilities;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * One test of one rule.
 *
 * @param rule that is tested
 * @param profile to which the test belongs
 * @param label which case, for example {@code add(float32,contiguous)}
 * @param applies whether the capabilities claim what is tested
 * @param trials launches to judge; empty if {@code action} says it all
 * @param twice whether every trial is launched twice and must give the same bits
 * @param action what to do beside the trials
 */
public record RuleTest(
        Rule rule, Profile profile, String label, Predicate<Capabilities> applies, List<Trial> trials, boolean twice, Action action) {
    /** What a test does with a backend. */
    @FunctionalInterface
    public interface Action {
        Action NONE = session -> {};

        void run(Session session) throws Exception;
    }

    /** Returns the name under which the test is reported. */
    public String name() {
        return rule.id() + " " + rule.kind().name().toLowerCase(Locale.ROOT) + ": " + rule.text() + " [" + label + "]";
    }

    /** Returns the short name that selects exactly this test. */
    public String key() {
        return rule.id() + " " + label;
    }
}
