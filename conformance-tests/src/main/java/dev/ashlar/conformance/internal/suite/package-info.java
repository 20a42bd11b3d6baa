// SPDX-License-Identifier: Apache-2.0
/**
 * The machinery of the suite: rules read from the specification, hand-built kernels with hostile layouts, their execution between
 * sentinels, and the comparison with the oracle.
 *
 * <p>Start with {@code RuleTest} (one test), {@code TrialBuilder} (one launch) and {@code Executor} (how it is run and judged).
 */
@NullMarked
package dev.ashlar.conformance.internal.suite;

import org.jspecify.annotations.NullMarked;
