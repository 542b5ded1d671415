// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.ByteString;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the vocabulary of a scenario. */
final class ScenarioVocabulary {

    private ScenarioVocabulary() {}

    /**
     * The vocabulary that a scenario, or a step of it, describes.
     *
     * @throws dev.espalier.core.error.InvalidInputException as {@link Vocabulary.Builder#build()}
     */
    static Vocabulary read(JsonNode node, HostileCorpus files) {
        Vocabulary.Builder builder = Vocabulary.builder();
        Set<Integer> special = new HashSet<>();
        node.path("special").forEach(id -> special.add(id.asInt()));
        if (node.has("vocab_file")) {
            addLines(builder, files.read(node.path("vocab_file").asString()));
        } else {
            int id = 0;
            for (JsonNode token : node.path("vocab")) {
                add(builder, id, token, special.contains(id));
                id++;
            }
        }
        if (node.has("logits_size")) {
            builder.size(node.path("logits_size").asInt());
        }
        return builder.endIds(
                        node.path("eos").valueStream().mapToInt(JsonNode::asInt).toArray())
                .build();
    }

    private static void add(Vocabulary.Builder builder, int id, JsonNode token, boolean special) {
        if (special) {
            builder.special(id, token.asString());
        } else if (token.isNull()) {
            builder.hole(id);
        } else if (token.isString()) {
            builder.token(id, token.asString());
        } else {
            builder.token(
                    id, ByteString.of(HexFormat.of().parseHex(token.path("hex").asString())));
        }
    }

    private static void addLines(Vocabulary.Builder builder, byte[] file) {
        int id = 0;
        for (String line : new String(file, StandardCharsets.US_ASCII).split("\n")) {
            if (!line.isEmpty()) {
                builder.token(id++, ByteString.of(HexFormat.of().parseHex(line)));
            }
        }
    }
}
