// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.MemoryReport;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.RuleBook;

/** OPS-08: what is left at the end. */
final class LeakRules {
    private LeakRules() {}

    static void add(RuleBook book) {
        book.action("OPS-08", Profile.CORE, "memory", session -> session.tensors().run(device -> {
            device.device().synchronize();
            MemoryReport report = device.device().memory();
            new Expect("OPS-08 memory").equal(0L, report.leakedBuffers(), "leaked buffers (" + report + "):");
        }));
    }
}
