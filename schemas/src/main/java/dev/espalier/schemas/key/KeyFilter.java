// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.SequenceIndex;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.ClosingRoom;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.format.RegexReading;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.format.TextReading;
import dev.espalier.schemas.string.ReadLanguage;
import dev.espalier.schemas.work.Deadline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of keys by languages that no automaton recognises, such as: all keys must be regular expressions. The classes of keys do not
 * know it. A key is read by both, and goes on as long as some unused key is left that both accept. Immutable, except for the work that
 * it charges to the language's deadline.
 */
@FastPath(oracle = "ReadKeysTest")
public final class KeyFilter {

    private static final int HOPELESS = -1;

    /** The number of beginnings tried if only the end of a key shows whether it passes. */
    private static final int MAX_STEPS = 1 << 6;

    /** Units of work for visiting a beginning. */
    private static final int UNITS = 16;

    /** Units of work for adding one. */
    private static final int UNITS_ADDED = 1;

    private static final int ASCII = 0x80;

    /** Unicode scalar values. */
    private static final int ALL_CHARACTERS = 0x110000 - 0x800;

    private final CharacterAutomaton rows;
    private final List<TextKind> kinds;
    private final List<BitSet> wrong;
    private final boolean isExact;
    private final Deadline deadline;
    /** The states of the regular part from which texts may pass that are not of the first kind. */
    private final BitSet missable;

    private final Map<Integer, ClosingRoom> closing = new HashMap<>();
    private @Nullable CharacterAutomaton closingOf;

    private final long maxBytes;

    /** By state, the characters of the longest text from it on that may pass. */
    private final int[] room;

    /** By state, the fewest bytes from it on to where a text may pass. */
    private final int[] least;

    private KeyFilter(
            CharacterAutomaton rows, List<TextKind> kinds, List<BitSet> wrong, Limits limits, Deadline deadline) {
        this.maxBytes = WorkBudget.affordable(limits);
        this.rows = rows;
        this.kinds = kinds;
        this.wrong = wrong;
        this.deadline = deadline;
        this.isExact = kinds.stream().allMatch(TextKind::isExact);
        this.missable = new BitSet();
        this.room = new int[rows.states()];
        this.least = new int[rows.states()];
        findRoom();
        findLeast();
    }

    /**
     * Computes {@link #room} by passes from the last state to the first, until nothing changes: most transitions lead to later states.
     */
    private void findRoom() {
        java.util.Arrays.fill(room, HOPELESS);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = rows.states() - 1; state >= 0; state--) {
                deadline.tick();
                int outcome = rows.outcome(state);
                boolean leaves = leaves(state);
                boolean misses = leaves || outcome < 0 || !wrong.get(outcome).get(0);
                int most = leaves ? Integer.MAX_VALUE : mayPass(state) ? 0 : HOPELESS;
                for (int r = rows.rangeStart(state); r < rows.rangeEnd(state); r++) {
                    int target = rows.target(r);
                    misses |= missable.get(target);
                    most = Math.max(most, further(state, target, most));
                }
                changed |= most != room[state] || misses != missable.get(state);
                room[state] = most;
                missable.set(state, misses);
            }
        }
    }

    /** Computes {@link #least} in the same order, until nothing changes. */
    private void findLeast() {
        for (int state = 0; state < least.length; state++) {
            least[state] = mayPass(state) ? 0 : leaves(state) ? 1 : Integer.MAX_VALUE;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = rows.states() - 1; state >= 0; state--) {
                deadline.tick();
                int now = least[state];
                for (int r = rows.rangeStart(state); r < rows.rangeEnd(state); r++) {
                    int behind = least[rows.target(r)];
                    int bytes = JsonCharacters.bytes(rows.first(r), rows.last(r));
                    now = Math.min(now, behind == Integer.MAX_VALUE ? behind : behind + bytes);
                }
                changed |= now != least[state];
                least[state] = now;
            }
        }
    }

    /** Whether a text that ends in a state may pass, whatever it is. */
    private boolean mayPass(int state) {
        int outcome = rows.outcome(state);
        return outcome < 0 || wrong.get(outcome).cardinality() < 1 << kinds.size();
    }

    private int further(int state, int target, int most) {
        int behind = room[target];
        if (state == target) {
            return most == HOPELESS ? HOPELESS : Integer.MAX_VALUE;
        }
        return behind == HOPELESS ? HOPELESS : behind >= rows.states() ? Integer.MAX_VALUE : behind + 1;
    }

    /** Whether some text leads from a state out of the automaton. */
    private boolean leaves(int state) {
        int characters = 0;
        for (int r = rows.rangeStart(state); r < rows.rangeEnd(state); r++) {
            characters += rows.last(r) - rows.first(r) + 1;
        }
        return characters < ALL_CHARACTERS;
    }

    /** The filter that accepts the keys that are in none of some sets. */
    public static KeyFilter of(List<KeySet.Reading> wrong, WorkBudget budget, Deadline deadline) {
        if (wrong.isEmpty()) {
            return new KeyFilter(CharacterAutomaton.ALL, List.of(), List.of(new BitSet()), budget.limits(), deadline);
        }
        if (wrong.size() == 1) {
            KeySet.Reading one = wrong.get(0);
            return new KeyFilter(one.rows(), one.kinds(), one.wanted(), budget.limits(), deadline);
        }
        List<TextKind> kinds =
                wrong.stream().flatMap(one -> one.kinds().stream()).distinct().toList();
        SequenceIndex numbers = new SequenceIndex();
        List<BitSet> sets = new ArrayList<>();
        CharacterAutomaton rows = CharacterAutomatonBuilder.product(
                wrong.stream().map(KeySet.Reading::rows).toList(),
                outcomes -> {
                    int number = numbers.add(outcomes);
                    if (number == sets.size()) {
                        sets.add(union(wrong, outcomes, kinds));
                    }
                    return number;
                },
                budget);
        return new KeyFilter(rows, kinds, sets, budget.limits(), deadline);
    }

    private static BitSet union(List<KeySet.Reading> wrong, int[] outcomes, List<TextKind> kinds) {
        BitSet union = new BitSet();
        for (int verdicts = 0; verdicts < 1 << kinds.size(); verdicts++) {
            for (int i = 0; i < outcomes.length; i++) {
                int own = 0;
                for (int kind = 0; kind < wrong.get(i).kinds().size(); kind++) {
                    int at = kinds.indexOf(wrong.get(i).kinds().get(kind));
                    own |= (verdicts >> at & 1) << kind;
                }
                boolean isWrong = outcomes[i] >= 0
                        && wrong.get(i).wanted().get(outcomes[i]).get(own);
                union.set(verdicts, union.get(verdicts) || isWrong);
            }
        }
        return union;
    }

    /** A beginning of a key: a state of the regular part, and the readings of the other kinds. */
    public record At(int row, ReadLanguage.Readings readings) {}

    /** The empty text. */
    public At start() {
        List<@Nullable TextReading> all = new ArrayList<>();
        kinds.forEach(kind -> all.add(kind.begin()));
        return new At(rows.start(), new ReadLanguage.Readings(all));
    }

    /** The text with one more character. */
    public At next(At at, int codePoint) {
        return new At(rows.next(at.row, codePoint), at.readings.next(codePoint, Integer.MAX_VALUE));
    }

    /** Whether a key that ends here passes. */
    public boolean passes(At at) {
        int row = rows.outcome(at.row);
        return row < 0 || !wrong.get(row).get(at.readings.verdicts());
    }

    /** Whether a key passes. */
    public boolean passes(String key) {
        At at = start();
        for (int c : key.codePoints().toArray()) {
            at = next(at, c);
        }
        return passes(at);
    }

    /** True if infinitely many keys with this beginning are seen to pass; false also if that is not seen. */
    public boolean isEndless(At at) {
        if (at.row < 0) {
            return true;
        }
        if (!rows.isUniversal(at.row) || kinds.size() > 1 || !kinds.stream().allMatch(TextKind::isOpen)) {
            return false;
        }
        BitSet set = wrong.get(rows.outcome(at.row));
        return !set.get(0) || (!set.get(1) && at.readings.all().get(0) != null);
    }

    /** Characters that continue every beginning that {@link #isEndless}, and keep it so. */
    public ByteSet steady(At at) {
        return at.readings.steady();
    }

    /** The representative of an ASCII character: it leads to the same. The character itself if none is known. */
    public int like(At at, int codePoint) {
        int like = at.readings.like(codePoint);
        return rows.next(at.row, like) == rows.next(at.row, codePoint) ? like : codePoint;
    }

    /** The fewest bytes until a key passes; {@link Integer#MAX_VALUE} for never. */
    private int bytesLeft(At at) {
        if (at.row < 0) {
            return 0;
        }
        if (kinds.size() > 1 || missable.get(at.row)) {
            return room[at.row] == HOPELESS ? Integer.MAX_VALUE : 0;
        }
        TextReading reading = at.readings.all().get(0);
        boolean hasRoom = reading != null && reading.charactersLeft() <= room[at.row];
        return hasRoom && reading != null ? reading.bytesLeft() : Integer.MAX_VALUE;
    }

    /** As above, if a key of some class is at least a number of bytes away. */
    private int bytesLeft(At at, int toClass) {
        int toPass = at.row < 0 ? 0 : least[at.row];
        return Math.max(bytesLeft(at), Math.max(toPass, toClass));
    }

    /** A beginning on the way to the shortest key. */
    private record Beginning(int bytes, long bound, int state, At at, String text) {}

    /** The state and readings of a beginning with which no used key begins. */
    private record Met(int state, At at) {}

    /** Estimated bytes of a beginning with its text and readings. */
    private static final long BEGINNING_BYTES = 400;

    private static final Comparator<Beginning> BEST_FIRST =
            Comparator.comparingLong(Beginning::bound).thenComparing(b -> -b.bytes());

    /** True if an unused key of a class passes. */
    public boolean isLeft(KeyClasses classes, int keyClass, int state, At at, String text, TakenKeys taken) {
        boolean isFree =
                classes.automaton().isUniversal(state) && classes.automaton().outcome(state) == keyClass;
        return isFree && isEndless(at)
                || (classes.leadsTo(keyClass, state)
                        && (ended(classes, keyClass, state, at, text, taken) != null
                                || searched(classes, keyClass, state, at, text, taken) != null));
    }

    /** The key that a beginning becomes with the reading's own shortest ending; null if that is no key of a class that passes. */
    private KeyClasses.@Nullable Word ended(
            KeyClasses classes, int keyClass, int state, At at, String text, TakenKeys taken) {
        TextReading reading = kinds.size() == 1 ? at.readings.all().get(0) : null;
        String ending = reading == null ? null : reading.ending();
        if (ending == null) {
            return null;
        }
        deadline.spend(1 + ending.length());
        int reached = state;
        At then = at;
        for (int i = 0; i < ending.length() && reached >= 0; i += Character.charCount(ending.codePointAt(i))) {
            reached = classes.automaton().next(reached, ending.codePointAt(i));
            then = next(then, ending.codePointAt(i));
        }
        boolean isKey = classes.automaton().outcome(reached) == keyClass && passes(then);
        String whole = text + ending;
        return isKey && !taken.contains(whole) ? new KeyClasses.Word(whole, RegexReading.bytes(ending)) : null;
    }

    /**
     * The shortest key of a class that passes, by the bytes that spell it from a state on, without some; null if there is none. Where
     * it is only known at the end of a key whether it passes, and none is found soon, the beginning of one that may.
     *
     * @param text what led to the state
     */
    public KeyClasses.@Nullable Word shortest(
            KeyClasses classes, int keyClass, int state, At at, String text, TakenKeys taken) {
        if (!classes.leadsTo(keyClass, state)) {
            return null;
        }
        KeyClasses.Word ended = ended(classes, keyClass, state, at, text, taken);
        return ended != null && ended.bytes() <= bytesLeft(at, classes.bytesTo(keyClass)[state])
                ? ended
                : searched(classes, keyClass, state, at, text, taken);
    }

    private KeyClasses.@Nullable Word searched(
            KeyClasses classes, int keyClass, int state, At at, String text, TakenKeys taken) {
        CharacterAutomaton automaton = classes.automaton();
        ClosingRoom closings = closingRoom(automaton, keyClass);
        int[] toClass = classes.bytesTo(keyClass);
        PriorityQueue<Beginning> open = new PriorityQueue<>(BEST_FIRST);
        Set<Met> met = new HashSet<>();
        add(0, state, at, text, toClass, open);
        for (int steps = 0; !open.isEmpty(); steps++) {
            Beginning next = open.remove();
            deadline.spend(UNITS);
            checkMemory(open.size() + met.size());
            if (steps > MAX_STEPS && !isExact) {
                return new KeyClasses.Word(next.text, next.bytes);
            }
            int enough = 1 + taken.startingWith(next.text);
            boolean isMet = enough == 1 && !met.add(new Met(next.state, next.at));
            if (isMet || !closings.has(next.state, closing(next.at))) {
                continue;
            }
            if (automaton.outcome(next.state) == keyClass && passes(next.at) && !taken.contains(next.text)) {
                return new KeyClasses.Word(next.text, next.bytes);
            }
            for (int r = automaton.rangeStart(next.state); r < automaton.rangeEnd(next.state); r++) {
                boolean leads = classes.leadsTo(keyClass, automaton.target(r));
                int alike = 0;
                for (int c = automaton.first(r); c <= automaton.last(r) && leads; ) {
                    int until = alikeUntil(next.at, c, automaton.last(r));
                    int like = c < ASCII ? like(next.at, c) : c;
                    boolean isLike = like != c && automaton.first(r) <= like && like <= automaton.last(r);
                    if (!isLike || ++alike < enough) {
                        extend(next, c, until, automaton.target(r), enough, toClass, open);
                    }
                    c = until + 1;
                }
            }
        }
        return null;
    }

    /** The room of the keys of a class, cached: most questions are about few classes. */
    private ClosingRoom closingRoom(CharacterAutomaton automaton, int keyClass) {
        if (closingOf != automaton) {
            closing.clear();
            closingOf = automaton;
        }
        return closing.computeIfAbsent(keyClass, own -> ClosingRoom.of(automaton, outcome -> outcome == own));
    }

    /** A lower bound on the closing parentheses until a key passes. */
    private int closing(At at) {
        TextReading reading = kinds.size() == 1 && at.row >= 0 && !missable.get(at.row)
                ? at.readings.all().get(0)
                : null;
        return reading == null ? 0 : reading.closing();
    }

    /** The keys of a class that pass, without some: the shortest first, each looked for when it is asked for. */
    public Words words(KeyClasses classes, int keyClass, TakenKeys taken) {
        return new Words(classes, keyClass, taken);
    }

    /** See {@link #words}. */
    public final class Words {
        private final KeyClasses classes;
        private final int keyClass;
        private final List<KeyClasses.Word> found = new ArrayList<>();
        private TakenKeys left;
        private boolean isWhole;

        private Words(KeyClasses classes, int keyClass, TakenKeys taken) {
            this.classes = classes;
            this.keyClass = keyClass;
            this.left = taken;
        }

        /** The n-th shortest, from 0; null if there are fewer. */
        public KeyClasses.@Nullable Word at(int n) {
            while (found.size() <= n && !isWhole) {
                int start = classes.automaton().start();
                KeyClasses.Word next = shortest(classes, keyClass, start, start(), "", left);
                if (next == null) {
                    isWhole = true;
                } else {
                    found.add(next);
                    left = new TakenKeys(left.names(), left.used().with(next.text()));
                }
            }
            return n < found.size() ? found.get(n) : null;
        }
    }

    /** The last character up to which all from a given one on lead to texts that can become the same. */
    public int alikeUntil(At at, int codePoint, int last) {
        int until = at.readings.alikeUntil(codePoint, last);
        int range = at.row < 0 ? 0 : rows.rangeFrom(at.row, codePoint);
        if (at.row < 0 || range >= rows.rangeEnd(at.row)) {
            return until;
        }
        return Math.min(until, rows.first(range) > codePoint ? rows.first(range) - 1 : rows.last(range));
    }

    private void extend(
            Beginning from, int first, int last, int target, int enough, int[] toClass, PriorityQueue<Beginning> open) {
        int added = 0;
        for (int size = 1; size <= 6; size++) {
            for (int c = first; c <= last && added < enough; c++) {
                if (JsonCharacters.bytes(c, c) == size) {
                    added++;
                    String text = from.text + Character.toString(c);
                    add(from.bytes + size, target, next(from.at, c), text, toClass, open);
                } else if (c >= 0x800 && size < JsonCharacters.bytes(c, c)) {
                    break;
                }
            }
        }
    }

    private void add(int bytes, int state, At at, String text, int[] toClass, PriorityQueue<Beginning> open) {
        int left = bytesLeft(at, toClass[state]);
        if (left < Integer.MAX_VALUE) {
            deadline.spend(UNITS_ADDED);
            checkMemory(open.size() + 1);
            open.add(new Beginning(bytes, (long) bytes + left, state, at, text));
        }
    }

    private void checkMemory(int beginnings) {
        long kept = BEGINNING_BYTES * beginnings;
        if (kept > maxBytes) {
            throw new LimitExceededException("maxCompileBytes", maxBytes, kept, Place.UNKNOWN);
        }
    }
}
