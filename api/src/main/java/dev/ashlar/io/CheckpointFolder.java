// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one run: the newest ones, and the best one.
 *
 * <pre>{@code
 * var folder = new CheckpointFolder(Path.of("run1")).keep(3);
 * for (long step = folder.load(run).orElse(0); step < 10_000; step++) {
 *     ...
 *     folder.save(step + 1, run, validationLoss);
 * }
 * }</pre>
 *
 * <p>Files are named by their step, {@code step-000000000120.safetensors}. A run that is killed while it saves leaves the older files whole
 * and perhaps a temporary one, which the next run removes. Two runs must not share a folder.
 */
public final class CheckpointFolder {
    private static final Pattern NAME = Pattern.compile("step-([0-9]{12,18})\\.safetensors");
    private static final Pattern LEFTOVER =
            Pattern.compile("\\.step-.*\\.([0-9]{1,18})\\.[0-9a-f]+" + Pattern.quote(SafeTensors.TEMPORARY));
    private static final String SCORE = SafeTensors.OURS + "score";
    private static final System.Logger LOG = System.getLogger(CheckpointFolder.class.getName());

    private final Path folder;
    private int newest = 3;
    private boolean higherIsBetter;

    /**
     * Opens a folder, creates it if it is not there, and removes what killed runs left half-written.
     *
     * @throws CheckpointException if that is not possible
     */
    public CheckpointFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            removeLeftovers();
        } catch (IOException | UncheckedIOException e) {
            throw new CheckpointException("[checkpointFolder] expected a folder to write to, got " + folder + ": " + e, e);
        }
    }

    private void removeLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = LEFTOVER.matcher(file.getFileName().toString());
                if (name.matches() && dead(Long.parseLong(name.group(1)))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Returns whether nobody writes any more; in containers this process often has the number of the killed one. */
    private static boolean dead(long process) {
        return process == ProcessHandle.current().pid() || ProcessHandle.of(process).isEmpty();
    }

    /** Sets how many of the newest files are kept beside the best one, at least 1; 3 from the start. Returns this. */
    public CheckpointFolder keep(int files) {
        if (files < 1) {
            throw new InvalidArgumentException("[checkpointFolder] expected to keep 1 file or more, got " + files);
        }
        newest = files;
        return this;
    }

    /** Sets whether the highest score is the best one, as of an accuracy; false from the start, as for a loss. Returns this. */
    public CheckpointFolder higherIsBetter(boolean highest) {
        higherIsBetter = highest;
        return this;
    }

    // ---- saving -----------------------------------------------------------------------------------------------------------------

    /**
     * Saves a state and then removes what is neither new nor the best.
     *
     * @return the file
     * @throws CheckpointException if it cannot be written; the older ones are still there
     */
    public Path save(long step, TrainingState state) {
        return save(step, state, Double.NaN);
    }

    /**
     * Saves a state with a score and then removes what is neither new nor the best.
     *
     * @param step &gt;= 0; the newest file is the one with the highest step
     * @param score how good the model is; NaN if nobody knows
     * @return the file
     * @throws CheckpointException if it cannot be written; the older ones are still there
     */
    public Path save(long step, TrainingState state, double score) {
        if (step < 0) {
            throw new InvalidArgumentException("[checkpointFolder] expected a step >= 0, got " + step);
        }
        Path file = folder.resolve(String.format("step-%012d.safetensors", step));
        state.save(file, Double.isNaN(score) ? Map.of() : Map.of(SCORE, Double.toString(score)));
        removeOld(file);
        return file;
    }

    /** Keeps what was just saved, too: a run that begins at a lower step again would else lose each file at once. */
    private void removeOld(Path saved) {
        List<Path> files = files();
        Set<Path> kept = new HashSet<>(files.subList(Math.max(0, files.size() - newest), files.size()));
        kept.add(saved);
        best().ifPresent(kept::add);
        for (Path file : files) {
            if (!kept.contains(file)) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "cannot remove " + file, e);
                }
            }
        }
    }

    // ---- finding ----------------------------------------------------------------------------------------------------------------

    /** Returns all files, the oldest first; damaged ones are among them. */
    public List<Path> files() {
        TreeMap<Long, Path> byStep = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    byStep.put(Long.parseLong(name.group(1)), file);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw new CheckpointException("[checkpointFolder] cannot list " + folder + ": " + e, e);
        }
        return new ArrayList<>(byStep.values());
    }

    /** Returns the file with the best score; the newest of equal ones. Empty if no file has a score. */
    public Optional<Path> best() {
        Comparator<Map.Entry<Path, Double>> order = Map.Entry.comparingByValue();
        return files().stream()
                .map(file -> Map.entry(file, score(file)))
                .filter(entry -> !Double.isNaN(entry.getValue()))
                .reduce((best, next) -> (higherIsBetter ? 1 : -1) * order.compare(next, best) >= 0 ? next : best)
                .map(Map.Entry::getKey);
    }

    /** Returns the score that a file was saved with; NaN if there was none, or the file is damaged. */
    public static double score(Path file) {
        try {
            String text = SafeTensors.texts(file).get(SCORE);
            return text == null ? Double.NaN : Double.parseDouble(text);
        } catch (CheckpointException | NumberFormatException e) {
            return Double.NaN;
        }
    }

    // ---- loading ----------------------------------------------------------------------------------------------------------------

    /**
     * Loads the newest file that is complete; damaged ones after it are named in a warning.
     *
     * @return its step; empty if the folder has no files, and nothing is loaded
     * @throws CheckpointException if there are files and all are damaged, or the file has other parts than the state
     * @throws InvalidArgumentException if it does not fit; nothing has changed
     */
    public OptionalLong load(TrainingState state) {
        List<String> damaged = new ArrayList<>();
        for (Path file : files().reversed()) {
            Checkpoint checkpoint;
            try {
                checkpoint = Checkpoint.read(file);
            } catch (CheckpointException e) {
                LOG.log(System.Logger.Level.WARNING, e.getMessage());
                damaged.add(String.valueOf(e.getMessage()));
                continue;
            }
            state.load(checkpoint);
            return OptionalLong.of(step(file));
        }
        if (!damaged.isEmpty()) {
            throw new CheckpointException("[load] expected a complete checkpoint in " + folder + ", all are damaged: " + damaged
                    + "; restore one, or empty the folder to start anew", null);
        }
        return OptionalLong.empty();
    }

    /** Returns the step that a file of such a folder was saved at. */
    public static long step(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new InvalidArgumentException("[checkpointFolder] expected a file of such a folder, got " + file);
        }
        return Long.parseLong(name.group(1));
    }
}
