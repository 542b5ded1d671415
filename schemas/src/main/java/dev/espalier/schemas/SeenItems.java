package dev.espalier.schemas;

import java.util.Arrays;
import java.util.List;

/** The distinct values of the items that an array has so far, each with what later schemas say of it. Immutable. */
final class SeenItems {

    /** None, or none that matters. */
    static final SeenItems NONE = new SeenItems(new Item[0]);

    private final Item[] items;
    private final int hash;

    /**
     * An item.
     *
     * @param value its value; a name for one where it is only looked ahead
     * @param lanes the lanes that it is good for, of those that are still to be asked
     * @param bytes the bytes of its shortest text
     */
    record Item(ItemValue value, AtomSet lanes, int bytes) {}

    private SeenItems(Item[] items) {
        this.items = items;
        this.hash = Arrays.hashCode(items);
    }

    /** With one more, whose value is not among them. */
    SeenItems with(Item item) {
        int at = -find(item.value()) - 1;
        Item[] more = Arrays.copyOf(items, items.length + 1);
        System.arraycopy(items, at, more, at + 1, items.length - at);
        more[at] = item;
        return new SeenItems(more);
    }

    private int find(ItemValue value) {
        int from = 0;
        int to = items.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = items[middle].value().compareTo(value);
            if (order == 0) {
                return middle;
            }
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle;
        }
        return -from - 1;
    }

    boolean contains(ItemValue value) {
        return find(value) >= 0;
    }

    /** Without the names. */
    SeenItems onlyRead() {
        return new SeenItems(
                Arrays.stream(items).filter(item -> item.value().some() == null).toArray(Item[]::new));
    }

    /** Only the strings of at most so many characters. */
    SeenItems shortTexts(int characters) {
        if (isEmpty()) {
            return this;
        }
        Item[] some = Arrays.stream(items)
                .filter(item -> item.value().value() instanceof ReadValue.Text text
                        && text.value().codePointCount(0, text.value().length()) <= characters)
                .toArray(Item[]::new);
        return some.length == items.length ? this : some.length == 0 ? NONE : new SeenItems(some);
    }

    boolean isEmpty() {
        return items.length == 0;
    }

    /** The items, sorted by the canonical texts of their values. */
    List<Item> items() {
        return Arrays.asList(items);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof SeenItems that && hash == that.hash && Arrays.equals(items, that.items));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
