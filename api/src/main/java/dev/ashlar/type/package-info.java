// SPDX-License-Identifier: Apache-2.0
/**
 * The leaf of the house: element types, shapes and exceptions. Everybody may use it, it uses nobody.
 *
 * <p>Start with {@link dev.ashlar.type.DType} and {@link dev.ashlar.type.Shape}.
 */
@NullMarked
package dev.ashlar.type;

import org.jspecify.annotations.NullMarked;
