// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The numbers that a kernel reads at run time, all in one struct: one argument to set instead of dozens. A field is there only if the
 * text reads it. Fields of eight bytes come first, so there are no gaps to disagree on.
 */
public final class ArgLayout {
    /** Where a field's value comes from. */
    public enum Kind {
        SIZE,
        STRIDE,
        OFFSET,
        /** Multiplier that replaces a division by a size. */
        MULTIPLIER,
        /** Shift that belongs to {@link #MULTIPLIER}. */
        SHIFT,
        PARAM,
        EXTRA,
        EXTENT,
        SITE
    }

    /**
     * A field.
     *
     * @param name in the struct
     * @param kind where its value comes from
     * @param member of a group, else 0
     * @param a axis, binding, parameter or number of the extra
     * @param b axis of a stride
     * @param type of a parameter
     */
    public record Field(String name, Kind kind, int member, int a, int b, DType type) {
        /** Returns the size in bytes. */
        public int bytes(boolean wide) {
            return switch (kind) {
                case SIZE, STRIDE, OFFSET, EXTRA, EXTENT -> wide ? 8 : 4;
                case MULTIPLIER, SHIFT -> 4;
                case PARAM -> type.bytes() == 8 ? 8 : 4;
                case SITE -> 8;
            };
        }

        private String cType() {
            return switch (kind) {
                case SIZE, STRIDE, OFFSET, EXTRA, EXTENT -> "I";
                case MULTIPLIER -> "uint";
                case SHIFT -> "int";
                case SITE -> "long";
                case PARAM -> switch (type) {
                    case FLOAT64 -> "double";
                    case FLOAT32 -> "float";
                    case INT64 -> "long";
                    default -> "int";
                };
            };
        }
    }

    private final TreeMap<String, Field> fields = new TreeMap<>();
    private final List<String> extras = new ArrayList<>();

    private String field(Field field) {
        fields.putIfAbsent(field.name(), field);
        return "A." + field.name();
    }

    String size(int member, int axis) {
        return field(new Field("n" + member + "_" + axis, Kind.SIZE, member, axis, 0, DType.INT64));
    }

    String stride(int member, int binding, int axis) {
        return field(new Field("s" + member + "_" + binding + "_" + axis, Kind.STRIDE, member, binding, axis, DType.INT64));
    }

    String offset(int member, int binding) {
        return field(new Field("o" + member + "_" + binding, Kind.OFFSET, member, binding, 0, DType.INT64));
    }

    /** Returns the quotient of an index and an axis' size. */
    String divide(int member, String index, int axis) {
        String multiplier = field(new Field("m" + member + "_" + axis, Kind.MULTIPLIER, member, axis, 0, DType.INT32));
        String shift = field(new Field("h" + member + "_" + axis, Kind.SHIFT, member, axis, 0, DType.INT32));
        return "ASH_DIV(" + index + ", " + size(member, axis) + ", " + multiplier + ", " + shift + ")";
    }

    String param(int member, int number, DType type) {
        String name = "p" + member + "_" + number + "_" + type.label();
        return field(new Field(name, Kind.PARAM, member, number, 0, type));
    }

    /** Returns a number that the launcher works out. */
    String extra(String name) {
        if (!extras.contains(name)) {
            extras.add(name);
        }
        return field(new Field("x_" + name, Kind.EXTRA, 0, extras.indexOf(name), 0, DType.INT64));
    }

    String extent() {
        return field(new Field("extent", Kind.EXTENT, 0, 0, 0, DType.INT64));
    }

    String site() {
        return field(new Field("site", Kind.SITE, 0, 0, 0, DType.INT64));
    }

    /** Returns the number of an extra for the launcher's array, -1 if no text reads it. */
    public int extraIndex(String name) {
        return extras.indexOf(name);
    }

    public int extraCount() {
        return extras.size();
    }

    /** Returns the fields in the order of the struct. */
    public List<Field> ordered(boolean wide) {
        return fields.values().stream()
                .sorted(Comparator.comparingInt((Field field) -> -field.bytes(wide)).thenComparing(Field::name))
                .toList();
    }

    /** Returns the size of the struct: a multiple of 8. */
    public int bytes(boolean wide) {
        return (fields.values().stream().mapToInt(field -> field.bytes(wide)).sum() + 7) / 8 * 8;
    }

    /** Returns the struct's definition; {@code @} stands for the kernel's prefix. */
    String struct(boolean wide) {
        StringBuilder out = new StringBuilder("typedef struct {\n");
        int bytes = 0;
        for (Field field : ordered(wide)) {
            out.append("  ").append(field.cType()).append(' ').append(field.name()).append(";\n");
            bytes += field.bytes(wide);
        }
        if (bytes % 8 != 0) {
            out.append("  int pad;\n");
        }
        return out.append("} @Args;\n").toString();
    }
}
