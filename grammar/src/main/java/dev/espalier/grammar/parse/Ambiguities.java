// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Grammar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ambiguous rules of a grammar, each with a text that {@link TextReader} reads in two ways. Not thread-safe. */
final class Ambiguities {

    private final Grammar grammar;
    private final Set<String> tokens;
    private final int longest;
    private final WorkBudget budget;
    private final Productions rules;
    private final ShortTexts texts;

    Ambiguities(Grammar grammar, Set<String> tokens, int longest, WorkBudget budget) {
        this.grammar = grammar;
        this.tokens = tokens;
        this.longest = longest;
        this.budget = budget;
        this.rules = new ProductionBuilder(grammar, tokens, longest, budget).build(grammar.root());
        this.texts = new ShortTexts(rules, budget);
    }

    GrammarCheck.Search first(int most) {
        AmbiguitySearch.Result<GrammarCheck.Ambiguity> found =
                new AmbiguitySearch(rules, texts, longest, budget).run(most, this::witness);
        return new GrammarCheck.Search(found.witness(), found.length());
    }

    GrammarCheck.Searches all(int most) {
        Map<String, GrammarCheck.Ambiguity> witnesses = new LinkedHashMap<>();
        int length = longest;
        for (int symbol = 0; symbol < rules.size(); symbol++) {
            if (!rules.isNamed(symbol)) {
                continue;
            }
            AmbiguitySearch.Result<GrammarCheck.Ambiguity> found =
                    new AmbiguitySearch(rules, texts, longest, budget).run(symbol, most, this::witness);
            found.witness().ifPresent(witness -> witnesses.putIfAbsent(witness.rule(), witness));
            length = found.witness().isPresent() ? length : Math.min(length, found.length());
        }
        return new GrammarCheck.Searches(List.copyOf(witnesses.values()), length);
    }

    /** What has two trees in a text of a symbol, and nothing inside of it. */
    private Optional<GrammarCheck.Ambiguity> witness(int symbol, List<Terminal> text) {
        List<String> words = words(text);
        Reading reading = read(rules.name(symbol), words);
        if (!(reading instanceof Reading.Sentence sentence) || !sentence.isAmbiguous()) {
            return Optional.empty();
        }
        ParseTree one = sentence.trees().get(0);
        ParseTree other = sentence.trees().get(1);
        for (int inside = inside(one, other); inside >= 0; inside = inside(one, other)) {
            one = one.children().get(inside);
            other = other.children().get(inside);
        }
        int[] whole = joined(words).codePoints().toArray();
        int from = one.from();
        return Optional.of(new GrammarCheck.Ambiguity(
                one.rule(),
                new String(whole, from, one.to() - from),
                List.of(moved(one, from), moved(other, from)),
                joined(words(texts.around(symbol, text)))));
    }

    /** The child in which alone two trees differ; -1 if there is none. */
    private static int inside(ParseTree one, ParseTree other) {
        int found = -1;
        if (one.children().size() != other.children().size()) {
            return -1;
        }
        for (int i = 0; i < one.children().size(); i++) {
            ParseTree child = one.children().get(i);
            ParseTree second = other.children().get(i);
            if (child.equals(second)) {
                continue;
            }
            boolean isSame =
                    child.rule().equals(second.rule()) && child.from() == second.from() && child.to() == second.to();
            if (!isSame || found >= 0) {
                return -1;
            }
            found = i;
        }
        return found;
    }

    private static ParseTree moved(ParseTree tree, int by) {
        return new ParseTree(
                tree.rule(),
                tree.from() - by,
                tree.to() - by,
                tree.children().stream().map(child -> moved(child, by)).toList());
    }

    private Reading read(String rule, List<String> words) {
        if (tokens.isEmpty()) {
            return TextReader.read(grammar, rule, joined(words), budget);
        }
        List<TokenLattice.Node> nodes = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < words.size(); i++) {
            int end = offset + words.get(i).codePointCount(0, words.get(i).length());
            TokenLattice.Step step = new TokenLattice.Step(words.get(i), offset, end, i + 1);
            nodes.add(new TokenLattice.Node(offset, false, List.of(step)));
            offset = end + 1;
        }
        nodes.add(new TokenLattice.Node(Math.max(0, offset - 1), true, List.of()));
        return TextReader.read(grammar, tokens, rule, new TokenLattice(nodes), 2, budget);
    }

    private static List<String> words(List<Terminal> text) {
        return text.stream()
                .map(terminal -> terminal.isToken()
                        ? terminal.token()
                        : Character.toString(CharacterText.example(terminal.members())))
                .toList();
    }

    private String joined(List<String> words) {
        return String.join(tokens.isEmpty() ? "" : " ", words);
    }
}
