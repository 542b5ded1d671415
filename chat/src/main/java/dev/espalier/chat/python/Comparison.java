// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Iterated;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Row;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Value;
import java.util.Iterator;

/** Python's comparisons. */
public final class Comparison {

    private Comparison() {}

    /** {@code left == right}. */
    public static boolean areEqual(Value left, Value right, Meter meter) {
        meter.compare(left.weight(), right.weight());
        return left.equals(right);
    }

    /** {@code left < right}. */
    public static boolean isLess(Value left, Value right, Meter meter) {
        return holds("<", left, right, meter);
    }

    /** Whether an order holds: {@code <}, {@code <=}, {@code >} or {@code >=}. */
    public static boolean holds(String operator, Value left, Value right, Meter meter) {
        meter.compare(left.weight(), right.weight());
        if (left instanceof Numeric a && right instanceof Numeric b) {
            return !a.isNaN() && !b.isNaN() && holds(operator, a.compare(b));
        }
        if (left instanceof Text a && right instanceof Text b) {
            return holds(operator, a.compareTo(b));
        }
        if (left instanceof Row a && right instanceof Row b && a.type().equals(b.type())) {
            int end = Math.min(a.size(), b.size());
            for (int i = 0; i < end; i++) {
                if (!a.at(i).equals(b.at(i))) {
                    return holds(operator, a.at(i), b.at(i), meter);
                }
            }
            return holds(operator, Integer.compare(a.size(), b.size()));
        }
        Elements.defined(left);
        Elements.defined(right);
        throw Fault.type("'" + operator + "' not supported between instances of '" + left.type() + "' and '"
                + right.type() + "'");
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** {@code element in container}. */
    public static boolean contains(Value container, Value element, Meter meter) {
        if (container instanceof Text text) {
            if (element instanceof Text part) {
                meter.search(text.string().length(), part.string().length());
                return text.string().contains(part.string());
            }
            throw Fault.type("'in <string>' requires string as left operand, not " + element.type());
        }
        if (container instanceof Dict dict) {
            return dict.entries().containsKey(Dict.key(element));
        }
        if (!(container instanceof Iterated iterated)) {
            throw Fault.type("argument of type '" + container.type() + "' is not iterable");
        }
        for (Iterator<Value> each = iterated.iterator(); each.hasNext(); ) {
            if (areEqual(each.next(), element, meter)) {
                return true;
            }
        }
        return false;
    }
}
