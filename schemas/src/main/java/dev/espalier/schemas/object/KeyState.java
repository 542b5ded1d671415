// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.TextState;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ContainerState;
import dev.espalier.schemas.value.FreeKey;
import dev.espalier.schemas.work.LanguageLock;
import org.jspecify.annotations.Nullable;

/**
 * Inside a key.
 *
 * @param search the keys that are possible
 * @param node the node of the names' tree that the key has reached, or {@link KeyTree#NONE}
 * @param state the state of the classes' automaton that it has reached
 * @param text the key so far, once it has left the tree; empty before; {@link #UNNAMED} where such keys may come twice, or
 *     where it is of no account for the texts of a horizon
 * @param spelling where in the spelling of a character; for a settled one the other parts are those after the character
 */
public record KeyState(KeySearch search, int node, int state, String text, int spelling)
        implements ContainerState, TextState {

    /** Stands for any key that is neither a name nor the beginning of one. No key of a text can begin so. */
    static final String UNNAMED = "\udc00";

    private static final ByteSet CLOSE = ByteSet.of(symbol -> symbol == '"');

    /** The state after the opening quotation mark. */
    static KeyState start(KeySearch search) {
        return at(search, 0);
    }

    /** The state that the text of a node of the names' tree leads to. */
    static KeyState at(KeySearch search, int node) {
        return new KeyState(search, node, search.frame().keys().classState(node), "", JsonCharacters.PLAIN);
    }

    public ObjectMembers frame() {
        return search.frame();
    }

    /** The key so far. */
    String written() {
        return node < 0 ? text : frame().tree().text(node);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (symbol >= SPECIAL) {
            return;
        }
        int next = JsonCharacters.next(spelling, symbol);
        next = frame().isShortest() ? JsonCharacters.shortest(next) : next;
        if (!mayBecome(next)) {
            return;
        }
        if (next == JsonCharacters.PLAIN || JsonCharacters.isSettled(next)) {
            moves.stay(new KeyState(search, node, state, text, next));
            return;
        }
        KeyState known = next <= JsonCharacters.CHARACTER ? known(JsonCharacters.CHARACTER - next) : null;
        if (known != null) {
            moves.stay(known);
            return;
        }
        try (LanguageLock held = frame().language().lock().enter()) {
            if (next == JsonCharacters.CLOSE) {
                close(moves);
            } else if (next <= JsonCharacters.CHARACTER) {
                KeyState after = with(JsonCharacters.CHARACTER - next);
                if (after != null) {
                    moves.stay(after);
                }
            } else {
                partial(next, moves);
            }
        }
    }

    /** The state after a character, if it is known to be possible; null otherwise. Needs no lock. */
    private @Nullable KeyState known(int codePoint) {
        int child = frame().tree().child(node, codePoint);
        int after = frame().classes().automaton().next(state, codePoint);
        if (child >= 0) {
            return search.isKnown(child) ? new KeyState(search, child, after, "", JsonCharacters.PLAIN) : null;
        }
        return search.isKnownEndless(after)
                ? new KeyState(search, child, after, left(codePoint), JsonCharacters.PLAIN)
                : null;
    }

    @Override
    public boolean mayRead(int symbol) {
        int next = symbol < SPECIAL ? JsonCharacters.next(spelling, symbol) : JsonCharacters.DEAD;
        return mayBecome(frame().isShortest() ? JsonCharacters.shortest(next) : next);
    }

    @Override
    public ByteSet readable() {
        return spelling == JsonCharacters.PLAIN
                ? search.mayGoOn(node, state).or(search.mayClose(node, state) ? CLOSE : ByteSet.NONE)
                : TextState.super.readable();
    }

    private boolean mayBecome(int next) {
        if (next == JsonCharacters.CLOSE) {
            return search.mayClose(node, state);
        }
        return next != JsonCharacters.DEAD
                && (next == JsonCharacters.PLAIN
                        || JsonCharacters.isSettled(next)
                        || search.mayGoOn(node, state, JsonCharacters.least(next), JsonCharacters.greatest(next)));
    }

    /**
     * Offers the state inside the spelling of a character. If the text of a key is not kept and the trie of names has no such
     * character, it does not matter where the trie was left, and often not even which character it is.
     */
    private void partial(int next, Moves moves) {
        Completion completion = Completion.of(next);
        boolean leaves = isForgetful() && !frame().tree().hasChild(node, completion);
        int settled = leaves ? JsonCharacters.settled(next) : JsonCharacters.DEAD;
        if (settled >= 0) {
            int only = completion.target(frame().classes().automaton(), state, search::isEndless);
            if (only >= 0) {
                moves.stay(new KeyState(search, KeyTree.NONE, only, UNNAMED, settled));
                return;
            }
        }
        if (isCompletable(next)) {
            moves.stay(
                    leaves
                            ? new KeyState(search, KeyTree.NONE, state, UNNAMED, next)
                            : new KeyState(search, node, state, text, next));
        }
    }

    /** The state after a character; null if no key goes on so. */
    private @Nullable KeyState with(int codePoint) {
        int child = frame().tree().child(node, codePoint);
        int after = frame().classes().automaton().next(state, codePoint);
        if (child < 0 && search.isEndless(after)) {
            return new KeyState(search, child, after, left(codePoint), JsonCharacters.PLAIN);
        }
        // The text decides only where a class is finite, and is long to write: it is written where it is kept.
        boolean decides = child < 0 && frame().classes().isFinite(after);
        String more = decides ? left(codePoint) : "";
        if (!search.isViable(child, after, more)) {
            return null;
        }
        String kept = child >= 0 || decides ? more : left(codePoint);
        return new KeyState(search, child, after, kept, JsonCharacters.PLAIN);
    }

    /** The text of a key off the trie with one more character; {@link #UNNAMED} if such keys may come twice. */
    private String left(int codePoint) {
        if (isForgetful() || text.equals(UNNAMED)) {
            return UNNAMED;
        }
        String text = written();
        return Character.isBmpCodePoint(codePoint) ? text + (char) codePoint : text + Character.toString(codePoint);
    }

    /** True if the text of a key that is no name does not matter. */
    private boolean isForgetful() {
        return frame().language().repeatsKeys() && frame().filter() == null;
    }

    private void close(Moves moves) {
        int name = frame().tree().name(node);
        if (name >= 0) {
            Child child = search.name(name);
            if (child != null) {
                frame().members(child, search.used(), name, "").forEach(moves::stay);
            }
            return;
        }
        String key = written();
        int keyClass = frame().classes().automaton().outcome(state);
        Child child = search.used().has(key) ? null : search.keyClass(keyClass);
        if (child != null) {
            frame().members(child, search.used(), -1 - keyClass, key).forEach(moves::stay);
        }
    }

    /** True if some character that a spelling can become continues a key. */
    private boolean isCompletable(int next) {
        Completion completion = Completion.of(next);
        int[] ranges = completion.ranges();
        for (int i = 0; i < completion.count(); i++) {
            if (search.isViable(node, state, text, ranges[3 * i], ranges[3 * i + 1])) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Reach reach() {
        try (LanguageLock held = frame().language().lock().enter()) {
            if (spelling == JsonCharacters.PLAIN) {
                return search.reach().from(node, state, text);
            }
            if (JsonCharacters.isSettled(spelling)) {
                return search.reach().from(node, state, text).plus(JsonCharacters.bytesLeft(spelling));
            }
            Completion completion = Completion.of(spelling);
            int[] ranges = completion.ranges();
            Reach reach = Reach.NONE;
            for (int i = 0; i < completion.count(); i++) {
                reach = reach.or(search.reach()
                        .from(node, state, text, ranges[3 * i], ranges[3 * i + 1])
                        .plus(ranges[3 * i + 2]));
            }
            return reach;
        }
    }

    @Override
    public int farthest(Horizon horizon) {
        try (LanguageLock held = frame().language().lock().enter()) {
            return search.farthest(horizon);
        }
    }

    @Override
    public int plainTextBound() {
        try (LanguageLock held = frame().language().lock().enter()) {
            return spelling == JsonCharacters.PLAIN && search.takesAll(state) ? Integer.MAX_VALUE : -1;
        }
    }

    /** If the text of a key does not matter, all characters of a range lead to one state. */
    @Override
    public boolean characters(Characters characters) {
        if (spelling != JsonCharacters.PLAIN || !text.equals(UNNAMED)) {
            return false;
        }
        try (LanguageLock held = frame().language().lock().enter()) {
            CharacterAutomaton automaton = frame().classes().automaton();
            for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                KeyState after = with(automaton.first(r));
                if (after != null) {
                    characters.lead(automaton.first(r), automaton.last(r), after);
                }
            }
        }
        return true;
    }

    /**
     * A key that is neither a name nor a beginning of a name or a used key is represented by one such key, unless a text of the horizon
     * ends a second key, which could be the same. So is a beginning of a name whose end no text reaches, if any key will do. If the
     * keys of some class can run out, the text counts.
     */
    @Override
    public State within(Horizon horizon) {
        boolean inside = spelling != JsonCharacters.PLAIN && !JsonCharacters.isSettled(spelling);
        if (!inside && text.equals(UNNAMED)) {
            return this;
        }
        KeyMemory memory = frame().keyMemory(horizon);
        if (!forgetsText(memory) || (node >= 0 && !inside && memory.near().get(node))) {
            return this;
        }
        try (LanguageLock held = frame().language().lock().enter()) {
            if (mayEndUsed(horizon) || (node >= 0 && !isLikeOthers(inside, memory))) {
                return this;
            }
            KeySearch names = search.mattering(memory.insideKey());
            int settled = inside ? JsonCharacters.settled(spelling) : JsonCharacters.DEAD;
            int only = settled < 0
                    ? Completion.SEVERAL
                    : Completion.of(spelling).target(frame().classes().automaton(), state, search::isEndless);
            return only >= 0
                    ? new KeyState(names, KeyTree.NONE, only, UNNAMED, settled)
                    : new KeyState(names, KeyTree.NONE, state, UNNAMED, spelling);
        }
    }

    /** True if another key that a text may begin does not depend on the text of this one. */
    private boolean forgetsText(KeyMemory memory) {
        return memory.insideKey() != KeyMemory.ALL
                && (!frame().keys().mayRunOut(memory.insideKey())
                        || frame().classes().isNeverFinite(state));
    }

    /** A key that any text continues forgets its text and the character that is being spelled. Only some used keys count. */
    @Override
    public @Nullable State relaxed() {
        boolean isFree = frame().hasFewNames() && frame().classes().automaton().isUniversal(state);
        boolean forgets = isFree && !text.isEmpty() && !text.equals(UNNAMED);
        int shape = isFree && isOffNames() ? JsonCharacters.settled(spelling) : JsonCharacters.DEAD;
        UsedKeys used = frame().relaxed(search.used());
        if (!forgets && shape < 0 && used == search.used()) {
            return null;
        }
        try (LanguageLock held = frame().language().lock().enter()) {
            KeySearch relaxed = used == search.used() ? search : frame().search(search.core(), used);
            int only = shape < 0
                    ? Completion.SEVERAL
                    : Completion.of(spelling).target(frame().classes().automaton(), state, relaxed::isEndless);
            return only >= 0
                    ? new KeyState(relaxed, KeyTree.NONE, only, UNNAMED, shape)
                    : new KeyState(relaxed, node, state, forgets ? UNNAMED : text, spelling);
        }
    }

    /** True if no name can follow, whatever the character being spelled becomes. */
    private boolean isOffNames() {
        boolean isSpelling = spelling != JsonCharacters.PLAIN && !JsonCharacters.isSettled(spelling);
        return node < 0 || (isSpelling && !frame().tree().hasChild(node, Completion.of(spelling)));
    }

    @Override
    public boolean endsForgotten(int symbol) {
        return symbol == '"' && (node < 0 || frame().tree().name(node) < 0);
    }

    @Override
    public boolean isApart() {
        return text.equals(UNNAMED) || !search.used().hasOthersWith(written());
    }

    /** The kind of the state: what may follow the key, as far as texts can see that end no other key, in any object. */
    @Override
    public Object key(Horizon horizon) {
        return frame().language().kind(this, horizon);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        Object kind = frame().language().sharedKind(this, horizon);
        return kind == null && frame().isFree()
                ? new FreeKey("key " + spelling, frame().language().writing(), 0, search.used(), written())
                : kind;
    }

    /** True if the key so far is a node of the trie of names. */
    boolean isInNames() {
        return node >= 0 && spelling == JsonCharacters.PLAIN;
    }

    /** True within a key that is no name and that any text continues. */
    boolean isUnnamed() {
        return text.equals(UNNAMED) && isCalm();
    }

    /** The state of a key that is no name, at this beginning; null if not every text begins one, or if it matters which. */
    @Nullable
    KeyState offTree(Horizon horizon) {
        return isCalm() && !mayEndUsed(horizon)
                ? new KeyState(search.onlyNames(), KeyTree.NONE, state, UNNAMED, JsonCharacters.PLAIN)
                : null;
    }

    /** Whether a key that is no name may be possible. */
    boolean mayLeaveTree() {
        return search.isStateViable(state);
    }

    /** The state after the name that ends here; null if the name is not possible. */
    @Nullable
    MemberState named() {
        int name = frame().tree().name(node);
        Child child = search.name(name);
        return child == null
                ? null
                : frame().members(child, search.used(), name, "").get(0);
    }

    /** The rest of the name that ends here, after a beginning. */
    String textBehind(KeyState beginning) {
        return written().substring(beginning.written().length());
    }

    /** True if every plain text leads back here, character by character, as far as keys that are no names are concerned. */
    private boolean isCalm() {
        return frame().classes().automaton().isUniversal(state) && search.takesAll(state);
    }

    /**
     * True if any text continues to a possible key of the class that is reached, unless it becomes a name. Callers must hold the
     * lock.
     */
    boolean isAnyKey() {
        return spelling == JsonCharacters.PLAIN
                && isCalm()
                && search.keyClass(frame().classes().automaton().outcome(state)) != null;
    }

    /** The state after a key that is no name; null if there are several or none. */
    @Nullable
    MemberState onlyMember() {
        int keyClass = frame().classes().automaton().outcome(state);
        Child child = search.keyClass(keyClass);
        return child == null || !frame().alternatives().isEmpty()
                ? null
                : frame().members(child, search.used(), -1 - keyClass, text).get(0);
    }

    /** True if a node reads the same as off the trie, as far as texts go that reach no end of a name. */
    private boolean isLikeOthers(boolean inside, KeyMemory memory) {
        KeyTree tree = frame().tree();
        if (inside && !tree.hasChild(node, Completion.of(spelling))) {
            return true;
        }
        return frame().classes().automaton().isUniversal(state)
                && search.takesAll(state)
                && (!inside || !tree.hasChild(node, Completion.of(spelling), memory.near()));
    }

    /** True if a used key, other than a name, begins so. */
    private boolean mayBeUsed() {
        return !search.used().others().isEmpty()
                && !text.equals(UNNAMED)
                && search.used().beginsWith(written());
    }

    /** True if some text continues along a used key so far that it matters which one it was. */
    private boolean mayEndUsed(Horizon horizon) {
        boolean inside = spelling != JsonCharacters.PLAIN && !JsonCharacters.isSettled(spelling);
        return mayBeUsed() && frame().keys().mayEndUsed(search.used(), written(), state, inside, horizon);
    }

    @Override
    public int like(int symbol, Horizon horizon) {
        int like = frame().classes().automaton().like(state, spelling, symbol);
        if (like == symbol || spelling != JsonCharacters.PLAIN) {
            return like;
        }
        return isUnnamed(symbol) && isUnnamed(like) && forgetsText(frame().keyMemory(horizon)) ? like : symbol;
    }

    /** True if no name and no used key continues with a byte. */
    private boolean isUnnamed(int symbol) {
        return !mayBeUsed()
                && (symbol < 0x80
                        ? frame().tree().child(node, symbol) < 0
                        : !frame().tree().hasChildBeyondAscii(node));
    }
}
