// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Iterated;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Sized;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The elements of values that have some. */
public final class Elements {

    private Elements() {}

    /** The elements of a value, which fails if it has none. */
    public static Iterator<Value> iterator(Value value) {
        if (value instanceof Iterated iterated) {
            return iterated.iterator();
        }
        throw Fault.type("'" + value.type() + "' object is not iterable");
    }

    /** The elements of a value in a list that the caller owns. */
    public static List<Value> list(Value value, Meter meter) {
        List<Value> list = new ArrayList<>();
        for (Iterator<Value> each = iterator(value); each.hasNext(); ) {
            list.add(each.next());
            meter.spend(1);
        }
        return list;
    }

    /** The number of elements of a value that knows it. */
    public static int size(Value value) {
        if (value instanceof Sized sized) {
            return sized.size();
        }
        throw Fault.type("object of type '" + value.type() + "' has no len()");
    }

    /** A value that is not undefined; that fails. */
    public static Value defined(Value value) {
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        return value;
    }
}
