// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.State;
import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.array.ArrayItems;
import dev.espalier.schemas.array.ArrayState;
import dev.espalier.schemas.array.DistinctItemState;
import dev.espalier.schemas.array.ItemOptions;
import dev.espalier.schemas.array.ItemState;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.item.Endlessness;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.number.NumberState;
import dev.espalier.schemas.object.KeySearch;
import dev.espalier.schemas.object.KeyState;
import dev.espalier.schemas.object.MemberState;
import dev.espalier.schemas.object.ObjectMembers;
import dev.espalier.schemas.object.ObjectState;
import dev.espalier.schemas.string.StringState;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.value.ValueState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Cheap proofs that the value being read can still become infinitely many values, or at least a given number: some string, number,
 * array or object in it has no last value, or some string has that many. A proof may fail though the fact holds.
 */
@FastPath(oracle = "EndlessValuesTest")
final class EndlessValues implements Endlessness {

    private static final int MAX_REMEMBERED = 1 << 12;

    private final SchemaLanguage language;
    private final EndlessScalars scalars;
    private final Map<Goal, Boolean> goals = new HashMap<>();
    private final Set<Goal> open = new HashSet<>();
    private final Memo<List<Object>, Boolean> objects = new Memo<>(MAX_REMEMBERED);
    private final Set<List<Object>> openObjects = new HashSet<>();

    /**
     * Proofs about the values of a language.
     *
     * @param enough the number of values that counts as infinite; 0 if only infinity does
     */
    EndlessValues(SchemaLanguage language, int enough) {
        this.language = language;
        this.scalars = new EndlessScalars(language, enough);
    }

    @Override
    public boolean canGoOn(StackSet stacks) {
        for (int i = 0; i < stacks.size(); i++) {
            boolean value = stacks.top(i) instanceof MemberState at
                    && isEndless(at.child().goal());
            if (value || isEndless(stacks.top(i)) || canReturn(stacks.below(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isAlwaysEndless(State state) {
        return scalars.isAlwaysEndless(state);
    }

    @Override
    public boolean canReturn(StackSet stacks) {
        for (int i = 0; i < stacks.size(); i++) {
            if (isEndless(stacks.top(i)) || canReturn(stacks.below(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isEndless(State state) {
        if (state instanceof ObjectState at) {
            return object(at.frame(), at.core(), at.used());
        } else if (state instanceof KeyState at) {
            return isEndless(at);
        } else if (state instanceof MemberState at) {
            return isEndlessBehind(at);
        } else if (state instanceof ItemState at) {
            return at.child().cores().stream().allMatch(core -> array(at.frame(), core, at.then()));
        } else if (state instanceof ArrayState at) {
            return array(at.frame(), at.core(), at.index());
        } else if (state instanceof ValueState at) {
            return isEndless(at.goalOfValue());
        } else if (state instanceof NumberState at) {
            return scalars.isEndless(at);
        } else if (state instanceof DistinctItemState at) {
            return at.canGoOn();
        }
        return state instanceof StringState at && scalars.isEndless(at);
    }

    /** True if the object after a member has infinitely many continuations, whatever the result of the value. */
    private boolean isEndlessBehind(MemberState at) {
        return IntStream.range(0, at.child().cores().size()).allMatch(result -> goOn(at, result));
    }

    private boolean goOn(MemberState at, int result) {
        return at.frame().after(at.child(), result, at.then()).stream()
                .anyMatch(next ->
                        next instanceof ObjectState object && object(object.frame(), object.core(), object.used()));
    }

    private boolean isEndless(KeyState at) {
        ObjectMembers frame = at.frame();
        KeySearch search = at.search();
        CharacterAutomaton classes = frame.classes().automaton();
        if (at.spelling() == JsonCharacters.PLAIN || JsonCharacters.isSettled(at.spelling())) {
            return (at.state() >= 0 && search.isEndless(at.state())) || hasEndlessName(search, at.node());
        }
        if (EndlessScalars.leads(at.spelling(), classes, at.state(), search::isEndless)) {
            return true;
        }
        int[] ranges = Completion.of(at.spelling()).ranges();
        KeyTree names = frame.tree();
        for (int child = names.firstChild(at.node()); child >= 0; child = names.nextSibling(child)) {
            for (int i = 0; i < Completion.of(at.spelling()).count(); i++) {
                boolean leads = ranges[3 * i] <= names.symbol(child) && names.symbol(child) <= ranges[3 * i + 1];
                if (leads && hasEndlessName(search, child)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean object(ObjectMembers frame, Core core, UsedKeys used) {
        List<Object> key = List.of(frame, core, used.onlyNames());
        Boolean known = objects.get(key);
        if (known != null) {
            return known;
        }
        if (!openObjects.add(key)) {
            return false;
        }
        try {
            boolean endless = !core.isDead() && hasEndlessMember(frame, core, used);
            objects.put(key, endless);
            return endless;
        } finally {
            openObjects.remove(key);
        }
    }

    /** True if a key that reached a node can become a name after which there are infinitely many continuations. */
    private boolean hasEndlessName(KeySearch search, int node) {
        ObjectMembers frame = search.frame();
        KeyTree names = frame.tree();
        for (int rank = node < 0 ? 0 : names.from(node); node >= 0 && rank < names.to(node); rank++) {
            int name = names.byRank(rank);
            Child child = search.name(name);
            if (child != null && isEndlessMember(frame, child, search.used(), name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEndlessMember(ObjectMembers frame, Child child, UsedKeys used, int choice) {
        return frame.members(child, used, choice, "").stream()
                .anyMatch(at -> isEndless(at.child().goal()) || isEndlessBehind(at));
    }

    private boolean hasEndlessMember(ObjectMembers frame, Core core, UsedKeys used) {
        if (!frame.alternatives().isEmpty()) {
            return frame.alternatives().stream().anyMatch(part -> object(part, part.start(), UsedKeys.NONE));
        }
        KeyClasses classes = frame.classes();
        for (int c = 0; c < classes.size(); c++) {
            boolean endless = classes.count(c) == KeyClasses.ENDLESS;
            if (endless && frame.classLive(core, used, c) != null) {
                return true;
            }
        }
        KeyTree names = frame.tree();
        for (int rank = names.from(0); rank < names.to(0); rank++) {
            int name = names.byRank(rank);
            Child child = used.has(name) ? null : frame.live(core, used, name, "");
            if (child != null && isEndless(child.goal())) {
                return true;
            }
        }
        return false;
    }

    private boolean array(ArrayItems frame, Core core, int index) {
        if (core.isDead()) {
            return false;
        }
        if (frame.distinct().matters(core)) {
            return !language.isOpen()
                    && (frame.distinct().typesOfAlike(core, index) > 0 || takesEndlessItems(frame, core, index));
        }
        Child item = frame.live(core, index);
        return item != null
                && (isEndless(item.goal())
                        || (frame.next(index) == index && item.cores().contains(core)));
    }

    /** True if infinitely many items may come next, each of them new, in the classes that the demands on later items distinguish. */
    private boolean takesEndlessItems(ArrayItems frame, Core core, int index) {
        ItemOptions next = frame.distinct().options(core, index, SeenItems.NONE);
        return !next.choices().isEmpty() && next.takesAnyNew() && isEndless(next.goal());
    }

    @Override
    public int types(Goal goal) {
        int types = has(goal, JsonType.NUMBER) && !hasOnlyEndlessNegatives(goal) ? FINITE_NEGATIVES : 0;
        for (JsonType type : JsonType.values()) {
            types |= language.reach(goal, type).isEmpty() ? 0 : 1 << type.ordinal();
        }
        return types;
    }

    /** True if a minus sign, if a goal's numbers may have one, can continue to infinitely many. */
    private boolean hasOnlyEndlessNegatives(Goal goal) {
        if (!(language.numbers(goal).start() instanceof NumberState start)) {
            return false;
        }
        int row = start.automaton().next(start.row(), '-');
        return row < 0 || isEndless(start.automaton().state(row));
    }

    private boolean has(Goal goal, JsonType type) {
        return !language.reach(goal, type).isEmpty();
    }

    @Override
    public boolean hasOnlyEndlessTexts(Goal goal) {
        return !has(goal, JsonType.STRING)
                || language.strings(goal).beginnings().stream()
                        .allMatch(state -> state instanceof StringState at && scalars.hasOnlyEndless(at.language()));
    }

    @Override
    public boolean hasOnlyEndlessObjects(Goal goal) {
        if (!has(goal, JsonType.OBJECT)) {
            return true;
        }
        ObjectMembers frame = language.objects(goal);
        return hasEndlessMember(frame, frame.start(), UsedKeys.NONE) && isEndlessAfterAnyKey(frame);
    }

    @Override
    public boolean hasOnlyEndlessArrays(Goal goal) {
        if (!has(goal, JsonType.ARRAY)) {
            return true;
        }
        ArrayItems frame = language.arrays(goal);
        return array(frame, frame.start(), 0);
    }

    private boolean isEndlessAfterAnyKey(ObjectMembers frame) {
        KeySearch search = frame.search(frame.start(), UsedKeys.NONE);
        for (int c = 0; c < frame.classes().size(); c++) {
            Child child = frame.keys().left(c, UsedKeys.NONE) > 0 ? search.keyClass(c) : null;
            if (child != null && !isEndlessMember(frame, child, UsedKeys.NONE, -1 - c)) {
                return false;
            }
        }
        for (int name = 0; name < frame.keys().names(); name++) {
            Child child = search.name(name);
            if (child != null && !isEndlessMember(frame, child, UsedKeys.NONE, name)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isEndless(Goal goal) {
        Boolean known = goals.get(goal);
        if (known != null) {
            return known;
        }
        if (!open.add(goal)) {
            return false;
        }
        try {
            boolean endless = hasEndless(goal);
            goals.put(goal, endless);
            return endless;
        } finally {
            open.remove(goal);
        }
    }

    private boolean hasEndless(Goal goal) {
        if (has(goal, JsonType.STRING)
                && language.strings(goal).beginnings().stream().anyMatch(this::isEndless)) {
            return true;
        }
        if (has(goal, JsonType.NUMBER) && isEndless(language.numbers(goal).start())) {
            return true;
        }
        if (has(goal, JsonType.OBJECT)) {
            ObjectMembers frame = language.objects(goal);
            if (object(frame, frame.start(), UsedKeys.NONE)) {
                return true;
            }
        }
        if (has(goal, JsonType.ARRAY)) {
            ArrayItems frame = language.arrays(goal);
            return array(frame, frame.start(), 0);
        }
        return false;
    }
}
