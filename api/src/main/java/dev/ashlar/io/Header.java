// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: which tensors there are and where their bytes lie.
 *
 * @param metadata texts
 * @param entries tensors by name, in the order of their bytes, which follow one another without gaps
 */
record Header(Map<String, String> metadata, Map<String, Entry> entries) {
    private static final String METADATA = "__metadata__";

    /**
     * One tensor.
     *
     * @param begin first byte, from the end of the header
     */
    record Entry(DType type, Shape shape, long begin) {
        long bytes() {
            return shape.elements() * type.bytes();
        }

        long end() {
            return begin + bytes();
        }
    }

    // ---- names of types ---------------------------------------------------------------------------------------------------------

    private static String code(DType type) {
        return switch (type) {
            case FLOAT64 -> "F64";
            case FLOAT32 -> "F32";
            case FLOAT16 -> "F16";
            case BFLOAT16 -> "BF16";
            case INT64 -> "I64";
            case INT32 -> "I32";
            case INT16 -> "I16";
            case INT8 -> "I8";
            case UINT8 -> "U8";
            case BOOL -> "BOOL";
        };
    }

    private static DType type(Object code) throws Json.SyntaxException {
        for (DType type : DType.values()) {
            if (code(type).equals(code)) {
                return type;
            }
        }
        throw new Json.SyntaxException("expected a dtype such as F32, got " + code);
    }

    // ---- writing ----------------------------------------------------------------------------------------------------------------

    String toJson() {
        List<String> members = new ArrayList<>();
        if (!metadata.isEmpty()) {
            List<String> texts = new ArrayList<>();
            metadata.forEach((name, value) -> texts.add(Json.quote(name) + ":" + Json.quote(value)));
            members.add(Json.quote(METADATA) + ":{" + String.join(",", texts) + "}");
        }
        entries.forEach((name, entry) -> members.add(Json.quote(name) + ":{\"dtype\":\"" + code(entry.type()) + "\",\"shape\":"
                + entry.shape().toString().replace(" ", "") + ",\"data_offsets\":[" + entry.begin() + "," + entry.end() + "]}"));
        return "{" + String.join(",", members) + "}";
    }

    // ---- reading ----------------------------------------------------------------------------------------------------------------

    /** Reads a header of a file whose data nobody looks at. */
    static Header parse(String json) throws Json.SyntaxException {
        return parse(json, -1);
    }

    /** Reads a header; {@code dataBytes} bytes follow it in the file, all of which must belong to a tensor; -1 if that is not known. */
    static Header parse(String json, long dataBytes) throws Json.SyntaxException {
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Entry> found = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : object(Json.parse(json), "the header").entrySet()) {
            if (member.getKey().equals(METADATA)) {
                for (Map.Entry<String, Object> text : object(member.getValue(), METADATA).entrySet()) {
                    if (!(text.getValue() instanceof String value)) {
                        throw new Json.SyntaxException("expected texts in " + METADATA + ", got " + text.getValue());
                    }
                    metadata.put(text.getKey(), value);
                }
            } else {
                found.put(member.getKey(), entry(member.getKey(), object(member.getValue(), member.getKey())));
            }
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        long end = 0;
        List<Map.Entry<String, Entry>> sorted = new ArrayList<>(found.entrySet());
        sorted.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        for (Map.Entry<String, Entry> entry : sorted) {
            if (entry.getValue().begin() != end) {
                throw new Json.SyntaxException("expected the bytes of '" + entry.getKey() + "' at " + end + ", got "
                        + entry.getValue().begin());
            }
            end = entry.getValue().end();
            entries.put(entry.getKey(), entry.getValue());
        }
        if (dataBytes >= 0 && end != dataBytes) {
            throw new Json.SyntaxException("expected " + end + " bytes of data, got " + dataBytes);
        }
        return new Header(metadata, entries);
    }

    private static Entry entry(String name, Map<String, Object> members) throws Json.SyntaxException {
        if (members.size() != 3) {
            throw new Json.SyntaxException("expected dtype, shape and data_offsets of '" + name + "', got " + members.keySet());
        }
        DType type = type(members.get("dtype"));
        long[] sizes = numbers(members.get("shape"), name);
        long[] offsets = numbers(members.get("data_offsets"), name);
        Entry entry;
        long expected;
        try {
            entry = new Entry(type, Shape.of(sizes), offsets.length == 2 ? offsets[0] : -1);
            expected = Math.addExact(Math.multiplyExact(entry.shape().elements(), (long) type.bytes()), Math.max(0, entry.begin()));
        } catch (ArithmeticException | InvalidArgumentException e) {
            throw new Json.SyntaxException("expected fewer elements in '" + name + "'");
        }
        if (offsets.length != 2 || expected != offsets[1]) {
            throw new Json.SyntaxException("expected offsets that fit " + entry.shape() + " of " + type + " for '" + name + "'");
        }
        return entry;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value, String what) throws Json.SyntaxException {
        if (value instanceof Map<?, ?> map) {
            // The parser makes maps with names for keys only.
            return (Map<String, Object>) map;
        }
        throw new Json.SyntaxException("expected an object for " + what);
    }

    private static long[] numbers(@Nullable Object value, String name) throws Json.SyntaxException {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
            throw new Json.SyntaxException("expected lists of numbers for shape and data_offsets of '" + name + "'");
        }
        return list.stream().mapToLong(number -> (Long) number).toArray();
    }
}
