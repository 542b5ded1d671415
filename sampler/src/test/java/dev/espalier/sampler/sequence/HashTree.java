// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.law.TokenLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small language under the hash-defined model, in double precision and with every law remembered. */
public final class HashTree implements TokenTree {

    private final Vocabulary vocabulary;
    private final HashModel model;
    private final Collection<String> texts;
    private final Prefix root;
    private final Map<List<Integer>, TokenLaw> laws = new HashMap<>();
    private long calls;

    public HashTree(Vocabulary vocabulary, int seed, Collection<String> texts) {
        this.vocabulary = vocabulary;
        this.model = new HashModel(vocabulary, seed);
        this.texts = texts;
        this.root = Prefix.empty(new ListedLanguage(vocabulary, texts), 200);
    }

    /** The texts of a constraint with at most so many tokens. */
    public HashTree(Vocabulary vocabulary, int seed, TokenConstraint constraint, int maxTokens) {
        this.vocabulary = vocabulary;
        this.model = new HashModel(vocabulary, seed);
        this.texts = List.of();
        this.root = Prefix.empty(constraint, maxTokens);
    }

    public static HashTree of(GoldenCase golden) {
        return new HashTree(golden.vocabulary(), golden.seed(), golden.texts());
    }

    /** The words 000, 100, 101, 110, 111 over two tokens, seed 4. */
    public static HashTree gad3() {
        return gad3(4);
    }

    /** The same words under the model of another seed. */
    public static HashTree gad3(int seed) {
        return bits(seed, "000", "100", "101", "110", "111");
    }

    /** Some words over two tokens, seed 4. */
    public static HashTree bits(String... words) {
        return bits(4, words);
    }

    private static HashTree bits(int seed, String... words) {
        return new HashTree(
                Vocabulary.builder()
                        .token(0, "0")
                        .token(1, "1")
                        .special(2, "</s>")
                        .endIds(2)
                        .build(),
                seed,
                List.of(words));
    }

    /** The same texts with the laws of a model that is read through sessions, in single precision. */
    public ModelTree throughSessions() {
        SamplingParameters parameters = SamplingParameters.MODEL.withMaxTokens(200);
        return new ModelTree(model, new int[] {0}, new ListedLanguage(vocabulary, texts), parameters);
    }

    @Override
    public Prefix root() {
        return root;
    }

    @Override
    public List<TokenLaw> next(List<Prefix> prefixes) {
        List<TokenLaw> all = new ArrayList<>();
        for (Prefix prefix : prefixes) {
            calls++;
            List<Integer> tokens = Arrays.stream(prefix.tokens()).boxed().toList();
            all.add(laws.computeIfAbsent(tokens, this::law));
        }
        return all;
    }

    private TokenLaw law(List<Integer> tokens) {
        double[] weights = new double[vocabulary.size()];
        for (int id = 0; id < weights.length; id++) {
            weights[id] = model.weight(tokens, id);
        }
        return TokenLaw.ofWeights(weights);
    }

    @Override
    public long calls() {
        return calls;
    }

    @Override
    public boolean isEnd(int token) {
        return vocabulary.isEnd(token);
    }

    /** The model's probability of each text of the language, by its tokens: every path of the tree, by brute force. */
    public Map<List<Integer>, Double> probabilities() {
        Map<List<Integer>, Double> all = new HashMap<>();
        collect(root, 1, all);
        return all;
    }

    private void collect(Prefix prefix, double probability, Map<List<Integer>, Double> all) {
        if (prefix.isComplete()) {
            all.merge(
                    Sample.of(this, prefix, 0, 0, dev.espalier.sampler.Target.MASKED)
                            .tokens(),
                    probability,
                    Double::sum);
            return;
        }
        for (int token : prefix.mask().ids()) {
            collect(prefix.then(token), probability * next(prefix).of(token), all);
        }
    }

    /** The probability that the model by itself writes a text of the language. */
    public double evidence() {
        return probabilities().values().stream().mapToDouble(p -> p).sum();
    }
}
