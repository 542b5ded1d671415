// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.core.collect.Hashing;
import dev.espalier.core.collect.SortedTree;
import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.json.ReadValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of an array's items so far, each with the verdicts of later schemas. Adding one takes time and memory logarithmic
 * in their number and linear in its text. Immutable.
 */
public final class SeenItems {

    /** No items, or none that matters. */
    public static final SeenItems NONE = new SeenItems(null, 0, 0, Rivals.NONE, null, null);

    private final @Nullable SortedTree<ItemValue, Item> items;
    /** The number of values that are only names. */
    private final int names;

    private final int hash;
    /** The rivals of an item that has not begun: all values that are not names. */
    private final Rivals rivals;
    /** The strings that were last asked for, by length. */
    private volatile @Nullable Short some;
    /** The values that are not strings; null until asked for. */
    private volatile @Nullable SeenItems others;
    /** All values as a list; null until asked for. */
    private volatile @Nullable List<Item> list;

    /**
     * An item.
     *
     * @param value its value; a name for one where it is only looked ahead
     * @param lanes the lanes that it is good for, of those that are still to be asked
     * @param bytes the bytes of its shortest text
     */
    public record Item(ItemValue value, AtomSet lanes, int bytes) {

        boolean isText() {
            return value.value() instanceof ReadValue.Text;
        }

        /** True if it is a string of at most {@code characters} characters. */
        boolean isShort(int characters) {
            return value.value() instanceof ReadValue.Text text
                    && text.value().codePointCount(0, text.value().length()) <= characters;
        }
    }

    /** The strings of at most {@code characters} characters. */
    private record Short(int characters, SeenItems items) {

        Short with(Item item) {
            return item.isShort(characters) ? new Short(characters, items.with(item)) : this;
        }
    }

    private SeenItems(
            @Nullable SortedTree<ItemValue, Item> items,
            int names,
            int hash,
            Rivals rivals,
            @Nullable Short some,
            @Nullable SeenItems others) {
        this.others = others;
        this.items = items;
        this.names = names;
        this.hash = hash;
        this.rivals = rivals;
        this.some = some;
    }

    /** With one more, whose value is not among them. */
    public SeenItems with(Item item) {
        boolean isName = item.value().some() != null;
        Short known = some;
        SeenItems knownOthers = others;
        return new SeenItems(
                SortedTree.with(items, item.value(), item),
                isName ? names + 1 : names,
                hash + Hashing.spread(item.hashCode()), // the same in any order
                isName ? rivals : rivals.with(item),
                known == null ? null : known.with(item),
                knownOthers == null || item.isText() ? knownOthers : knownOthers.with(item));
    }

    public boolean contains(ItemValue value) {
        return SortedTree.get(items, value) != null;
    }

    /** Without the names. */
    SeenItems onlyRead() {
        if (names == 0) {
            return this;
        }
        SeenItems read = NONE;
        for (Item item : items()) {
            read = item.value().some() == null ? read.with(item) : read;
        }
        return read;
    }

    /** Only the strings of at most so many characters. */
    public SeenItems shortTexts(int characters) {
        if (isEmpty()) {
            return this;
        }
        Short known = some;
        if (known == null || known.characters != characters) {
            SeenItems found = NONE;
            for (Item item : items()) {
                found = item.isShort(characters) ? found.with(item) : found;
            }
            known = new Short(characters, found);
            some = known;
        }
        return known.items.size() == size() ? this : known.items;
    }

    /** Without the strings. */
    public SeenItems withoutTexts() {
        if (isEmpty()) {
            return this;
        }
        SeenItems known = others;
        if (known == null) {
            known = NONE;
            for (Item item : items()) {
                known = item.isText() ? known : known.with(item);
            }
            others = known;
        }
        return known.size() == size() ? this : known;
    }

    public boolean isEmpty() {
        return items == null;
    }

    public int size() {
        return SortedTree.size(items);
    }

    /** The rivals of an item that has not begun. */
    public Rivals rivals() {
        return rivals;
    }

    /** The items, sorted by the canonical texts of their values. */
    public List<Item> items() {
        List<Item> known = list;
        if (known == null) {
            List<Item> all = new ArrayList<>(size());
            if (items != null) {
                items.forEach((value, item) -> all.add(item));
            }
            known = Collections.unmodifiableList(all);
            list = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof SeenItems that
                        && hash == that.hash
                        && size() == that.size()
                        && (SortedTree.areAlike(items, that.items) || items().equals(that.items())));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
