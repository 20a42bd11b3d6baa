// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Expr;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.function.Predicate;

/** CAST-01 to CAST-08: every element type into every other, and each through memory unchanged. */
final class CastRules {
    private static final double INF = Double.POSITIVE_INFINITY;
    /** Around every integer type's limits, halves, and what has no integer. */
    private static final double[] TO_INTEGER = {
        0, -0.0, 0.4, 0.5, 0.9999, -0.4, -0.5, -0.9999, 1, -1, 1.5, 2.5, -2.5, 126.9, 127, 127.5, 128, 129, -127.9, -128, -128.9, -129,
        254.9, 255, 255.5, 256, 300, 1000, -1000, 32766.7, 32767, 32768, 40000, -32768, -32769, 65535, 65536, 2147483520, 2147483647.0,
        2147483648.0, 2147483649.0, 3e9, -2147483648.0, -2147483904.0, -3e9, 9.2233714e18, 9.223372036854775807e18, 1e19, -9.223372e18,
        -1e19, 3e38, -3e38, INF, -INF, Double.NaN, 16777217, 1e10
    };

    private CastRules() {}

    static void add(RuleBook book) {
        for (DType from : DType.values()) {
            for (DType to : DType.values()) {
                if (from == to) {
                    continue;
                }
                Profile profile = MapRules.CORE.contains(from) && MapRules.CORE.contains(to) ? Profile.CORE : Profile.DTYPES;
                Predicate<Capabilities> stored =
                        capabilities -> capabilities.storage().contains(from) && capabilities.storage().contains(to);
                book.trials(rule(from, to), profile, "cast(" + from + "," + to + ")", stored, List.of(
                        cast(from, to, Layout.CONTIGUOUS, values(from, to), 1031)));
            }
        }
        doubleRounding(book);
        storage(book);
    }

    private static String rule(DType from, DType to) {
        if (to == DType.BOOL) {
            return "CAST-06";
        }
        if (from.isFloatingPoint()) {
            boolean widens = Numbers.precision(to) > Numbers.precision(from) && to.bytes() > from.bytes();
            return !to.isFloatingPoint() ? "CAST-01" : widens ? "CAST-07" : "CAST-04";
        }
        return to.isFloatingPoint() ? "CAST-03" : to.bytes() > from.bytes() ? "CAST-07" : "CAST-02";
    }

    private static Trial cast(DType from, DType to, Layout layout, Filler filler, long count) {
        return new TrialBuilder("cast " + layout, count).in(from, layout, filler).out(to, Layout.CONTIGUOUS).map(Exprs.cast(from, to));
    }

    private static Filler values(DType from, DType to) {
        if (!from.isFloatingPoint()) {
            long[] edges = {
                0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 32768, 65535, 65536, -32769, 2147483647L, 2147483648L, -2147483649L,
                4294967296L, 16777217, -16777219, 33554435, Long.MAX_VALUE, Long.MIN_VALUE, 0x100000080L, 2049, 2051, 65519, 65520, 4097,
                9007199254740993L, 257, 259
            };
            return (type, element, random) -> element < edges.length && type != DType.BOOL
                    ? Scalar.whole(Numbers.wrap(type, edges[element]))
                    : (type == DType.INT64 && element % 2 == 0
                            ? Scalar.whole(random.nextLong() >> random.nextInt(60))
                            : Filler.ANY.next(type, element, random));
        }
        if (!to.isFloatingPoint()) {
            return (type, element, random) -> element < TO_INTEGER.length
                    ? Scalar.exact(TO_INTEGER[element])
                    : Scalar.exact((random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(70)));
        }
        return (type, element, random) -> Scalar.exact(narrowing(to, element, random.nextDouble(), random.nextInt(1 << 20)));
    }

    /** Halfway cases of the target, their neighbours, its limits and its subnormals. */
    private static double narrowing(DType to, int element, double fraction, int bits) {
        double[] special = {
            0, -0.0, 1, -1, INF, -INF, Double.NaN, 65504, 65519, 65519.996, 65520, 65536, 1e6, -65520, 3.38953139e38, 3.3961775e38, 3.4e38,
            -3.4028234e38, 0.1, 1.0 / 3
        };
        if (element < special.length) {
            return special[element];
        }
        int digits = Numbers.precision(to);
        double sign = bits % 2 == 0 ? 1 : -1;
        // Float16 has subnormals below 2^-14; those of the wider types would need subnormal inputs.
        int exponent = to == DType.FLOAT16 ? bits % 40 - 25 : bits % 60 - 30;
        double unit = Math.scalb(1.0, Math.max(exponent, to == DType.FLOAT16 ? -14 : -126) - digits + 1);
        double near = Math.rint(Math.scalb(1 + fraction, exponent) / unit) * unit;
        return sign * switch (element % 4) {
            case 0 -> near + unit / 2;
            case 1 -> near + unit / 2 * (1 + 0x1p-10);
            case 2 -> near + unit / 2 * (1 - 0x1p-10);
            default -> Math.scalb(1 + fraction, exponent);
        };
    }

    /** Values that round one way at once and another way through float32. */
    private static void doubleRounding(RuleBook book) {
        for (DType to : List.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32)) {
            double half = Math.scalb(1.0, -Numbers.precision(to));
            Filler doubles = Filler.of(1 + half + 0x1p-45, 1 + half - 0x1p-45, 1 + 3 * half - 0x1p-45, 1 + 3 * half + 0x1p-45,
                    -(1 + half + 0x1p-45), 1024 * (1 + half + 0x1p-45), 1 + half, 1 + 3 * half);
            book.trials("CAST-05", Profile.DTYPES, "cast(float64," + to + ",halfway)",
                    capabilities -> capabilities.storage().containsAll(List.of(DType.FLOAT64, to)),
                    List.of(cast(DType.FLOAT64, to, Layout.CONTIGUOUS, doubles, 93)));
            long one = 1L << 60;
            long halfWay = one >> Numbers.precision(to);
            Filler wholes = Filler.ofWhole(one + halfWay + 1, one + halfWay - 1, one + halfWay, one + 3 * halfWay - 1,
                    one + 3 * halfWay + 1, -(one + halfWay + 1), -(one + 3 * halfWay - 1));
            book.trials("CAST-05", to == DType.FLOAT32 ? Profile.CORE : Profile.DTYPES, "cast(int64," + to + ",halfway)",
                    capabilities -> capabilities.storage().containsAll(List.of(DType.INT64, to)),
                    List.of(cast(DType.INT64, to, Layout.CONTIGUOUS, wholes, 93)));
        }
    }

    private static void storage(RuleBook book) {
        for (DType type : DType.values()) {
            if (MapRules.CORE.contains(type)) {
                continue;
            }
            book.trials("CAST-08", Profile.DTYPES, "copy(" + type + ")", capabilities -> capabilities.storage().contains(type), List.of(
                    MapRules.copy(type, Layout.CONTIGUOUS, Layout.CONTIGUOUS, 257),
                    MapRules.copy(type, Layout.SHIFTED, Layout.SHIFTED, 33),
                    MapRules.copy(type, Layout.TRANSPOSED, Layout.GAPS, 7, 31),
                    new TrialBuilder("all 16 bit patterns", type.bytes() == 2 ? 65536 : 256)
                            .in(type, Layout.CONTIGUOUS, everyPattern(type)).out(type, Layout.CONTIGUOUS).map(Expr.identity(type))));
        }
    }

    private static Filler everyPattern(DType type) {
        return type.bytes() <= 2 ? (kind, element, random) -> Numbers.decode(kind, element) : Filler.ANY;
    }
}
