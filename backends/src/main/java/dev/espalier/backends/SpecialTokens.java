package dev.espalier.backends;

import dev.espalier.grammar.error.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The special tokens of a {@code tokenizer.json}, and how to cut a text so that no piece spells one. Immutable. */
final class SpecialTokens {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Set<Integer> ids = new HashSet<>();
    private final Map<Character, List<String>> spellings = new HashMap<>();

    private SpecialTokens() {}

    /**
     * Reads the member {@code added_tokens}. Cost: linear in the file.
     *
     * @param source what the file is called
     * @throws ModelException if it is not a JSON object
     */
    static SpecialTokens read(byte[] json, String source) {
        SpecialTokens tokens = new SpecialTokens();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelException(source + ": expected a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean added = parser.currentName().equals("added_tokens");
                boolean array = parser.nextToken() == JsonToken.START_ARRAY;
                if (added && array) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        tokens.readOne(parser);
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new ModelException(source + ": not JSON: " + e.getOriginalMessage(), e);
        }
        return tokens;
    }

    private void readOne(JsonParser parser) {
        int id = -1;
        String content = "";
        boolean special = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> id = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
                case "content" -> content = value == JsonToken.VALUE_STRING ? parser.getString() : "";
                case "special" -> special = value == JsonToken.VALUE_TRUE;
                default -> parser.skipChildren();
            }
        }
        if (special && !content.isEmpty()) {
            ids.add(id);
            spellings
                    .computeIfAbsent(content.charAt(0), first -> new ArrayList<>())
                    .add(content);
        }
    }

    /** Whether an id is one of these. */
    boolean contains(int id) {
        return ids.contains(id);
    }

    /** The pieces of a text, each special token's spelling cut behind its first character; usually one piece. */
    List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            int at = i;
            List<String> candidates = spellings.getOrDefault(text.charAt(i), List.of());
            if (i + 1 < text.length() && candidates.stream().anyMatch(s -> text.startsWith(s, at))) {
                pieces.add(text.substring(start, i + 1));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }
}
