// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.key.KeyBeginnings;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.value.ContainerPlace;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.work.LanguageLock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of states inside the objects of a language. Two states have one kind if no token that finishes at most one key can
 * distinguish them, however they came about. Thread-safe: it takes the language's lock.
 */
@FastPath(oracle = "RepresentativesTest")
public final class MemberKinds {

    /** The number of names up to which a kind is computed: with more, looking at each costs more than it saves. */
    private static final int MAX_NAMES = 4;

    /** The number of names examined below a node of the trie of names. */
    private static final int MAX_NAMES_BELOW = 64;

    private final ObjectLanguage language;
    private @Nullable KeyBeginnings beginnings;
    /** The schema-independent contents of goals, for the last horizon. */
    private final Map<Goal, Optional<ValueContent>> contents = new HashMap<>();

    private @Nullable Horizon askedContent;

    public MemberKinds(ObjectLanguage language) {
        this.language = language;
    }

    /** The beginnings of keys that texts read after a comma. */
    private KeyBeginnings beginnings(Horizon horizon) {
        KeyBeginnings known = beginnings;
        if (known == null || known.horizon() != horizon) {
            known = KeyBeginnings.of(horizon, ",");
            beginnings = known;
        }
        return known;
    }

    /** The kind of a state after a member. */
    private record Between(Outlook outlook, int blanks) {}

    /** The kind of a state before a key. */
    private record BeforeKey(Object key, ContainerPlace place, int blanks, int result) {}

    /** The kind of a state before the colon or a value. */
    private record Behind(Object value, List<Outlook> outlooks, boolean colon, int blanks) {}

    /** The kind of a state within a key that is no name and that any text continues. */
    private record InKey(Object value, List<Outlook> outlooks, int spelling, boolean isShortest) {}

    /** The kind of a state within a key that becomes one of some names, or any key except that some names differ. */
    private record InNames(@Nullable Object others, List<NameEnd> names, boolean isShortest) {}

    /**
     * The rest of a name, and the kind of the state after it.
     *
     * @param behind null if the name cannot come
     */
    private record NameEnd(String left, @Nullable Object behind) {}

    /** A kind with the layout, which differs between the languages (depths) of one grammar. */
    private record Kind(Layout layout, Object kind) {}

    /** The kind of a state within its grammar; the state itself if texts can distinguish more. */
    public Object of(State state, Horizon horizon) {
        Object kind = kind(state, horizon, goal -> goal);
        return kind == null ? state : kind;
    }

    /** The kind of a state across schemas; null if texts can distinguish more, or if it is not known. */
    @Nullable
    public Object shared(State state, Horizon horizon) {
        return kind(state, horizon, goal -> content(goal, horizon));
    }

    private @Nullable ValueContent content(Goal goal, Horizon horizon) {
        if (askedContent != horizon) {
            contents.clear();
            askedContent = horizon;
        }
        Optional<ValueContent> known = contents.get(goal);
        if (known == null) {
            known = Optional.ofNullable(ValueContent.of(goal, horizon));
            contents.put(goal, known);
        }
        return known.orElse(null);
    }

    private @Nullable Object kind(State state, Horizon horizon, Function<Goal, @Nullable Object> values) {
        try (LanguageLock held = language.lock().enter()) {
            KeyBeginnings next = beginnings(horizon);
            Object kind = next.isQuiet() ? new Kinds(next, values).of(state) : null;
            return kind == null ? null : new Kind(language.layout(), kind);
        }
    }

    /** A finder of kinds, which are null if texts can distinguish more. */
    private record Kinds(KeyBeginnings next, Function<Goal, @Nullable Object> values) {

        @Nullable
        Object of(State state) {
            if (state instanceof KeyState key) {
                return of(key);
            }
            return state instanceof MemberState member ? of(member) : of((ObjectState) state);
        }

        private @Nullable Object of(ObjectState state) {
            if (state.place() == ContainerPlace.VALUE) {
                Outlook outlook = Outlook.of(state, next);
                return outlook == null ? null : new Between(outlook, state.blanks());
            }
            Object key = state.frame().filter() == null && state.isKeyViable()
                    ? of((KeyState) state.beforeKey().within(next.horizon()))
                    : null;
            int result = state.place() == ContainerPlace.OPENED ? state.frame().result(state.core()) : -1;
            return key == null ? null : new BeforeKey(key, state.place(), state.blanks(), result);
        }

        private @Nullable Object of(MemberState state) {
            List<Outlook> outlooks = Outlook.behind(state, next);
            Object value = outlooks == null ? null : values.apply(state.child().goal());
            return value == null || outlooks == null
                    ? null
                    : new Behind(value, outlooks, state.colon(), state.blanks());
        }

        private @Nullable Object of(KeyState state) {
            if (state.isInNames()) {
                return inNames(state);
            }
            MemberState member = state.isUnnamed() ? state.onlyMember() : null;
            List<Outlook> outlooks = member == null ? null : Outlook.behind(member, next);
            Object value = outlooks == null || member == null
                    ? null
                    : values.apply(member.child().goal());
            return value == null || outlooks == null
                    ? null
                    : new InKey(value, outlooks, state.spelling(), state.frame().isShortest());
        }

        private @Nullable Object inNames(KeyState state) {
            KeyState unnamed = state.offTree(next.horizon());
            Object others = unnamed == null ? null : of(unnamed);
            if (others == null && (unnamed != null || state.mayLeaveTree())) {
                return null;
            }
            List<NameEnd> names = new ArrayList<>();
            List<KeyState> ends = namesBehind(state, others != null);
            for (int i = 0; ends != null && i < ends.size(); i++) {
                KeyState end = ends.get(i);
                MemberState member = end.named();
                Object behind = member == null ? null : of(member);
                if (member != null && behind == null) {
                    return null;
                }
                names.add(new NameEnd(end.textBehind(state), behind));
            }
            return ends == null
                    ? null
                    : new InNames(others, names, state.frame().isShortest());
        }

        /**
         * The ends of the names that continue from a state, in the order of their texts. If any text begins a key, only the names whose
         * end some text reaches; else only the possible ones. Null if there are too many.
         */
        private @Nullable List<KeyState> namesBehind(KeyState state, boolean anyText) {
            KeyTree tree = state.frame().tree();
            if (tree.to(state.node()) - tree.from(state.node()) > MAX_NAMES_BELOW) {
                return null;
            }
            KeyMemory memory = state.frame().keyMemory(next.horizon());
            List<KeyState> names = new ArrayList<>();
            for (int rank = tree.from(state.node()); rank < tree.to(state.node()); rank++) {
                int name = tree.byRank(rank);
                boolean counts = anyText
                        ? !memory.isFar(name, tree.length(state.node()))
                        : state.search().name(name) != null;
                if (counts
                        && (names.size() == MAX_NAMES
                                || !state.frame().alternatives().isEmpty())) {
                    return null;
                }
                if (counts) {
                    names.add(KeyState.at(state.search(), tree.end(name)));
                }
            }
            return names;
        }
    }
}
