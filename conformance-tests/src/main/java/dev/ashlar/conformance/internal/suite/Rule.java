// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

/**
 * One rule of the specification.
 *
 * @param id for example {@code MAP-07}
 * @param kind whether it must hold
 * @param text what a backend does
 * @param intent why the rule is there
 * @param lookAt what to look at when it fails
 */
public record Rule(String id, Kind kind, String text, String intent, String lookAt) {
    /** How much a rule weighs. */
    public enum Kind {
        /** Must hold. */
        REQUIRED,
        /** Should hold; a deviation is reported and is no failure. */
        OPTIONAL,
        /** Must hold for sampled cases; another seed tries others. */
        STOCHASTIC,
        /** Part of the contract, and not tested. */
        UNTESTED
    }
}
