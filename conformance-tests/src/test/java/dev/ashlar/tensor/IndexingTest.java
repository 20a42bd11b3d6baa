// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Index;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of tensors. More results are compared in {@link VectorsTest}, gradients in {@link GradCheckTest}. */
final class IndexingTest {
    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    /** 0, 1, 2, ... */
    private static Tensor counting(Device device, long... sizes) {
        long[] values = new long[(int) dev.ashlar.type.Shape.of(sizes).elements()];
        java.util.Arrays.setAll(values, i -> i);
        return of(device, values, sizes);
    }

    private static Index[] at(Index... indices) {
        return indices;
    }

    private static void check(Tensor actual, String shape, long... values) {
        assertThat(actual.shape()).hasToString(shape);
        assertThat(actual.toLongArray()).containsExactly(values);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void readsParts(Device device) {
        Tensor x = counting(device, 2, 3, 4);
        check(x.get(1, 2, 3), "[]", 23);
        check(x.get(-1, 0), "[4]", 12, 13, 14, 15);
        check(x.get(Index.all(), Index.at(1), Index.range(-3, -1)), "[2, 2]", 5, 6, 17, 18);
        check(x.get(Index.ellipsis(), Index.at(0)), "[2, 3]", 0, 4, 8, 12, 16, 20);
        check(x.get(Index.at(0), Index.newAxis(), Index.from(1), Index.range(0, 100, 3)), "[1, 2, 2]", 4, 7, 8, 11);
        check(x.get(Index.at(0), Index.range(2, 1)), "[0, 4]");
        check(x.get(Index.ellipsis(), Index.at(1), Index.at(1)), "[2]", 5, 17);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void readsAtATensorOfPositions(Device device) {
        Tensor x = counting(device, 2, 3, 4);
        Tensor positions = of(device, new long[] {2, -3, -1, 0}, 2, 2);
        check(x.get(Index.at(1), Index.of(positions), Index.at(0)), "[2, 2]", 20, 12, 20, 12);
        Tensor narrow = positions.to(DType.INT32);
        check(x.get(Index.at(1), Index.all(), Index.of(narrow)), "[3, 2, 2]", 14, 13, 15, 12, 18, 17, 19, 16, 22, 21, 23, 20);
        check(x.get(Index.of(1), Index.range(1, 2), Index.at(3)), "[1, 1]", 19);
        check(x.get(Index.at(0), Index.of(of(device, new long[] {1}).reshape()), Index.at(2)), "[]", 6);
        check(x.get(Index.at(0), Index.of(new long[0])), "[0, 4]");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void severalTensorsOfPositionsPickElementByElement(Device device) {
        Tensor x = counting(device, 2, 3, 4);
        Index rows = Index.of(of(device, new long[] {0, 1, 1}));
        Index middle = Index.of(0, 1, -1);
        Index columns = Index.of(of(device, new long[] {2, -3}, 2, 1));
        check(x.get(Index.all(), middle, columns), "[2, 2, 3]", 2, 6, 10, 1, 5, 9, 14, 18, 22, 13, 17, 21);
        // What they have in common comes first where they are no neighbours.
        check(x.get(rows, Index.all(), Index.of(2, 2, 1)), "[3, 3]", 2, 6, 10, 14, 18, 22, 13, 17, 21);
        check(x.get(rows, Index.newAxis(), middle), "[3, 1, 4]", 0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23);
        // A single position takes its dimension away before that is decided.
        Index one = Index.of(of(device, new long[] {1}).reshape());
        check(x.get(one, Index.all(), middle), "[3, 3]", 12, 13, 15, 16, 17, 19, 20, 21, 23);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void masksAreThePositionsWhereTheyAreTrue(Device device) {
        Tensor x = counting(device, 2, 3, 4);
        Tensor mask = of(device, new long[] {1, 0, 1, 0, 1, 0}, 2, 3).gt(0);
        check(x.get(Index.mask(mask)), "[3, 4]", 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19);
        check(x.get(Index.of(mask), Index.at(1)), "[3]", 1, 9, 17);
        Tensor last = of(device, new long[] {0, 1, 1}).gt(0);
        check(x.get(Index.all(), Index.mask(last), Index.range(0, 4, 2)), "[2, 2, 2]", 4, 6, 8, 10, 16, 18, 20, 22);
        check(x.get(Index.mask(mask.logicalAnd(mask.logicalNot()))), "[0, 4]");
        check(counting(device, 2, 2).insert(at(Index.mask(counting(device, 2, 2).gt(1))), 9), "[2, 2]", 0, 1, 9, 9);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aPositionOutOfRangeBesideOthersIsFound(Device device) {
        Tensor x = counting(device, 2, 3);
        Tensor bad = x.get(Index.of(of(device, new long[] {0, 1})), Index.of(of(device, new long[] {3, 0})));
        assertThatThrownBy(bad::toLongArray).isInstanceOf(IndexOutOfRangeException.class).hasMessageContaining("get");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void indexPutAddsEveryOccurrence(Device device) {
        Tensor[] places = {of(device, new long[] {0, 1, 0}), of(device, new long[] {2, 0, -1})};
        Tensor x = of(device, new double[6], 2, 3);
        Tensor values = of(device, new double[] {1, 2, 4});
        assertThat(x.indexPut(places, values, true).toDoubleArray()).containsExactly(0, 0, 5, 2, 0, 0);
        assertThat(x.indexPut(places, values).toDoubleArray()).containsExactly(0, 0, 4, 2, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void setCopiesTheOldValueOnce(Device device) {
        Tensor x = of(device, new double[16], 4, 4);
        x.set(at(Index.at(0)), 1).realize();
        AtomicInteger launches = new AtomicInteger();
        try (var _ = Ashlar.trace((_, _, _, _) -> launches.incrementAndGet())) {
            x.set(at(Index.at(1)), 2).realize();
        }
        assertThat(launches).hasValue(2);
        assertThat(x.sum(1).toDoubleArray()).containsExactly(4, 8, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void insertLeavesTheOriginalAlone(Device device) {
        Tensor x = counting(device, 2, 3);
        Tensor y = x.insert(at(Index.all(), Index.range(0, 3, 2)), of(device, new long[] {-1, -2}));
        check(y, "[2, 3]", -1, 1, -2, -1, 4, -2);
        check(x, "[2, 3]", 0, 1, 2, 3, 4, 5);
        check(x.insert(at(Index.at(1)), 7), "[2, 3]", 0, 1, 2, 7, 7, 7);
        check(x.insert(at(Index.at(0), Index.of(2, -3)), of(device, new long[] {8, 9})), "[2, 3]", 9, 1, 8, 3, 4, 5);
        check(x.insert(at(Index.of(1, 1)), of(device, new long[] {6, 7, 8, 9, 10, 11}, 2, 3)), "[2, 3]", 0, 1, 2, 9, 10, 11);
        check(x.insert(at(Index.newAxis(), Index.at(0)), of(device, new long[] {5, 5, 5}, 1, 3)), "[2, 3]", 5, 5, 5, 3, 4, 5);
        check(x.insert(at(Index.range(1, 1)), 7), "[2, 3]", 0, 1, 2, 3, 4, 5);
        check(x.insert(at(Index.at(0), Index.at(0)), Tensor.scalar(2.9).to(device)), "[2, 3]", 2, 1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void setChangesTheTensorAndNothingComputedBefore(Device device) {
        Tensor x = of(device, new double[] {1, 2, 3, 4}, 2, 2);
        Tensor before = x.mul(10.0);
        assertThat(x.set(at(Index.at(0), Index.at(1)), 9)).isSameAs(x);
        x.set(at(Index.all(), Index.at(0)), of(device, new double[] {5, 6}));
        assertThat(x.toDoubleArray()).containsExactly(5, 9, 6, 4);
        assertThat(before.toDoubleArray()).containsExactly(10, 20, 30, 40);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void setFollowsTheRulesOfAssign(Device device) {
        Tensor leaf = of(device, new double[] {1, 2}).requiresGrad(true);
        assertThatThrownBy(() -> leaf.set(at(Index.at(0)), 3)).isInstanceOf(AshlarException.class).hasMessageContaining("noGrad");
        try (var _ = Autograd.noGrad()) {
            leaf.set(at(Index.at(0)), 3);
        }
        assertThat(leaf.toDoubleArray()).containsExactly(3, 2);
        assertThat(leaf.requiresGrad()).isTrue();
        Tensor part = counting(device, 2, 2).get(1);
        assertThatThrownBy(() -> part.set(at(Index.at(0)), 3))
                .isInstanceOf(AshlarException.class)
                .hasMessageContaining("set(index, value)");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void gradientsOfInsertGoToBoth(Device device) {
        Tensor x = of(device, new double[] {1, 2, 3}).requiresGrad(true);
        Tensor value = of(device, new double[] {5}).requiresGrad(true);
        x.insert(at(Index.range(0, 2)), value).mul(of(device, new double[] {1, 10, 100})).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 0, 100);
        assertThat(value.grad().toDoubleArray()).containsExactly(11);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void positionsThatTheHostKnowsAreCheckedAtTheCall(Device device) {
        Tensor x = counting(device, 2, 3);
        assertThatThrownBy(() -> x.get(0, 3))
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessage("[get] expected an index in [-3, 2] for dimension 1 of shape [2, 3], got 3; negative indices"
                        + " count from the end");
        assertThatThrownBy(() -> x.get(-3)).isInstanceOf(IndexOutOfRangeException.class);
        assertThatThrownBy(() -> x.get(Index.of(0, 2))).isInstanceOf(IndexOutOfRangeException.class).hasMessageContaining("got 2");
        assertThatThrownBy(() -> x.set(at(Index.at(2)), 1)).isInstanceOf(IndexOutOfRangeException.class).hasMessageStartingWith("[set]");
        assertThat(x.toLongArray()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void positionsInTensorsAreCheckedWhenValuesAreRead(Device device) {
        Tensor x = counting(device, 2, 3);
        Tensor bad = x.get(Index.of(of(device, new long[] {0, -3})));
        assertThatThrownBy(bad::toLongArray)
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessageContaining("get")
                .hasMessageContaining("-3");
        Tensor row = x.embedding(of(device, new long[] {2}));
        assertThatThrownBy(row::toLongArray).isInstanceOf(IndexOutOfRangeException.class).hasMessageContaining("embedding");
        Tensor label = of(device, new long[] {0, 4}).oneHot(4);
        assertThatThrownBy(label::toLongArray).isInstanceOf(IndexOutOfRangeException.class).hasMessageContaining("oneHot");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void refusesIndicesThatDoNotFit(Device device) {
        Tensor x = counting(device, 2, 3);
        assertThatThrownBy(() -> x.get(0, 0, 0)).isInstanceOf(ShapeMismatchException.class).hasMessageContaining("at most 2 dim");
        assertThatThrownBy(() -> x.get(Index.ellipsis(), Index.ellipsis())).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> x.get(Index.of(0, 1), Index.of(0, 1, 2))).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> x.get(Index.of(x.mul(1.5)))).isInstanceOf(DTypeMismatchException.class).hasMessageContaining("mask");
        assertThatThrownBy(() -> x.get(Index.all(), Index.of(x.gt(0))))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("at most 2 dimensions");
        assertThatThrownBy(() -> x.get(Index.mask(x.t().gt(0))))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("[3, 2]");
        assertThatThrownBy(() -> Index.mask(x)).isInstanceOf(DTypeMismatchException.class);
        assertThatThrownBy(() -> Index.range(0, 3, -1)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("flip");
        assertThatThrownBy(() -> x.insert(at(Index.at(0)), of(device, new long[] {1, 2})))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageStartingWith("[insert]");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void classes(Device device) {
        check(of(device, new long[] {2, 0, 1}).oneHot(3), "[3, 3]", 0, 0, 1, 1, 0, 0, 0, 1, 0);
        check(of(device, new long[] {1, 0}, 1, 2).oneHot(3), "[1, 2, 3]", 0, 1, 0, 1, 0, 0);
        check(counting(device, 3, 2).embedding(of(device, new long[] {2, 0, 2, 1}, 2, 2)), "[2, 2, 2]", 4, 5, 0, 1, 4, 5, 2, 3);
        assertThat(of(device, new long[] {1}).oneHot(2).dtype()).isEqualTo(DType.INT64);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void indexAddAddsEveryOccurrence(Device device) {
        Tensor x = of(device, new double[] {1, 1, 1, 1}, 2, 2);
        Tensor source = of(device, new double[] {1, 2, 10, 20, 100, 200}, 3, 2);
        assertThat(x.indexAdd(0, of(device, new long[] {1, 0, 1}), source).toDoubleArray()).containsExactly(11, 21, 102, 203);
        assertThatThrownBy(() -> x.indexAdd(0, of(device, new long[] {1}), source)).isInstanceOf(ShapeMismatchException.class);
    }
}
