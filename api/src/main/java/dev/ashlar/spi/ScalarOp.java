// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/**
 * The scalar operations that an {@link Expr} is made of. Every result is rounded to the instruction's type before it is used
 * again; nothing is contracted unless the expression says {@link #FMA}.
 *
 * <p>Results that are subnormal in float32 may become zero. Functions hold over the whole range of their type, sin and cos included.
 *
 * <p>Arithmetic happens in float64, float32, int64, int32 and bool only. The other types are storage: they appear in
 * {@link #INPUT}, {@link #CAST} and {@link #BITCAST}.
 */
public enum ScalarOp {
    /** The element of input {@code immediate}; the type is that input's storage type. */
    INPUT(0),
    /** A literal of our own rules: raw bits of a double for floating types, the value itself for the others. */
    CONST(0),
    /** The run-time scalar {@code immediate}, encoded in {@link KernelArgs#params()} as for {@link #CONST}. */
    PARAM(0),
    /** The coordinate along iteration axis {@code immediate}, as int64. */
    AXIS_INDEX(0),
    /** The value of the fold or product, in the accumulator's type; only in epilogues. */
    RESULT(0),
    /**
     * The operand in another type. Float to integer truncates towards zero, saturates, and turns NaN into 0; integer to a narrower
     * integer wraps; anything to bool is {@code != 0} (NaN is true); to a narrower float rounds to nearest even.
     */
    CAST(1),
    /** The operand's bits as a type of the same width. */
    BITCAST(1),
    /** Integers wrap. */
    NEG(1),
    /** Integers wrap at the smallest value. */
    ABS(1),
    SQRT(1),
    EXP(1),
    LOG(1),
    EXPM1(1),
    LOG1P(1),
    SIN(1),
    COS(1),
    TANH(1),
    FLOOR(1),
    /** Optional: a backend without it gets a polynomial. */
    ATAN(1),
    /** Optional: a backend without it gets a polynomial. */
    ERF(1),
    /** Integers wrap; on bool this is {@link #OR}. */
    ADD(2),
    /** Integers wrap. */
    SUB(2),
    /** Integers wrap; on bool this is {@link #AND}. */
    MUL(2),
    /** Integers truncate towards zero; division by zero gives 0; the smallest value by -1 wraps. */
    DIV(2),
    /** The remainder of truncating division, with the sign of the dividend (C's fmod); integer x rem 0 gives 0. */
    REM(2),
    /** Floating point only; special values as in C99 Annex F. */
    POW(2),
    /** NaN if either operand is NaN. */
    MAX(2),
    /** NaN if either operand is NaN. */
    MIN(2),
    /** a &lt; b as bool; false for NaN; on bool false &lt; true. */
    LT(2),
    /** a == b as bool; false for NaN; 0.0 equals -0.0. */
    EQ(2),
    /** Bitwise on integers, logical on bool. */
    AND(2),
    /** Bitwise on integers, logical on bool. */
    OR(2),
    /** Bitwise on integers, logical on bool. */
    XOR(2),
    /** The shift count is masked to the width of the type. */
    SHL(2),
    /** Arithmetic; the shift count is masked to the width of the type. */
    SHR(2),
    /** b where the bool a is true, else c; the value not taken has no influence, not even as NaN. */
    SELECT(3),
    /** a * b + c rounded once; floating point only. */
    FMA(3);

    private final int operands;

    ScalarOp(int operands) {
        this.operands = operands;
    }

    /** Returns how many earlier instructions this operation reads, 0 to 3. */
    public int operands() {
        return operands;
    }

    /** Returns whether a backend may leave this operation out of its {@link Capabilities}. */
    public boolean isOptional() {
        return this == ATAN || this == ERF;
    }
}
