// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Bound;
import dev.espalier.chat.python.Comparison;
import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Indexed;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Value;

/** The methods of lists, tuples, dicts and numbers that change nothing. */
final class ContainerMethods {

    private ContainerMethods() {}

    static void defineRows(Table table) {
        table.define("count", "value /", (s, a, r) -> Int.of(count((Indexed) s, a.get(0), r.meter())));
        table.define("index", "value start? stop? /", (s, a, r) -> Int.of(index((Indexed) s, a, r.meter())));
    }

    static void defineLists(Table table) {
        defineRows(table);
        table.define("copy", "", (s, a, r) -> s);
    }

    static void defineDicts(Table table) {
        table.define("keys", "", (s, a, r) -> ((Dict) s).keys());
        table.define("values", "", (s, a, r) -> ((Dict) s).values());
        table.define("items", "", (s, a, r) -> ((Dict) s).items());
        table.define("copy", "", (s, a, r) -> s);
        table.define(
                "get",
                "key default? /",
                (s, a, r) -> ((Dict) s).entries().getOrDefault(Dict.key(a.get(0)), a.or(1, None.NONE)));
    }

    static void defineIntegers(Table table) {
        table.define(
                "bit_length",
                "",
                (s, a, r) -> Int.of(((Numeric) s).integer().abs().bitLength()));
    }

    static void defineReals(Table table) {
        table.define("is_integer", "", (s, a, r) -> {
            double real = ((Numeric) s).real();
            return Bool.of(!Double.isInfinite(real) && real == Math.rint(real));
        });
    }

    private static int count(Indexed list, Value wanted, Meter meter) {
        int count = 0;
        for (int i = 0; i < list.size(); i++) {
            count += Comparison.areEqual(list.at(i), wanted, meter) ? 1 : 0;
        }
        return count;
    }

    private static int index(Indexed list, Bound arguments, Meter meter) {
        int size = list.size();
        int start = arguments.integer(1, 0);
        int stop = arguments.integer(2, size);
        int from = start < 0 ? Math.max(0, start + size) : start;
        int to = Math.min(size, stop < 0 ? stop + size : stop);
        for (int i = from; i < to; i++) {
            if (Comparison.areEqual(list.at(i), arguments.get(0), meter)) {
                return i;
            }
        }
        throw Fault.value("the value is not in the " + list.type());
    }
}
