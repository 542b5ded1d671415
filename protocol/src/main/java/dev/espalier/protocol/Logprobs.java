// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.TokenProbabilities;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Probabilities of tokens as the API has them. They are the model's after penalties, biases and temperature, before the mask and filters such as top-k; {@code masked_logprob} and {@code masked_top_logprobs} are those among what the mask allowed. {@code allowed_tokens} is how many
 * it allowed, {@code forced_bytes} how many of the token's bytes had to be written there.
 */
final class Logprobs {

    /** Stands for a probability of 0, which JSON has no logarithm of. */
    private static final double LEAST = -9999;

    private Logprobs() {}

    /** A token, and the likeliest ones in its place. */
    static ObjectNode of(TokenProbabilities one, Vocabulary vocabulary, int top) {
        ObjectNode node = token(vocabulary, one.token(), one.logProbability());
        node.put("masked_logprob", finite(one.logProbability() - one.logAllowedMass()));
        node.put("allowed_tokens", one.allowedTokens()).put("forced_bytes", one.forcedBytes());
        ArrayNode likeliest = node.putArray("top_logprobs");
        for (TokenProbabilities.Candidate candidate :
                one.likeliest().subList(0, Math.min(top, one.likeliest().size()))) {
            likeliest.add(token(vocabulary, candidate.token(), candidate.logProbability())
                    .put("allowed", candidate.allowed()));
        }
        ArrayNode allowed = node.putArray("masked_top_logprobs");
        for (TokenProbabilities.Candidate candidate : one.likeliestAllowed()
                .subList(0, Math.min(top, one.likeliestAllowed().size()))) {
            allowed.add(token(vocabulary, candidate.token(), candidate.logProbability() - one.logAllowedMass()));
        }
        return node;
    }

    private static ObjectNode token(Vocabulary vocabulary, int token, double logProbability) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("token", vocabulary.text(token));
        node.put("logprob", finite(logProbability));
        ArrayNode bytes = node.putArray("bytes");
        for (byte each : vocabulary.decode(token)) {
            bytes.add(each & 0xff);
        }
        return node;
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : LEAST;
    }
}
