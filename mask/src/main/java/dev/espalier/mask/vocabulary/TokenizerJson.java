// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.mask.file.TokenSpelling;
import dev.espalier.mask.file.TokenizerStream;
import dev.espalier.mask.index.TokenTable;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** One reading of a {@code tokenizer.json}: the pieces, the added tokens, and what its decoder does. One thread. */
final class TokenizerJson {

    /** What families of models call the token that ends a text or a turn. */
    private static final Set<String> END_NAMES = Set.of(
            "<|end_of_text|>",
            "<|eot_id|>",
            "<|eom_id|>",
            "</s>",
            "<eos>",
            "<|endoftext|>",
            "<|im_end|>",
            "<end_of_turn>",
            "<|end|>",
            "<|return|>");

    private final List<Piece> pieces = new ArrayList<>();
    private final List<Piece> added = new ArrayList<>();
    private final Set<String> steps = new HashSet<>();
    private String modelType = "";
    private boolean byteFallback;
    private final String name;
    private final Limits limits;

    /** A token as the file spells it. */
    private record Piece(int id, String text, boolean special) {}

    private TokenizerJson(String name, Limits limits) {
        this.name = name;
        this.limits = limits;
    }

    static Vocabulary read(Path file, Limits limits) {
        TokenizerJson json = new TokenizerJson(TokenizerStream.name(file), limits);
        TokenizerStream.read(file, limits, json::readRoot);
        return json.vocabulary();
    }

    static Vocabulary read(InputStream stream, String name, Limits limits) {
        TokenizerJson json = new TokenizerJson(name, limits);
        TokenizerStream.read(stream, name, limits, json::readRoot);
        return json.vocabulary();
    }

    private void readRoot(JsonParser parser) {
        expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "added_tokens" -> readAdded(parser, value);
                case "decoder", "pre_tokenizer", "normalizer" -> readSteps(parser, value, name);
                case "model" -> readModel(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void readAdded(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int id = -1;
            String content = "";
            boolean special = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "id" -> id = parser.getIntValue();
                    case "content" -> content = parser.getString();
                    case "special" -> special = token == JsonToken.VALUE_TRUE;
                    default -> parser.skipChildren();
                }
            }
            add(parser, added, new Piece(id, content, special));
        }
    }

    /** Notes the types of all steps, however nested, and whether one replaces the space mark. */
    private void readSteps(JsonParser parser, JsonToken value, String part) {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                if ("type".equals(parser.currentName())) {
                    steps.add(part + ":" + parser.getString());
                } else if (parser.getString().equals("\u2581")) {
                    steps.add(part + ":\u2581");
                }
            }
        }
    }

    private void readModel(JsonParser parser, JsonToken value) {
        expect(value == JsonToken.START_OBJECT, "an object called model");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "type" -> modelType = token == JsonToken.VALUE_STRING ? parser.getString() : "";
                case "byte_fallback" -> byteFallback = token == JsonToken.VALUE_TRUE;
                case "vocab" -> readPieces(parser, token);
                default -> parser.skipChildren();
            }
        }
    }

    /** BPE and word models map texts to ids; unigram models list texts with scores. */
    private void readPieces(JsonParser parser, JsonToken value) {
        if (value == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String text = parser.currentName();
                parser.nextToken();
                add(parser, pieces, new Piece(parser.getIntValue(), text, false));
            }
        } else if (value == JsonToken.START_ARRAY) {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                expect(parser.nextToken() == JsonToken.VALUE_STRING, "a text with its score in model.vocab");
                add(parser, pieces, new Piece(pieces.size(), parser.getString(), false));
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parser.skipChildren();
                }
            }
        }
    }

    /** Every token is added here: their number and their ids are bounded. */
    private void add(JsonParser parser, List<Piece> list, Piece piece) {
        int most = limits.maxTokenizerTokens();
        boolean isFar = piece.id >= most && piece.id < TokenTable.MAX_SIZE; // further ones fit in no vocabulary
        if (list.size() >= most || isFar) {
            TokenStreamLocation at = parser.currentTokenLocation();
            throw new LimitExceededException(
                    "maxTokenizerTokens",
                    most,
                    Math.max(list.size(), piece.id) + 1L,
                    new Place(name, at.getLineNr(), at.getColumnNr(), "", ""));
        }
        list.add(piece);
    }

    private TokenSpelling spelling() {
        if (modelType.equals("WordPiece")) {
            throw new InvalidInputException("this tokenizer is WordPiece, whose tokens do not say their bytes; "
                    + "expected BPE, Unigram or WordLevel");
        }
        if (steps.contains("decoder:ByteLevel") || steps.contains("pre_tokenizer:ByteLevel")) {
            return TokenSpelling.BYTE_LEVEL;
        }
        boolean spaceMark = steps.stream().anyMatch(step -> step.endsWith(":\u2581") || step.endsWith(":Metaspace"));
        return spaceMark || byteFallback || modelType.equals("Unigram")
                ? TokenSpelling.SENTENCE_PIECE
                : TokenSpelling.VERBATIM;
    }

    private Vocabulary vocabulary() {
        if (pieces.isEmpty() && added.isEmpty()) {
            throw new InvalidInputException(
                    name + " has no vocabulary; expected a Hugging Face tokenizer.json with model.vocab");
        }
        TokenSpelling spelling = spelling();
        Vocabulary.Builder builder = Vocabulary.builder();
        for (Piece piece : pieces) {
            builder.token(piece.id, spelling.bytes(piece.text));
        }
        List<Integer> ends = new ArrayList<>();
        for (Piece piece : added) {
            if (piece.special) {
                builder.special(piece.id, piece.text);
                if (END_NAMES.contains(piece.text)) {
                    ends.add(piece.id);
                }
            } else {
                builder.token(piece.id, spelling.bytes(piece.text)).name(piece.id, piece.text);
            }
        }
        return builder.endIds(ends.stream().mapToInt(Integer::intValue).toArray())
                .build();
    }

    private static void expect(boolean condition, String what) {
        if (!condition) {
            throw new InvalidInputException("this is no tokenizer.json: expected " + what);
        }
    }
}
