// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.conformance.Profile;
import dev.ashlar.spi.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects the tests. Not thread-safe. */
public final class RuleBook {
    private final Specification specification;
    private final List<RuleTest> tests = new ArrayList<>();

    public RuleBook(Specification specification) {
        this.specification = specification;
    }

    /** Adds launches that every backend must get right. */
    public void trials(String rule, Profile profile, String label, List<Trial> trials) {
        trials(rule, profile, label, capabilities -> true, trials);
    }

    /** Adds launches that a backend must get right if its capabilities say so. */
    public void trials(String rule, Profile profile, String label, Predicate<Capabilities> applies, List<Trial> trials) {
        tests.add(new RuleTest(specification.rule(rule), profile, label, applies, List.copyOf(trials), false, RuleTest.Action.NONE));
    }

    /** Adds launches that must give the same bits when they are repeated. */
    public void twice(String rule, Profile profile, String label, List<Trial> trials) {
        tests.add(new RuleTest(
                specification.rule(rule), profile, label, capabilities -> true, List.copyOf(trials), true, RuleTest.Action.NONE));
    }

    /** Adds a test that is a piece of code. */
    public void action(String rule, Profile profile, String label, RuleTest.Action action) {
        tests.add(new RuleTest(specification.rule(rule), profile, label, capabilities -> true, List.of(), false, action));
    }

    /** Adds a test that is a piece of code and concerns a backend only if its capabilities say so. */
    public void action(String rule, Profile profile, String label, Predicate<Capabilities> applies, RuleTest.Action action) {
        tests.add(new RuleTest(specification.rule(rule), profile, label, applies, List.of(), false, action));
    }

    public List<RuleTest> tests() {
        return List.copyOf(tests);
    }
}
