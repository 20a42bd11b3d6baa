// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Returns its input. */
public final class Identity extends StatelessLayer<Identity> {
    /** Creates the layer. */
    public Identity() {
        super(x -> x, "");
    }
}
