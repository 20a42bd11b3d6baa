// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.type.DType;

/**
 * How many recorded calls of an operation in a type were answered as PyTorch answers them.
 *
 * @param operation its name in PyTorch
 * @param type that the calls are about
 * @param forwardPassed calls whose results agree
 * @param forwardFailed calls whose results do not
 * @param gradientPassed calls whose gradients agree; fewer calls have any
 * @param gradientFailed calls whose gradients do not, or could not be compared because the results do not
 * @param notApplicable calls that were not made
 */
public record RecordedAnswers(
        String operation, DType type, int forwardPassed, int forwardFailed, int gradientPassed, int gradientFailed, int notApplicable) {
    /** Returns the counts of both for the same operation and type. */
    public RecordedAnswers plus(RecordedAnswers other) {
        return new RecordedAnswers(operation, type, forwardPassed + other.forwardPassed, forwardFailed + other.forwardFailed,
                gradientPassed + other.gradientPassed, gradientFailed + other.gradientFailed, notApplicable + other.notApplicable);
    }

    /** Returns whether anything was compared and all of it agrees. */
    public boolean passed() {
        return forwardPassed > 0 && forwardFailed == 0 && gradientFailed == 0;
    }
}
