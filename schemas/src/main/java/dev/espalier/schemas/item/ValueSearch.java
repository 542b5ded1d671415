// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.number.DecimalState;
import dev.espalier.schemas.number.NumberState;
import dev.espalier.schemas.number.NumberValues;
import dev.espalier.schemas.number.PowerState;
import dev.espalier.schemas.number.SignState;
import dev.espalier.schemas.object.KeyState;
import dev.espalier.schemas.object.ObjectMembers;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.work.LateLimits;
import dev.espalier.schemas.work.LimitShare;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A best-first search (A*) for the values with a result that a beginning can become, shortest first. Its estimates of the distance are
 * never too large. It enumerates values, not texts: strings have one spelling ({@link CanonicalText}), numbers are completed by
 * arithmetic ({@link NumberValues}), and of the orders in which equal members can come one is followed.
 */
@FastPath(oracle = "UniqueSpellingsTest")
public final class ValueSearch {

    private static final byte[] BEHIND_NUMBERS = ",]} \n\r\t".getBytes(StandardCharsets.US_ASCII);

    /** Bytes that a beginning takes, with the states of frames that it alone has. */
    private static final int BEGINNING = 1_000;

    /** The values to search for. */
    public enum Aim {
        /** All. */
        EVERY,
        /** Those that differ from some: a beginning that can become none of them will do, however it goes on. */
        OTHERS,
        /** Those that are equal to one of some. */
        SAME
    }

    private final ItemLanguage language;
    private final Stepper stepper;
    private final byte[] text;
    private final int result;
    private final Aim aim;
    private final boolean lines;
    private final LimitShare memory;
    private final PriorityQueue<Beginning> open = new PriorityQueue<>();
    /** The places visited, each by a text no longer than any other one. */
    private final Set<Reached> reached = new HashSet<>();

    /** What follows a number. */
    private enum Ending {
        DEAD,
        /** Nothing but what was reached before, by another text of the number. */
        KNOWN,
        NEW
    }

    /**
     * What was found.
     *
     * @param added what completes the text; of {@link Aim#OTHERS} perhaps only the beginning of it
     * @param bytes the bytes that complete it
     */
    public record Found(byte[] added, int bytes) {}

    /** What equivalent texts share: the stacks, and the values so far. */
    private record Reached(StackSet stacks, String outline) {}

    /**
     * A text so far.
     *
     * @param bound what was added, and the least that must still follow
     * @param items those before that it may become, or more
     * @param isWhole whether it is a value, a number among them, that is over
     * @param isExact whether the bound is what must follow, where that counts
     * @param more where the next number comes from once this is looked at
     * @param place the place where other texts may be alike, after a part of a value; null where that is not examined
     */
    private record Beginning(
            StackSet stacks,
            byte[] added,
            int position,
            int bound,
            List<ItemValue> items,
            boolean isWhole,
            boolean isExact,
            @Nullable Numbers more,
            @Nullable Reached place)
            implements Comparable<Beginning> {

        Beginning with(List<ItemValue> some) {
            return new Beginning(stacks, added, position, bound, some, isWhole, isExact, more, place);
        }

        Beginning with(int exact) {
            return new Beginning(stacks, added, position, exact, items, isWhole, true, null, null);
        }

        Beginning with(@Nullable Numbers numbers) {
            return new Beginning(stacks, added, position, bound, items, isWhole, isExact, numbers, place);
        }

        @Override
        public int compareTo(Beginning other) {
            return bound != other.bound
                    ? Integer.compare(bound, other.bound)
                    : added.length != other.added.length
                            ? Integer.compare(other.added.length, added.length)
                            : Arrays.compareUnsigned(added, other.added);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** The numbers with which a text goes on, one after the other. */
    private record Numbers(Beginning from, NumberValues values) {}

    /**
     * A search.
     *
     * @param stacks where the text has led
     * @param text the value so far
     * @param result the result that the value must have
     * @param items the values that are compared with
     */
    public ValueSearch(
            ItemLanguage language, StackSet stacks, byte[] text, int result, Aim aim, Collection<ItemValue> items) {
        this.language = language;
        this.stepper = language.stepper();
        this.text = text;
        this.result = result;
        this.aim = aim;
        this.lines = language.layout().isPretty();
        this.memory = new LimitShare("maxCompileBytes", LateLimits.bytes(language.limits()), BEGINNING);
        add(stacks, new byte[0], CanonicalText.after(text), List.copyOf(items), null);
    }

    private void add(StackSet stacks, byte[] added, int position, List<ItemValue> items, @Nullable Reached place) {
        int distance = language.estimate(stepper, stacks, result);
        if (distance < Integer.MAX_VALUE && (aim != Aim.SAME || !items.isEmpty())) {
            memory.check(open.size() + reached.size());
            language.deadline().tick();
            open.add(new Beginning(stacks, added, position, added.length + distance, items, false, false, null, place));
        }
    }

    /** The next value; null if there is none any more. */
    @Nullable
    public Found next() {
        while (!open.isEmpty()) {
            language.deadline().tick();
            Beginning best = refined(open.remove());
            Numbers more = best.more;
            if (more != null) {
                goOn(more);
            }
            if (best.place != null && !reached.add(best.place)) {
                continue; // by a text that is no longer
            }
            if (aim == Aim.OTHERS && best.items.isEmpty()) {
                Found other = other(best);
                if (other != null) {
                    return other;
                }
            } else if (aim != Aim.SAME || !best.items.isEmpty()) {
                boolean isWhole =
                        best.isWhole || (best.bound == best.added.length && best.position != CanonicalText.NUMBER);
                if (!isWhole) {
                    expand(best);
                } else if (aim != Aim.OTHERS) { // an estimate of 0 is right
                    return new Found(best.added, best.added.length);
                }
            }
        }
        return null;
    }

    /** With those items alone that it can become. */
    private Beginning refined(Beginning from) {
        if (from.items.isEmpty() || from.isWhole) {
            return from;
        }
        byte[] read = whole(from.added);
        List<ItemValue> left = new ArrayList<>(from.items);
        left.removeIf(item -> !PartialItem.canBecome(read, item));
        return left.size() == from.items.size() ? from : from.with(left);
    }

    private byte[] whole(byte[] added) {
        return joined(text, added);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The beginning as a result, if it can become none of the items and its distance from the end is known. */
    private @Nullable Found other(Beginning best) {
        if (best.isWhole || best.isExact) {
            return new Found(best.added, best.bound);
        }
        int distance = stepper.distance(best.stacks, result);
        if (distance < Integer.MAX_VALUE) {
            Beginning exact = best.with(best.added.length + distance);
            if (exact.bound == best.bound) {
                return new Found(exact.added, exact.bound);
            }
            open.add(exact);
        }
        return null;
    }

    private void expand(Beginning from) {
        if (from.position == CanonicalText.NUMBER) {
            numbers(from);
            return;
        }
        byte[] read = whole(from.added);
        List<ByteSet> leads = new ArrayList<>();
        PartialItem partial = PartialItem.of(read);
        from.items.forEach(item -> leads.add(partial.next(item)));
        for (byte candidate : CanonicalText.candidates(from.position)) {
            extend(from, candidate & 0xFF, leads);
        }
    }

    /** @param leads after which bytes the text may still become each of the items */
    private void extend(Beginning from, int symbol, List<ByteSet> leads) {
        int position = CanonicalText.next(from.position, symbol);
        StackSet stacks = position == CanonicalText.OTHER ? StackSet.none() : stepper.step(from.stacks, symbol);
        if (stacks.isEmpty()) {
            return;
        }
        boolean blank = !lines && from.position == CanonicalText.OUTSIDE && Blanks.isBlank(symbol);
        if (blank && language.estimate(stepper, stacks, result) >= from.bound - from.added.length) {
            return;
        }
        byte[] added = joined(from.added, new byte[] {(byte) symbol});
        List<ItemValue> left = left(from, symbol, leads);
        if (aim == Aim.SAME && symbol == '"' && from.position == CanonicalText.STRING) {
            KeyState key = key(from.stacks);
            left = key == null ? left : inOrder(whole(added), left, key.frame());
        }
        Reached place = place(stacks, added, position, symbol);
        if (place == null || !reached.contains(place)) {
            add(stacks, added, position, left, place);
        }
    }

    private static List<ItemValue> left(Beginning from, int symbol, List<ByteSet> leads) {
        List<ItemValue> left = new ArrayList<>(0);
        for (int i = 0; i < leads.size(); i++) {
            if (leads.get(i).contains(symbol)) {
                left.add(from.items.get(i));
            }
        }
        return left;
    }

    /** The place that a text has reached, if other texts with the same values may reach it. */
    private @Nullable Reached place(StackSet stacks, byte[] added, int position, int symbol) {
        boolean isBehindPart = position == CanonicalText.OUTSIDE && (symbol == ',' || symbol == '}' || symbol == ']');
        return isBehindPart ? new Reached(stacks, new ValueReader(whole(added)).outline()) : null;
    }

    private static @Nullable KeyState key(StackSet stacks) {
        for (int i = 0; i < stacks.size(); i++) {
            if (stacks.top(i) instanceof KeyState key) {
                return key;
            }
            KeyState inside = stacks.top(i) instanceof NestedItem at ? key(at.item()) : null;
            if (inside != null) {
                return inside;
            }
        }
        return null;
    }

    /** The items whose members come in an order, the one that is declared if there is one. */
    private List<ItemValue> inOrder(byte[] read, List<ItemValue> items, ObjectMembers frame) {
        Comparator<String> order = Comparator.naturalOrder();
        if (language.memberOrder() != MemberOrder.ANY) {
            KeyTree names = frame.tree();
            Comparator<String> declared = Comparator.comparingInt(key -> {
                int name = names.name(names.find(key));
                return name < 0 ? Integer.MAX_VALUE : name;
            });
            order = declared.thenComparing(Comparator.naturalOrder());
        }
        Comparator<String> by = order;
        return items.stream()
                .filter(item -> PartialItem.isInOrder(read, text.length, item, by))
                .toList();
    }

    /** Ends a number: as each of those that are compared with here or further inside, and as any other. */
    private void numbers(Beginning from) {
        byte[] read = whole(from.added);
        String number = CanonicalText.number(read);
        TreeMap<String, ReadNumber> compared = new TreeMap<>();
        Map<ReadNumber, List<ItemValue>> wanted = new HashMap<>();
        for (ItemValue item : from.items) {
            ReadNumber one = PartialItem.number(read, item);
            put(compared, one);
            if (one != null) {
                wanted.computeIfAbsent(one, k -> new ArrayList<>()).add(item);
            }
        }
        Set<State> states = new HashSet<>();
        List<ReadNumber> inside = new ArrayList<>();
        collect(from.stacks, states, inside);
        if (aim != Aim.SAME) {
            inside.forEach(one -> put(compared, one));
        }
        boolean isAll = aim == Aim.OTHERS && read.length == number.length();
        for (ReadNumber value : isAll ? List.<ReadNumber>of() : compared.values()) {
            same(from, number, value, wanted.getOrDefault(value, List.of()));
        }
        for (State state : aim == Aim.SAME ? Set.<State>of() : states) {
            for (int each : state.goal()) {
                Set<ReadNumber> without = Set.copyOf(compared.values());
                goOn(new Numbers(
                        from, NumberValues.of(state, number, each, without, language.limits(), language.deadline())));
            }
        }
    }

    /** Ends the number as a value: in its shortest text, and in the shortest that is not, or is, the text of an integer. */
    private void same(Beginning from, String number, ReadNumber value, List<ItemValue> items) {
        List<String> rests = new ArrayList<>(value.rests(number));
        rests.sort(Comparator.comparingInt(String::length));
        boolean[] isDone = new boolean[2];
        for (String rest : rests) {
            boolean isIntegerText = (number + rest).chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
            int kind = isIntegerText ? 1 : 0;
            isDone[kind] = isDone[kind] || end(from, rest, items, null) != Ending.DEAD;
        }
    }

    private static void put(TreeMap<String, ReadNumber> compared, @Nullable ReadNumber number) {
        if (number != null) {
            compared.put(number.canonical(), number);
        }
    }

    private static void collect(StackSet stacks, Set<State> states, List<ReadNumber> inside) {
        for (int i = 0; i < stacks.size(); i++) {
            State top = stacks.top(i);
            if (top instanceof NestedItem at) {
                inside.addAll(at.numbers());
                collect(at.item(), states, inside);
            } else if (top instanceof NumberState
                    || top instanceof DecimalState
                    || top instanceof PowerState
                    || top instanceof SignState) {
                states.add(top);
            }
        }
    }

    /** The next number that differs from all that are compared with: if one leads nowhere, none does. */
    private void goOn(Numbers numbers) {
        Ending ending = Ending.KNOWN;
        while (ending == Ending.KNOWN) {
            NumberValues.Found found = numbers.values.next();
            Numbers more = aim == Aim.EVERY ? numbers : null;
            ending = found == null ? Ending.DEAD : end(numbers.from, found.rest(), List.of(), more);
        }
    }

    /**
     * Ends the number: what follows is no part of it.
     *
     * @param more what the nearest of the texts that follow goes on with
     */
    private Ending end(Beginning from, String rest, List<ItemValue> items, @Nullable Numbers more) {
        byte[] added = joined(from.added, rest.getBytes(StandardCharsets.US_ASCII));
        StackSet stacks = from.stacks;
        for (int i = from.added.length; i < added.length && !stacks.isEmpty(); i++) {
            stacks = stepper.step(stacks, added[i]);
        }
        if (stacks.isEmpty()) {
            return Ending.DEAD;
        }
        boolean isKnown = false;
        List<Beginning> found = new ArrayList<>();
        if (Arrays.stream(stepper.results(stacks)).anyMatch(ending -> ending == result)) {
            found.add(new Beginning(stacks, added, CanonicalText.OUTSIDE, added.length, items, true, true, null, null));
        }
        int least = language.estimate(stepper, stacks, result);
        for (byte symbol : BEHIND_NUMBERS) {
            StackSet behind = stepper.step(stacks, symbol);
            int distance = behind.isEmpty() ? Integer.MAX_VALUE : language.estimate(stepper, behind, result);
            boolean blank = !lines && Blanks.isBlank(symbol);
            if (distance == Integer.MAX_VALUE || (blank && distance >= least)) {
                continue;
            }
            byte[] longer = joined(added, new byte[] {symbol});
            int bound = longer.length + distance;
            Reached place = place(behind, longer, CanonicalText.OUTSIDE, symbol);
            if (place == null || !reached.contains(place)) {
                found.add(
                        new Beginning(behind, longer, CanonicalText.OUTSIDE, bound, items, false, false, null, place));
            } else {
                isKnown = true;
            }
        }
        found.sort(Comparator.naturalOrder());
        for (int i = 0; i < found.size(); i++) {
            open.add(i == 0 ? found.get(i).with(more) : found.get(i));
        }
        return !found.isEmpty() ? Ending.NEW : isKnown ? Ending.KNOWN : Ending.DEAD;
    }
}
