// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

/** What becomes of the values that gradient rules want saved, when they are not simply kept. */
interface Saving {
    /** Returns what stands for the value until backward. */
    SavedValue save(TensorImpl tensor);

    /**
     * Called when an operation has saved what it needs.
     *
     * @param results of that operation, not handed out yet
     */
    default void saved(TensorImpl... results) {}
}
