// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.RandomGrammars.Shape;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Trees, ambiguity and random sentences beside a recogniser and beside enumeration. */
class ReadingsTest implements CountedTrials {

    private static final String SUMS =
            "root ::= sum\nsum ::= sum \"+\" sum | number\nnumber ::= [0-9]+\nspare ::= spare | \"x\" | \"x\"\n";

    private final GbnfReader reader = new GbnfReader();
    private int sentences;
    private int ambiguous;
    private int unambiguous;

    @RandomTrials(200)
    void textsAreReadAsTheRecogniserReadsThem(long seed) {
        RandomGrammars grammars = new RandomGrammars(seed, new Shape(3, 3, false, true));
        Grammar grammar = grammars.nextProductive();
        SlowRecognizer recognizer = new SlowRecognizer(grammar);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = i % 2 == 0 ? grammars.nextText(6) : grammars.nextPrefix(recognizer, 1 + i);
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') >= 0) {
                continue;
            }
            Reading reading = TextReader.read(grammar, grammar.root(), text, WorkBudget.standard());
            boolean expected = recognizer.accepts(bytes);
            assertEquals(expected, reading instanceof Reading.Sentence, text + " of " + grammar);
            if (reading instanceof Reading.Sentence sentence) {
                sentences++;
                sentence.trees().forEach(tree -> checkTree(grammar, tree, text));
            } else if (reading instanceof Reading.Failure failure) {
                byte[] begun = text.substring(0, text.offsetByCodePoints(0, failure.at()))
                        .getBytes(StandardCharsets.UTF_8);
                assertTrue(recognizer.isPrefix(begun), text + " of " + grammar);
            }
        }
    }

    /** A tree's rule reads its text, and its children lie in it one behind the other. */
    private static void checkTree(Grammar grammar, ParseTree tree, String text) {
        String part = text.substring(text.offsetByCodePoints(0, tree.from()), text.offsetByCodePoints(0, tree.to()));
        SlowRecognizer rule = new SlowRecognizer(new Grammar(tree.rule(), grammar.rules()));
        assertTrue(rule.accepts(part.getBytes(StandardCharsets.UTF_8)), part + " as " + tree.rule() + " of " + grammar);
        int at = tree.from();
        for (ParseTree child : tree.children()) {
            assertTrue(at <= child.from() && child.to() <= tree.to(), tree.toString());
            at = child.to();
            checkTree(grammar, child, text);
        }
    }

    @RandomTrials(150)
    void derivationsAreAsManyAsSentencesWhereEachHasOneReading(long seed) {
        RandomGrammars grammars = new RandomGrammars(seed, new Shape(2, 2, false, false));
        Grammar grammar = grammars.nextProductive();
        SentenceSampler sampler;
        try {
            sampler = new SentenceSampler(grammar, grammar.root(), 0, 3, false, WorkBudget.standard());
        } catch (UnsupportedFeatureException | UnsatisfiableException e) {
            return;
        }
        GrammarCheck.Search search = GrammarCheck.ambiguity(grammar, 3, 500, WorkBudget.standard());
        Random random = new Random(seed);
        for (int length = 0; length <= 3; length++) {
            BigInteger count = sampler.derivations(length);
            if (count.signum() > 0 && count.bitLength() < 10) {
                Set<String> met = new HashSet<>();
                for (int i = 0; i < 20 * count.intValue(); i++) {
                    met.add(sampler.next(random, length));
                }
                assertTrue(met.size() <= count.intValue(), grammar.toString());
                SlowRecognizer recognizer = new SlowRecognizer(grammar);
                met.forEach(text -> assertTrue(recognizer.accepts(text.getBytes(StandardCharsets.UTF_8)), text));
            }
        }
        search.witness().ifPresent(found -> {
            ambiguous++;
            assertEquals(2, new HashSet<>(found.trees()).size(), grammar.toString());
            found.trees().forEach(tree -> checkTree(grammar, tree, found.text()));
            assertTrue(new SlowRecognizer(grammar).accepts(found.sentence().getBytes(StandardCharsets.UTF_8)));
        });
        unambiguous += search.witness().isEmpty() && search.length() == 3 ? 1 : 0;
    }

    /** All texts of one length after the other, and all rules, read one by one. */
    @RandomTrials(150)
    void theSearchFindsAmbiguityWhereEnumerationDoes(long seed) {
        RandomGrammars grammars = new RandomGrammars(seed, new Shape(3, 2, false, false));
        Grammar grammar = grammars.nextProductive();
        GrammarCheck.Search search = GrammarCheck.ambiguity(grammar, 3, 100_000, WorkBudget.standard());
        assertTrue(search.witness().isPresent() || search.length() == 3, grammar.toString());
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < 3; i++) {
            for (String c : List.of("a", "b", "c", "d", "é", "€")) {
                texts.add(texts.get(i) + c);
            }
        }
        boolean isAmbiguous = texts.stream()
                .anyMatch(text -> TextReader.read(grammar, grammar.root(), text, WorkBudget.standard())
                                instanceof Reading.Sentence sentence
                        && sentence.isAmbiguous());
        search.witness().ifPresent(found -> {
            ambiguous++;
            Reading reading = TextReader.read(grammar, grammar.root(), found.sentence(), WorkBudget.standard());
            assertTrue(assertInstanceOf(Reading.Sentence.class, reading).isAmbiguous(), grammar.toString());
            assertTrue(found.sentence().codePointCount(0, found.sentence().length()) <= 3, grammar.toString());
        });
        if (isAmbiguous) {
            assertTrue(search.witness().isPresent(), grammar.toString());
        }
        unambiguous += search.witness().isEmpty() ? 1 : 0;
    }

    @Test
    void loopsThroughSeveralRulesAndAllAmbiguousRulesAreNamed() {
        Grammar loop = reader.read("root ::= a\na ::= b | \"x\"\nb ::= a | \"y\"\n");
        assertEquals(
                List.of("a", "b"),
                GrammarCheck.remarks(loop, WorkBudget.standard()).stream()
                        .filter(remark -> remark.kind() == GrammarCheck.Kind.LOOP)
                        .map(GrammarCheck.Remark::rule)
                        .toList());
        Grammar two = reader.read(
                "root ::= a \"-\" b\na ::= c | d\nb ::= \"b\" b | b \"b\" | \"b\"\n" + "c ::= \"x\"\nd ::= \"x\"\n");
        GrammarCheck.Searches all = GrammarCheck.ambiguities(two, 6, 100_000, WorkBudget.standard());
        assertEquals(
                Set.of("a", "b"),
                all.witnesses().stream().map(GrammarCheck.Ambiguity::rule).collect(Collectors.toSet()));
    }

    @Override
    public void afterTrials() {
        assertTrue(
                sentences > 300 || ambiguous > 1 && unambiguous > 20, sentences + " " + ambiguous + " " + unambiguous);
    }

    @Test
    void anAmbiguousSumHasTwoTrees() {
        Grammar grammar = reader.read(SUMS);
        Reading reading = TextReader.read(grammar, "root", "1+2+34", WorkBudget.standard());
        Reading.Sentence sentence = assertInstanceOf(Reading.Sentence.class, reading);
        assertEquals(2, sentence.trees().size());
        GrammarCheck.Ambiguity found = GrammarCheck.ambiguity(grammar, 6, 1000, WorkBudget.standard())
                .witness()
                .orElseThrow();
        assertEquals("0+0+0", found.text());
        assertEquals(
                List.of(GrammarCheck.Kind.UNUSED, GrammarCheck.Kind.LOOP, GrammarCheck.Kind.DUPLICATE),
                GrammarCheck.remarks(grammar, WorkBudget.standard()).stream()
                        .map(GrammarCheck.Remark::kind)
                        .toList());
    }

    @Test
    void aFailureSaysWhatWasExpectedInNamesOfRules() {
        Grammar grammar = reader.read("root ::= \"let \" name \"=\" value\nname ::= [a-z]+\nvalue ::= [0-9] | name\n");
        Reading reading = TextReader.read(grammar, "root", "let x=?", WorkBudget.standard());
        assertEquals(new Reading.Failure(6, List.of("value"), List.of("root")), reading);
        Reading inside = TextReader.read(grammar, "root", "let x?", WorkBudget.standard());
        assertEquals(
                List.of("[a-z]", "\"=\""),
                assertInstanceOf(Reading.Failure.class, inside).expected());
    }

    @Test
    void longTextsNeedNoDeepStack() {
        Grammar grammar = reader.read("root ::= [a-z]* (\",\" [a-z]*)*\n");
        String text = "abc,".repeat(2_000);
        assertInstanceOf(Reading.Sentence.class, TextReader.read(grammar, "root", text, WorkBudget.standard()));
    }

    @Test
    void derivationsOfALengthAreEquallyProbable() {
        Grammar grammar = reader.read("root ::= \"a\" root | \"b\" | \"c\" root root\n");
        SentenceSampler sampler = new SentenceSampler(grammar, "root", 5, 5, false, WorkBudget.standard());
        int count = sampler.derivations(5).intValueExact();
        Map<String, Integer> seen = new HashMap<>();
        Random random = new Random(11);
        int draws = 200 * count;
        for (int i = 0; i < draws; i++) {
            seen.merge(sampler.next(random), 1, Integer::sum);
        }
        assertEquals(count, seen.size(), "the grammar is not ambiguous");
        double g = seen.values().stream()
                .mapToDouble(n -> 2 * n * Math.log((double) n * count / draws))
                .sum();
        assertTrue(g < count + 5 * Math.sqrt(2.0 * count), g + " for " + count);
    }

    @Test
    void whatHasEndlessDerivationsIsRefused() {
        Grammar grammar = reader.read("root ::= root | \"a\"\n");
        assertThrows(
                UnsupportedFeatureException.class,
                () -> new SentenceSampler(grammar, "root", 0, 3, false, WorkBudget.standard()));
    }
}
