// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Indexed;
import dev.espalier.chat.value.ListValue;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Range;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's subscripts: elements by index and key, and slices. */
public final class Access {

    private Access() {}

    /** {@code container[key]}; null if there is no such element, or never one of such a key. */
    public static @Nullable Value element(Value container, Value key) {
        if (container instanceof Dict dict) {
            return Dict.isKey(key) ? dict.entries().get(key) : null;
        }
        if (container instanceof Indexed sequence && key instanceof Numeric number && number.isIntegral()) {
            BigInteger wanted = number.integer();
            int size = sequence.size();
            BigInteger index = wanted.signum() < 0 ? wanted.add(BigInteger.valueOf(size)) : wanted;
            boolean exists = index.signum() >= 0 && index.compareTo(BigInteger.valueOf(size)) < 0;
            return exists ? sequence.at(index.intValue()) : null;
        }
        return null;
    }

    /** {@code container[from:to:by]}, where parts that are left out are {@code None}. */
    public static Value slice(Value container, Value from, Value to, Value by, Meter meter) {
        Elements.defined(container);
        if (!(container instanceof Indexed sequence)) {
            throw Fault.type("'" + container.type() + "' has no slices");
        }
        int step = by == None.NONE ? 1 : bound(by, Integer.MAX_VALUE);
        if (step == 0) {
            throw Fault.value("slice step cannot be zero");
        }
        int size = sequence.size();
        int first = step > 0 ? 0 : -1;
        int last = step > 0 ? size : size - 1;
        int start = from == None.NONE ? (step > 0 ? first : last) : clip(bound(from, size), size, first, last);
        int end = to == None.NONE ? (step > 0 ? last : first) : clip(bound(to, size), size, first, last);
        if (step == 1 && sequence instanceof Text text) {
            meter.write(Math.max(0, end - start), 0);
            return text.slice(start, end);
        }
        Indexed elements = sequence instanceof Text ? new ListValue(Elements.list(sequence, meter)) : sequence;
        List<Value> picked = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            picked.add(elements.at((int) i));
        }
        meter.spend(picked.size());
        return like(sequence, picked, start, end, step, meter);
    }

    private static Value like(Indexed sequence, List<Value> picked, int start, int end, int step, Meter meter) {
        if (sequence instanceof Text text) {
            TextBuilder joined = new TextBuilder(meter);
            picked.forEach(joined::append);
            return joined.toText().asMarkup(text.isMarkup());
        }
        if (sequence instanceof Range range) {
            return new Range(
                    range.start() + start * range.step(), range.start() + end * range.step(), range.step() * step);
        }
        return sequence instanceof ListValue ? new ListValue(picked) : new Tuple(picked);
    }

    private static int bound(Value value, int size) {
        if (Elements.defined(value) instanceof Numeric number && number.isIntegral()) {
            BigInteger most =
                    BigInteger.valueOf(Math.max(size, 1)).shiftLeft(1).min(BigInteger.valueOf(Integer.MAX_VALUE));
            return number.integer().max(most.negate()).min(most).intValue();
        }
        throw Fault.type("slice indices must be integers or None");
    }

    private static int clip(int index, int size, int first, int last) {
        int counted = index < 0 ? index + size : index;
        return Math.max(first, Math.min(last, counted));
    }
}
