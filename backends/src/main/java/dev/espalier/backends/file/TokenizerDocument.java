// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.file;

import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The parts of a {@code tokenizer.json}: the members that encoding needs, for the native library; the special tokens; and the ids that go
 * around a prompt.
 *
 * <p>The native library ends the process on some malformed files. Two of the parts that cause this, the decoder and the post processor, are
 * not passed to it at all; the post processor is read here.
 */
public final class TokenizerDocument {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** The members that encoding needs. */
    private static final Set<String> KEPT = Set.of("version", "added_tokens", "normalizer", "pre_tokenizer", "model");

    private final String source;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Set<Integer> special = new HashSet<>();
    private final Map<Character, List<String>> spellings = new HashMap<>();
    private int[] before = {};
    private int[] after = {};

    private TokenizerDocument(String source) {
        this.source = source;
    }

    /**
     * The parts of a file. Cost: linear in the file.
     *
     * @param source the name of the file
     * @throws ModelException if it is not JSON, or its parts are malformed
     */
    public static TokenizerDocument read(byte[] json, String source) {
        TokenizerDocument document = new TokenizerDocument(source);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json);
                JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), document.kept)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelException(source + ": expected a JSON object");
            }
            generator.writeStartObject();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                document.member(parser, generator);
            }
            generator.writeEndObject();
        } catch (JacksonException e) {
            throw new ModelException(source + ": " + JsonObject.place(e) + "not JSON: " + e.getOriginalMessage(), e);
        }
        return document;
    }

    private void member(JsonParser parser, JsonGenerator generator) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("post_processor") && value == JsonToken.START_OBJECT) {
            postProcessor(object(parser));
        } else if (name.equals("added_tokens") && value == JsonToken.START_ARRAY) {
            generator.writeName(name);
            generator.writeStartArray();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                addedToken(parser, generator);
            }
            generator.writeEndArray();
        } else if (name.equals("model") && value == JsonToken.START_OBJECT) {
            generator.writeName(name);
            model(parser, generator);
        } else if (KEPT.contains(name)) {
            generator.writeName(name);
            generator.copyCurrentStructure(parser);
        } else {
            parser.skipChildren();
        }
    }

    private JsonObject object(JsonParser parser) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator copy = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            copy.copyCurrentStructure(parser);
        }
        return JsonObject.parse(source, new ByteArrayInputStream(out.toByteArray()));
    }

    private void addedToken(JsonParser parser, JsonGenerator generator) {
        generator.writeStartObject();
        int id = -1;
        String content = "";
        boolean isSpecial = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> id = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
                case "content" -> content = value == JsonToken.VALUE_STRING ? parser.getString() : "";
                case "special" -> isSpecial = value == JsonToken.VALUE_TRUE;
                default -> {}
            }
            generator.writeName(name);
            generator.copyCurrentStructure(parser);
        }
        generator.writeEndObject();
        if (isSpecial && !content.isEmpty()) {
            special.add(id);
            spellings
                    .computeIfAbsent(content.charAt(0), first -> new ArrayList<>())
                    .add(content);
        }
    }

    private void model(JsonParser parser, JsonGenerator generator) {
        generator.writeStartObject();
        String type = "BPE";
        String prefix = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = parser.getString();
            } else if (name.equals("continuing_subword_prefix") && value == JsonToken.VALUE_STRING) {
                prefix = parser.getString();
            }
            generator.writeName(name);
            generator.copyCurrentStructure(parser);
        }
        generator.writeEndObject();
        if (!type.equals("WordPiece") && !prefix.isEmpty()) {
            throw new UnsupportedFeatureException(
                    "continuing_subword_prefix",
                    "a prefix of continuing pieces is supported for WordPiece only",
                    new Place(source, 0, 0, "#/model/continuing_subword_prefix", ""));
        }
    }

    /** Reads the ids that go around a single text; processors that add none are skipped. */
    private void postProcessor(JsonObject processor) {
        String type = processor.text("type").orElse("");
        switch (type) {
            case "Sequence" -> {
                for (Object item : processor.list("processors").orElse(List.of())) {
                    if (item instanceof JsonObject inner) {
                        postProcessor(inner);
                    }
                }
            }
            case "TemplateProcessing" -> template(processor);
            case "BertProcessing", "RobertaProcessing" -> {
                before = pair(processor, "cls");
                after = pair(processor, "sep");
            }
            default -> {}
        }
    }

    private static int[] pair(JsonObject processor, String name) {
        List<?> pair = processor.list(name).orElseThrow(() -> processor.missing(name));
        if (pair.size() == 2 && pair.get(1) instanceof java.math.BigDecimal id) {
            return new int[] {id.intValue()};
        }
        throw processor.wrong(name, "a token and its id");
    }

    private void template(JsonObject processor) {
        JsonObject tokens = processor.object("special_tokens").orElseThrow(() -> processor.missing("special_tokens"));
        IntStream.Builder first = IntStream.builder();
        IntStream.Builder last = IntStream.builder();
        boolean text = false;
        for (Object item : processor.list("single").orElse(List.of())) {
            if (!(item instanceof JsonObject piece)) {
                throw processor.wrong("single", "objects");
            }
            Optional<JsonObject> token = piece.object("SpecialToken");
            text |= token.isEmpty();
            IntStream.Builder side = text ? last : first;
            token.ifPresent(found -> {
                String name = found.text("id").orElseThrow(() -> found.missing("id"));
                JsonObject ids = tokens.object(name).orElseThrow(() -> tokens.missing(name));
                for (long id : ids.sizes("ids").orElseThrow(() -> ids.missing("ids"))) {
                    side.add((int) Math.min(id, Integer.MAX_VALUE));
                }
            });
        }
        before = first.build().toArray();
        after = last.build().toArray();
    }

    /** The file as it is passed to the native library. */
    public byte[] json() {
        return kept.toByteArray();
    }

    /** Whether an id is that of a special token. */
    public boolean isSpecial(int id) {
        return special.contains(id);
    }

    /** The ids of a prompt with the ids that go around it. */
    public int[] around(int[] prompt) {
        int[] all = Arrays.copyOf(before, before.length + prompt.length + after.length);
        System.arraycopy(prompt, 0, all, before.length, prompt.length);
        System.arraycopy(after, 0, all, before.length + prompt.length, after.length);
        return all;
    }

    /** The pieces of a text, each special token's spelling cut after its first character; usually one piece. */
    public List<String> cut(String text) {
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
