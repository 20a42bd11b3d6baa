// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import org.jspecify.annotations.Nullable;

/** What every generator of {@link Synthetic} can be told. */
abstract sealed class SyntheticSettings<S extends SyntheticSettings<S>>
        permits MakeRegression, MakeClassification, MakeBlobs, TwoCurves {
    boolean shuffle = true;
    private @Nullable Generator source;
    private long seed = -1;

    @SuppressWarnings("unchecked")
    final S self() {
        return (S) this;
    }

    /** Sets whether samples (and the features, where they have roles) come in random order; true from the start. Returns this. */
    public S shuffle(boolean random) {
        shuffle = random;
        return self();
    }

    /** Sets the seed of numpy, 0 to 2^32 - 1: each {@code make()} gives what scikit-learn gives for it. Returns this. */
    public S randomState(long numpySeed) {
        source = Generator.numpy(numpySeed);
        seed = numpySeed;
        return self();
    }

    /** Sets a generator to go on drawing from, as scikit-learn does from a {@code RandomState}. Returns this. */
    public S randomState(Generator generator) {
        source = generator;
        seed = -1;
        return self();
    }

    final Generator source() {
        if (source == null) {
            return Ashlar.generator();
        }
        return seed >= 0 ? Generator.numpy(seed) : source;
    }

    final Synthetic.Classes shuffled(Generator random, DoubleMatrix x, long[] y) {
        if (!shuffle) {
            return new Synthetic.Classes(x, y);
        }
        int[] order = Synthetic.toInts(random.permutation(x.rows()));
        return new Synthetic.Classes(x.rows(order), Synthetic.choose(y, order));
    }
}
