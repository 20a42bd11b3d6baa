// SPDX-License-Identifier: Apache-2.0
/**
 * The deferred graph: nodes that were recorded and not computed yet, who keeps their values, and the flush that computes them.
 *
 * <p>Called by the tensor layer, calls {@code internal.schedule}. Start with {@link dev.ashlar.internal.graph.Recorder}.
 */
@NullMarked
package dev.ashlar.internal.graph;

import org.jspecify.annotations.NullMarked;
