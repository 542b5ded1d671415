// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.core.work.DeepStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values that have a result under a goal, shortest first, enumerated on demand. They come from a language in which values
 * are written in one way.
 */
@FastPath(oracle = "ClassValuesTest")
public final class ClassValues {

    /** Levels of recursion for the stack of a search inside a search: it works out what exists, as if from the start. */
    private static final int NESTING = 1000;

    private final ItemLanguage language;
    private final Map<List<Integer>, Values> known = new HashMap<>();

    /** The values of the goals of a language. */
    public ClassValues(ItemLanguage language) {
        this.language = language;
    }

    /** Earlier values looked up in about a microsecond. */
    private static final int LOOKS_A_UNIT = 16;

    /** A value and the bytes of its shortest text. */
    public record Sized(ItemValue value, int bytes) {}

    private static final class Values {
        final List<Sized> found = new ArrayList<>();
        final Map<ItemValue, Integer> places = new HashMap<>();
        /** By index, the sum of the bytes of all values before it. */
        final List<Long> sums = new ArrayList<>();

        final ValueSearch search;
        boolean isComplete;

        Values(ValueSearch search) {
            this.search = search;
        }
    }

    /**
     * The n-th shortest value with a result, from 0, except those already read; null if there are fewer.
     *
     * @param read no names among them
     */
    @Nullable
    Sized shortestWithout(int diagram, int result, SeenItems read, int n) {
        Values values = values(diagram, result);
        int at = found(values, read, n);
        return at < 0 ? null : values.found.get(at);
    }

    /**
     * The bytes of the {@code count} shortest values with a result, from the n-th, except those already read; -1 if there are fewer.
     *
     * @param read no names among them
     */
    long bytesWithout(int diagram, int result, SeenItems read, int n, int count) {
        Values values = values(diagram, result);
        int last = found(values, read, n + count - 1);
        if (last < 0) {
            return -1;
        }
        int first = found(values, read, n);
        long bytes = values.sums.get(last) + values.found.get(last).bytes() - values.sums.get(first);
        for (SeenItems.Item item : read.items()) {
            int at = values.places.getOrDefault(item.value(), Integer.MAX_VALUE);
            bytes -= at >= first && at <= last ? values.found.get(at).bytes() : 0;
        }
        return bytes;
    }

    private Values values(int diagram, int result) {
        List<Integer> key = List.of(diagram, result);
        Values values = known.get(key);
        if (values == null) {
            values = onRoomyStack(() -> start(diagram, result));
            known.put(key, values);
        }
        return values;
    }

    /** The index of the n-th value that was not read; -1 if there are fewer. */
    private int found(Values values, SeenItems read, int n) {
        int at = place(values, read, n);
        while (at >= values.found.size()) {
            if (!hasOneMore(values)) {
                return -1;
            }
            at = at < values.found.size() ? place(values, read, n) : at;
        }
        return at;
    }

    /** The index of the n-th value that was not read among the values found so far; past the end if there are fewer yet. */
    private int place(Values values, SeenItems read, int n) {
        List<SeenItems.Item> items = read.items();
        int[] places = new int[items.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = values.places.getOrDefault(items.get(i).value(), Integer.MAX_VALUE);
        }
        language.deadline().spend(places.length / LOOKS_A_UNIT);
        Arrays.sort(places);
        int at = n;
        for (int i = 0; i < places.length && places[i] <= at; i++) {
            at++;
        }
        return at;
    }

    /** All values with a result; null if there are more than {@code most}. */
    @Nullable
    public List<ItemValue> few(int diagram, int result, int most) {
        List<ItemValue> all = new ArrayList<>();
        for (int n = 0; n <= most; n++) {
            Sized next = shortestWithout(diagram, result, SeenItems.NONE, n);
            if (next == null) {
                return all;
            }
            all.add(next.value());
        }
        return null;
    }

    private boolean hasOneMore(Values values) {
        if (values.isComplete) {
            return false;
        }
        boolean isOver = false;
        try {
            boolean found = onRoomyStack(() -> findOne(values));
            isOver = true;
            return found;
        } finally {
            if (!isOver) {
                known.values().remove(values); // a search that was ended by an error has lost its way
            }
        }
    }

    private <T> T onRoomyStack(Supplier<T> work) {
        return language.level() == 0 ? work.get() : DeepStack.call(NESTING, work);
    }

    private Values start(int diagram, int result) {
        StackSet start = StackSet.of(language.value(language.goal(diagram)));
        return new Values(new ValueSearch(language, start, new byte[0], result, ValueSearch.Aim.EVERY, List.of()));
    }

    private boolean findOne(Values values) {
        for (ValueSearch.Found found = values.search.next(); found != null; found = values.search.next()) {
            ItemValue value = ItemValue.of(found.added());
            int last = values.found.size() - 1;
            if (values.places.putIfAbsent(value, values.found.size()) == null) {
                values.sums.add(
                        values.sums.isEmpty()
                                ? 0
                                : values.sums.get(last) + values.found.get(last).bytes());
                values.found.add(new Sized(value, found.bytes()));
                return true;
            }
        }
        values.isComplete = true;
        return false;
    }
}
