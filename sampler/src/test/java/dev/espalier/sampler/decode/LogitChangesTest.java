// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static dev.espalier.sampler.decode.MaskedDecoderTest.WORDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.TokenProbabilities;
import dev.espalier.sampler.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Penalties and biases, and what is said of the likeliest tokens. */
class LogitChangesTest {

    private static final int SIZE = VOCABULARY.size();

    private final HashModel model = new HashModel(VOCABULARY, 3);

    private static LogitChanges changes(Random random) {
        Map<Integer, Double> bias = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            bias.put(random.nextInt(SIZE), 4 * random.nextGaussian());
        }
        return LogitChanges.NONE
                .withBias(bias)
                .withFrequencyPenalty(random.nextBoolean() ? 0 : 2 * random.nextGaussian())
                .withPresencePenalty(random.nextBoolean() ? 0 : 2 * random.nextGaussian())
                .withRepetitionPenalty(random.nextBoolean() ? 1 : 0.5 + random.nextDouble());
    }

    /** The logits by their definition. */
    private double logit(int token, List<Integer> prompt, List<Integer> text, LogitChanges changes) {
        List<Integer> context = new ArrayList<>(prompt.subList(1, prompt.size()));
        context.addAll(text);
        double logit = (float) Math.log(model.weight(context, token));
        int count = Collections.frequency(text, token);
        if (count > 0 || prompt.contains(token)) {
            logit = logit > 0 ? logit / changes.repetitionPenalty() : logit * changes.repetitionPenalty();
        }
        logit -= count * changes.frequencyPenalty();
        logit -= count > 0 ? changes.presencePenalty() : 0;
        return logit + changes.bias().getOrDefault(token, 0.0);
    }

    private double logSum(List<Integer> prompt, List<Integer> text, LogitChanges changes, TokenMask mask) {
        return Math.log(IntStream.range(0, SIZE)
                .filter(mask::allows)
                .mapToDouble(id -> Math.exp(logit(id, prompt, text, changes)))
                .sum());
    }

    @RandomTrials(200)
    void theTextIsTheLikeliestAfterTheChanges(Random random) {
        List<Integer> prompt = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            prompt.add(random.nextInt(SIZE - 1));
        }
        LogitChanges changes = changes(random);
        SamplingParameters parameters = SamplingParameters.DEFAULT
                .with(changes)
                .withForcedText(ForcedText.DRAWN)
                .withTopTokens(random.nextInt(SIZE + 2))
                .withDraftTokens(random.nextInt(4));
        Transcript written;
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            int[] tokens = prompt.stream().mapToInt(each -> each).toArray();
            Outcome outcome = decoder.decode(DecodeRequest.of(tokens, () -> new ListedLanguage(VOCABULARY, WORDS))
                    .with(parameters));
            assertTrue(outcome.isComplete(), outcome.toString());
            written = outcome.transcript();
        }
        ListedLanguage language = new ListedLanguage(VOCABULARY, WORDS);
        List<Integer> text = new ArrayList<>();
        double sum = 0;
        for (int step = 0; !language.isTerminated(); step++) {
            TokenMask mask = language.mask();
            int best = IntStream.range(0, SIZE)
                    .filter(mask::allows)
                    .boxed()
                    .max(Comparator.comparingDouble(id -> logit(id, prompt, text, changes)))
                    .orElseThrow();
            double all = logSum(
                    prompt,
                    text,
                    changes,
                    TokenMask.of(SIZE, IntStream.range(0, SIZE).toArray()));
            double own = logit(best, prompt, text, changes) - all;
            sum += own;
            if (parameters.topTokens() > 0) {
                double allowed = logSum(prompt, text, changes, mask) - all;
                check(written.probabilities().get(step), step, best, own, allowed, parameters.topTokens());
                check(written.probabilities().get(step).likeliest(), prompt, text, changes, mask, all);
                checkAllowed(written.probabilities().get(step), text, mask);
            }
            language.accept(best);
            if (!language.isTerminated()) {
                text.add(best);
            }
        }
        assertEquals(text, written.tokens());
        assertEquals(sum, written.logProbability(), 1e-4);
        assertEquals(
                parameters.topTokens() > 0 ? text.size() + 1 : 0,
                written.probabilities().size());
    }

    /** Forced text that is scored has the probabilities that its tokens have where they stand, and the text is the one that is committed without. */
    @RandomTrials(100)
    void committedTokensAreScoredAfterTheChanges(Random random) {
        List<Integer> prompt = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            prompt.add(random.nextInt(SIZE - 1));
        }
        LogitChanges changes = changes(random);
        SamplingParameters parameters = SamplingParameters.DEFAULT
                .withTemperature(random.nextBoolean() ? 0 : 1)
                .withSeed(random.nextInt())
                .with(changes);
        int[] tokens = prompt.stream().mapToInt(each -> each).toArray();
        Transcript scored;
        Transcript committed;
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            DecodeRequest request = DecodeRequest.of(tokens, () -> new ListedLanguage(VOCABULARY, WORDS));
            scored = decoder.decode(request.with(
                            parameters.withForcedText(ForcedText.SCORED).withTopTokens(3)))
                    .transcript();
            committed = decoder.decode(request.with(parameters)).transcript();
        }
        assertEquals(committed.tokens(), scored.tokens());
        assertEquals(committed.forcedTokens(), scored.forcedTokens());
        List<TokenProbabilities> thoughts = scored.probabilities();
        assertEquals(scored.tokens().size() + 1, thoughts.size());
        TokenMask all = TokenMask.of(SIZE, IntStream.range(0, SIZE).toArray());
        double sum = 0;
        for (int i = 0; i < thoughts.size(); i++) {
            List<Integer> text = scored.tokens().subList(0, i);
            TokenProbabilities thought = thoughts.get(i);
            assertEquals(i, thought.index());
            assertTrue(i == text.size() || thought.token() == scored.tokens().get(i));
            double own = logit(thought.token(), prompt, text, changes) - logSum(prompt, text, changes, all);
            assertEquals(own, thought.logProbability(), 1e-4);
            sum += own;
        }
        assertEquals(sum, scored.logProbability(), 1e-4);
    }

    /** The bytes of a token, a character each. */
    private static String bytes(int token) {
        return new String(VOCABULARY.bytes(token).toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /** Against all tokens that the language allows, one by one. */
    private static void checkAllowed(TokenProbabilities thought, List<Integer> text, TokenMask mask) {
        int[] allowed = IntStream.range(0, SIZE).filter(mask::allows).toArray();
        assertEquals(allowed.length, thought.allowedTokens());
        assertEquals(
                Math.min(allowed.length, thought.likeliest().size()),
                thought.likeliestAllowed().size());
        assertTrue(thought.likeliestAllowed().stream().allMatch(candidate -> mask.allows(candidate.token())));
        assertEquals(thought.token(), thought.likeliestAllowed().get(0).token());
        List<TokenProbabilities.Candidate> both = thought.likeliest().stream()
                .filter(TokenProbabilities.Candidate::allowed)
                .toList();
        assertEquals(both, thought.likeliestAllowed().subList(0, both.size()));
        // a byte is forced if every word that is left has it
        String before = text.stream().map(LogitChangesTest::bytes).collect(Collectors.joining());
        String token = bytes(thought.token());
        List<String> left = WORDS.stream()
                .map(word -> new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .filter(word -> word.startsWith(before))
                .toList();
        long forced = IntStream.rangeClosed(1, token.length())
                .filter(end -> left.stream().allMatch(word -> word.startsWith(before + token.substring(0, end))))
                .count();
        assertEquals(forced, thought.forcedBytes());
    }

    private static void check(TokenProbabilities thought, int step, int token, double own, double allowed, int wanted) {
        assertEquals(step, thought.index());
        assertEquals(token, thought.token());
        assertEquals(own, thought.logProbability(), 1e-4);
        assertEquals(allowed, thought.logAllowedMass(), 1e-4);
        assertEquals(Math.min(SIZE, wanted), thought.likeliest().size());
    }

    private void check(
            List<TokenProbabilities.Candidate> likeliest,
            List<Integer> prompt,
            List<Integer> text,
            LogitChanges changes,
            TokenMask mask,
            double all) {
        List<Double> sorted = IntStream.range(0, SIZE)
                .mapToObj(id -> logit(id, prompt, text, changes) - all)
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int i = 0; i < likeliest.size(); i++) {
            TokenProbabilities.Candidate candidate = likeliest.get(i);
            assertEquals(sorted.get(i), candidate.logProbability(), 1e-4);
            assertEquals(logit(candidate.token(), prompt, text, changes) - all, candidate.logProbability(), 1e-4);
            assertEquals(mask.allows(candidate.token()), candidate.allowed());
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(InvalidInputException.class, () -> LogitChanges.NONE.withRepetitionPenalty(0));
        assertThrows(InvalidInputException.class, () -> LogitChanges.NONE.withFrequencyPenalty(Double.NaN));
        assertThrows(InvalidInputException.class, () -> LogitChanges.NONE.withBias(Map.of(-1, 1.0)));
        assertThrows(InvalidInputException.class, () -> LogitChanges.NONE.withBias(Map.of(1, Double.NaN)));
        assertThrows(
                InvalidInputException.class,
                () -> SamplingParameters.DEFAULT.withWeights(false).withTopTokens(2));
        DecodeRequest request = DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(VOCABULARY, WORDS));
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            LogitChanges foreign = LogitChanges.NONE.withBias(Map.of(SIZE, 1.0));
            Outcome outcome = decoder.decode(List.of(request.with(SamplingParameters.DEFAULT.with(foreign))))
                    .get(0);
            assertTrue(assertInstanceOf(Outcome.Refused.class, outcome)
                    .cause()
                    .toString()
                    .contains("only " + SIZE));
            Map<Integer, Double> forbidden = new HashMap<>();
            IntStream.range(0, SIZE).forEach(id -> forbidden.put(id, Double.NEGATIVE_INFINITY));
            LogitChanges nothing = LogitChanges.NONE.withBias(forbidden);
            assertInstanceOf(
                    Outcome.ModelFailed.class, decoder.decode(request.with(SamplingParameters.DEFAULT.with(nothing))));
        }
    }
}
