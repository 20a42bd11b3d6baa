// SPDX-License-Identifier: Apache-2.0
/**
 * All backends in this package are wrong. Each has one classic bug, planted into a backend that passes; the suite must find it and name
 * the rule.
 */
@NullMarked
package dev.ashlar.conformance.wrong;

import org.jspecify.annotations.NullMarked;
