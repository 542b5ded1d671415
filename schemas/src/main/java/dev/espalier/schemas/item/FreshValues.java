// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The unused values of a class of items, shortest first. Guarded by the language's lock. */
@FastPath(oracle = "FreshValuesTest")
public final class FreshValues {

    /** Stands for: there are not that many values. */
    public static final long NONE = -1;
    /** Stands for: unknown without looking at each item. */
    public static final long UNKNOWN = -2;

    /** Earlier items examined in about a microsecond. */
    public static final int LOOKS_A_UNIT = 6;

    private final ItemLanguage language;
    private final Diagrams diagrams;

    public FreshValues(ItemLanguage language) {
        this.language = language;
        this.diagrams = language.diagrams();
    }

    /**
     * The bytes of the {@code count} shortest unused values of a class; {@link #NONE} if there are fewer, {@link #UNKNOWN} if earlier
     * items are names of values of other classes.
     */
    public long bytes(int diagram, int each, int count, SeenItems seen) {
        ClassValues values = language.values();
        int alike = namesOf(diagram, each, seen);
        return values == null || alike < 0
                ? UNKNOWN
                : values.bytesWithout(diagram, each, seen.onlyRead(), alike, count);
    }

    /** The bytes of the shortest earlier item of a class; {@link Integer#MAX_VALUE} if there is none. */
    public int leastRepeated(int diagram, int each, SeenItems seen) {
        int least = Integer.MAX_VALUE;
        for (SeenItems.Item item : seen.items()) {
            least = belongs(diagram, each, item) ? Math.min(least, item.bytes()) : least;
        }
        return least;
    }

    /** The shortest unused value of a class; null if there is none. It is only a name until two values must be distinguished. */
    public ClassValues.@Nullable Sized shortest(int diagram, int each, int shortest, SeenItems seen) {
        boolean isFirst = true;
        for (SeenItems.Item item : seen.items()) {
            isFirst &= !belongs(diagram, each, item);
        }
        if (isFirst) {
            return new ClassValues.Sized(ItemValue.of(new ItemValue.Some(diagram, each, 0)), shortest);
        }
        ClassValues values = language.values();
        if (values == null) {
            if (!language.endless().isEndless(language.goal(diagram))) {
                throw tooTangled();
            }
            int used = seen.size();
            return new ClassValues.Sized(ItemValue.of(new ItemValue.Some(diagram, each, used)), shortest);
        }
        int alike = namesOf(diagram, each, seen);
        if (alike >= 0) {
            ClassValues.Sized next = values.shortestWithout(diagram, each, seen.onlyRead(), alike);
            return next == null
                    ? null
                    : new ClassValues.Sized(ItemValue.of(new ItemValue.Some(diagram, each, alike)), next.bytes());
        }
        language.deadline().spend(1 + seen.size() / LOOKS_A_UNIT);
        Set<ItemValue> used = new HashSet<>();
        SeenItems read = seen.onlyRead();
        for (SeenItems.Item item : seen.items()) {
            ItemValue.Some some = item.value().some();
            ClassValues.Sized known = some == null
                    ? new ClassValues.Sized(item.value(), item.bytes())
                    : values.shortestWithout(some.diagram(), some.each(), read, some.n());
            if (known != null) {
                used.add(known.value());
            }
        }
        for (int n = 0; ; n++) {
            ClassValues.Sized next = values.shortestWithout(diagram, each, read, n);
            if (next == null) {
                return null;
            }
            if (!used.contains(next.value())) {
                return new ClassValues.Sized(ItemValue.of(new ItemValue.Some(diagram, each, n)), next.bytes());
            }
        }
    }

    /** How many names there are, if they are those of the first values of one class; -1 if they are not. */
    private static int namesOf(int diagram, int each, SeenItems seen) {
        int names = 0;
        int last = -1;
        for (SeenItems.Item item : seen.items()) {
            ItemValue.Some some = item.value().some();
            if (some != null) {
                if (some.diagram() != diagram || some.each() != each) {
                    return -1;
                }
                names++;
                last = Math.max(last, some.n());
            }
        }
        return last == names - 1 ? names : -1;
    }

    /** True if an earlier item is of a class, by the verdicts on it of all schemas still to be asked. */
    public boolean belongs(int diagram, int each, SeenItems.Item item) {
        int at = diagram;
        while (at >= 0) {
            at = diagrams.branch(at, item.lanes().has(diagrams.top(at)));
        }
        return at != Diagrams.DEAD && Diagrams.result(at) == each;
    }

    private static UnsupportedFeatureException tooTangled() {
        return new UnsupportedFeatureException(
                Keyword.UNIQUE_ITEMS.text(),
                "whether there are enough different items depends on arrays of the same kind inside them",
                Place.UNKNOWN);
    }
}
