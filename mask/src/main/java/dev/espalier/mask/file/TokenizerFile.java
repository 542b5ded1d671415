// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.file;

import dev.espalier.core.Limits;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A {@code tokenizer.json}, as it stands there: read whole, or refused. The vocabulary, the encoder and what goes around a prompt are made of it. */
public final class TokenizerFile {

    private final String name;
    private final Limits limits;
    private final List<String> texts = new ArrayList<>();
    private final IntList ids = new IntList();
    private final List<Double> scores = new ArrayList<>();
    private final List<String> merges = new ArrayList<>();
    private final List<AddedToken> added = new ArrayList<>();
    private final Map<String, JsonTree> steps = new HashMap<>();
    private JsonTree model;

    private TokenizerFile(String name, Limits limits) {
        this.name = name;
        this.limits = limits;
        this.model = new JsonTree(name, "#/model", Map.of());
    }

    /**
     * Reads a file, plain or gzipped. Cost: linear in the file.
     *
     * @throws InvalidInputException if the file cannot be read or is not such a file
     * @throws LimitExceededException past {@link Limits#maxTokenizerBytes} or {@link Limits#maxTokenizerTokens}
     */
    public static TokenizerFile read(Path file, Limits limits) {
        TokenizerFile read = new TokenizerFile(TokenizerStream.name(file), limits);
        TokenizerStream.read(file, limits, read::root);
        return read;
    }

    /** {@link #read(Path, Limits)} from a stream, which is closed. */
    public static TokenizerFile read(InputStream stream, String name, Limits limits) {
        TokenizerFile read = new TokenizerFile(name, limits);
        TokenizerStream.read(stream, name, limits, read::root);
        return read;
    }

    private void root(JsonParser parser) {
        require(parser, parser.nextToken() == JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (member) {
                case "normalizer", "pre_tokenizer", "post_processor", "decoder" -> step(parser, member, value);
                case "added_tokens" -> added(parser, value);
                case "model" -> {
                    require(parser, value == JsonToken.START_OBJECT, "an object called model");
                    model(parser);
                }
                default -> parser.skipChildren();
            }
        }
        require(parser, parser.currentToken() == JsonToken.END_OBJECT, "a member or the end of the object");
        if (texts.isEmpty() && added.isEmpty()) {
            throw new InvalidInputException(
                    name + " has no vocabulary; expected a Hugging Face tokenizer.json with model.vocab");
        }
    }

    private void step(JsonParser parser, String member, JsonToken value) {
        if (value != JsonToken.VALUE_NULL) {
            require(parser, value == JsonToken.START_OBJECT, "null or an object called " + member);
            steps.put(member, JsonTree.read(name, "#/" + member, parser, limits));
        }
    }

    private void added(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        require(parser, value == JsonToken.START_ARRAY, "a list called added_tokens");
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            bound(parser, added.size());
            JsonTree token = JsonTree.read(name, "#/added_tokens/" + added.size(), parser, limits);
            int id = token.index("id", Integer.MAX_VALUE).orElseThrow(() -> token.wrong("id", "a number"));
            bound(parser, id);
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
        require(parser, parser.currentToken() == JsonToken.END_ARRAY, "objects in added_tokens");
    }

    private void model(JsonParser parser) {
        Map<String, Object> settings = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (member) {
                case "vocab" -> vocabulary(parser, value);
                case "merges" -> merges(parser, value);
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
        require(parser, parser.currentToken() == JsonToken.END_OBJECT, "a member or the end of model");
        model = new JsonTree(name, "#/model", settings);
    }

    /** Models of pairs and words map texts to ids; unigram models list texts with scores. */
    private void vocabulary(JsonParser parser, JsonToken value) {
        if (value == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String text = parser.currentName();
                require(parser, parser.nextToken() == JsonToken.VALUE_NUMBER_INT, "an id in model.vocab");
                add(parser, text, parser.getIntValue());
            }
            require(parser, parser.currentToken() == JsonToken.END_OBJECT, "texts with their ids in model.vocab");
        } else {
            require(parser, value == JsonToken.START_ARRAY, "an object or a list called model.vocab");
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                require(parser, parser.nextToken() == JsonToken.VALUE_STRING, "a text in model.vocab");
                add(parser, parser.getString(), scores.size());
                require(parser, parser.nextToken().isNumeric(), "a score behind each text of model.vocab");
                scores.add(parser.getDoubleValue());
                require(
                        parser,
                        parser.nextToken() == JsonToken.END_ARRAY,
                        "pairs of a text and a score in model.vocab");
            }
            require(parser, parser.currentToken() == JsonToken.END_ARRAY, "pairs of a text and a score in model.vocab");
        }
    }

    private void add(JsonParser parser, String text, int id) {
        require(parser, id >= 0, "an id that is not negative");
        bound(parser, Math.max(ids.size(), id));
        texts.add(text);
        ids.add(id);
    }

    private void bound(JsonParser parser, int number) {
        if (number >= limits.maxTokenizerTokens()) {
            throw new LimitExceededException(
                    "maxTokenizerTokens", limits.maxTokenizerTokens(), number + 1L, JsonTree.place(name, parser));
        }
    }

    private void merges(JsonParser parser, JsonToken value) {
        require(parser, value == JsonToken.START_ARRAY, "a list called model.merges");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    merges.add(parser.getString());
                }
                require(parser, parser.currentToken() == JsonToken.END_ARRAY, "texts in model.merges");
                require(parser, merges.size() % 2 == 0, "two parts of each merge");
            } else {
                require(parser, parser.currentToken() == JsonToken.VALUE_STRING, "texts in model.merges");
                addPair(merges, parser.getString(), name);
            }
        }
    }

    /** Adds both parts of a merge that is written with a space between them. */
    public static void addPair(List<String> merges, String pair, String name) {
        int space = pair.indexOf(' ', 1);
        if (space < 0 || space == pair.length() - 1) {
            throw new InvalidInputException(
                    name + ": merge " + merges.size() / 2 + " is no pair with a space between its parts");
        }
        merges.add(pair.substring(0, space));
        merges.add(pair.substring(space + 1));
    }

    private void require(JsonParser parser, boolean condition, String expected) {
        if (!condition) {
            throw new InvalidInputException(
                    JsonTree.place(name, parser) + ": this is no tokenizer.json: expected " + expected);
        }
    }

    /** What the file is called in messages. */
    public String name() {
        return name;
    }

    /** The limits that it was read under. */
    public Limits limits() {
        return limits;
    }

    /** Gives all tokens of the model, text and id, in the order of the file. */
    public void forEach(ObjIntConsumer<String> target) {
        for (int i = 0; i < texts.size(); i++) {
            target.accept(texts.get(i), ids.get(i));
        }
    }

    /** Tokens of the model by their text. Cost: linear in the vocabulary. */
    public Map<String, Integer> vocabulary() {
        Map<String, Integer> vocabulary = new HashMap<>(2 * texts.size());
        forEach(vocabulary::put);
        return vocabulary;
    }

    /** The score of each token, in a unigram model. Cost: a copy. */
    public double[] scores() {
        return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The left and the right parts of all merges alternately, best first. */
    public List<String> merges() {
        return merges;
    }

    /** The tokens that are read out of text before the model sees it. */
    public List<AddedToken> added() {
        return added;
    }

    /** The settings of the model. */
    public JsonTree model() {
        return model;
    }

    /** The normalizer, the pre-tokenizer, the post-processor or the decoder, by the name of the member. */
    public Optional<JsonTree> step(String member) {
        return Optional.ofNullable(steps.get(member));
    }
}
