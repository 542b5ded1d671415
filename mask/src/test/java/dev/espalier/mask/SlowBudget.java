// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The oracle of budgets: all ways of so many tokens, each read byte by byte. */
public final class SlowBudget {

    private final CompiledGrammar grammar;
    private final Stepper stepper;
    private final Map<StackSet, Map<Integer, Boolean>> known = new HashMap<>();

    public SlowBudget(CompiledGrammar grammar) {
        this.grammar = grammar;
        this.stepper = grammar.newStepper();
    }

    /** The set after some tokens. */
    public StackSet after(int... tokens) {
        StackSet set = grammar.start();
        for (int token : tokens) {
            set = after(set, token);
        }
        return set;
    }

    /** The set after a token, read as text and as what the grammar names. */
    public StackSet after(StackSet set, int token) {
        StackSet read = StackSet.none();
        ByteString bytes = grammar.vocabulary().bytes(token);
        if (bytes.length() > 0) {
            read = set;
            for (int i = 0; i < bytes.length() && !read.isEmpty(); i++) {
                read = stepper.step(read, bytes.at(i));
            }
        }
        for (int symbol : grammar.namedTokens().getOrDefault(token, List.of())) {
            read = stepper.union(read, stepper.step(set, symbol));
        }
        return stepper.afterToken(read);
    }

    /** Whether so many tokens are enough. */
    public boolean fits(StackSet set, int tokens) {
        if (tokens < 0 || set.isEmpty()) {
            return false;
        }
        if (stepper.results(set).length > 0) {
            return true;
        }
        if (tokens == 0) {
            return false;
        }
        Map<Integer, Boolean> answers = known.computeIfAbsent(set, key -> new HashMap<>());
        Boolean answer = answers.get(tokens);
        if (answer == null) {
            answer = false;
            for (int token = 0; token < grammar.vocabulary().size() && !answer; token++) {
                answer = fits(after(set, token), tokens - 1);
            }
            answers.put(tokens, answer);
        }
        return answer;
    }

    /** The mask under a budget. */
    public int[] mask(StackSet set, int remaining) {
        List<Integer> allowed = new ArrayList<>();
        boolean mayEnd = stepper.results(set).length > 0;
        for (int token = 0; token < grammar.vocabulary().size(); token++) {
            if ((mayEnd && grammar.vocabulary().isEnd(token)) || fits(after(set, token), remaining - 1)) {
                allowed.add(token);
            }
        }
        return allowed.stream().mapToInt(Integer::intValue).toArray();
    }
}
