package dev.espalier.schemas;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Proves, cheaply, that what is being read can still become endlessly many values: some string, number, array or object
 * in it has no last value. What it cannot prove may still be endless.
 */
final class EndlessValues {

    private static final int MAX_REMEMBERED = 1 << 12;

    private final SchemaLanguage language;
    private final Map<CharacterAutomaton, BitSet> beforeCycles = new HashMap<>();
    private final Map<Goal, Boolean> goals = new HashMap<>();
    private final Set<Goal> open = new HashSet<>();
    private final Map<List<Object>, Boolean> objects = new HashMap<>();

    EndlessValues(SchemaLanguage language) {
        this.language = language;
    }

    /** Whether one of some stacks can. */
    boolean canGoOn(StackSet stacks) {
        for (int i = 0; i < stacks.size(); i++) {
            if (isEndless(stacks.top(i)) || canGoOn(stacks.below(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isEndless(State state) {
        if (state instanceof ObjectState at) {
            return object(at.frame(), at.core(), at.used());
        } else if (state instanceof KeyState at) {
            return at.plainTextBound() == Integer.MAX_VALUE;
        } else if (state instanceof MemberState at) {
            boolean value = !at.colon() && isEndless(at.child().goal());
            return value || IntStream.range(0, at.child().cores().size()).allMatch(result -> goOn(at, result));
        } else if (state instanceof ItemState at) {
            return at.child().cores().stream().allMatch(core -> array(at.frame(), core, at.then()));
        } else if (state instanceof ArrayState at) {
            return array(at.frame(), at.core(), at.index());
        } else if (state instanceof ValueState at) {
            return isEndless(at.goalOfValue());
        }
        return state instanceof StringState at && isEndless(at.language(), at.state(), at.count());
    }

    private boolean goOn(MemberState at, int result) {
        return at.frame().after(at.child(), result, at.then()).stream()
                .anyMatch(next -> object(next.frame(), next.core(), next.used()));
    }

    private boolean isEndless(StringLanguage strings, int state, int count) {
        return strings.plainTextBound(state, count) == Integer.MAX_VALUE
                || (!strings.isBounded() && beforeCycles(strings.automaton()).get(state));
    }

    /** The states from which texts have no last one: every state leads to an outcome, so those before a cycle. */
    private BitSet beforeCycles(CharacterAutomaton automaton) {
        return beforeCycles.computeIfAbsent(automaton, k -> {
            BitSet before = new BitSet();
            before.set(0, k.states());
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int state = before.nextSetBit(0); state >= 0; state = before.nextSetBit(state + 1)) {
                    boolean leads = false;
                    for (int r = k.rangeStart(state); r < k.rangeEnd(state); r++) {
                        leads |= before.get(k.target(r));
                    }
                    if (!leads) {
                        before.clear(state);
                        changed = true;
                    }
                }
            }
            return before;
        });
    }

    private boolean object(ObjectFrame frame, Core core, UsedKeys used) {
        if (objects.size() >= MAX_REMEMBERED) {
            objects.clear();
        }
        List<Object> key = List.of(frame, core, used.onlyNames());
        Boolean known = objects.get(key);
        if (known == null) {
            objects.put(key, false);
            known = !core.isDead() && hasEndlessMember(frame, core, used);
            objects.put(key, known);
        }
        return known;
    }

    private boolean hasEndlessMember(ObjectFrame frame, Core core, UsedKeys used) {
        if (!frame.alternatives().isEmpty()) {
            return frame.alternatives().stream().anyMatch(part -> object(part, part.start(), UsedKeys.NONE));
        }
        KeyClasses classes = frame.classes();
        for (int c = 0; c < classes.size(); c++) {
            boolean endless = classes.count(c, classes.automaton().start()) == KeyClasses.ENDLESS;
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

    private boolean array(ArrayFrame frame, Core core, int index) {
        if (core.isDead() || frame.distinct().matters(core)) {
            return false;
        }
        Child item = frame.live(core, index);
        return item != null
                && (isEndless(item.goal())
                        || (frame.next(index) == index && item.cores().contains(core)));
    }

    /** Whether a goal has only strings, and each beginning of one can go on to endlessly many. */
    boolean isEndlessText(Goal goal) {
        for (JsonType type : JsonType.values()) {
            if (type != JsonType.STRING && !language.reach(goal, type).isEmpty()) {
                return false;
            }
        }
        return language.strings(goal).beginnings().stream()
                .allMatch(state -> state instanceof StringState at
                        && !at.language().isBounded()
                        && beforeCycles(at.language().automaton()).cardinality()
                                == at.language().automaton().states());
    }

    /** Whether a goal has endlessly many values. */
    boolean isEndless(Goal goal) {
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
        if (!language.reach(goal, JsonType.STRING).isEmpty()
                && language.strings(goal).beginnings().stream().anyMatch(this::isEndless)) {
            return true;
        }
        if (!language.reach(goal, JsonType.NUMBER).isEmpty()) {
            NumberLanguage numbers = language.numbers(goal);
            boolean free = language.typed(goal, JsonType.NUMBER) == Diagrams.ZERO;
            if (free || numbers.equals(NumberTable.ANY) || numbers.equals(NumberTable.INTEGERS)) {
                return true;
            }
        }
        if (!language.reach(goal, JsonType.OBJECT).isEmpty()) {
            ObjectFrame frame = language.objects(goal);
            if (object(frame, frame.start(), UsedKeys.NONE)) {
                return true;
            }
        }
        if (!language.reach(goal, JsonType.ARRAY).isEmpty()) {
            ArrayFrame frame = language.arrays(goal);
            return array(frame, frame.start(), 0);
        }
        return false;
    }
}
