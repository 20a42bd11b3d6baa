// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.conformance.internal.rules.AllRules;
import dev.ashlar.conformance.internal.suite.Rule;
import dev.ashlar.conformance.internal.suite.RuleTest;
import dev.ashlar.conformance.internal.suite.Specification;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules and tests belong together: no rule without a test or the mark untested, no test of an unknown rule. */
final class SpecificationTest {
    private final Specification specification = Specification.load();
    private final List<RuleTest> tests = AllRules.tests(specification);

    @Test
    void everyRuleHasATestOrIsMarkedUntested() {
        Set<String> tested = tests.stream().map(test -> test.rule().id()).collect(Collectors.toSet());
        for (Rule rule : specification.rules().values()) {
            assertThat(tested.contains(rule.id())).as(rule.id() + " has a test").isEqualTo(rule.kind() != Rule.Kind.UNTESTED);
        }
    }

    @Test
    void anUnknownRuleIsRefused() {
        assertThatThrownBy(() -> specification.rule("MAP-99")).hasMessageContaining("MAP-99").hasMessageContaining("SPEC.md");
    }

    @Test
    void keysAreUnique() {
        assertThat(tests.stream().map(RuleTest::key).toList()).doesNotHaveDuplicates();
    }

    @Test
    void rulesAreNumberedWithoutGaps() {
        List<String> ids = List.copyOf(specification.rules().keySet());
        assertThat(ids).hasSizeGreaterThan(100);
        for (String id : ids) {
            int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
            String before = id.substring(0, id.indexOf('-')) + String.format("-%02d", number - 1);
            assertThat(number == 1 || ids.contains(before)).as(id + " has a predecessor").isTrue();
        }
    }

    @Test
    void everyRuleSaysWhyAndWhereToLook() {
        for (Rule rule : specification.rules().values()) {
            assertThat(rule.text()).as(rule.id()).isNotBlank();
            assertThat(rule.intent()).as(rule.id()).isNotBlank();
            assertThat(rule.lookAt()).as(rule.id()).isNotBlank();
        }
    }
}
