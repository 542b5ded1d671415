package dev.espalier.schemas;

import dev.espalier.automata.StackSet;
import dev.espalier.grammar.DeepStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values that have a result under a goal, shortest first, found as far as they are asked for. They are read
 * off a language in which values are written in one way.
 */
final class ClassValues {

    /** Levels of recursion for the stack of a search inside a search: it works out what exists, as if from the start. */
    private static final int NESTING = 1000;

    private final SchemaLanguage language;
    private final Map<List<Integer>, Values> known = new HashMap<>();

    /** Values of goals of a language. */
    ClassValues(SchemaLanguage language) {
        this.language = language;
    }

    /** So many values are looked at in about a microsecond. */
    private static final int LOOKS_A_UNIT = 16;

    /** A value and the bytes of its shortest text. */
    record Sized(ItemValue value, int bytes) {}

    private static final class Values {
        final List<Sized> found = new ArrayList<>();
        final Set<ItemValue> distinct = new HashSet<>();
        final ValueSearch search;
        boolean isComplete;

        Values(ValueSearch search) {
            this.search = search;
        }
    }

    /**
     * The n-th shortest value with a result, from 0, but for some that were read; null if there are not so many.
     *
     * @param read no names among them
     */
    @Nullable
    Sized shortestWithout(int diagram, int result, SeenItems read, int n) {
        List<Integer> key = List.of(diagram, result);
        Values values = known.get(key);
        if (values == null) {
            values = onRoomyStack(() -> start(diagram, result));
            known.put(key, values);
        }
        int left = read.isEmpty() ? 0 : n;
        language.deadline().spend(left / LOOKS_A_UNIT);
        for (int i = n - left; ; i++) {
            while (i >= values.found.size()) {
                if (!hasOneMore(values)) {
                    return null;
                }
            }
            if (!read.contains(values.found.get(i).value()) && left-- == 0) {
                return values.found.get(i);
            }
        }
    }

    /** All values with a result; null if there are more than so many. */
    @Nullable
    List<ItemValue> few(int diagram, int result, int most) {
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
        return !values.isComplete && onRoomyStack(() -> findOne(values));
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
            if (values.distinct.add(value)) {
                values.found.add(new Sized(value, found.bytes()));
                return true;
            }
        }
        values.isComplete = true;
        return false;
    }
}
