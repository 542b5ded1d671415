// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.Limits;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a {@code tokenizer.json} says of encoding, as it stands there. One thread. */
final class TokenizerFile {

    private final String name;
    private final Limits limits;
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final IntList ids = new IntList();
    private final List<Double> scores = new ArrayList<>();
    private final List<String> merges = new ArrayList<>();
    private final List<AddedToken> added = new ArrayList<>();
    private final Map<String, JsonTree> steps = new HashMap<>();
    private JsonTree model;

    TokenizerFile(String name, Limits limits) {
        this.name = name;
        this.limits = limits;
        this.model = new JsonTree(name, "#/model", Map.of());
    }

    /** Reads the file. Exceptions of the parser pass through. */
    void read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("expected an object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            boolean object = value == JsonToken.START_OBJECT;
            switch (member) {
                case "normalizer", "pre_tokenizer" -> {
                    if (object) {
                        steps.put(member, JsonTree.read(name, "#/" + member, parser));
                    }
                }
                case "added_tokens" -> readAdded(parser, value);
                case "model" -> {
                    if (!object) {
                        throw wrong("expected an object called model");
                    }
                    readModel(parser);
                }
                default -> parser.skipChildren();
            }
        }
        requireEnd(parser, JsonToken.END_OBJECT, "its members");
    }

    /** Requires what ends the value that was read: no file is read in part. */
    private void requireEnd(JsonParser parser, JsonToken end, String things) {
        if (parser.currentToken() != end) {
            var at = parser.currentTokenLocation();
            throw wrong("line " + at.getLineNr() + ", column " + at.getColumnNr() + " is not what " + things + " have");
        }
    }

    private void readAdded(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        while (value == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT) {
            bound(parser, added.size());
            JsonTree token = JsonTree.read(name, "#/added_tokens/" + added.size(), parser);
            int id = token.index("id", limits.maxTokenizerTokens()).orElseThrow(() -> token.wrong("id", "a number"));
            String text = token.text("content").orElseThrow(() -> token.wrong("content", "a string"));
            boolean special = token.flag("special", false);
            added.add(new AddedToken(
                    id,
                    text,
                    special,
                    token.flag("normalized", !special),
                    token.flag("lstrip", false),
                    token.flag("rstrip", false),
                    token.flag("single_word", false)));
        }
        requireEnd(parser, JsonToken.END_ARRAY, "added_tokens");
    }

    private void readModel(JsonParser parser) {
        Map<String, Object> settings = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (member) {
                case "vocab" -> readVocabulary(parser, value);
                case "merges" -> readMerges(parser, value);
                default -> {
                    if (value == JsonToken.VALUE_STRING) {
                        settings.put(member, parser.getString());
                    } else if (value.isNumeric()) {
                        settings.put(member, parser.getDoubleValue());
                    } else if (value.isBoolean()) {
                        settings.put(member, parser.getBooleanValue());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
        requireEnd(parser, JsonToken.END_OBJECT, "the members of model");
        model = new JsonTree(name, "#/model", settings);
    }

    private void readVocabulary(JsonParser parser, JsonToken value) {
        if (value == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String text = parser.currentName();
                parser.nextToken();
                add(parser, text, parser.getIntValue());
            }
            requireEnd(parser, JsonToken.END_OBJECT, "ids of model.vocab");
        } else if (value == JsonToken.START_ARRAY) {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                parser.nextToken();
                add(parser, parser.getString(), scores.size());
                if (!parser.nextToken().isNumeric()) {
                    throw wrong("expected a score behind each text of model.vocab");
                }
                scores.add(parser.getDoubleValue());
                parser.nextToken();
                requireEnd(parser, JsonToken.END_ARRAY, "pairs of model.vocab");
            }
            requireEnd(parser, JsonToken.END_ARRAY, "pairs of model.vocab");
        }
    }

    private void add(JsonParser parser, String text, int id) {
        if (id < 0) {
            throw wrong("token " + id + " has a negative id");
        }
        bound(parser, Math.max(ids.size(), id));
        vocabulary.put(text, id);
        ids.add(id);
    }

    private void bound(JsonParser parser, int number) {
        if (number >= limits.maxTokenizerTokens()) {
            var at = parser.currentTokenLocation();
            throw new LimitExceededException(
                    "maxTokenizerTokens",
                    limits.maxTokenizerTokens(),
                    number + 1L,
                    new Place(name, at.getLineNr(), at.getColumnNr(), "", ""));
        }
    }

    private void readMerges(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            throw wrong("expected a list called model.merges");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    merges.add(parser.getString());
                }
            } else {
                addPair(merges, String.valueOf(parser.getString()), name);
            }
            if (merges.size() % 2 != 0) {
                throw wrong("merge " + merges.size() / 2 + " has no two parts");
            }
        }
    }

    /** Adds both parts of a merge that is written with a space between them. */
    static void addPair(List<String> merges, String pair, String name) {
        int space = pair.indexOf(' ', 1);
        if (space < 0 || space == pair.length() - 1) {
            throw new InvalidInputException(
                    name + ": merge " + merges.size() / 2 + " is no pair with a space between its parts");
        }
        merges.add(pair.substring(0, space));
        merges.add(pair.substring(space + 1));
    }

    private InvalidInputException wrong(String expected) {
        return new InvalidInputException(name + " is no tokenizer.json: " + expected);
    }

    String name() {
        return name;
    }

    /** Tokens by their text. */
    Map<String, Integer> vocabulary() {
        return vocabulary;
    }

    /** The score of each token, in a unigram model. Cost: a copy. */
    double[] scores() {
        return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The left and the right parts of all merges alternately, best first. */
    List<String> merges() {
        return merges;
    }

    List<AddedToken> added() {
        return added;
    }

    /** The settings of the model. */
    JsonTree model() {
        return model;
    }

    /** The normalizer or the pre-tokenizer. */
    Optional<JsonTree> step(String member) {
        return Optional.ofNullable(steps.get(member));
    }
}
