// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.cli.console.ByteText;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.TokenProbabilities;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a model thought of the tokens that were drawn, as JSON. */
public final class ProbabilitiesJson {

    private ProbabilitiesJson() {}

    /** An array with an object for each draw. Tokens are shown by their bytes, in quotes. */
    public static ArrayNode of(List<TokenProbabilities> probabilities, Vocabulary vocabulary) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (TokenProbabilities one : probabilities) {
            ObjectNode draw = token(array.addObject().put("index", one.index()), one.token(), vocabulary)
                    .put("logProbability", one.logProbability())
                    .put("logAllowedMass", one.logAllowedMass())
                    .put("allowedTokens", one.allowedTokens())
                    .put("forcedBytes", one.forcedBytes());
            add(draw.putArray("likeliest"), one.likeliest(), vocabulary);
            add(draw.putArray("likeliestAllowed"), one.likeliestAllowed(), vocabulary);
        }
        return array;
    }

    private static void add(ArrayNode array, List<TokenProbabilities.Candidate> candidates, Vocabulary vocabulary) {
        for (TokenProbabilities.Candidate candidate : candidates) {
            token(array.addObject(), candidate.token(), vocabulary)
                    .put("logProbability", candidate.logProbability())
                    .put("allowed", candidate.allowed());
        }
    }

    private static ObjectNode token(ObjectNode object, int token, Vocabulary vocabulary) {
        return object.put("token", token)
                .put("text", ByteText.quoted(vocabulary.bytes(token).toByteArray()));
    }
}
