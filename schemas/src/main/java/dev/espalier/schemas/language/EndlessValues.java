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
import dev.espalier.schemas.item.ValuePlace;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.number.NumberAutomaton;
import dev.espalier.schemas.number.NumberState;
import dev.espalier.schemas.object.KeySearch;
import dev.espalier.schemas.object.KeyState;
import dev.espalier.schemas.object.MemberState;
import dev.espalier.schemas.object.ObjectMembers;
import dev.espalier.schemas.object.ObjectState;
import dev.espalier.schemas.string.StringLanguage;
import dev.espalier.schemas.string.StringState;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.value.ValueState;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Cheap proofs that the value being read can still become infinitely many values, or at least a given number: some string, number,
 * array or object in it has no last value, or some string has that many. A proof may fail though the fact holds.
 */
@FastPath(oracle = "EndlessValuesTest")
final class EndlessValues implements Endlessness {

    private static final int MAX_REMEMBERED = 1 << 12;

    /** The greatest length in characters of texts that are counted. */
    private static final int LETTERS = 4;

    /** Ranges examined in about a microsecond. */
    private static final int RANGES_A_UNIT = 16;

    /** The characters of a number before its exponent. */
    private static final int[] MANTISSA = "-.0123456789".chars().toArray();

    private final SchemaLanguage language;
    /** The number of values that is enough; 0 if only infinitely many are. */
    private final int enough;

    private final Map<CharacterAutomaton, BitSet> beforeCycles = new HashMap<>();
    private final Map<Goal, Boolean> goals = new HashMap<>();
    private final Map<NumberState, Boolean> numbers = new HashMap<>();
    private final Map<Place, Integer> texts = new HashMap<>();
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
        this.enough = enough;
    }

    /** A place in a language of strings. */
    private record Place(StringLanguage strings, int state, int count) {}

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
        return (state instanceof StringState string && isAlwaysEndless(string.language()))
                || (state instanceof NumberState number && isAlwaysEndless(number));
    }

    private boolean isAlwaysEndless(StringLanguage strings) {
        CharacterAutomaton automaton = strings.automaton();
        return !strings.isCounted() && beforeCycles(automaton).cardinality() == automaton.states();
    }

    /** True if a number can become infinitely many values from every row that it can reach. */
    private boolean isAlwaysEndless(NumberState from) {
        NumberAutomaton automaton = from.automaton();
        return rowsFrom(from).stream().allMatch(row -> isEndless(automaton.state(row)));
    }

    private static BitSet rowsFrom(NumberState from) {
        NumberAutomaton automaton = from.automaton();
        BitSet seen = new BitSet();
        BitSet open = new BitSet();
        open.set(from.row());
        while (!open.isEmpty()) {
            int row = open.nextSetBit(0);
            open.clear(row);
            seen.set(row);
            ValuePlace.NUMERIC
                    .chars()
                    .map(symbol -> automaton.next(row, symbol))
                    .filter(next -> next >= 0 && !seen.get(next))
                    .forEach(open::set);
        }
        return seen;
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
            return numbers.computeIfAbsent(at, EndlessValues::hasMoreDigits);
        } else if (state instanceof DistinctItemState at) {
            return at.canGoOn();
        }
        return state instanceof StringState at && isEndless(at);
    }

    private boolean isEndless(StringState at) {
        if (at.spelling() == JsonCharacters.PLAIN || JsonCharacters.isSettled(at.spelling())) {
            return isEndless(at.language(), at.state(), at.count());
        }
        int count = at.language().counted(at.count());
        return leads(at.spelling(), at.language().automaton(), at.state(), to -> isEndless(at.language(), to, count));
    }

    /** Whether some character that a spelling can become leads to a state that passes a test. */
    private static boolean leads(int spelling, CharacterAutomaton automaton, int state, IntPredicate test) {
        return Completion.of(spelling).target(automaton, state, test) != Completion.NOWHERE;
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

    private boolean isEndless(StringLanguage strings, int state, int count) {
        if (strings.plainTextBound(state, count) == Integer.MAX_VALUE
                || (!strings.isCounted() && beforeCycles(strings.automaton()).get(state))) {
            return true;
        }
        return enough > 0
                && strings.isLive(state, count)
                && texts.computeIfAbsent(new Place(strings, state, count), at -> texts(strings, state, count, LETTERS))
                        >= enough;
    }

    /** A lower bound on the texts from a state, of at most {@code characters} characters; counted up to what is enough. */
    private int texts(StringLanguage strings, int state, int count, int characters) {
        CharacterAutomaton automaton = strings.automaton();
        long texts = strings.result(state, count) >= 0 ? 1 : 0;
        int counted = strings.counted(count);
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state) && texts < enough; r++) {
            if (strings.isLive(automaton.target(r), counted)) {
                long each = characters == 1 ? 1 : texts(strings, automaton.target(r), counted, characters - 1);
                texts += each * (automaton.last(r) - automaton.first(r) + 1);
            }
        }
        return (int) Math.min(texts, enough);
    }

    private boolean isEndless(KeyState at) {
        ObjectMembers frame = at.frame();
        KeySearch search = at.search();
        CharacterAutomaton classes = frame.classes().automaton();
        if (at.spelling() == JsonCharacters.PLAIN || JsonCharacters.isSettled(at.spelling())) {
            return (at.state() >= 0 && search.isEndless(at.state())) || hasEndlessName(search, at.node());
        }
        if (leads(at.spelling(), classes, at.state(), search::isEndless)) {
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

    /**
     * Whether a number can go on with digits without end, not all of them zero, before any exponent: each time around is
     * another value, with whatever ends it.
     */
    private static boolean hasMoreDigits(NumberState from) {
        NumberAutomaton automaton = from.automaton();
        BitSet seen = new BitSet();
        BitSet open = new BitSet();
        open.set(from.row());
        while (!open.isEmpty()) {
            int row = open.nextSetBit(0);
            open.clear(row);
            seen.set(row);
            boolean isMantissa = automaton.next(row, '.') >= 0 || automaton.next(row, 'e') >= 0;
            for (int symbol : MANTISSA) {
                int next = automaton.next(row, symbol);
                if (isMantissa && symbol > '0' && next == row) {
                    return true;
                }
                if (next >= 0 && !seen.get(next)) {
                    open.set(next);
                }
            }
        }
        return false;
    }

    /** The states from which there are infinitely many texts: those before a cycle, since every state leads to an outcome. */
    private BitSet beforeCycles(CharacterAutomaton automaton) {
        return beforeCycles.computeIfAbsent(automaton, k -> {
            language.deadline().spend(1 + k.ranges() / RANGES_A_UNIT);
            return statesBeforeCycles(k);
        });
    }

    /**
     * The states that lead to a cycle, or are on one. Cost: each range is visited once. Oracle: what stays when dead ends are removed
     * repeatedly.
     */
    static BitSet statesBeforeCycles(CharacterAutomaton automaton) {
        BitSet before = new BitSet();
        BitSet begun = new BitSet();
        BitSet open = new BitSet();
        int[] range = new int[automaton.states()];
        int[] path = new int[automaton.states()];
        for (int start = 0; start < path.length; start = begun.nextClearBit(start + 1)) {
            int depth = 0;
            int state = start;
            while (state >= 0) {
                if (!begun.get(state)) {
                    begun.set(state);
                    open.set(state);
                    range[state] = automaton.rangeStart(state);
                    path[depth++] = state;
                }
                if (!before.get(state) && range[state] < automaton.rangeEnd(state)) {
                    int target = automaton.target(range[state]++);
                    before.set(state, open.get(target) || before.get(target));
                    state = begun.get(target) ? state : target;
                    continue;
                }
                open.clear(state);
                boolean isBefore = before.get(state);
                state = --depth == 0 ? -1 : path[depth - 1];
                if (isBefore && state >= 0) {
                    before.set(state);
                }
            }
        }
        return before;
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
                        .allMatch(state -> state instanceof StringState at && hasOnlyEndless(at.language()));
    }

    /** True if every text can grow: each continuation leads to longer and longer texts, and all long enough ones have a result. */
    private boolean hasOnlyEndless(StringLanguage strings) {
        CharacterAutomaton automaton = strings.automaton();
        int last = strings.starts().length;
        for (int state = 0; state < automaton.states(); state++) {
            if (last > 0 && automaton.outcome(state) >= 0 && strings.resultIn(last, state) < 0) {
                return false;
            }
        }
        return beforeCycles(automaton).cardinality() == automaton.states();
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
