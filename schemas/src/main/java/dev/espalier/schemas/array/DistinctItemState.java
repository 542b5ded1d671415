// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.ItemValue;
import dev.espalier.schemas.item.NestedItem;
import dev.espalier.schemas.item.PartialItem;
import dev.espalier.schemas.item.ReadText;
import dev.espalier.schemas.item.Rivals;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.TextState;
import dev.espalier.schemas.string.StringState;
import dev.espalier.schemas.value.ContainerState;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.InnerStepper;
import dev.espalier.schemas.work.LanguageLock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state inside an item of an array whose items are compared. It keeps the text of the item, since equality depends on all of it. The
 * item's own frames run inside this state. Equal if its components are.
 */
public final class DistinctItemState implements ContainerState, TextState, NestedItem {

    /** The bytes that may follow an item. */
    private static final ByteSet BEHIND =
            ByteSet.of(symbol -> symbol == ',' || symbol == ']' || Blanks.isBlank(symbol));

    /** The bytes that may end an item, except numbers and literals. */
    private static final ByteSet ENDS = ByteSet.of(symbol -> symbol == '"' || symbol == '}' || symbol == ']');

    private final DistinctPlace place;
    private final StackSet item;
    private final ReadText text;
    private final int hash;
    /** The earlier items that this one may still become equal to. */
    private final Rivals rivals;

    /** The reachable results; null until asked for. Guarded by the language's lock, as is its estimate. */
    private @Nullable Reach reach;

    private @Nullable Reach estimate;

    /** The value, if the item is over; null until asked for. */
    private @Nullable ItemValue value;

    private DistinctItemState(DistinctPlace place, StackSet item, ReadText text, Rivals rivals) {
        this.place = place;
        this.item = item;
        this.text = text;
        this.hash = 31 * (31 * place.hashCode() + item.hashCode()) + text.hashCode();
        this.rivals = rivals;
    }

    /** The state before an item of which some value is possible. */
    static DistinctItemState start(ArrayItems frame, Core core, int index, SeenItems seen) {
        DistinctPlace place = new DistinctPlace(frame, core, index, seen);
        return new DistinctItemState(place, place.start(), ReadText.EMPTY, seen.rivals());
    }

    @Override
    public StackSet item() {
        return item;
    }

    /** The text of the item so far. */
    ReadText text() {
        return text;
    }

    /** The earlier items that this one may still become equal to. */
    Rivals rivals() {
        return rivals;
    }

    private ItemLanguage language() {
        return place.language();
    }

    private InnerStepper stepper() {
        return place.frame().stepper();
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol)) {
            return;
        }
        try (LanguageLock held = language().lock().enter()) {
            language().deadline().inside(() -> {
                offer(symbol, moves);
                return true;
            });
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        for (int i = 0; i < item.size(); i++) {
            if (ByteView.mayRead(item.top(i), symbol) || (mayEnd(i) && (isNested(i) || isBehind(symbol)))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ByteSet readable() {
        ByteSet readable = ByteSet.NONE;
        for (int i = 0; i < item.size(); i++) {
            readable = readable.or(ByteView.readable(item.top(i)));
            readable = mayEnd(i) ? readable.or(isNested(i) ? ByteSet.ALL : BEHIND) : readable;
        }
        return readable;
    }

    private boolean mayEnd(int i) {
        return item.top(i).results().length > 0;
    }

    /** Whether a top state is that of something inside the item. */
    private boolean isNested(int i) {
        return item.below(i).size() > 0;
    }

    private static boolean isBehind(int symbol) {
        return symbol < SPECIAL && BEHIND.contains(symbol);
    }

    private void offer(int symbol, Moves moves) {
        if (isBehind(symbol)) {
            for (int choice : stepper().results(item)) {
                ArrayState after = text.isForgotten() ? place.afterNew() : place.after(choice, value());
                if (after != null) {
                    after.moves(symbol, moves);
                }
            }
        }
        StackSet next = stepper().step(item, symbol);
        if (!next.isEmpty()) {
            DistinctItemState state = then(symbol, next);
            if (text.isForgotten() || place.search().isLive(state)) {
                moves.stay(state);
            }
        }
    }

    /** The state after a byte. */
    DistinctItemState then(int symbol, StackSet next) {
        return new DistinctItemState(place, next, text.then(symbol), rivals.then(symbol, text));
    }

    /** The value, if the item is over. */
    ItemValue value() {
        ItemValue known = value;
        if (known == null) {
            known = value(new byte[0]);
            value = known;
        }
        return known;
    }

    /** The value once some bytes more have been read. */
    ItemValue value(byte[] added) {
        byte[] read = text.bytes();
        byte[] whole = Arrays.copyOf(read, read.length + added.length);
        System.arraycopy(added, 0, whole, read.length, added.length);
        return ItemValue.of(whole);
    }

    /** True if the item can certainly become infinitely many values after which the array can go on. */
    public boolean canGoOn() {
        return place.takesAnyNew() && language().endless().canGoOn(item);
    }

    /** True if the item may still become equal to an earlier one. */
    boolean mayRepeat() {
        return !rivals.isEmpty();
    }

    @Override
    public List<ReadNumber> numbers() {
        if (text.isForgotten()) {
            return List.of();
        }
        byte[] read = text.bytes();
        return rivals.values(text).stream()
                .map(value -> PartialItem.number(read, value))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public Reach reach() {
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> {
                return language().isEstimating()
                        ? language().remembered(estimate, found -> estimate = found, this::findReach)
                        : language().remembered(reach, found -> reach = found, this::findReach);
            });
        }
    }

    private Reach findReach() {
        return place.search().reach(this);
    }

    @Override
    public int farthest(Horizon horizon) {
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> place.farthestOfStrings(horizon));
        }
    }

    /** If any new string will do, strings forget their texts and the earlier strings, and other items forget the earlier strings. */
    @Override
    public @Nullable State relaxed() {
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(this::findRelaxed);
        }
    }

    private @Nullable State findRelaxed() {
        boolean forgets = text.first() == '"' && item.size() == 1 && !isNested(0) && place.forgetsTexts();
        DistinctPlace some = place.relaxed();
        if (!forgets && some == place) {
            return null;
        }
        if (forgets || text.isForgotten()) {
            return new DistinctItemState(some, item, ReadText.FORGOTTEN, Rivals.NONE);
        }
        return new DistinctItemState(
                some, item, text, text.length() == 0 ? some.seen().rivals() : rivals);
    }

    @Override
    public boolean endsForgotten(int symbol) {
        return symbol == '"' && item.size() == 1 && !isNested(0) && item.top(0) instanceof StringState;
    }

    /** True for a string with which no earlier string begins. */
    @Override
    public boolean isApart() {
        boolean isString = item.size() == 1 && !isNested(0) && item.top(0) instanceof StringState;
        return isString && (text.isForgotten() || !mayRepeat());
    }

    @Override
    public int plainTextBound() {
        TextView inner = item.size() == 1 ? item.top(0).textView() : null;
        boolean free = inner != null && inner.plainTextBound() == Integer.MAX_VALUE;
        try (LanguageLock held = language().lock().enter()) {
            return free && place.takesAnyNew() ? Integer.MAX_VALUE : -1;
        }
    }

    /** If any new value will do, a text is live if the item's own frames read it, as long as no earlier item begins with it. */
    @Override
    public @Nullable Family family() {
        if (text.length() == 0 || item.size() != 1 || (mayEnd(0) && isNested(0))) {
            return null;
        }
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> place.takesAnyNew() ? keeping() : null);
        }
    }

    private Family keeping() {
        ByteSet behind = mayEnd(0) ? BEHIND : ByteSet.NONE;
        ByteSet repeating = repeating();
        return place.manyValues().isAlwaysEndless(item.top(0))
                ? new Family.Keeping(item.top(0), behind, repeating)
                : new Family.Keeping(item.top(0), behind.or(repeating), ByteSet.NONE);
    }

    /**
     * The bytes with which an earlier item continues. If what follows the frame can still become infinitely many values, nothing inside
     * it counts as a repetition.
     */
    private ByteSet repeating() {
        return mayRepeat() && !place.manyValues().canReturn(item.below(0)) ? rivals.next(text) : ByteSet.NONE;
    }

    @Override
    public boolean characters(Characters characters) {
        boolean isAlone = text.isForgotten() && item.size() == 1 && !isNested(0) && !mayEnd(0);
        TextView inner = isAlone ? item.top(0).textView() : null;
        return inner != null
                && inner.characters((first, last, next) -> characters.lead(
                        first, last, new DistinctItemState(place, StackSet.of(next), text, Rivals.NONE)));
    }

    /**
     * An item that differs from all earlier ones represents all such items, unless a text of the horizon ends it and then another item
     * equal to it or to an earlier one. Until another item ends, only its own frames count.
     */
    @Override
    public State within(Horizon horizon) {
        if (text.length() == 0 || (!text.isForgotten() && mayRepeat())) {
            return this;
        }
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> {
                if (text.isForgotten()) {
                    return forgotten(horizon, place);
                }
                DistinctPlace some = place.within(horizon, text, stepper().results(item).length > 0, 0);
                return some == null ? this : forgotten(horizon, some);
            });
        }
    }

    private DistinctItemState forgotten(Horizon horizon, DistinctPlace some) {
        StackSet near = stepper().within(item, horizon);
        return text.isForgotten() && near.equals(item)
                ? this
                : new DistinctItemState(some, near, ReadText.FORGOTTEN, Rivals.NONE);
    }

    /** Two bytes that the item's frame reads alike are alike here if after both the item differs from all earlier ones. */
    @Override
    public int like(int symbol, Horizon horizon) {
        if (!mayBeAlike()) {
            return symbol;
        }
        ByteView inner = item.top(0).byteView();
        int like = inner == null ? symbol : inner.like(symbol, horizon);
        if (like == symbol || text.isForgotten()) {
            return like;
        }
        if (isEndOfItem(symbol) || isEndOfItem(like)) {
            return symbol;
        }
        return isForgottenBehind(like, horizon) && !leadsToRival(symbol) ? like : symbol;
    }

    private boolean mayBeAlike() {
        return item.size() == 1 && text.length() != 0 && !mayEnd(0);
    }

    private boolean leadsToRival(int symbol) {
        return rivals.next(text).contains(symbol);
    }

    /** True if after a byte the item differs from all earlier ones, and its text does not matter for a horizon. */
    private boolean isForgottenBehind(int symbol, Horizon horizon) {
        try (LanguageLock held = language().lock().enter()) {
            return language()
                    .deadline()
                    .inside(() ->
                            !leadsToRival(symbol) && place.within(horizon, text, false, symbol < 0x80 ? 1 : 0) != null);
        }
    }

    private static boolean isEndOfItem(int symbol) {
        return symbol < SPECIAL && ENDS.contains(symbol);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof DistinctItemState that
                        && hash == that.hash
                        && place.equals(that.place)
                        && item.equals(that.item)
                        && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
