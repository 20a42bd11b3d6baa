// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ashlar.datasets.TablePreprocessor;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.type.InvalidArgumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A trained model in one file: a checkpoint whose texts say what else it takes to predict from a table. */
final class ModelFile {
    static final String NAME = "model.safetensors";
    private static final String DESCRIPTION = "table-model";
    private static final String FORMAT = "format";
    private static final int VERSION = 1;
    private static final String HIDDEN = "hidden";
    private static final String HEADER = "header";
    private static final String PREPROCESSING = "preprocessing";

    private ModelFile() {}

    /**
     * A model, and how its tables are read.
     *
     * @param header whether their first line names the columns
     */
    record Loaded(TableModel model, boolean header) {}

    static void save(Path file, TableModel model, boolean header) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(FORMAT, VERSION);
        map.put(HIDDEN, model.hidden());
        map.put(HEADER, header);
        map.put(PREPROCESSING, model.preprocessor().toMap());
        Checkpoint.save(file, model.whole(), null, Map.of(DESCRIPTION, Json.write(map)));
    }

    /**
     * Loads a model.
     *
     * @param path the folder that train wrote, or the model file in it
     * @throws InvalidArgumentException if it is not there or damaged
     */
    static Loaded load(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(NAME) : path;
        if (!Files.isRegularFile(file)) {
            throw new InvalidArgumentException("[predict] expected the folder that train wrote, or the " + NAME + " in it, got " + path
                    + (Files.isDirectory(path) ? ", which has no " + NAME : ", which does not exist") + "; train first, or check the path");
        }
        Checkpoint checkpoint = Checkpoint.read(file);
        String description = checkpoint.metadata().get(DESCRIPTION);
        if (description == null) {
            throw new InvalidArgumentException("[predict] expected a model that train wrote, got " + file
                    + ", which does not say how to read a table; load it with Checkpoint in a program of your own");
        }
        Map<String, Object> map;
        try {
            map = Json.read(description);
        } catch (JsonProcessingException e) {
            throw damaged(file, "no JSON (" + e.getOriginalMessage() + ")");
        }
        if (!Integer.valueOf(VERSION).equals(map.get(FORMAT))) {
            throw damaged(file, FORMAT + " " + map.get(FORMAT) + " where this release knows " + VERSION);
        }
        if (!(map.get(HIDDEN) instanceof List<?> sizes) || !(map.get(HEADER) instanceof Boolean header)
                || !(map.get(PREPROCESSING) instanceof Map<?, ?> preprocessing)) {
            throw damaged(file, "no " + HIDDEN + ", " + HEADER + " or " + PREPROCESSING);
        }
        List<Integer> hidden = new ArrayList<>();
        for (Object size : sizes) {
            if (!(size instanceof Integer number)) {
                throw damaged(file, HIDDEN + " " + sizes);
            }
            hidden.add(number);
        }
        Map<String, Object> named = new LinkedHashMap<>();
        preprocessing.forEach((key, value) -> named.put(String.valueOf(key), value));
        TableModel model = TableModel.empty(TablePreprocessor.fromMap(named), hidden);
        checkpoint.restore(model.whole());
        return new Loaded(model, header);
    }

    private static InvalidArgumentException damaged(Path file, String what) {
        return new InvalidArgumentException("[predict] expected the description of a model in " + file + ", got " + what
                + "; train the model again");
    }
}
