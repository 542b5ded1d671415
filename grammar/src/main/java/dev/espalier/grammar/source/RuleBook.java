// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.External;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The rules of a grammar as a reader meets them: definitions, references with their places, and names that stand for frames.
 * Names that a notation does not tell apart are one rule, called as it is spelled first. Not thread-safe.
 */
public final class RuleBook {

    private final SourceText source;
    private final UnaryOperator<String> key;
    private final GrammarOptions options;
    private final Map<String, String> spellings = new HashMap<>();
    private final Map<String, List<Expression>> rules = new LinkedHashMap<>();
    private final Map<String, Integer> references = new LinkedHashMap<>();
    private final Map<String, String> frames = new TreeMap<>();
    private final Set<String> unnamed = new TreeSet<>();

    /** A book of a notation in which names are equal if they are the same text. */
    public RuleBook(SourceText source, GrammarOptions options) {
        this(source, options, UnaryOperator.identity());
    }

    /**
     * A book.
     *
     * @param key what two spellings of one name have in common
     * @throws ReferenceException if two names of frames are one in the notation
     */
    public RuleBook(SourceText source, GrammarOptions options, UnaryOperator<String> key) {
        this.source = source;
        this.key = key;
        this.options = options;
        for (String frame : new TreeSet<>(options.frames())) {
            String other = frames.put(key.apply(frame), frame);
            if (other != null) {
                throw new ReferenceException(
                        "\"" + other + "\" and \"" + frame
                                + "\", which are supplied beside the grammar, are one name in this notation",
                        source.place(0));
            }
        }
        unnamed.addAll(frames.values());
    }

    private String spelling(String name) {
        return spellings.computeIfAbsent(key.apply(name), first -> name);
    }

    /** Whether there is a rule of a name by now. */
    public boolean isDefined(String name) {
        return rules.containsKey(spelling(name));
    }

    /**
     * A rule.
     *
     * @param offset where its name is
     * @throws dev.espalier.core.error.SyntaxException if there is one, or a frame, of that name
     */
    public void define(String name, Expression body, int offset) {
        String rule = spelling(name);
        if (frames.containsKey(key.apply(name))) {
            throw source.error("a rule called \"" + name + "\", which is supplied beside the grammar too", offset);
        }
        if (rules.containsKey(rule)) {
            String same = rule.equals(name) ? "" : ", which is the same as \"" + rule + "\"";
            throw source.error("a second rule called \"" + name + "\"" + same, offset);
        }
        rules.put(rule, new ArrayList<>(List.of(body)));
    }

    /**
     * One more alternative of a rule.
     *
     * @throws dev.espalier.core.error.SyntaxException if there is no such rule
     */
    public void extend(String name, Expression alternative, int offset) {
        List<Expression> alternatives = rules.get(spelling(name));
        if (alternatives == null) {
            throw source.error("there is no rule called \"" + name + "\" yet that could be added to", offset);
        }
        alternatives.add(alternative);
    }

    /** What a name stands for at a place where it is used: the rule, or the frame. */
    public Expression reference(String name, int offset) {
        String frame = frames.get(key.apply(name));
        if (frame != null) {
            unnamed.remove(frame);
            return new External(frame);
        }
        String rule = spelling(name);
        references.putIfAbsent(rule, offset);
        return new RuleReference(rule);
    }

    /** The names that are used so far and have no rule yet, as they are spelled. */
    public List<String> undefined() {
        return references.keySet().stream()
                .filter(name -> !rules.containsKey(name))
                .toList();
    }

    /** Where a name was used first, or 0. */
    public int firstUse(String name) {
        return references.getOrDefault(spelling(name), 0);
    }

    /**
     * The grammar that was read.
     *
     * @param root the start rule unless the options name one; empty: the first
     * @throws ReferenceException if a name or the start has no rule, or a frame is named nowhere
     */
    public Grammar grammar(String root) {
        undefined().forEach(this::refuse);
        String start = options.root().map(this::spelling).orElse(root);
        if (start.isEmpty()) {
            start = rules.keySet().iterator().next();
        } else if (!rules.containsKey(start)) {
            String question = options.root().isPresent() ? NearestName.question(start, rules.keySet()) : "";
            throw new ReferenceException(
                    "no rule is called \"" + start + "\", and a grammar starts there" + question, source.place(0));
        }
        checkNamed();
        Map<String, Expression> bodies = new LinkedHashMap<>();
        rules.forEach((name, all) -> bodies.put(name, all.size() == 1 ? all.get(0) : new Choice(all)));
        return new Grammar(start, bodies);
    }

    private void refuse(String name) {
        Set<String> known = new LinkedHashSet<>(rules.keySet());
        known.addAll(frames.values());
        throw new ReferenceException(
                "no rule is called \"" + name + "\"" + NearestName.question(name, known), source.place(firstUse(name)));
    }

    private void checkNamed() {
        String names = unnamed.stream().map(frame -> "\"" + frame + "\"").collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            throw new ReferenceException(
                    "no rule names " + names
                            + ", which is supplied beside the grammar; write the name where it belongs,"
                            + " or do not supply it",
                    source.place(0));
        }
    }
}
