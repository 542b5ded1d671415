// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.core.collect.Answers;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.key.KeyBeginnings;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.KeysAhead;
import dev.espalier.schemas.key.NearestClasses;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A search for the possible keys of an object that continue a beginning of a key. A beginning is a node of the trie of names or, off
 * the trie, a text, together with the state of the classes' automaton. Answers are cached, since all characters of a key ask the same;
 * the cache is guarded by the language's lock. Two searches are equal if the states of their objects are.
 */
public final class KeySearch {

    /** The number of classes remembered as wanted. */
    private static final int MAX_FOUND = 8;

    private final ObjectMembers frame;
    private final Core core;
    private final UsedKeys used;
    private final int hash;
    private final Answers viableNames = new Answers();
    private final Answers viableNodes = new Answers();
    private final Answers viableClasses = new Answers();
    private final Answers endlessStates = new Answers();
    private final Answers viableStates = new Answers();
    private final Map<Integer, Boolean> takesAll = new HashMap<>();
    private final List<Integer> found = new ArrayList<>();
    private @Nullable KeySearch onlyNames;
    private @Nullable KeyReach reach;
    private @Nullable KeyBeginnings askedAhead;
    private @Nullable KeysAhead ahead;
    private @Nullable Child @Nullable [] names;
    private @Nullable Horizon askedFarthest;
    private int farthest;
    private final Map<Integer, Child> classes = new HashMap<>();

    /**
     * The keys that an object can go on with.
     *
     * @param frame the object's frame
     * @param core what is left to decide
     * @param used the keys that cannot come any more
     */
    KeySearch(ObjectMembers frame, Core core, UsedKeys used) {
        this.frame = frame;
        this.core = core;
        this.used = used;
        this.hash = 31 * (31 * System.identityHashCode(frame) + core.hashCode()) + used.hashCode();
    }

    public ObjectMembers frame() {
        return frame;
    }

    Core core() {
        return core;
    }

    public UsedKeys used() {
        return used;
    }

    /** This search as if only names had been used. */
    KeySearch onlyNames() {
        KeySearch known = onlyNames;
        if (known == null) {
            known = frame.search(core, used.onlyNames());
            onlyNames = known;
        }
        return known;
    }

    /** This search without the used keys, names apart, that cannot matter to the first {@code characters} characters of another key. */
    KeySearch mattering(int characters) {
        if (!frame.keys().mayRunOut(characters)) {
            return onlyNames();
        }
        UsedKeys kept = frame.keys().mattering(used, characters);
        return kept == used ? this : frame.search(core, kept);
    }

    /** The child of a member with a name; null if the member is not possible. */
    @Nullable
    public Child name(int name) {
        if (used.has(name)) {
            return null;
        }
        if (names == null) {
            names = new Child[frame.keys().names()];
        }
        if (!viableNames.isKnown(name)) {
            names[name] = frame.live(core, used, name, "");
            viableNames.put(name, names[name] != null);
        }
        return names[name];
    }

    /** The child of a member with an unused key of a class; null if the member is not possible. */
    @Nullable
    public Child keyClass(int keyClass) {
        if (!viableClasses.isKnown(keyClass)) {
            Child child = frame.classLive(core, used, keyClass);
            if (child != null) {
                classes.put(keyClass, child);
            }
            viableClasses.put(keyClass, child != null);
        }
        return classes.get(keyClass);
    }

    /** The text of a beginning. */
    String written(int node, String text) {
        return node < 0 ? text : frame.tree().text(node);
    }

    /** Whether some key can be completed. */
    boolean isViable(int node, int state, String text) {
        if (isNameViable(node)) {
            return true;
        }
        return isStateViable(state) && anyFrom(state, c -> isLeft(c, node, state, text) && keyClass(c) != null, null);
    }

    /**
     * True if a class with keys from a state is wanted. Tries the nearest one if it is known, those wanted before, then all.
     *
     * @param answers receives the negative answer for all states that were visited; null to record nothing
     */
    private boolean anyFrom(int state, IntPredicate wanted, @Nullable Answers answers) {
        NearestClasses from = frame.classes().from(state);
        int nearest = from.nearest();
        if (nearest == NearestClasses.NONE || (nearest >= 0 && wanted.test(nearest))) {
            return nearest >= 0;
        }
        for (int i = 0; i < found.size(); i++) {
            int before = found.get(i);
            if (frame.classes().leadsTo(before, state) && wanted.test(before)) {
                return true;
            }
        }
        from.leaveOut(viableStates::isNo);
        int next = from.next();
        while (next >= 0 && !wanted.test(next)) {
            next = from.next();
        }
        if (next < 0 && answers != null) {
            from.reached().forEach(reached -> answers.put(reached, false));
        }
        if (next >= 0 && found.size() < MAX_FOUND && !found.contains(next)) {
            found.add(next);
        }
        return next >= 0;
    }

    /** True if some possible class has keys from a state, which may all be used. */
    boolean isStateViable(int state) {
        return viableStates.isKnown(state) ? viableStates.isYes(state) : viableStates.put(state, hasViableClass(state));
    }

    private boolean hasViableClass(int state) {
        return anyFrom(state, c -> frame.keys().left(c, used) > 0 && keyClass(c) != null, viableStates);
    }

    /**
     * A quick filter, for any thread without the lock: false only where it is known that no key goes on with a character of
     * a range.
     */
    boolean mayGoOn(int node, int state, int first, int last) {
        KeyTree tree = frame.tree();
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            int c = tree.symbol(child);
            if (first <= c && c <= last && !viableNodes.isNo(child)) {
                return true;
            }
        }
        CharacterAutomaton automaton = frame.classes().automaton();
        int r = automaton.rangeFrom(state, first);
        while (r < automaton.rangeEnd(state) && automaton.first(r) <= last) {
            if (!viableStates.isNo(automaton.target(r))) {
                return true;
            }
            r++;
        }
        return false;
    }

    /** The first bytes of characters that may continue a beginning, by the same filter; perhaps more. */
    ByteSet mayGoOn(int node, int state) {
        long[] words = new long[4];
        KeyTree tree = frame.tree();
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            if (!viableNodes.isNo(child)) {
                addFirstBytes(tree.symbol(child), tree.symbol(child), words);
            }
        }
        CharacterAutomaton automaton = frame.classes().automaton();
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
            if (!viableStates.isNo(automaton.target(r))) {
                addFirstBytes(automaton.first(r), automaton.last(r), words);
            }
        }
        return ByteSet.of(words);
    }

    private static void addFirstBytes(int first, int last, long[] words) {
        for (int c = first; c <= Math.min(last, 0x7f); c++) {
            int symbol = JsonCharacters.firstByte(c);
            words[symbol >> 6] |= 1L << symbol;
        }
        words['\\' >> 6] |= 1L << '\\';
        if (last > 0x7f) {
            words[3] |= -1L;
        }
    }

    /** Whether it is known that the state before a key is viable; for any thread without the lock. */
    boolean isKnownToStart() {
        return isKnown(0) || isKnownEndless(frame.classes().automaton().start());
    }

    /** Whether it is known that some name at or below a node is possible; for any thread without the lock. */
    boolean isKnown(int node) {
        return viableNodes.isYes(node);
    }

    /** Whether {@link #isEndless} is known to be true; for any thread without the lock. */
    boolean isKnownEndless(int state) {
        return state >= 0 && endlessStates.isYes(state);
    }

    /** True if this is the search of a core and used keys. */
    boolean isOf(Core left, UsedKeys gone) {
        return core.equals(left) && used.equals(gone);
    }

    /** A quick filter, for any thread without the lock: false only where it is known that no key ends here. */
    boolean mayClose(int node, int state) {
        int name = frame.tree().name(node);
        return name >= 0
                ? !used.has(name) && !viableNames.isNo(name)
                : !viableClasses.isNo(frame.classes().automaton().outcome(state));
    }

    /** Whether a key of a class that continues a beginning is unused. */
    boolean isLeft(int keyClass, int node, int state, String text) {
        int count = frame.classes().count(keyClass, state);
        return count == KeyClasses.ENDLESS
                || (count > 0 && count > frame.keys().taken(keyClass, written(node, text), used));
    }

    private boolean isNameViable(int node) {
        if (node < 0) {
            return false;
        }
        return viableNodes.isKnown(node) ? viableNodes.isYes(node) : viableNodes.put(node, hasViableName(node));
    }

    private boolean hasViableName(int node) {
        KeyTree tree = frame.tree();
        for (int rank = tree.from(node); rank < tree.to(node); rank++) {
            if (name(tree.byRank(rank)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether some key can be completed that goes on with a character of a range. */
    boolean isViable(int node, int state, String text, int first, int last) {
        KeyTree tree = frame.tree();
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            int c = tree.symbol(child);
            if (first <= c && c <= last && isNameViable(child)) {
                return true;
            }
        }
        CharacterAutomaton automaton = frame.classes().automaton();
        for (int r = automaton.rangeFrom(state, first); r < automaton.rangeEnd(state); r++) {
            int from = Math.max(first, automaton.first(r));
            int to = Math.min(last, automaton.last(r));
            int target = automaton.target(r);
            if (from <= to
                    && anyFrom(target, c -> isLeft(c, target, node, text, from, to) && keyClass(c) != null, null)) {
                return true;
            }
        }
        return false;
    }

    /** True if unused keys of a class continue with a character of a range, all of whose characters lead to one state. */
    private boolean isLeft(int keyClass, int target, int node, String text, int first, int last) {
        if (frame.classes().count(keyClass, target) == KeyClasses.ENDLESS) {
            return true;
        }
        for (int c = first; c <= last; c++) {
            if (isLeft(keyClass, KeyTree.NONE, target, written(node, text) + Character.toString(c))) {
                return true;
            }
        }
        return false;
    }

    /** The keys that may come, as far as texts can see that end no key; null if texts can see more. */
    @Nullable
    KeysAhead ahead(KeyBeginnings beginnings) {
        if (askedAhead != beginnings) {
            askedAhead = beginnings;
            ahead = findAhead(beginnings);
        }
        return ahead;
    }

    private @Nullable KeysAhead findAhead(KeyBeginnings beginnings) {
        int start = frame.classes().automaton().start();
        if (!isViable(0, start, "")) {
            return KeysAhead.NONE;
        } else if (frame.filter() != null) {
            return null;
        } else if (frame.classes().automaton().isUniversal(start) && takesAll(start)) {
            return KeysAhead.ANY;
        }
        boolean areNames = !isStateViable(start) && beginnings.leaveNamesAlone(frame.tree(), frame.isShortest());
        return areNames ? KeysAhead.NAMES : null;
    }

    /** True if every plain text leads from a state to a beginning of a possible key. */
    boolean takesAll(int state) {
        Boolean known = takesAll.get(state);
        if (known == null) {
            known = staysEndless(state);
            takesAll.put(state, known);
        }
        return known;
    }

    private boolean staysEndless(int start) {
        CharacterAutomaton automaton = frame.classes().automaton();
        BitSet seen = new BitSet();
        BitSet open = new BitSet();
        open.set(start);
        while (!open.isEmpty()) {
            int state = open.nextSetBit(0);
            open.clear(state);
            seen.set(state);
            if (!isEndless(state)) {
                return false;
            }
            for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                open.set(automaton.target(r), !seen.get(automaton.target(r)));
            }
        }
        return true;
    }

    /** True if some possible class has infinitely many keys from a state: then every text that leads there is viable. */
    public boolean isEndless(int state) {
        return endlessStates.isKnown(state)
                ? endlessStates.isYes(state)
                : endlessStates.put(state, hasEndlessClass(state));
    }

    private boolean hasEndlessClass(int state) {
        return anyFrom(
                state,
                c -> frame.classes().count(c, state) == KeyClasses.ENDLESS && keyClass(c) != null,
                endlessStates);
    }

    /** The results that can be reached from beginnings of keys. */
    KeyReach reach() {
        KeyReach made = reach;
        if (made == null) {
            made = new KeyReach(this);
            reach = made;
        }
        return made;
    }

    /** A bound on the distance from the object's end after a text of a horizon that begins before or within a key; -1 if none is known. */
    int farthest(Horizon horizon) {
        if (askedFarthest != horizon) {
            farthest = FarthestMember.of(this, horizon);
            askedFarthest = horizon;
        }
        return farthest;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof KeySearch that
                        && hash == that.hash
                        && frame == that.frame
                        && core.equals(that.core)
                        && used.equals(that.used));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
