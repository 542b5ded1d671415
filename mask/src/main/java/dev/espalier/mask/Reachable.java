package dev.espalier.mask;

import dev.espalier.automata.Horizon;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sets of stacks that a text can lead to, each with the one before it and the symbol between them, and the top states that they
 * were met for: states that tokens cannot tell apart count once. Breadth first from the beginning, then along some texts. One
 * thread.
 */
final class Reachable {

    /** In place of a symbol: nothing is read, but all that may end here ends. */
    static final int ENDED = -1;

    /** In place of a symbol: nothing is read, but all that may be called here is called. */
    static final int OPENED = -2;

    private final CompiledGrammar grammar;
    private final Stepper stepper;
    private final Horizon tokens;
    private final int symbols;
    private final Set<Object> seen = new HashSet<>();
    private final List<Place> places = new ArrayList<>();
    private final Map<StackSet, Integer> numbers = new HashMap<>();

    /**
     * A set.
     *
     * @param parent the number of the set before it; -1 for the first
     * @param symbol what leads here from there, {@link #ENDED} or {@link #OPENED}
     * @param states the top states that were not met before
     */
    record Place(StackSet set, int parent, int symbol, List<State> states) {}

    private record Step(StackSet set, int parent, int symbol) {}

    Reachable(CompiledGrammar grammar) {
        this.grammar = grammar;
        this.stepper = new Stepper(grammar.limits());
        this.tokens = grammar.vocabulary().tokens().horizon();
        this.symbols = State.SPECIAL + grammar.automaton().specialTokens().size();
    }

    /** All places, a place's parent always before it. */
    List<Place> places() {
        return places;
    }

    /** Looks for at most so many top states, breadth first; to be called once and first. */
    void search(int maxStates, Cancellation cancellation) {
        ArrayDeque<Step> pending = new ArrayDeque<>();
        pending.add(new Step(grammar.start(), -1, 0));
        int found = 0;
        while (!pending.isEmpty() && found < maxStates && !cancellation.isRequested()) {
            Step step = pending.remove();
            List<State> states = unseen(step.set, maxStates - found);
            if (states.isEmpty()) {
                continue;
            }
            found += states.size();
            int number = add(new Place(step.set, step.parent, step.symbol, states));
            for (int symbol = OPENED; symbol < symbols; symbol++) {
                StackSet next = next(stepper, step.set, symbol);
                if (!next.isEmpty()) {
                    pending.add(new Step(next, number, symbol));
                }
            }
        }
    }

    /** Goes along a text, as far as the grammar allows it. */
    void follow(byte[] text) {
        StackSet set = grammar.start();
        int number = number(set, -1, 0);
        number(next(stepper, set, OPENED), number, OPENED);
        for (byte symbol : text) {
            set = stepper.step(set, symbol & 0xff);
            if (set.isEmpty()) {
                return;
            }
            number = number(set, number, symbol & 0xff);
            number(next(stepper, set, OPENED), number, OPENED);
            int before = number;
            for (StackSet ended = next(stepper, set, ENDED); !ended.isEmpty(); ended = next(stepper, ended, ENDED)) {
                before = number(ended, before, ENDED);
            }
        }
    }

    /**
     * The set after a symbol; after {@link #ENDED}, where everything goes on that lies below tops that may end; after
     * {@link #OPENED}, all that are about to read.
     */
    static StackSet next(Stepper stepper, StackSet set, int symbol) {
        if (symbol == OPENED) {
            return stepper.open(set);
        }
        if (symbol != ENDED) {
            return stepper.step(set, symbol);
        }
        StackSet after = StackSet.none();
        for (int i = 0; i < set.size(); i++) {
            for (int result : set.top(i).results()) {
                after = stepper.union(after, stepper.resume(set.below(i), result));
            }
        }
        return after;
    }

    private int number(StackSet set, int parent, int symbol) {
        Integer known = numbers.get(set);
        return known != null ? known : add(new Place(set, parent, symbol, unseen(set, Integer.MAX_VALUE)));
    }

    private int add(Place place) {
        numbers.putIfAbsent(place.set, places.size());
        places.add(place);
        return places.size() - 1;
    }

    private List<State> unseen(StackSet set, int most) {
        List<State> states = new ArrayList<>();
        for (int i = 0; i < set.size() && states.size() < most; i++) {
            if (seen.add(set.top(i).within(tokens))) {
                states.add(set.top(i));
            }
        }
        return states;
    }
}
