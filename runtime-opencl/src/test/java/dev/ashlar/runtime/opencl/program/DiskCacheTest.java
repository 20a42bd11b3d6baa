// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {
    @TempDir
    Path folder;

    private static final String KEY = DiskCache.key(List.of("source", "options"));

    @Test
    void keysDependOnEveryPart() {
        assertThat(DiskCache.key(List.of("ab", "c"))).isNotEqualTo(DiskCache.key(List.of("a", "bc")));
        assertThat(KEY).hasSize(64).isEqualTo(DiskCache.key(List.of("source", "options")));
    }

    @Test
    void whatWasPutIsFoundByAnotherCache() {
        assertThat(new DiskCache(folder, 1000).get(KEY)).isNull();
        new DiskCache(folder, 1000).put(KEY, new byte[] {1, 2, 3});
        assertThat(new DiskCache(folder, 1000).get(KEY)).containsExactly(1, 2, 3);
    }

    @Test
    void damagedEntriesAreAbsentAndRemoved() throws IOException {
        DiskCache cache = new DiskCache(folder, 1000);
        cache.put(KEY, new byte[] {1, 2, 3});
        Path file = folder.resolve(KEY + ".bin");
        byte[] good = Files.readAllBytes(file);
        for (int at : new int[] {0, 9, 45, good.length - 1}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            assertThat(cache.get(KEY)).as("byte %d flipped", at).isNull();
            assertThat(file).doesNotExist();
        }
        for (int length : new int[] {0, 7, 20, good.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThat(cache.get(KEY)).as("cut to %d bytes", length).isNull();
        }
        cache.put(KEY, new byte[] {4});
        assertThat(cache.get(KEY)).containsExactly(4);
    }

    @Test
    void theLeastRecentlyUsedGoWhenTheLimitIsReached() throws IOException {
        DiskCache cache = new DiskCache(folder, 400);
        for (int i = 0; i < 3; i++) {
            cache.put("k" + i, new byte[100]);
            Files.setLastModifiedTime(folder.resolve("k" + i + ".bin"), FileTime.fromMillis(1000L * (i + 1)));
        }
        assertThat(cache.get("k0")).isNull();
        assertThat(cache.get("k1")).isNotNull();
        cache.put("k3", new byte[100]);
        assertThat(cache.get("k2")).as("used longest ago").isNull();
        assertThat(cache.get("k1")).isNotNull();
        cache.put("large", new byte[500]);
        assertThat(cache.get("large")).isNull();
    }

    @Test
    void aFolderThatCannotBeUsedOnlyDisablesTheCache() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        DiskCache cache = new DiskCache(file, 1000);
        cache.put(KEY, new byte[] {1});
        assertThat(cache.get(KEY)).isNull();
        new DiskCache(null, 1000).put(KEY, new byte[] {1});
        assertThat(new DiskCache(null, 1000).get(KEY)).isNull();
    }

    @Test
    void thePlatformDecidesTheFolder() {
        assertThat(DiskCache.defaultFolder("Linux", "/home/u", Map.of())).isEqualTo(Path.of("/home/u/.cache/ashlar/opencl"));
        assertThat(DiskCache.defaultFolder("Linux", "/home/u", Map.of("XDG_CACHE_HOME", "/c"))).isEqualTo(Path.of("/c/ashlar/opencl"));
        assertThat(DiskCache.defaultFolder("Mac OS X", "/Users/u", Map.of())).isEqualTo(Path.of("/Users/u/Library/Caches/ashlar/opencl"));
    }
}
