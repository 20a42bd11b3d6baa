// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.type.AshlarException;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that gets files together: they are written into a folder of their own inside it, and moved when all are complete. What was
 * not committed is removed, with the folders that were made for it.
 */
final class OutputFolder implements AutoCloseable {
    private final Path folder;
    private final @Nullable Path firstCreated;
    private final Path partial;
    private boolean committed;

    private OutputFolder(Path folder, @Nullable Path firstCreated, Path partial) {
        this.folder = folder;
        this.firstCreated = firstCreated;
        this.partial = partial;
    }

    /**
     * Checks, without creating anything, that files could be written there.
     *
     * @param command what messages start with
     * @throws InvalidArgumentException if it is a file or cannot be written to
     */
    static void check(String command, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new InvalidArgumentException("[" + command + "] expected a folder to write to as --out, got " + folder + "; "
                    + (existing == null || Files.isDirectory(existing) ? existing + " may not be written to" : existing + " is a file")
                    + ", choose another");
        }
    }

    static OutputFolder open(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path first = null;
        for (Path each = absolute; each != null && !Files.exists(each); each = each.getParent()) {
            first = each;
        }
        Path partial = absolute.resolve(".ashlar-" + UUID.randomUUID() + ".part");
        Files.createDirectories(partial);
        return new OutputFolder(absolute, first, partial);
    }

    /** Returns where all files are for now. */
    Path folder() {
        return partial;
    }

    /** Returns where to write a file for now. */
    Path file(String name) {
        return partial.resolve(name);
    }

    /** Moves all files to where they belong; older ones of the same names are replaced. Returns their names. */
    List<String> commit() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : list(partial)) {
            Path target = folder.resolve(file.getFileName());
            if (Files.isDirectory(target)) {
                throw new AshlarException("[write] expected to write the file " + target + ", got a folder of that name; remove it");
            }
        }
        for (Path file : list(partial)) {
            Path target = folder.resolve(file.getFileName());
            move(file, target);
            names.add(file.getFileName().toString());
        }
        committed = true;
        Files.delete(partial);
        return names;
    }

    /** Replaces a file by another of the same file system, whole. */
    static void move(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        if (committed) {
            return;
        }
        for (Path file : list(partial)) {
            Files.delete(file);
        }
        Files.delete(partial);
        if (firstCreated == null) {
            return;
        }
        // Only what this object made, and only while nobody else has put anything there.
        for (Path each = folder; each != null && each.startsWith(firstCreated) && list(each).isEmpty(); each = each.getParent()) {
            Files.delete(each);
        }
    }
}
