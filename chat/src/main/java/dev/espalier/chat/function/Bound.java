// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arguments in the order of the parameters that they are for.
 *
 * @param values a value for each parameter; null for those that were left out
 * @param rest all arguments, for functions that take any number
 */
public record Bound(List<@Nullable Value> values, Arguments rest) {

    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

    /** Whether an argument was given, {@code none} not counted. */
    public boolean has(int index) {
        Value value = values.get(index);
        return value != null && value != None.NONE;
    }

    /** A required argument. */
    public Value get(int index) {
        return or(index, None.NONE);
    }

    /** An argument, or what stands for it. */
    public Value or(int index, Value usual) {
        Value value = values.get(index);
        return value == null ? usual : value;
    }

    /** A text. */
    public Text text(int index) {
        Value value = get(index);
        if (value instanceof Text text) {
            return text;
        }
        throw value instanceof Undefined undefined
                ? undefined.fault()
                : Fault.type("expected a str argument, not " + value.type());
    }

    /** A text, or what stands for it. */
    public Text text(int index, Text usual) {
        return values.get(index) == null ? usual : text(index);
    }

    /** A text, or null for none. */
    public @Nullable Text optionalText(int index) {
        return has(index) ? text(index) : null;
    }

    /** An integer, or what stands for it; very large ones are clipped. */
    public int integer(int index, int usual) {
        Value value = values.get(index);
        if (value == null) {
            return usual;
        }
        if (value instanceof Numeric number && number.isIntegral()) {
            return number.integer().min(LARGEST).max(LARGEST.negate()).intValue();
        }
        throw value instanceof Undefined undefined
                ? undefined.fault()
                : Fault.type("'" + value.type() + "' object cannot be interpreted as an integer");
    }

    /** The truth of an argument; false if it was left out. */
    public boolean flag(int index) {
        return or(index, None.NONE).isTrue();
    }
}
