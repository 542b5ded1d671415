// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.backends.PrefixModel;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** The steps of a scenario that draw tokens: the shipped decoder, with a model that gives the scenario's logits. */
final class ScenarioDraws {

    private static final int MANY = 1 << 20;

    /** What sessions hold before any text. */
    private static final int[] PROMPT = {0};

    private ScenarioDraws() {}

    /** One token at the current place of the session, which does not move. */
    static void sample(ScenarioSession session, JsonNode step) {
        boolean mustFail = ScenarioSteps.mustFail(step);
        boolean mayFail = mustFail || step.path("or_error").asBoolean(false);
        int[] before = session.matcher().tokens();
        OptionalInt drawn;
        try {
            drawn = draw(session.matcher(), logits(step), number(step.path("temperature")));
        } catch (EspalierException error) {
            if (!mayFail) {
                throw error;
            }
            return;
        }
        if (mustFail) {
            throw new WrongAnswer("expected a typed error, but it drew " + drawn);
        }
        for (JsonNode id : step.path("in")) {
            if (drawn.isPresent() && id.asInt() == drawn.getAsInt()) {
                return;
            }
        }
        throw new WrongAnswer("drew " + drawn + " after " + before.length + " tokens, not one of " + step.path("in"));
    }

    /** The token that follows; empty for none. */
    private static OptionalInt draw(Matcher matcher, float[] logits, double temperature) {
        int[] before = matcher.tokens();
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        Cancellation enough = new Cancellation();
        NthToken nth = new NthToken(before.length, enough);
        Outcome outcome = decode(
                vocabulary,
                tokens -> tokens.length <= before.length ? certain(before[tokens.length - 1], vocabulary) : logits,
                DecodeRequest.of(PROMPT, matcher.grammar())
                        .with(parameters(temperature, MANY))
                        .with(nth)
                        .with(enough));
        Optional<EspalierException> error = Obstacles.failure(outcome);
        if (nth.token.isEmpty() && error.isPresent()) {
            throw error.get();
        }
        if (nth.token.isEmpty() && outcome.isComplete() && vocabulary.endIds().length > 0) {
            return OptionalInt.of(vocabulary.endIds()[0]);
        }
        return nth.token;
    }

    /** A whole text from the start, all logits equal. */
    static void generate(ScenarioSession session, JsonNode step) {
        Vocabulary vocabulary = session.grammar().vocabulary();
        Outcome outcome;
        Optional<EspalierException> error;
        try {
            outcome = decode(
                    vocabulary,
                    unused -> new float[vocabulary.size()],
                    DecodeRequest.of(PROMPT, session.grammar())
                            .with(parameters(1, step.path("max_tokens").asInt())));
            error = Obstacles.failure(outcome);
        } catch (EspalierException refused) {
            error = Optional.of(refused);
            outcome = null;
        }
        if (ScenarioSteps.mustFail(step)) {
            if (error.isEmpty()) {
                throw new WrongAnswer("expected a typed error, but the outcome was " + outcome);
            }
            return;
        }
        if (error.isPresent()) {
            throw error.get();
        }
        if (outcome == null
                || !outcome.isComplete()
                || !outcome.transcript().text().equals(step.path("text").asString(""))) {
            throw new WrongAnswer("expected the text " + step.path("text") + ", but the outcome was " + outcome);
        }
    }

    /** The outcome under a model whose logits are a function of prompt and text. */
    private static Outcome decode(Vocabulary vocabulary, PrefixModel.Network network, DecodeRequest request) {
        try (PrefixModel model = new PrefixModel(network, vocabulary, text -> new int[0], Integer.MAX_VALUE);
                MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            return decoder.decode(request);
        }
    }

    private static float[] certain(int token, Vocabulary vocabulary) {
        float[] logits = new float[vocabulary.size()];
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        logits[token] = 0;
        return logits;
    }

    private static SamplingParameters parameters(double temperature, int maxTokens) {
        return SamplingParameters.DEFAULT
                .withTemperature(temperature)
                .withMaxTokens(maxTokens)
                .withForcedText(ForcedText.DRAWN);
    }

    private static float[] logits(JsonNode step) {
        float[] logits = new float[step.path("logits").size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) number(step.path("logits").get(i));
        }
        return logits;
    }

    /** A number, also one that JSON does not have and that is therefore written as a string. */
    private static double number(JsonNode node) {
        return node.isString() ? Double.parseDouble(node.asString()) : node.asDouble();
    }

    /** Waits for one token and then asks to stop. */
    private static final class NthToken implements DecodeListener {

        private final int index;
        private final Cancellation enough;
        private int count;
        private OptionalInt token = OptionalInt.empty();

        NthToken(int index, Cancellation enough) {
            this.index = index;
            this.enough = enough;
        }

        @Override
        public void onToken(int id, boolean forced) {
            if (count++ == index) {
                token = OptionalInt.of(id);
                enough.cancel();
            }
        }
    }
}
