// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elementary functions in single precision from additions, multiplications, divisions and bits alone. They give the same bits for one
 * element and for vectors, fused or not, on every device that rounds correctly, and compilers vectorise them: of the processor driver
 * at hand, the built-in log, erf and pow cost 10 to 20 times more when called for single elements, tanh(infinity) is not 1 and erf is
 * a call per element. Largest errors in units of the last place are in the comments; the polynomials were fitted for this file.
 */
final class MathHelpers {
    // 0.8 ulp. The scale is applied in two steps so that subnormal results are rounded once.
    private static final String EXP = """
            float$ ash_exp$(float$ x) {
              const float$ c = clamp(x, (float$)(-110.0f), (float$)(110.0f));
              const float$ n = rint(c * 0x1.715476p+0f);
              const float$ r = (c - n * 0x1.62e4p-1f) - n * 0x1.7f7d1cp-20f;
              float$ p = 0x1.6db4e4p-10f * r + 0x1.123be0p-7f;
              p = p * r + 0x1.55545ep-5f;
              p = p * r + 0x1.55548ep-3f;
              p = p * r + 0.5f;
              p = ((p * r) * r + r) + 1.0f;
              const int$ k = convert_int$(n);
              const int$ h = k >> 1;
              const float$ y = (p * as_float$((h + 127) << 23)) * as_float$((k - h + 127) << 23);
              return x == x ? y : x;
            }
            """;

    // 0.9 ulp. Adding the offset before the shift puts the mantissa into [sqrt(1/2), sqrt(2)).
    private static final String LOG_CORE = """
            float$ ash_log_core$(float$ f, float$ e, float$ low) {
              const float$ z = f * f;
              float$ q = -0x1.38b3a8p-4f * f + 0x1.056f78p-3f;
              q = q * f - 0x1.0d8ee0p-3f;
              q = q * f + 0x1.22d818p-3f;
              q = q * f - 0x1.547126p-3f;
              q = q * f + 0x1.99a014p-3f;
              q = q * f - 0x1.00022ap-2f;
              q = q * f + 0x1.555554p-2f;
              const float$ s = ((q * f) * z + (e * 0x1.7f7d1cp-20f + low)) - 0.5f * z;
              return (f + s) + e * 0x1.62e4p-1f;
            }
            """;

    private static final String LOG = """
            float$ ash_log$(float$ x) {
              const float$ scaled = x < 0x1p-126f ? x * 0x1p25f : x;
              const float$ bias = x < 0x1p-126f ? (float$)(-25.0f) : (float$)(0.0f);
              const int$ u = as_int$(scaled) - 0x3f3504f3;
              const float$ e = convert_float$(u >> 23) + bias;
              const float$ f = as_float$((u & 0x7fffff) + 0x3f3504f3) - 1.0f;
              const float$ y = ash_log_core$(f, e, (float$)(0.0f));
              const float$ finite = x < INFINITY ? y : x;
              const float$ signed_ = x > 0.0f ? finite : (float$)(NAN);
              return x == 0.0f ? (float$)(-INFINITY) : x == x ? signed_ : x;
            }
            """;

    // 1.3 ulp. Near zero the argument itself is the reduced one; elsewhere what 1 + x lost is added below.
    private static final String LOG1P = """
            float$ ash_log1p$(float$ x) {
              const float$ t = x > -1.0f ? x : (float$)(0.0f);
              const float$ v = t < INFINITY ? t : (float$)(0.0f);
              const float$ w = v + 1.0f;
              const float$ lost = (v > 1.0f ? 1.0f - (w - v) : v - (w - 1.0f)) / w;
              const int$ u = as_int$(w) - 0x3f3504f3;
              const int$ k = u >> 23;
              const float$ f = k == 0 ? v : as_float$((u & 0x7fffff) + 0x3f3504f3) - 1.0f;
              const float$ y = ash_log_core$(f, convert_float$(k), k == 0 ? (float$)(0.0f) : lost);
              const float$ finite = x < INFINITY ? (v == 0.0f ? v : y) : x;
              const float$ signed_ = x > -1.0f ? finite : (float$)(NAN);
              return x == -1.0f ? (float$)(-INFINITY) : x == x ? signed_ : x;
            }
            """;

    // 1.2 ulp.
    private static final String EXPM1 = """
            float$ ash_expm1$(float$ x) {
              const float$ c = clamp(x, (float$)(-30.0f), (float$)(60.0f));
              const float$ n = rint(c * 0x1.715476p+0f);
              const float$ r = (c - n * 0x1.62e4p-1f) - n * 0x1.7f7d1cp-20f;
              float$ p = 0x1.6db4e4p-10f * r + 0x1.123be0p-7f;
              p = p * r + 0x1.55545ep-5f;
              p = p * r + 0x1.55548ep-3f;
              p = p * r + 0.5f;
              p = (p * r) * r + r;
              const float$ s = as_float$((convert_int$(n) + 127) << 23);
              const float$ y = s * p + (s - 1.0f);
              const float$ near = n == 0.0f ? p : y;
              const float$ far = x > 50.0f ? ash_exp$(x) : near;
              return x == 0.0f ? x : x == x ? far : x;
            }
            """;

    // 1.5 ulp.
    private static final String TANH = """
            float$ ash_tanh$(float$ x) {
              const float$ a = fabs(x);
              const float$ z = x * x;
              float$ p = -0x1.762d52p-8f * z + 0x1.523bc0p-6f;
              p = p * z - 0x1.b84058p-5f;
              p = p * z + 0x1.11074cp-3f;
              p = p * z - 0x1.555534p-2f;
              const float$ near = (p * z) * a + a;
              const float$ far = 1.0f - 2.0f / (ash_exp$(a + a) + 1.0f);
              return x == x ? copysign(a < 0.625f ? near : far, x) : x;
            }
            """;

    // 1.5 ulp near zero, 2 beyond 1, where erf = 1 - exp(-t g(t)).
    private static final String ERF = """
            float$ ash_erf$(float$ x) {
              const float$ a = fabs(x);
              const float$ z = x * x;
              float$ p = 0x1.4ae4c6p-14f * z - 0x1.a485e8p-11f;
              p = p * z + 0x1.5419f4p-8f;
              p = p * z - 0x1.b7fbb4p-6f;
              p = p * z + 0x1.ce2d20p-4f;
              p = p * z - 0x1.81273ep-2f;
              p = p * z + 0x1.06eba8p-3f;
              const float$ near = p * x + x;
              const float$ t = a < 4.0f ? a : (float$)(4.0f);
              float$ g = 0x1.f0ec74p-19f * t - 0x1.fbe832p-16f;
              g = g * t - 0x1.0e8886p-13f;
              g = g * t + 0x1.9d633ep-9f;
              g = g * t - 0x1.798d8ap-6f;
              g = g * t + 0x1.b0a04ap-4f;
              g = g * t + 0x1.4557dap-1f;
              g = g * t + 0x1.20eb84p+0f;
              const float$ far = copysign(1.0f - ash_exp$(-(g * t)), x);
              return a < 1.0f ? near : x == x ? far : x;
            }
            """;

    // 1.2 ulp.
    private static final String ATAN = """
            float$ ash_atan$(float$ x) {
              const float$ a = fabs(x);
              const float$ t = a > 1.0f ? 1.0f / a : a;
              const float$ z = t * t;
              float$ p = -0x1.defc4ap-10f * z + 0x1.6a8e34p-7f;
              p = p * z - 0x1.01aee6p-5f;
              p = p * z + 0x1.dd0e38p-5f;
              p = p * z - 0x1.58dc4ap-4f;
              p = p * z + 0x1.c0d278p-4f;
              p = p * z - 0x1.2426f8p-3f;
              p = p * z + 0x1.999276p-3f;
              p = p * z - 0x1.555540p-2f;
              const float$ s = (p * z) * t;
              const float$ y = a > 1.0f ? 0x1.921fb6p+0f - (t + (s + 0x1.777a5cp-25f)) : t + s;
              return x == x ? copysign(y, x) : x;
            }
            """;

    // Multiplies by a window of the bits of 2/pi that starts where multiples of four quadrants end, so that no argument is too large.
    private static final String QUADRANT = """
            float$ ash_quadrant$(float$ a, int$* quadrant) {
              const uint$ u = as_uint$(a);
              const uint$ m = (u & 0x7fffffu) | 0x800000u;
              const int$ at = clamp(convert_int$(u >> 23) - 120, (int$)(0), (int$)(134));
              const int$ w = at >> 5;
              const uint$ sh = as_uint$(at & 31);
              const uint$ t0 = w == 0 ? (uint$)(0u) : w == 1 ? (uint$)(0xa2f9836eu) : w == 2 ? (uint$)(0x4e441529u)
                  : w == 3 ? (uint$)(0xfc2757d1u) : (uint$)(0xf534ddc0u);
              const uint$ t1 = w == 0 ? (uint$)(0xa2f9836eu) : w == 1 ? (uint$)(0x4e441529u) : w == 2 ? (uint$)(0xfc2757d1u)
                  : w == 3 ? (uint$)(0xf534ddc0u) : (uint$)(0xdb629599u);
              const uint$ t2 = w == 0 ? (uint$)(0x4e441529u) : w == 1 ? (uint$)(0xfc2757d1u) : w == 2 ? (uint$)(0xf534ddc0u)
                  : w == 3 ? (uint$)(0xdb629599u) : (uint$)(0x3c439041u);
              const uint$ t3 = w == 0 ? (uint$)(0xfc2757d1u) : w == 1 ? (uint$)(0xf534ddc0u) : w == 2 ? (uint$)(0xdb629599u)
                  : w == 3 ? (uint$)(0x3c439041u) : (uint$)(0xfe5163abu);
              const uint$ w0 = (t0 << sh) | ((t1 >> 1) >> (31u - sh));
              const uint$ w1 = (t1 << sh) | ((t2 >> 1) >> (31u - sh));
              const uint$ w2 = (t2 << sh) | ((t3 >> 1) >> (31u - sh));
              const uint$ low = m * w1;
              const uint$ p1 = low + mul_hi(m, w2);
              const uint$ p0 = m * w0 + mul_hi(m, w1) + (p1 < low ? (uint$)(1u) : (uint$)(0u));
              const uint$ f0 = (p0 << 2) | (p1 >> 30);
              const uint$ f1 = (p1 << 2) | ((m * w2) >> 30);
              const long$ f = as_long$((convert_ulong$(f0) << 32) | convert_ulong$(f1));
              const float$ r = convert_float$(f) * 0x1.921fb6p-64f;
              const int$ up = as_int$(f0 >> 31);
              const int$ small = a < 0.785f;
              *quadrant = small ? (int$)(0) : as_int$(p0 >> 30) + up;
              return small ? a : a < INFINITY ? r : (float$)(NAN);
            }
            """;

    private static final String SIN_CORE = """
            float$ ash_sin_core$(float$ r) {
              const float$ z = r * r;
              float$ p = 0x1.6cd732p-19f * z - 0x1.a00f98p-13f;
              p = p * z + 0x1.111108p-7f;
              p = p * z - 0x1.555556p-3f;
              return (p * z) * r + r;
            }
            """;

    private static final String COS_CORE = """
            float$ ash_cos_core$(float$ r) {
              const float$ z = r * r;
              float$ p = -0x1.2429fap-22f * z + 0x1.a0111cp-16f;
              p = p * z - 0x1.6c16b8p-10f;
              p = p * z + 0x1.555556p-5f;
              return (p * z) * z - 0.5f * z + 1.0f;
            }
            """;

    // 1.6 ulp. The built-in sine of 16 lanes is wrong in small lanes as soon as one lane is large: sin(2e-7) = 0.013.
    private static final String SIN = """
            float$ ash_sin$(float$ x) {
              int$ q;
              const float$ r = ash_quadrant$(fabs(x), &q);
              const float$ s = ash_sin_core$(r);
              const float$ c = ash_cos_core$(r);
              const float$ y = (q & 1) == 1 ? c : s;
              const float$ t = (q & 2) == 2 ? -y : y;
              return as_float$(as_uint$(t) ^ (as_uint$(x) & 0x80000000u));
            }
            """;

    // 1.6 ulp.
    private static final String COS = """
            float$ ash_cos$(float$ x) {
              int$ q;
              const float$ r = ash_quadrant$(fabs(x), &q);
              const float$ s = ash_sin_core$(r);
              const float$ c = ash_cos_core$(r);
              const float$ y = (q & 1) == 1 ? s : c;
              return ((q + 1) & 2) == 2 ? -y : y;
            }
            """;

    private MathHelpers() {}

    static @Nullable String text(String name) {
        return switch (name) {
            case "exp" -> EXP;
            case "log_core" -> LOG_CORE;
            case "log" -> LOG;
            case "log1p" -> LOG1P;
            case "expm1" -> EXPM1;
            case "tanh" -> TANH;
            case "erf" -> ERF;
            case "atan" -> ATAN;
            case "quadrant" -> QUADRANT;
            case "sin_core" -> SIN_CORE;
            case "cos_core" -> COS_CORE;
            case "sin" -> SIN;
            case "cos" -> COS;
            default -> null;
        };
    }

    static List<String> needs(String name) {
        return switch (name) {
            case "expm1", "tanh", "erf" -> List.of("exp");
            case "log", "log1p" -> List.of("log_core");
            case "sin", "cos" -> List.of("quadrant", "sin_core", "cos_core");
            default -> List.of();
        };
    }
}
