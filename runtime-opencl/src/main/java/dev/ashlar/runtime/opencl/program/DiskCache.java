// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.program;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Program binaries in a folder, one file each, named by the hash of all that they depend on. A file that is damaged counts as absent
 * and is removed. Files are written beside their place and moved there, so readers in other processes never see half of one. The
 * least recently used go when the folder grows past its limit. Never throws: a cache that does not work is reported once in the log.
 */
public final class DiskCache {
    private static final Logger LOG = System.getLogger(DiskCache.class.getName());
    private static final byte[] MAGIC = "ASHLARC1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 8 + 32 + 8;
    private static final String SUFFIX = ".bin";

    private final @Nullable Path folder;
    private final long limit;
    private boolean complained;

    /**
     * @param folder where the files are, null to keep nothing
     * @param limit bytes that all files together may take
     */
    public DiskCache(@Nullable Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** Returns the folder that the platform provides for such files. */
    public static Path defaultFolder() {
        return defaultFolder(System.getProperty("os.name", ""), System.getProperty("user.home", "."), System.getenv());
    }

    static Path defaultFolder(String osName, String home, Map<String, String> environment) {
        String os = osName.toLowerCase(Locale.ROOT);
        String base = environment.get("XDG_CACHE_HOME");
        if (base != null && !base.isBlank()) {
            return Path.of(base, "ashlar", "opencl");
        }
        String local = environment.get("LOCALAPPDATA");
        if (os.contains("win") && local != null && !local.isBlank()) {
            return Path.of(local, "ashlar", "cache", "opencl");
        }
        return os.contains("mac")
                ? Path.of(home, "Library", "Caches", "ashlar", "opencl")
                : Path.of(home, ".cache", "ashlar", "opencl");
    }

    /** Returns the key for everything that a binary depends on. */
    public static String key(List<String> parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns whether anything is kept. */
    public boolean isEnabled() {
        return folder != null;
    }

    /** Returns the binary under a key, or null. */
    public byte @Nullable [] get(String key) {
        if (folder == null) {
            return null;
        }
        Path file = folder.resolve(key + SUFFIX);
        try {
            if (!Files.exists(file)) {
                return null;
            }
            byte[] payload = payload(Files.readAllBytes(file));
            if (payload == null) {
                LOG.log(Level.INFO, "removing a damaged entry of the program cache: {0}", file);
                Files.deleteIfExists(file);
                return null;
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return payload;
        } catch (IOException | RuntimeException e) {
            complain(e);
            return null;
        }
    }

    /** Keeps a binary under a key, replacing what was there. */
    public void put(String key, byte[] payload) {
        if (folder == null || HEADER + payload.length > limit) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "new", ".tmp");
            try {
                ByteBuffer bytes = ByteBuffer.allocate(HEADER + payload.length);
                bytes.put(MAGIC).put(sha256().digest(payload)).putLong(payload.length).put(payload);
                Files.write(temporary, bytes.array());
                Files.move(temporary, folder.resolve(key + SUFFIX), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            shrink(folder);
        } catch (IOException | RuntimeException e) {
            complain(e);
        }
    }

    /** Removes an entry that the driver did not accept. */
    public void remove(String key) {
        if (folder != null) {
            try {
                Files.deleteIfExists(folder.resolve(key + SUFFIX));
            } catch (IOException | RuntimeException e) {
                complain(e);
            }
        }
    }

    private static byte @Nullable [] payload(byte[] file) {
        if (file.length < HEADER || !Arrays.equals(file, 0, 8, MAGIC, 0, 8)) {
            return null;
        }
        long length = ByteBuffer.wrap(file).getLong(8 + 32);
        if (length != file.length - HEADER) {
            return null;
        }
        byte[] payload = Arrays.copyOfRange(file, HEADER, file.length);
        return Arrays.equals(sha256().digest(payload), Arrays.copyOfRange(file, 8, 8 + 32)) ? payload : null;
    }

    private record Entry(Path path, long size, FileTime used) {}

    private void shrink(Path directory) throws IOException {
        List<Entry> entries;
        try (Stream<Path> files = Files.list(directory)) {
            entries = files.filter(file -> file.toString().endsWith(SUFFIX)).map(DiskCache::entry).filter(e -> e.size() > 0)
                    .sorted(Comparator.comparing(Entry::used)).toList();
        }
        long total = entries.stream().mapToLong(Entry::size).sum();
        for (Entry entry : entries) {
            if (total <= limit) {
                return;
            }
            Files.deleteIfExists(entry.path());
            total -= entry.size();
        }
    }

    private static Entry entry(Path file) {
        try {
            return new Entry(file, Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            // Another process has just removed it.
            return new Entry(file, 0, FileTime.fromMillis(0));
        }
    }

    private synchronized void complain(Exception e) {
        if (!complained) {
            complained = true;
            LOG.log(Level.WARNING, "the program cache in {0} does not work, kernels are compiled again at each start: {1}", folder, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
