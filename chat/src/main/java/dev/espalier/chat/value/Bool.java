// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.math.BigInteger;

/** A boolean, which is also the integer 0 or 1. */
public final class Bool extends Numeric {

    /** True. */
    public static final Bool TRUE = new Bool(BigInteger.ONE);

    /** False. */
    public static final Bool FALSE = new Bool(BigInteger.ZERO);

    private final BigInteger value;

    private Bool(BigInteger value) {
        this.value = value;
    }

    /** A boolean. */
    public static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public boolean isIntegral() {
        return true;
    }

    @Override
    public BigInteger integer() {
        return value;
    }

    @Override
    public double real() {
        return value.doubleValue();
    }

    @Override
    public String type() {
        return "bool";
    }

    @Override
    public void represent(TextBuilder out) {
        out.append(isTrue() ? "True" : "False");
    }
}
