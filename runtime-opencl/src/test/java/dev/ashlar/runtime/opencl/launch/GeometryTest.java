// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryTest {
    private static final Buffer BUFFER = new Buffer() {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public void close() {}
    };

    private static Geometry load(boolean merge, int[] groups, long[] sizes, long[]... strides) {
        List<DType> types = java.util.Collections.nCopies(strides.length, DType.FLOAT32);
        Geometry geometry = new Geometry(types, groups, merge);
        List<Binding> bindings = java.util.Collections.nCopies(strides.length, new Binding(BUFFER, 128));
        geometry.load(KernelArgs.of(sizes, strides, new long[strides.length], new long[0]), bindings, 0);
        return geometry;
    }

    @Test
    void axesThatAllWalkAlikeBecomeOne() {
        Geometry g = load(true, new int[] {0, 3}, new long[] {2, 3, 4}, new long[] {12, 4, 1}, new long[] {12, 4, 1});
        assertThat(g.sizes).containsExactly(1, 1, 24);
        assertThat(g.strides[0]).containsExactly(0, 0, 1);
        assertThat(g.offsets).containsExactly(32, 32);
    }

    @Test
    void oneDissentingOperandKeepsAxesApart() {
        Geometry g = load(true, new int[] {0, 3}, new long[] {2, 3, 4}, new long[] {12, 4, 1}, new long[] {4, 0, 1});
        assertThat(g.sizes).containsExactly(2, 3, 4);
    }

    @Test
    void axesOfSizeOneVanishToTheFront() {
        Geometry g = load(true, new int[] {0, 3}, new long[] {3, 1, 4}, new long[] {100, 7, 1});
        assertThat(g.sizes).containsExactly(1, 3, 4);
        assertThat(g.strides[0]).containsExactly(0, 100, 1);
    }

    @Test
    void groupsOfAxesStayApart() {
        Geometry g = load(true, new int[] {0, 1, 3}, new long[] {2, 3, 4}, new long[] {12, 4, 1});
        assertThat(g.sizes).containsExactly(2, 1, 12);
        assertThat(g.count(1, 3)).isEqualTo(12);
    }

    @Test
    void coordinatesThatAreReadForbidMerging() {
        Geometry g = load(false, new int[] {0, 2}, new long[] {3, 4}, new long[] {4, 1});
        assertThat(g.sizes).containsExactly(3, 4);
    }

    @Test
    void farReachesNeedWideIndices() {
        assertThat(load(true, new int[] {0, 1}, new long[] {1 << 30}, new long[] {1}).isWide(-1, -1)).isFalse();
        assertThat(load(true, new int[] {0, 1}, new long[] {1L << 31}, new long[] {1}).isWide(-1, -1)).isTrue();
        assertThat(load(true, new int[] {0, 1}, new long[] {1 << 16}, new long[] {1 << 16}).isWide(-1, -1)).isTrue();
        assertThat(load(true, new int[] {0, 1}, new long[] {1 << 16}, new long[] {-(1 << 16)}).isWide(-1, -1)).isTrue();
    }
}
