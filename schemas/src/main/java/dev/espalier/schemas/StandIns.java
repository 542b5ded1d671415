package dev.espalier.schemas;

import dev.espalier.automata.Horizon;
import dev.espalier.automata.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States of the objects of a language that stand for all that no text of a horizon can tell from them: the first one met of each kind.
 * Guarded by the language's monitor.
 */
final class StandIns {

    private static final int MAX_REMEMBERED = 1 << 12;

    /** More names are told apart: to look at each costs more than it saves. */
    private static final int MAX_NAMES = 4;

    private final Map<Object, State> first = new HashMap<>();
    private @Nullable KeyBeginnings beginnings;

    /** What texts read of keys behind a comma. */
    KeyBeginnings beginnings(Horizon horizon) {
        KeyBeginnings known = beginnings;
        if (known == null || known.horizon() != horizon) {
            known = KeyBeginnings.of(horizon);
            beginnings = known;
            first.clear();
        }
        return known;
    }

    private record Between(Outlook outlook, int blanks) {}

    private record BeforeKey(State key, ObjectState.Place place, int blanks, int result) {}

    private record Behind(Goal goal, List<Outlook> outlooks, boolean colon, int blanks) {}

    private record InKey(Goal goal, List<Outlook> outlooks, int spelling, boolean isShortest) {}

    private record InNames(@Nullable KeyState others, List<NameEnd> names, boolean isShortest) {}

    /**
     * What is left of a name, and what stands for the state behind it.
     *
     * @param behind null where the name cannot come
     */
    record NameEnd(String left, @Nullable State behind) {}

    /** For a state behind a member. */
    State between(ObjectState state, Horizon horizon) {
        KeyBeginnings next = beginnings(horizon);
        Outlook outlook = next.isQuiet() ? Outlook.of(state, next) : null;
        return outlook == null ? state : first(new Between(outlook, state.blanks()), state);
    }

    /** For a state before a key, of which it is known what stands for the state that begins the key. */
    State beforeKey(ObjectState state, State key) {
        int result = state.place() == ObjectState.Place.OPENED ? state.frame().result(state.core()) : -1;
        return first(new BeforeKey(key, state.place(), state.blanks(), result), state);
    }

    /** For a state between a key and its value, or before which a value is read. */
    State behindKey(MemberState state, Horizon horizon) {
        KeyBeginnings next = beginnings(horizon);
        List<Outlook> outlooks = next.isQuiet() ? Outlook.behind(state, next) : null;
        return outlooks == null
                ? state
                : first(new Behind(state.child().goal(), outlooks, state.colon(), state.blanks()), state);
    }

    /** For a state within a key that is no name, and that any text goes on with. */
    KeyState inKey(KeyState state, Horizon horizon) {
        KeyBeginnings next = beginnings(horizon);
        MemberState member = next.isQuiet() ? state.onlyMember() : null;
        List<Outlook> outlooks = member == null ? null : Outlook.behind(member, next);
        return member == null || outlooks == null
                ? state
                : (KeyState) first(
                        new InKey(
                                member.child().goal(),
                                outlooks,
                                state.spelling(),
                                state.frame().isShortest()),
                        state);
    }

    /** For a state within a key where only a few names end differently from other keys, or only few names are left. */
    KeyState inNames(KeyState state, Horizon horizon) {
        KeyBeginnings next = beginnings(horizon);
        KeyState others = next.isQuiet() ? state.offTree() : null;
        List<NameEnd> names = !next.isQuiet() || (others == null && state.mayLeaveTree())
                ? null
                : state.names(others != null, MAX_NAMES, horizon);
        if (names == null) {
            return state;
        }
        KeyState like = others == null ? null : inKey(others, horizon);
        return (KeyState) first(new InNames(like, names, state.frame().isShortest()), state);
    }

    private State first(Object kind, State state) {
        if (first.size() >= MAX_REMEMBERED) {
            first.clear();
        }
        State known = first.putIfAbsent(kind, state);
        return known == null ? state : known;
    }
}
