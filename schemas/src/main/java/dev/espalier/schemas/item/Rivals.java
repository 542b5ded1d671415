// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.ReadValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The earlier items that an item may still become equal to, in any order of members and any spelling; perhaps more of them: inside the
 * spelling of a character, all that it might have been. Updated byte by byte, without a look at each item. Immutable.
 *
 * @param alike those that begin like the item; null if there are none
 * @param spelling what was read of a character
 * @param others those with keys that come more than once, which are compared one by one
 */
@FastPath(oracle = "RivalsTest")
public record Rivals(@Nullable AlikeItems alike, int spelling, List<SeenItems.Item> others) {

    /** None. */
    public static final Rivals NONE = new Rivals(null, JsonCharacters.PLAIN, List.of());

    /** The bytes that spell a character after its first byte. */
    private static final ByteSet WITHIN_CHARACTER =
            ByteSet.of(symbol -> symbol >= 0x80 || "\"\\/bfnrtu0123456789abcdefABCDEF".indexOf(symbol) >= 0);

    public boolean isEmpty() {
        return alike == null && others.isEmpty();
    }

    /** These rivals with one more, before the item has begun. */
    Rivals with(SeenItems.Item item) {
        if (hasRepeatedKeys(item.value().value())) {
            List<SeenItems.Item> more = new ArrayList<>(others);
            more.add(item);
            return new Rivals(alike, spelling, Collections.unmodifiableList(more));
        }
        return new Rivals(alike == null ? AlikeItems.of(item) : alike.with(item), spelling, others);
    }

    private static boolean hasRepeatedKeys(ReadValue value) {
        List<ReadValue> pending = new ArrayList<>(List.of(value));
        while (!pending.isEmpty()) {
            ReadValue next = pending.remove(pending.size() - 1);
            if (next instanceof ReadValue.Items array) {
                pending.addAll(array.items());
            } else if (next instanceof ReadValue.Members object) {
                if (object.repeats()) {
                    return true;
                }
                pending.addAll(object.members().values());
            }
        }
        return false;
    }

    /** The bytes with which some rivals continue; perhaps more. */
    public ByteSet next(ReadText text) {
        ByteSet next =
                alike == null ? ByteSet.NONE : spelling == JsonCharacters.PLAIN ? alike.next() : WITHIN_CHARACTER;
        if (!others.isEmpty()) {
            PartialItem partial = PartialItem.of(text.bytes());
            for (SeenItems.Item item : others) {
                next = next.or(partial.next(item.value()));
            }
        }
        return next;
    }

    /**
     * The rivals that remain after one more byte.
     *
     * @param text what was read of the item before it
     */
    public Rivals then(int symbol, ReadText text) {
        if (isEmpty()) {
            return NONE;
        }
        List<SeenItems.Item> left = others;
        if (!others.isEmpty()) {
            PartialItem partial = PartialItem.of(text.bytes());
            left = others.stream()
                    .filter(item -> partial.next(item.value()).contains(symbol))
                    .toList();
        }
        Rivals next = alike == null ? NONE : then(alike, symbol);
        return left.isEmpty() ? next : new Rivals(next.alike, next.spelling, left);
    }

    private Rivals then(AlikeItems alike, int symbol) {
        ValuePlace place = alike.place();
        if (place.isQuoted()) {
            return inCharacters(alike, JsonCharacters.next(spelling, symbol));
        }
        if (place instanceof ValuePlace.InNumber && ValuePlace.NUMERIC.indexOf(symbol) < 0) {
            AlikeItems ended = alike.after(ValuePlace.END);
            return ended == null ? NONE : of(ended).then(ended, symbol);
        }
        boolean stays = place instanceof ValuePlace.Over || Blanks.isBlank(symbol);
        return of(stays ? alike : alike.after(symbol));
    }

    private static Rivals inCharacters(AlikeItems alike, int next) {
        if (next == JsonCharacters.DEAD) {
            return NONE;
        } else if (next == JsonCharacters.CLOSE) {
            return of(alike.after(ValuePlace.END));
        } else if (next <= JsonCharacters.CHARACTER) {
            return of(alike.after(JsonCharacters.CHARACTER - next));
        }
        return new Rivals(alike, next, List.of());
    }

    private static Rivals of(@Nullable AlikeItems alike) {
        return alike == null ? NONE : new Rivals(alike, JsonCharacters.PLAIN, List.of());
    }

    /** How many there are. */
    public int size() {
        return others.size() + (alike == null ? 0 : alike.size());
    }

    /** The rivals whose number or string ends where the text does, in no order. */
    public List<ItemValue> ended() {
        AlikeItems ended = alike == null || spelling != JsonCharacters.PLAIN ? null : alike.after(ValuePlace.END);
        return ended == null
                ? List.of()
                : ended.items().stream().map(SeenItems.Item::value).toList();
    }

    /** A lower bound on the bytes of a rival. */
    public int least() {
        int least = alike == null ? Integer.MAX_VALUE : alike.least();
        for (SeenItems.Item item : others) {
            least = Math.min(least, item.bytes());
        }
        return least;
    }

    /** The rivals that a text can become, sorted by the canonical texts of their values. */
    public List<ItemValue> values(ReadText text) {
        byte[] read = text.bytes();
        List<ItemValue> all = new ArrayList<>();
        for (SeenItems.Item item : alike == null ? List.<SeenItems.Item>of() : alike.items()) {
            if (spelling == JsonCharacters.PLAIN || PartialItem.canBecome(read, item.value())) {
                all.add(item.value());
            }
        }
        for (SeenItems.Item item : others) {
            if (PartialItem.canBecome(read, item.value())) {
                all.add(item.value());
            }
        }
        Collections.sort(all);
        return all;
    }
}
