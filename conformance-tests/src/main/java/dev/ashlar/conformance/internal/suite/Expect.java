// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tests that are a piece of code demand. Each demand names where it is made. */
public final class Expect {
    private final String where;

    public Expect(String where) {
        this.where = where;
    }

    /** Code that may throw. */
    @FunctionalInterface
    public interface Code {
        void run() throws Exception;
    }

    public void that(boolean holds, String expected, @Nullable Object got) {
        if (!holds) {
            throw new RuleFailure("[" + where + "] expected " + expected + ", got " + got);
        }
    }

    public void equal(@Nullable Object expected, @Nullable Object got, String what) {
        that(Objects.equals(expected, got), what + " " + expected, got);
    }

    public void same(byte[] expected, byte[] got, String what) {
        int at = Arrays.mismatch(expected, got);
        if (at >= 0) {
            that(false, what + " unchanged", at < Math.min(expected.length, got.length)
                    ? got[at] + " instead of " + expected[at] + " at byte " + at : got.length + " bytes");
        }
    }

    public void same(float[] expected, float[] got, String what) {
        int at = Arrays.mismatch(expected, got);
        if (at >= 0) {
            that(false, what + " " + expected[at] + " at element " + at, got[at]);
        }
    }

    /** Demands an exception of a type; returns it. */
    public <T extends Throwable> T thrown(Class<T> type, String by, Code code) {
        try {
            code.run();
        } catch (Throwable e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            throw new RuleFailure("[" + where + "] expected " + type.getSimpleName() + " from " + by + ", got " + e, e);
        }
        throw new RuleFailure("[" + where + "] expected " + type.getSimpleName() + " from " + by + ", got no exception");
    }

    /** Demands that nothing is thrown. */
    public void quiet(String by, Code code) {
        try {
            code.run();
        } catch (Exception e) {
            throw new RuleFailure("[" + where + "] expected no exception from " + by + ", got " + e, e);
        }
    }
}
