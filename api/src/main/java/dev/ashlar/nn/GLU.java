// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Multiplies the first half of a dimension with the sigmoid of its second half; see {@link dev.ashlar.Tensor#glu(int)}. */
public final class GLU extends StatelessLayer<GLU> {
    /** Creates the layer for the last dimension. */
    public GLU() {
        this(-1);
    }

    /** @param dim of an even size; negative values count from the end */
    public GLU(int dim) {
        super(x -> x.glu(dim), "dim=" + dim);
    }
}
