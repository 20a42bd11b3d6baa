// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Functions that generated kernels call: conversions and integer operations with the contract's semantics where the language leaves
 * them open. Each is a template that serves one element and vectors alike; an id is a name followed by the number of lanes.
 *
 * <p>A text without {@code $} is for one element, and vectors call it per element. In templates {@code $} stands for the suffix of
 * vector types and functions, {@code $W(x)} widens a mask of 32 bits to 64 and {@code $N(x)} narrows one.
 */
final class Helpers {
    /** Functions in double precision, called for one element at a time. */
    private static final Set<String> BUILT_IN =
            Set.of("dexp", "dlog", "dexpm1", "dlog1p", "dsin", "dcos", "dtanh", "datan", "derf");

    private record Helper(List<String> needs, String text) {}

    private static final Map<String, Helper> CONVERSIONS = Map.ofEntries(
            // The exponent is re-biased in integers; subnormal halves are normal floats once the implicit bit is subtracted.
            helper("h2f", """
                    float$ ash_h2f$(ushort$ h) {
                      const uint$ x = convert_uint$(h);
                      const uint$ o = (x & 0x7fffu) << 13;
                      const uint$ e = o & 0x0f800000u;
                      const uint$ normal = e == 0x0f800000u ? o + 0x70000000u : o + 0x38000000u;
                      const uint$ tiny = as_uint$(as_float$(o + 0x38800000u) - 0x1p-14f);
                      return as_float$((e == 0u ? tiny : normal) | ((x & 0x8000u) << 16));
                    }
                    """),
            // Ties go to even: for normal results by the carry of an integer addition, for subnormal ones by adding 0.5f.
            helper("f2h", """
                    ushort$ ash_f2h$(float$ f) {
                      const uint$ x = as_uint$(f);
                      const uint$ a = x & 0x7fffffffu;
                      const uint$ special = a > 0x7f800000u ? (((a >> 13) & 0x3ffu) | 0x7e00u) : (uint$)(0x7c00u);
                      const uint$ tiny = as_uint$(as_float$(a) + 0.5f) - 0x3f000000u;
                      const uint$ normal = (a + 0xc8000fffu + ((a >> 13) & 1u)) >> 13;
                      const uint$ finite = a < 0x38800000u ? tiny : normal;
                      return convert_ushort$((a >= 0x477ff000u ? special : finite) | ((x >> 16) & 0x8000u));
                    }
                    """),
            helper("b2f", """
                    float$ ash_b2f$(ushort$ b) {
                      return as_float$(convert_uint$(b) << 16);
                    }
                    """),
            helper("f2b", """
                    ushort$ ash_f2b$(float$ f) {
                      const uint$ x = as_uint$(f);
                      const uint$ rounded = (x + 0x7fffu + ((x >> 16) & 1u)) >> 16;
                      return convert_ushort$((x & 0x7fffffffu) > 0x7f800000u ? ((x >> 16) | 0x40u) : rounded);
                    }
                    """),
            // Rounding to odd first makes a second rounding to a shorter type the right one.
            helper("d2f_odd", """
                    float$ ash_d2f_odd$(double$ d) {
                      const float$ f = convert_float$(d);
                      const double$ g = convert_double$(f);
                      const uint$ u = as_uint$(f);
                      const uint$ down = $N(fabs(g) > fabs(d)) ? u - 1u : u;
                      return as_float$($N((g != d) & (d == d)) ? (down | 1u) : u);
                    }
                    """),
            helper("l2f_odd", """
                    float$ ash_l2f_odd$(long$ x) {
                      const ulong$ m = x < 0L ? (ulong$)(0UL) - as_ulong$(x) : as_ulong$(x);
                      const ulong$ sh = convert_ulong$(max((long$)(40L) - as_long$(clz(m)), (long$)(0L)));
                      const ulong$ high = m >> sh;
                      const ulong$ odd = (high << sh) != m ? (high | 1UL) : high;
                      const float$ f = convert_float$(odd) * as_float$((convert_uint$(sh) + 127u) << 23);
                      return $N(x < 0L) ? -f : f;
                    }
                    """),
            helper("f2i", """
                    int$ ash_f2i$(float$ x) {
                      const int$ v = convert_int$(fabs(x) < 0x1p31f ? x : (float$)(0.0f));
                      const int$ high = x >= 0x1p31f ? (int$)(0x7fffffff) : v;
                      return x <= -0x1p31f ? (int$)(-0x7fffffff - 1) : high;
                    }
                    """),
            helper("f2l", """
                    long$ ash_f2l$(float$ x) {
                      const long$ v = convert_long$(fabs(x) < 0x1p63f ? x : (float$)(0.0f));
                      const long$ high = $W(x >= 0x1p63f) ? (long$)(0x7fffffffffffffffL) : v;
                      return $W(x <= -0x1p63f) ? (long$)(-0x7fffffffffffffffL - 1L) : high;
                    }
                    """),
            helper("d2i", """
                    int$ ash_d2i$(double$ x) {
                      const int$ v = convert_int$(fabs(x) < 0x1p31 ? x : (double$)(0.0));
                      const int$ high = $N(x >= 0x1p31) ? (int$)(0x7fffffff) : v;
                      return $N(x <= -0x1p31) ? (int$)(-0x7fffffff - 1) : high;
                    }
                    """),
            helper("d2l", """
                    long$ ash_d2l$(double$ x) {
                      const long$ v = convert_long$(fabs(x) < 0x1p63 ? x : (double$)(0.0));
                      const long$ high = x >= 0x1p63 ? (long$)(0x7fffffffffffffffL) : v;
                      return x <= -0x1p63 ? (long$)(-0x7fffffffffffffffL - 1L) : high;
                    }
                    """),
            helper("idiv", """
                    int$ ash_idiv$(int$ a, int$ b) {
                      const int$ q = a / (((b == 0) | (b == -1)) ? (int$)(1) : b);
                      const int$ wrapped = b == -1 ? as_int$((uint$)(0u) - as_uint$(a)) : q;
                      return b == 0 ? (int$)(0) : wrapped;
                    }
                    """),
            helper("irem", """
                    int$ ash_irem$(int$ a, int$ b) {
                      const int$ guard = (b == 0) | (b == -1);
                      const int$ r = a % (guard ? (int$)(1) : b);
                      return guard ? (int$)(0) : r;
                    }
                    """),
            // The built-in fmod of doubles does not return for some arguments on one driver. This is long division, 32 or 11 bits at a
            // time.
            helper("frem", """
                    float ash_frem(float x, float y) {
                      const uint a = as_uint(x) & 0x7fffffffu, b = as_uint(y) & 0x7fffffffu;
                      if (a >= 0x7f800000u || b > 0x7f800000u || b == 0u) return NAN;
                      if (a < b) return x;
                      const int ea = max((int)(a >> 23), 1), eb = max((int)(b >> 23), 1);
                      ulong r = (a & 0x7fffffu) | (a >= 0x800000u ? 0x800000u : 0u);
                      const ulong m = (b & 0x7fffffu) | (b >= 0x800000u ? 0x800000u : 0u);
                      r %= m;
                      for (int n = ea - eb; n > 0; n -= 32) r = (r << min(n, 32)) % m;
                      const uint s = (uint)r, sign = as_uint(x) & 0x80000000u;
                      if (s == 0u) return as_float(sign);
                      const int up = (int)clz(s) - 8;
                      return as_float(sign | (eb > up ? ((uint)(eb - up) << 23) | ((s << up) & 0x7fffffu) : s << (eb - 1)));
                    }
                    """),
            helper("drem", """
                    double ash_drem(double x, double y) {
                      const ulong a = as_ulong(x) & 0x7fffffffffffffffUL, b = as_ulong(y) & 0x7fffffffffffffffUL;
                      if (a >= 0x7ff0000000000000UL || b > 0x7ff0000000000000UL || b == 0UL) return NAN;
                      if (a < b) return x;
                      const ulong bit = 0x10000000000000UL;
                      const int ea = max((int)(a >> 52), 1), eb = max((int)(b >> 52), 1);
                      ulong r = (a & (bit - 1UL)) | (a >= bit ? bit : 0UL);
                      const ulong m = (b & (bit - 1UL)) | (b >= bit ? bit : 0UL);
                      r %= m;
                      for (int n = ea - eb; n > 0; n -= 11) r = (r << min(n, 11)) % m;
                      const ulong sign = as_ulong(x) & 0x8000000000000000UL;
                      if (r == 0UL) return as_double(sign);
                      const int up = (int)clz(r) - 11;
                      return as_double(sign | (eb > up ? ((ulong)(eb - up) << 52) | ((r << up) & (bit - 1UL)) : r << (eb - 1)));
                    }
                    """),
            // Far beyond the range of doubles only size and sign of a power matter, and one driver gets 3^1e308 wrong.
            helper("dpow", """
                    double ash_dpow(double x, double y) {
                      const double e = y * log2(fabs(x));
                      double far = e > 0.0 ? INFINITY : 0.0;
                      far = x < 0.0 && floor(y * 0.5) * 2.0 != y ? -far : far;
                      return fabs(e) > 2000.0 && fabs(x) < INFINITY && x != 0.0 && (x > 0.0 || floor(y) == y) ? far : pow(x, y);
                    }
                    """),
            helper("fpow", """
                    float ash_fpow(float x, float y) {
                      return pow(x, y);
                    }
                    """),
            helper("ldiv", """
                    long$ ash_ldiv$(long$ a, long$ b) {
                      const long$ q = a / (((b == 0L) | (b == -1L)) ? (long$)(1L) : b);
                      const long$ wrapped = b == -1L ? as_long$((ulong$)(0UL) - as_ulong$(a)) : q;
                      return b == 0L ? (long$)(0L) : wrapped;
                    }
                    """),
            helper("lrem", """
                    long$ ash_lrem$(long$ a, long$ b) {
                      const long$ guard = (b == 0L) | (b == -1L);
                      const long$ r = a % (guard ? (long$)(1L) : b);
                      return guard ? (long$)(0L) : r;
                    }
                    """));

    private Helpers() {}

    static Map.Entry<String, Helper> helper(String name, String text, String... needs) {
        return Map.entry(name, new Helper(List.of(needs), text));
    }

    /** Returns the id of a function for a number of lanes. */
    static String id(String name, Lanes lanes) {
        return name + "/" + lanes.count();
    }

    /** Returns the definitions of functions and of what they need, each once. */
    static String text(Set<String> ids) {
        Set<String> ordered = new LinkedHashSet<>();
        for (String id : new ArrayList<>(ids)) {
            add(id, ordered);
        }
        StringBuilder out = new StringBuilder();
        for (String id : ordered) {
            String[] parts = id.split("/");
            String suffix = Lanes.of(Integer.parseInt(parts[1])).suffix();
            String text = find(parts[0]).text();
            boolean perElement = !suffix.isEmpty() && !text.contains("$");
            out.append(perElement ? perElement(parts[0], suffix) : instance(text, suffix));
        }
        return out.toString();
    }

    private static void add(String id, Set<String> ordered) {
        String[] parts = id.split("/");
        if (!parts[1].equals("1") && !find(parts[0]).text().contains("$")) {
            add(parts[0] + "/1", ordered);
        }
        for (String need : find(parts[0]).needs()) {
            add(need + "/" + parts[1], ordered);
        }
        ordered.add(id);
    }

    /**
     * Returns a function on vectors that calls one on single elements: for what is not worth writing without branches, and for built-in
     * functions, whose vector forms may give other bits than the single one.
     */
    private static String perElement(String name, String n) {
        String type = name.startsWith("d") ? "double" : "float";
        if (BUILT_IN.contains(name)) {
            return type + n + " ash_" + name + n + "(" + type + n + " a) {\n"
                    + "  " + type + " x[" + n + "];\n"
                    + "  vstore" + n + "(a, 0, x);\n"
                    + "  for (int e = 0; e < " + n + "; e++) x[e] = ash_" + name + "(x[e]);\n"
                    + "  return vload" + n + "(0, x);\n}\n";
        }
        return type + n + " ash_" + name + n + "(" + type + n + " a, " + type + n + " b) {\n"
                + "  " + type + " x[" + n + "], y[" + n + "];\n"
                + "  vstore" + n + "(a, 0, x);\n  vstore" + n + "(b, 0, y);\n"
                + "  for (int e = 0; e < " + n + "; e++) x[e] = ash_" + name + "(x[e], y[e]);\n"
                + "  return vload" + n + "(0, x);\n}\n";
    }

    private static Helper find(String name) {
        if (BUILT_IN.contains(name)) {
            return new Helper(List.of(), "double ash_" + name + "(double x) {\n  return " + name.substring(1) + "(x);\n}\n");
        }
        String math = MathHelpers.text(name);
        if (math != null) {
            return new Helper(MathHelpers.needs(name), math);
        }
        Helper helper = CONVERSIONS.get(name);
        if (helper == null) {
            throw new IllegalArgumentException("no helper " + name);
        }
        return helper;
    }

    private static String instance(String template, String suffix) {
        String wide = suffix.isEmpty() ? "(" : "convert_long" + suffix + "(";
        String narrow = suffix.isEmpty() ? "(" : "convert_int" + suffix + "(";
        return template.replace("$W(", wide).replace("$N(", narrow).replace("$", suffix);
    }
}
