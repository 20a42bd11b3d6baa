// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

/**
 * How one test went.
 *
 * @param rule number of the rule in {@code SPEC.md}
 * @param kind required, optional or stochastic
 * @param label which case of the rule
 * @param status how it went
 * @param message what was wrong, or why it does not apply; empty if it passed
 * @param seconds how long it took, compilation of kernels included
 * @param repeat the command line that runs only this test again
 */
public record TestResult(String rule, String kind, String label, Status status, String message, double seconds, String repeat) {
    /** How a test went. */
    public enum Status {
        PASSED,
        FAILED,
        /** The backend does not claim what is tested. */
        NOT_APPLICABLE,
        /** An optional rule does not hold; no failure. */
        DEVIATION
    }
}
