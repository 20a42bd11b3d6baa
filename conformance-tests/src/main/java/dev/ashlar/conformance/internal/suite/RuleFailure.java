// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

/** A backend broke a rule. The message says where, what was expected, what came, and what to look at. */
public final class RuleFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    public RuleFailure(String message) {
        super(message);
    }

    public RuleFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
