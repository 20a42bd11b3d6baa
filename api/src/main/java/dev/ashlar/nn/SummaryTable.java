// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import java.util.List;
import java.util.Locale;

/** Prints a {@link Summary}. */
final class SummaryTable {
    private static final int NAME = 40;
    private static final int INDENT = 5;
    private static final int COLUMN = 25;

    private final Summary summary;
    private final int depth;
    private final boolean ran;
    private final List<Summary.Row> rows;
    private final int name;

    SummaryTable(Summary summary, int depth) {
        this.summary = summary;
        this.depth = depth;
        ran = summary.multiplyAdds() >= 0;
        // The model itself is in no line, unless it is the only module.
        rows = summary.rows().stream().filter(row -> row.depth() <= depth && (row.depth() > 0 || row.leaf())).toList();
        int longest = rows.stream().mapToInt(row -> title(row).length() + row.depth() * INDENT + 1).max().orElse(0);
        name = longest < NAME ? NAME : Math.ceilDiv(longest, INDENT) * INDENT;
    }

    private static String title(Summary.Row row) {
        return row.type() + ": " + row.depth() + "-" + row.index();
    }

    String print() {
        String line = "=".repeat(name + COLUMN * (ran ? 2 : 1)) + "\n";
        StringBuilder text = new StringBuilder(line).append(row("Layer (type:depth-idx)", "Output Shape", "Param #")).append(line);
        for (Summary.Row row : rows) {
            String branch = row.depth() == 0 ? "" : row.depth() == 1 ? "├─" : "|    ".repeat(row.depth() - 1) + "└─";
            text.append(row(branch + title(row), row.output().isEmpty() ? "--" : row.output().toString(), count(row)));
        }
        text.append(line).append(String.format(Locale.ROOT, "Total params: %,d\nTrainable params: %,d\nNon-trainable params: %,d\n",
                summary.parameters(), summary.trainable(), summary.parameters() - summary.trainable()));
        if (ran) {
            boolean billions = summary.multiplyAdds() >= 1_000_000_000;
            text.append(String.format(Locale.ROOT, "Total mult-adds (%s): %.2f\n", billions ? "G" : "M",
                    summary.multiplyAdds() / (billions ? 1e9 : 1e6)));
            text.append(line).append(String.format(Locale.ROOT,
                    "Input size (MB): %.2f\nForward/backward pass size (MB): %.2f\nParams size (MB): %.2f\nEstimated Total Size (MB): %.2f\n",
                    megabytes(summary.inputBytes()), megabytes(summary.passBytes()), megabytes(summary.parameterBytes()),
                    megabytes(summary.inputBytes() + summary.passBytes() + summary.parameterBytes())));
        }
        return text.append(line.strip()).toString();
    }

    private String row(String title, String output, String count) {
        String form = "%-" + name + "s ";
        String text = ran ? String.format(form + "%-" + COLUMN + "s %s", title, output, count) : String.format(form + "%s", title, count);
        return text.stripTrailing() + "\n";
    }

    private String count(Summary.Row row) {
        long count = row.leaf() || row.depth() == depth ? row.all() : row.own();
        if (count == 0) {
            return "--";
        }
        return row.again() ? "(recursive)" : String.format(Locale.ROOT, row.trainable() ? "%,d" : "(%,d)", count);
    }

    private static double megabytes(long bytes) {
        return bytes / 1024.0 / 1024.0;
    }
}
