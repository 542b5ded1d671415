// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.LexerParts;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.LexedGrammar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The parts of a grammar of tokens that its lexer does not cut.
 *
 * @param parts by mode
 * @param frames those that are frames
 * @param specialTokens those that are not
 */
record LexedParts(List<LexerParts.Part> parts, List<State> frames, List<Expression.TokenTerminal> specialTokens) {

    private static final BitSet NUMBER = bytes("-0123456789");
    private static final BitSet MORE_NUMBER = bytes(".0123456789eE");

    /** The parts of a grammar, with kinds as {@link TokenGraph#kinds}. */
    static LexedParts of(LexedGrammar grammar, Map<String, State> externals, WorkBudget budget) {
        LexedParts all = new LexedParts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, Integer> kinds = TokenGraph.kinds(grammar);
        Map<String, Integer> known = new HashMap<>();
        Stepper stepper = new Stepper(budget.limits());
        for (int mode = 0; mode < grammar.modes().size(); mode++) {
            for (LexedGrammar.Token token : grammar.modes().get(mode)) {
                if (token.isPart()) {
                    budget.addStates(1);
                    int kind = Objects.requireNonNull(kinds.get(token.name()));
                    all.add(token, kind, mode, externals, known, stepper);
                }
            }
        }
        if (!all.parts.isEmpty() && grammar.indentation().isPresent()) {
            String name = all.parts.get(0).name();
            throw new UnsupportedFeatureException(
                    name, "\"" + name + "\" stands in a grammar with indentation", Place.UNKNOWN);
        }
        return all;
    }

    private void add(
            LexedGrammar.Token token,
            int kind,
            int mode,
            Map<String, State> externals,
            Map<String, Integer> known,
            Stepper stepper) {
        if (token.text() instanceof Expression.External external) {
            State start = externals.get(external.name());
            if (start == null) {
                throw new ReferenceException(
                        "no frame called \"" + external.name() + "\" was supplied beside the grammar", Place.UNKNOWN);
            }
            int number = known.computeIfAbsent(external.name(), none -> {
                frames.add(start);
                return frames.size() - 1;
            });
            BitSet first = new BitSet();
            StackSet set = StackSet.of(start);
            IntStream.range(0, State.SPECIAL)
                    .filter(value -> !stepper.step(set, value).isEmpty())
                    .forEach(first::set);
            boolean isNumber = external.schema().isPresent() && first.intersects(NUMBER);
            parts.add(new LexerParts.Part(
                    external.name(),
                    kind,
                    mode,
                    token.next(),
                    -1 - number,
                    first,
                    isNumber ? MORE_NUMBER : new BitSet()));
            return;
        }
        Expression.TokenTerminal special = (Expression.TokenTerminal) token.text();
        int symbol = specialTokens.indexOf(special);
        if (symbol < 0) {
            symbol = specialTokens.size();
            specialTokens.add(special);
        }
        parts.add(new LexerParts.Part(
                token.name(), kind, mode, token.next(), State.SPECIAL + symbol, new BitSet(), new BitSet()));
    }

    private static BitSet bytes(String characters) {
        BitSet bytes = new BitSet();
        characters.chars().forEach(bytes::set);
        return bytes;
    }
}
