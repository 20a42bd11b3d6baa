// SPDX-License-Identifier: Apache-2.0
/**
 * Says whether a backend may be trusted with a training run.
 *
 * <p>Authors of backends start with {@link dev.ashlar.conformance.BackendConformance}, one class in their own build; the command line
 * uses {@link dev.ashlar.conformance.ConformanceRunner}. The rules are in {@code SPEC.md}. Two helpers for tests of one's own:
 * {@link dev.ashlar.conformance.CheckedBackend} asserts the contract on both of its sides, and
 * {@link dev.ashlar.conformance.FaultyBackend} fails when it is told to.
 */
@NullMarked
package dev.ashlar.conformance;

import org.jspecify.annotations.NullMarked;
