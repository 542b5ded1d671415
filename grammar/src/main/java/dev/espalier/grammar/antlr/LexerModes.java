// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.Limits;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.LexedGrammar.Token;
import dev.espalier.grammar.antlr.AntlrFile.Command;
import dev.espalier.grammar.antlr.AntlrFile.Definition;
import dev.espalier.grammar.antlr.AntlrNode.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The modes of a lexer with those below them on its stack: each stack that can come to be is a mode of its own. Where these are too many, or without a bound, stacks are
 * bounded by {@code Limits.maxLexerNesting}, or by less: a token behind which the stack is higher is followed by nothing.
 */
final class LexerModes {

    /** How many stacks there may be. */
    private static final int MOST_STACKS = 256;

    /** How many stacks there may be where they are bounded, and fewer levels can be tried. */
    private static final int MOST_BOUNDED = 64;

    private final LexerRules rules;
    private final Map<String, String> literals;
    private final int most;
    private final List<List<String>> stacks = new ArrayList<>();
    private final Map<List<String>, Integer> numbers = new HashMap<>();

    /** How many modes may lie on the first one; empty where that is not bounded. */
    private OptionalInt levels = OptionalInt.empty();

    /** A stack that is higher than it may be, which has no tokens. */
    private static final List<String> TOO_HIGH = List.of("");

    /**
     * The modes of a lexer.
     *
     * @param literals the tokens that parser rules bring, by name, with their texts; they come first
     */
    LexerModes(LexerRules rules, Map<String, String> literals, Limits limits) {
        this.most = limits.maxLexerNesting();
        this.rules = rules;
        this.literals = new LinkedHashMap<>(literals);
    }

    /** The tokens of each mode. */
    List<List<Token>> all() {
        Map<String, List<Definition>> ofMode = new HashMap<>();
        for (Definition definition : rules.all()) {
            if (!definition.isFragment()) {
                ofMode.computeIfAbsent(definition.mode(), none -> new ArrayList<>())
                        .add(definition);
            }
        }
        Optional<List<List<Token>>> modes = all(ofMode);
        for (int level = most; modes.isEmpty(); level = level * 2 / 3) {
            levels = OptionalInt.of(level);
            modes = all(ofMode);
        }
        return modes.get();
    }

    /** How many modes may lie on the first one, where that is bounded. */
    OptionalInt levels() {
        return levels;
    }

    /** The tokens of each mode; empty if there are too many stacks. */
    private Optional<List<List<Token>>> all(Map<String, List<Definition>> ofMode) {
        stacks.clear();
        numbers.clear();
        List<List<Token>> modes = new ArrayList<>();
        int unused = number(List.of(AntlrFile.DEFAULT_MODE), null);
        for (int i = 0; i < stacks.size(); i++) {
            if (stacks.size() > (levels.isEmpty() ? MOST_STACKS : MOST_BOUNDED) && !isLeast()) {
                return Optional.empty();
            }
            List<String> stack = stacks.get(i);
            List<Token> tokens = new ArrayList<>();
            String mode = stack.isEmpty() ? "" : stack.get(stack.size() - 1);
            if (mode.equals(AntlrFile.DEFAULT_MODE)) {
                int here = i;
                literals.forEach((name, text) -> tokens.add(new Token(name, rules.literal(text), false, here)));
            }
            for (Definition definition : ofMode.getOrDefault(mode, List.of())) {
                tokens.add(token(definition, stack));
            }
            modes.add(tokens);
        }
        return Optional.of(modes);
    }

    private Token token(Definition definition, List<String> stack) {
        Expression text = rules.text(definition);
        List<Command> commands = definition.alternatives().get(0).commands();
        String name = definition.name();
        boolean isSkipped = false;
        List<String> after = new ArrayList<>(stack);
        Spot spot = definition.spot();
        for (Command command : commands) {
            spot = command.spot();
            switch (command.name()) {
                case "skip", "more" -> isSkipped = true;
                case "channel" ->
                    isSkipped = !command.argument().equals("DEFAULT_TOKEN_CHANNEL")
                            && !command.argument().equals("0");
                case "type" -> name = command.argument();
                case "mode" -> after.set(after.size() - 1, command.argument());
                case "pushMode" -> after.add(command.argument());
                case "popMode" -> {
                    after.remove(after.size() - 1);
                    if (after.isEmpty()) { // ANTLR's lexer fails here: no rule of the parser knows this token
                        return new Token(name + " -> popMode", text, false, number(List.of(), spot));
                    }
                }
                default ->
                    throw new UnsupportedFeatureException(
                            command.name(),
                            "the command \"" + command.name() + "\" is unknown",
                            spot.source().place(spot.offset()));
            }
        }
        return new Token(name, text, isSkipped, number(after, spot));
    }

    private boolean isLeast() {
        return levels.orElse(0) == 1;
    }

    private int number(List<String> given, @Nullable Spot spot) {
        List<String> stack = given.size() > 1 + levels.orElse(Integer.MAX_VALUE - 1) ? TOO_HIGH : given;
        Integer known = numbers.get(stack);
        if (known == null) {
            known = stacks.size();
            if (known >= MOST_STACKS && isLeast() && spot != null) {
                throw new UnsupportedFeatureException(
                        "pushMode",
                        "two modes lie on each other in more than " + MOST_STACKS + " ways",
                        spot.source().place(spot.offset()));
            }
            numbers.put(List.copyOf(stack), known);
            stacks.add(List.copyOf(stack));
        }
        return known;
    }
}
