// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

/** A test does not concern this backend, because its capabilities do not claim what is tested. */
public final class NotApplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotApplicable(String reason) {
        super(reason);
    }
}
