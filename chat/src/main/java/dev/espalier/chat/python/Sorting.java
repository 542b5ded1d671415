// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Python's stable sort, which asks for nothing but "less than". */
public final class Sorting {

    private Sorting() {}

    /** Sorts a list by keys; backwards, equal elements stay in order. */
    public static <T> void sort(
            List<T> list, Function<? super T, ? extends Value> key, boolean isReversed, Meter meter) {
        List<Keyed<T>> keyed = new ArrayList<>(list.size());
        list.forEach(item -> keyed.add(new Keyed<>(key.apply(item), item)));
        if (isReversed) {
            Collections.reverse(keyed);
        }
        List<Keyed<T>> sorted = merge(keyed, meter);
        if (isReversed) {
            Collections.reverse(sorted);
        }
        for (int i = 0; i < sorted.size(); i++) {
            list.set(i, sorted.get(i).item());
        }
    }

    private record Keyed<T>(Value key, T item) {}

    private static <T> List<Keyed<T>> merge(List<Keyed<T>> all, Meter meter) {
        if (all.size() < 2) {
            return new ArrayList<>(all);
        }
        List<Keyed<T>> left = merge(all.subList(0, all.size() / 2), meter);
        List<Keyed<T>> right = merge(all.subList(all.size() / 2, all.size()), meter);
        List<Keyed<T>> merged = new ArrayList<>(all.size());
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            boolean takesRight =
                    Comparison.isLess(right.get(j).key(), left.get(i).key(), meter);
            merged.add(takesRight ? right.get(j++) : left.get(i++));
        }
        merged.addAll(left.subList(i, left.size()));
        merged.addAll(right.subList(j, right.size()));
        return merged;
    }
}
