// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/** Attention: rows of values, averaged by how well their keys fit a query. */
public final class Attention {
    private static final String NAME = "scaledDotProductAttention";

    private Attention() {}

    /** Throws unless the shapes belong together; returns how many query heads share a key head. */
    public static long check(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal, boolean shared) {
        Shape q = query.shape();
        Shape k = key.shape();
        Shape v = value.shape();
        boolean fits = q.rank() >= 2 && k.rank() >= 2 && v.rank() >= 2 && q.size(-1) == k.size(-1) && k.size(-2) == v.size(-2);
        if (!fits) {
            throw new ShapeMismatchException("[" + NAME + "] expected a query [..., targets, size], a key [..., sources, size] and a value"
                    + " [..., sources, width], got " + q + ", " + k + " and " + v + "; transpose the one that differs");
        }
        if (mask != null && causal) {
            throw new InvalidArgumentException("[" + NAME + "] expected a mask or causal attention, got both; put both into the mask");
        }
        if (!shared) {
            return 1;
        }
        boolean heads = q.rank() >= 3 && k.rank() == q.rank() && v.rank() == q.rank() && k.size(-3) > 0 && k.size(-3) == v.size(-3)
                && q.size(-3) % k.size(-3) == 0;
        if (!heads) {
            throw new ShapeMismatchException("[" + NAME + "] expected a number of query heads, the third dimension from the end, that is a"
                    + " multiple of that of keys and values, got " + q + ", " + k + " and " + v + "; repeat keys and values");
        }
        return q.size(-3) / k.size(-3);
    }

    /** Returns the attention of checked operands, in the type that arithmetic happens in. */
    public static Tensor attend(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor mask,
            double dropout,
            boolean causal,
            double scale,
            long sharing,
            Generator generator) {
        if (sharing > 1) {
            return shared(query, key, value, mask, dropout, causal, scale, sharing, generator);
        }
        return attend(query, key, value, mask, dropout, causal, scale, generator);
    }

    private static Tensor attend(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor mask,
            double dropout,
            boolean causal,
            double scale,
            Generator generator) {
        Tensor scores = query.matmul(key.transpose(-1, -2)).mul(scale);
        Tensor lowest = Primitives.scalarLike(scores, Double.NEGATIVE_INFINITY, scores.dtype());
        if (causal) {
            scores = causal(scores).where(scores, lowest);
        } else if (mask != null) {
            scores = mask.dtype() == DType.BOOL ? mask.where(scores, lowest) : scores.add(mask.to(scores.dtype()));
        }
        return Dropouts.dropout(softmax(scores), dropout, true, generator).matmul(value);
    }

    /** Gives the heads that share a key a dimension of their own; masks get it where they have heads. */
    private static Tensor shared(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor mask,
            double dropout,
            boolean causal,
            double scale,
            long sharing,
            Generator generator) {
        Tensor q = query.unflatten(-3, query.shape().size(-3) / sharing, sharing);
        Tensor split = mask;
        if (mask != null && mask.shape().rank() >= 3) {
            boolean one = mask.shape().size(-3) == 1;
            split = one ? mask.unsqueeze(-3) : mask.unflatten(-3, mask.shape().size(-3) / sharing, sharing);
        }
        Tensor y = attend(q, key.unsqueeze(-3), value.unsqueeze(-3), split, dropout, causal, scale, generator);
        int heads = y.shape().rank() - 4;
        return y.flatten(heads, heads + 1);
    }

    /** Returns where sources are not behind targets. */
    private static Tensor causal(Tensor scores) {
        long targets = scores.shape().size(-2);
        long sources = scores.shape().size(-1);
        Tensor row = Primitives.iota(Shape.of(targets), Primitives.runtime(scores)).unsqueeze(1);
        return Primitives.iota(Shape.of(sources), Primitives.runtime(scores)).le(row);
    }

    /** Returns the softmax of the last dimension, 0 in lines that are masked throughout. */
    private static Tensor softmax(Tensor x) {
        int last = x.shape().rank() - 1;
        if (x.shape().elements() == 0) {
            return x.mul(1.0);
        }
        Tensor d = Primitives.detached(x);
        Tensor largest = d.amax(last, true);
        Tensor zero = Primitives.scalarLike(d, 0, d.dtype());
        Tensor e = d.sub(largest.eq(Double.NEGATIVE_INFINITY).where(zero, largest)).exp();
        Tensor sum = e.sum(last, true);
        Tensor y = e.div(sum.eq(zero).where(Primitives.scalarLike(d, 1, d.dtype()), sum));
        return Tape.record(NAME, y, of(x), of(y), (g, s) -> {
            Tensor product = g.mul(s[0]);
            return product.sub(s[0].mul(product.sum(last, true)));
        });
    }
}
