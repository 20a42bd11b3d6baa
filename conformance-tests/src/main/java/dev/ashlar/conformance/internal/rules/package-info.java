// SPDX-License-Identifier: Apache-2.0
/**
 * The tests, one class for each group of rules in {@code SPEC.md}. Start with {@code AllRules}.
 */
@NullMarked
package dev.ashlar.conformance.internal.rules;

import org.jspecify.annotations.NullMarked;
