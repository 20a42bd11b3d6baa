// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Streams of samples, one after the other.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.ChainDataset">torch.utils.data.ChainDataset</a>
 */
public final class ChainDataset implements IterableDataset {
    private final List<IterableDataset> parts;

    public ChainDataset(IterableDataset... parts) {
        this.parts = List.of(parts);
    }

    @Override
    public Iterator<List<Tensor>> iterator() {
        Iterator<IterableDataset> rest = parts.iterator();
        return new Iterator<>() {
            private Iterator<List<Tensor>> current = List.<List<Tensor>>of().iterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && rest.hasNext()) {
                    current = rest.next().iterator();
                }
                return current.hasNext();
            }

            @Override
            public List<Tensor> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("[chainDataset] expected a further sample, the last stream has ended");
                }
                return current.next();
            }
        };
    }
}
