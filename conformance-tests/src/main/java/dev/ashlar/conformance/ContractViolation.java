// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

/** Somebody broke the contract between the core and a backend; found by {@link CheckedBackend}. */
public final class ContractViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** Who is to blame. */
    public enum Side {
        /** Who called the backend: the core, a test. */
        CALLER,
        /** The backend. */
        BACKEND
    }

    private final Side side;

    public ContractViolation(Side side, String message) {
        super(message);
        this.side = side;
    }

    public Side side() {
        return side;
    }
}
