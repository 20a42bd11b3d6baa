// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** CAP-01 to CAP-06: what a backend claims. */
final class CapabilityRules {
    private static final Pattern COMPOSITE = Pattern.compile("[a-z][a-z0-9._-]*@[1-9][0-9]*");

    private CapabilityRules() {}

    static void add(RuleBook book) {
        book.action("CAP-01", Profile.CORE, "types", session -> {
            Capabilities claimed = session.capabilities();
            Set<DType> core = Set.copyOf(MapRules.CORE);
            Expect expect = new Expect("CAP-01 types");
            expect.that(claimed.storage().containsAll(core), "storage of " + core, claimed.storage());
            expect.that(claimed.arithmetic().containsAll(core), "arithmetic in " + core, claimed.arithmetic());
            expect.that(claimed.contract().contains(DType.FLOAT32), "products in float32", claimed.contract());
        });
        book.action("CAP-02", Profile.CORE, "scalar operations", session -> {
            Set<ScalarOp> missing = EnumSet.copyOf(Capabilities.mandatoryScalarOps());
            missing.removeAll(session.capabilities().scalarOps());
            new Expect("CAP-02 scalar operations").that(missing.isEmpty(), "every operation that is not optional", "none of " + missing);
        });
        book.action("CAP-03", Profile.CORE, "limits", session -> {
            Capabilities claimed = session.capabilities();
            Expect expect = new Expect("CAP-03 limits");
            expect.that(claimed.maxBindings() >= 8, "at least 8 bindings", claimed.maxBindings());
            expect.that(claimed.maxInstructions() >= 64, "at least 64 instructions", claimed.maxInstructions());
            expect.that(claimed.maxBufferBytes() >= 1 << 20, "buffers of a MiB at least", claimed.maxBufferBytes());
            expect.that(claimed.memoryBytes() >= claimed.maxBufferBytes(),
                    "at least as much memory as one buffer may have: " + claimed.maxBufferBytes(), claimed.memoryBytes());
        });
        book.action("CAP-04", Profile.CORE, "composites", session -> {
            for (String name : session.capabilities().composites()) {
                new Expect("CAP-04 composites").that(COMPOSITE.matcher(name).matches(), "name@version", name);
            }
        });
        book.action("CAP-05", Profile.CORE, "same", session ->
                new Expect("CAP-05 same").equal(session.capabilities(), session.capabilities(), "the same at every call,"));
        book.action("CAP-06", Profile.CORE, "consistent", session -> {
            Capabilities claimed = session.capabilities();
            Expect expect = new Expect("CAP-06 consistent");
            expect.that(Capabilities.allArithmetic().containsAll(claimed.arithmetic()),
                    "arithmetic in no more than " + Capabilities.allArithmetic(), claimed.arithmetic());
            expect.that(claimed.storage().containsAll(claimed.arithmetic()), "storage of every arithmetic type", claimed.storage());
            expect.that(claimed.storage().containsAll(claimed.contract()), "storage of every product type", claimed.storage());
        });
        book.action("CAP-07", Profile.DTYPES, "storage", session -> {
            Set<DType> missing = EnumSet.allOf(DType.class);
            missing.removeAll(session.capabilities().storage());
            new Expect("CAP-07 storage").that(missing.isEmpty(), "storage of all ten types", "none of " + missing);
        });
    }
}
