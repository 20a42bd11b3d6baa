// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.type.DType;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the calls, on paper: failures as they come, then a table of operations and types, and the closing line. */
public final class VectorReport {
    private final PrintWriter out;
    private final Table known;
    private final Map<String, Map<DType, Tally>> table = new LinkedHashMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private int passed;
    private int failed;
    private int notApplicable;

    /** Counts of one operation in one type. */
    private static final class Tally {
        int forward;
        int forwardFailed;
        int backward;
        int backwardFailed;
        int left;

        @Override
        public String toString() {
            if (forward == 0) {
                return "n/a " + left;
            }
            String text = forwardFailed == 0 ? Integer.toString(forward) : (forward - forwardFailed) + "/" + forward;
            if (backward > 0) {
                text += backwardFailed == 0 ? " g" + backward : " g" + (backward - backwardFailed) + "/" + backward;
            }
            return left == 0 ? text : text + " n/a " + left;
        }
    }

    /** @param known what answers which operation */
    public VectorReport(PrintWriter out, Table known) {
        this.out = out;
        this.known = known;
    }

    /** Takes a result down. */
    public void add(VectorResult result) {
        Tally tally = table.computeIfAbsent(result.operation(), _ -> new EnumMap<>(DType.class))
                .computeIfAbsent(result.type(), _ -> new Tally());
        if (result.reason() != null) {
            notApplicable++;
            tally.left++;
            reasons.merge(result.operation() + ": " + result.reason(), 1, Integer::sum);
            return;
        }
        tally.forward++;
        tally.forwardFailed += result.forward() == null ? 0 : 1;
        if (result.gradients()) {
            tally.backward++;
            tally.backwardFailed += result.forward() == null && result.backward() == null ? 0 : 1;
        }
        if (result.passed()) {
            passed++;
            return;
        }
        failed++;
        out.println("FAILED " + result.id() + " (" + result.type() + "): "
                + (result.forward() != null ? result.forward() : result.backward()));
        out.flush();
    }

    /** Prints the table and the closing line. */
    public void close() {
        out.println();
        out.printf("%-48s %-16s %-16s %-12s %s%n", "operation (calls, g gradients; k/n where k of n agree)", "float32", "float64", "int64",
                "others");
        table.forEach((operation, tallies) -> {
            StringBuilder others = new StringBuilder();
            tallies.forEach((type, tally) -> {
                if (type != DType.FLOAT32 && type != DType.FLOAT64 && type != DType.INT64) {
                    others.append(type).append(' ').append(tally).append("  ");
                }
            });
            out.printf("%-54s %-16s %-16s %-12s %s%n", operation, text(tallies, DType.FLOAT32), text(tallies, DType.FLOAT64),
                    text(tallies, DType.INT64), others.toString().strip());
        });
        List<String> widened = known.entries().values().stream().filter(Entry::widens).map(Entry::operation).filter(table::containsKey)
                .toList();
        if (!widened.isEmpty()) {
            out.println();
            out.println("sums whose tolerance grows with the root of the number of their terms: " + String.join(", ", widened));
        }
        if (!reasons.isEmpty()) {
            out.println();
            reasons.forEach((reason, count) -> out.println("not applicable, " + count + ": " + reason));
        }
        out.println();
        out.println(passed + " passed, " + failed + " failed, " + notApplicable + " not applicable");
        out.flush();
    }

    private static String text(Map<DType, Tally> tallies, DType type) {
        Tally tally = tallies.get(type);
        return tally == null ? "-" : tally.toString();
    }

    public int passed() {
        return passed;
    }

    public int failed() {
        return failed;
    }

    public int notApplicable() {
        return notApplicable;
    }
}
