// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Budgets that bind: each sampler's texts are all those of at most so many tokens, in its law, by enumeration. */
class BudgetLawTest {

    private static final Vocabulary VOCABULARY = vocabulary("a", "b", "aa", "ba");
    private static final List<String> GRAMMARS = List.of(
            "root ::= \"aaaa\" | \"b\" | \"abab\"",
            "root ::= \"b\" | \"a\" root \"a\"",
            "root ::= (\"aab\" | \"ba\")+",
            "root ::= \"q\" | \"aa\" [ab]{1,3}");

    private static Vocabulary vocabulary(String... tokens) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < tokens.length; id++) {
            builder.token(id, tokens[id]);
        }
        return builder.special(tokens.length, "</s>").endIds(tokens.length).build();
    }

    private static CompiledGrammar compile(String grammar) {
        return new GrammarCompiler(VOCABULARY).compile(new GbnfReader().read(grammar));
    }

    private static HashTree tree(String grammar, int most) {
        return new HashTree(VOCABULARY, 7, TokenConstraint.of(compile(grammar)), most);
    }

    /** The model's probability of each text of at most so many tokens: all sequences of tokens, without any budget. */
    private static Map<List<Integer>, Double> texts(String grammar, int most) {
        Map<List<Integer>, Double> all = new HashMap<>();
        HashTree free = tree(grammar, 100);
        collect(compile(grammar).matcher(), free, free.root(), 1, most, all);
        return all;
    }

    private static void collect(
            Matcher matcher, HashTree tree, Prefix prefix, double p, int most, Map<List<Integer>, Double> all) {
        for (int token = 0; token < VOCABULARY.size(); token++) {
            if (matcher.allows(token) && (VOCABULARY.isEnd(token) || matcher.length() < most)) {
                Matcher after = matcher.fork();
                after.accept(token);
                double then = p * tree.next(prefix).of(token);
                if (after.isTerminated()) {
                    List<Integer> text = new ArrayList<>();
                    for (int each : matcher.tokens()) {
                        text.add(each);
                    }
                    all.put(text, then);
                } else if (prefix.mask().allows(token)) {
                    collect(after, tree, prefix.then(token), then, most, all);
                }
            }
        }
    }

    private static Map<List<Integer>, Double> measure(Supplier<SequenceSampler> fresh, HashTree tree) {
        Map<List<Integer>, Double> measure = new HashMap<>();
        List<EnumeratedChoices.Trace<SampleSet>> traces =
                ExactLaw.walk(choices -> fresh.get().sample(tree, 1, oneRun(choices)));
        for (EnumeratedChoices.Trace<SampleSet> trace : traces) {
            for (Sample sample : trace.result().samples()) {
                if (sample.complete()) {
                    double weight = Math.exp(sample.logWeight());
                    measure.merge(sample.tokens(), trace.probability() * weight, Double::sum);
                }
            }
        }
        return measure;
    }

    private static SamplingRun oneRun(Choices choices) {
        return new SamplingRun(index -> choices, new Cancellation(), sample -> {}, 1);
    }

    /** Every budget from the least on. */
    private interface Check {
        void at(String grammar, int most, Map<List<Integer>, Double> texts);
    }

    private static void forAllBudgets(Check check) {
        int checked = 0;
        for (String grammar : GRAMMARS) {
            for (int most = 0; most <= 4; most++) {
                Map<List<Integer>, Double> texts = texts(grammar, most);
                if (!texts.isEmpty()) {
                    check.at(grammar, most, texts);
                    checked++;
                }
            }
        }
        assertTrue(checked >= 12, checked + " budgets");
    }

    private static void assertUnbiased(Supplier<SequenceSampler> fresh) {
        forAllBudgets(
                (grammar, most, texts) -> ExactLaw.assertMeasure(texts, measure(fresh, tree(grammar, most)), 1e-9));
    }

    @Test
    void maskedTextsWeighWhatAllTextsWithinTheBudgetDo() {
        assertUnbiased(Samplers::masked);
    }

    @Test
    void textsOfAWeightedRejectionOfTokensDoToo() {
        assertUnbiased(() -> Samplers.awrs((prefix, token) -> true));
    }

    @Test
    void textsOfASetOfParticlesDoToo() {
        forAllBudgets((grammar, most, texts) -> assertEquals(
                texts.keySet(),
                measure(() -> Samplers.smc(1), tree(grammar, most)).keySet()));
    }

    @Test
    void textsOfAdaptiveSamplingDoToo() {
        assertUnbiased(Samplers::asap);
    }

    @Test
    void theExactSamplerKnowsTheEvidenceOfAllTextsWithinTheBudget() {
        forAllBudgets((grammar, most, texts) -> {
            double z = texts.values().stream().mapToDouble(p -> p).sum();
            SampleSet set = Samplers.exact().sample(tree(grammar, most), 1, SamplingRun.seeded(1));
            assertEquals(Math.log(z), set.logEvidence().orElseThrow(), 1e-12, grammar + " within " + most);
        });
    }

    @Test
    void rejectionAcceptsTextsInTheModelsProportions() {
        List<Supplier<SequenceSampler>> kinds =
                List.of(Samplers::rejection, Samplers::adaptiveRejection, Samplers::constrainedAdaptiveRejection);
        for (Supplier<SequenceSampler> kind : kinds) {
            forAllBudgets((grammar, most, texts) ->
                    assertProportional(texts, frequencies(kind, tree(grammar, most)), grammar + " within " + most));
        }
    }

    /** Probabilities of a first run's texts. */
    private static Map<List<Integer>, Double> frequencies(Supplier<SequenceSampler> fresh, HashTree tree) {
        Map<List<Integer>, Double> law = new HashMap<>();
        ExactLaw.walk(choices -> fresh.get().sample(tree, 1, oneRun(choices)))
                .forEach(trace -> trace.result().samples().stream()
                        .filter(Sample::complete)
                        .forEach(sample -> law.merge(sample.tokens(), trace.probability(), Double::sum)));
        return law;
    }

    private static void assertProportional(
            Map<List<Integer>, Double> texts, Map<List<Integer>, Double> law, String where) {
        assertEquals(texts.keySet(), law.keySet(), where);
        double share = 0;
        for (Map.Entry<List<Integer>, Double> text : texts.entrySet()) {
            double ratio = law.getOrDefault(text.getKey(), 0.0) / text.getValue();
            share = share == 0 ? ratio : share;
            assertEquals(share, ratio, 1e-9 * share, where + " " + text.getKey());
        }
    }

    @Test
    void otherSamplersWriteNothingButTextsWithinTheBudget() {
        forAllBudgets((grammar, most, texts) -> {
            for (SequenceSampler sampler : List.of(
                    Samplers.aprAd(), Samplers.metropolisHastings(ResamplingPoint.RESTART, 2), Samplers.smc(3))) {
                SampleSet set = sampler.sample(tree(grammar, most), 300, SamplingRun.seeded(3));
                Set<List<Integer>> written = new HashSet<>();
                set.samples().stream().filter(Sample::complete).forEach(sample -> written.add(sample.tokens()));
                assertTrue(!written.isEmpty() && texts.keySet().containsAll(written), grammar + " within " + most);
            }
        });
    }
}
