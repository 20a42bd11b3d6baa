// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleTest;
import dev.ashlar.conformance.internal.suite.Specification;
import java.util.List;

/** The whole suite, in the order in which it runs. */
public final class AllRules {
    private AllRules() {}

    public static List<RuleTest> tests(Specification specification) {
        RuleBook book = new RuleBook(specification);
        DiscoveryRules.add(book);
        CapabilityRules.add(book);
        MapRules.add(book);
        MapArgumentRules.add(book);
        NumberRules.add(book);
        SemanticsRules.add(book);
        CastRules.add(book);
        ReduceRules.add(book);
        ContractRules.add(book);
        GatherRules.add(book);
        ScatterRules.add(book);
        GroupRules.add(book);
        DeterminismRules.add(book);
        CompileRules.add(book);
        MemoryRules.add(book);
        LifecycleRules.add(book);
        OperationRules.add(book);
        LayoutRules.add(book);
        VectorRules.add(book);
        RecordedRules.add(book);
        FusionRules.add(book);
        OrderRules.add(book);
        GradientRules.add(book);
        AutogradRules.add(book);
        TrainingRules.add(book);
        LeakRules.add(book);
        return book.tests();
    }
}
