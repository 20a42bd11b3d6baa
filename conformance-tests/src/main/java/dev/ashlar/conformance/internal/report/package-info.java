// SPDX-License-Identifier: Apache-2.0
/** Prints and writes what {@link dev.ashlar.conformance.ConformanceReport} holds: a table, JSON, and JUnit's XML. */
@NullMarked
package dev.ashlar.conformance.internal.report;

import org.jspecify.annotations.NullMarked;
