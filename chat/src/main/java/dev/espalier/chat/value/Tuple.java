// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.List;

/** A tuple, whose elements may have names, too. */
public class Tuple extends Row {

    /** A tuple of values, which must not change any more. */
    public Tuple(List<Value> items) {
        super(items);
    }

    /** A tuple of some values. */
    public static Tuple of(Value... items) {
        return new Tuple(List.of(items));
    }

    @Override
    public final String type() {
        return "tuple";
    }

    @Override
    public final void represent(TextBuilder out) {
        represent(out, "(", size() == 1 ? ",)" : ")");
    }
}
