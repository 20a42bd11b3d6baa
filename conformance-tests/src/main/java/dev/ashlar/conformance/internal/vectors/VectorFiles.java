// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads groups of recordings: pairs of {@code GROUP.json} and {@code GROUP.safetensors}. */
public final class VectorFiles {
    private static final String JSON = ".json";
    private static final String TENSORS = ".safetensors";

    private VectorFiles() {}

    /**
     * Returns the groups of a folder and of the folders in it, in the order of their names.
     *
     * @throws InvalidArgumentException if there are none
     */
    public static List<Recording> folder(Path folder) {
        List<Recording> groups = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(path -> path.toString().endsWith(JSON)).sorted().toList()) {
                String name = name(file.getFileName().toString(), JSON);
                Path tensors = file.resolveSibling(name + TENSORS);
                if (Files.exists(tensors)) {
                    groups.add(read(name, Files.readAllBytes(file), Files.readAllBytes(tensors)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("[vectors] expected a folder of recorded calls at " + folder + ", got " + e
                    + "; give one that has files like reductions.json and reductions.safetensors", e);
        }
        if (groups.isEmpty()) {
            throw new InvalidArgumentException("[vectors] expected pairs of NAME.json and NAME.safetensors in " + folder
                    + ", got none; give the folder that has them, or the one above it");
        }
        return groups;
    }

    /** Returns the recorded calls of operations that come with the suite, by group. */
    public static Map<String, List<VectorCase>> embedded() {
        Map<String, List<VectorCase>> groups = new TreeMap<>();
        for (Recording recording : archive("operations.zip")) {
            groups.put(recording.group(), recording.cases().stream().map(node -> new VectorCase(node, recording.tensors())).toList());
        }
        return groups;
    }

    /**
     * Returns the groups of an archive that comes with the suite, in the order of their names.
     *
     * @param archive a resource beside this class
     */
    public static List<Recording> archive(String archive) {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in = VectorFiles.class.getResourceAsStream(archive)) {
            if (in == null) {
                throw new IllegalStateException("[vectors] expected " + archive + " in the suite's jar, got none; build it again");
            }
            try (ZipInputStream zip = new ZipInputStream(in)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
            List<Recording> groups = new ArrayList<>();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (file.getKey().endsWith(JSON)) {
                    String name = name(file.getKey(), JSON);
                    byte[] tensors = files.get(name + TENSORS);
                    if (tensors == null) {
                        throw new IllegalStateException("[vectors] expected " + name + TENSORS + " in " + archive
                                + ", got none; pack it again");
                    }
                    groups.add(read(name, file.getValue(), tensors));
                }
            }
            return groups;
        } catch (IOException e) {
            throw new UncheckedIOException("[vectors] expected to read " + archive + ", got " + e, e);
        }
    }

    private static String name(String file, String ending) {
        return file.substring(0, file.length() - ending.length());
    }

    private static Recording read(String name, byte[] json, byte[] safetensors) throws IOException {
        return new Recording(name, new ObjectMapper().readTree(json), tensors(safetensors));
    }

    private static Map<String, Data> tensors(byte[] file) throws IOException {
        int header = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        JsonNode json = new ObjectMapper().readTree(new String(file, 8, header, StandardCharsets.UTF_8));
        Map<String, Data> tensors = new HashMap<>();
        json.properties().forEach(entry -> {
            JsonNode node = entry.getValue();
            if (!entry.getKey().equals("__metadata__")) {
                long[] sizes = new long[node.get("shape").size()];
                for (int i = 0; i < sizes.length; i++) {
                    sizes[i] = node.get("shape").get(i).asLong();
                }
                int from = 8 + header + node.get("data_offsets").get(0).asInt();
                int to = 8 + header + node.get("data_offsets").get(1).asInt();
                tensors.put(entry.getKey(), new Data(type(node.get("dtype").asText()), sizes, java.util.Arrays.copyOfRange(file, from,
                        to)));
            }
        });
        return tensors;
    }

    private static DType type(String name) {
        return switch (name) {
            case "F64" -> DType.FLOAT64;
            case "F32" -> DType.FLOAT32;
            case "F16" -> DType.FLOAT16;
            case "BF16" -> DType.BFLOAT16;
            case "I64" -> DType.INT64;
            case "I32" -> DType.INT32;
            case "I16" -> DType.INT16;
            case "I8" -> DType.INT8;
            case "U8" -> DType.UINT8;
            case "BOOL" -> DType.BOOL;
            default -> throw new InvalidArgumentException("[vectors] expected a type of safetensors that tensors here can have, got "
                    + name);
        };
    }
}
