// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

/** Lines of source with indentation. */
final class Text {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    Text line(String line) {
        out.append("  ".repeat(depth)).append(line).append('\n');
        return this;
    }

    /** Adds a line and indents what follows. */
    Text open(String line) {
        line(line);
        depth++;
        return this;
    }

    /** Ends the innermost indentation with a closing brace. */
    Text close() {
        return close("}");
    }

    Text close(String line) {
        depth--;
        return line(line);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
