// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What schemas of corpora are made of: whole schemas, schemas inside them, words, patterns and values. All are brought into
 * one form, that of draft 7 without references, so that any may stand in any other. Immutable, but its trees must be copied.
 */
public final class SchemaParts {

    private static final int LONGEST_WHOLE = 4_000;
    private static final int LONGEST_PART = 1_200;
    private static final int LONGEST_WORD = 40;
    /** Where corpora have so few words that so many draws make too few different ones, words are numbered. */
    private static final int PATIENCE = 10_000;

    private static final Set<String> DROPPED = SchemaPlaces.keywords("dropped");

    private final List<JsonNode> whole = new ArrayList<>();
    private final List<JsonNode> inner = new ArrayList<>();
    private final List<JsonNode> values = new ArrayList<>();
    private final List<String> words;
    private final List<String> patterns;

    private final Set<String> allWords = new LinkedHashSet<>();
    private final Set<String> allPatterns = new LinkedHashSet<>();

    /** The parts of some schemas and documents. */
    public SchemaParts(List<String> schemas, List<String> documents) {
        schemas.forEach(this::take);
        documents.forEach(this::value);
        allWords.addAll(List.of("a", "b", "name", "kind", "id"));
        allPatterns.add("^[a-z]+$");
        inner.add(Json.object().put("type", "string"));
        inner.add(Json.object().put("type", "number"));
        words = List.copyOf(allWords);
        patterns = List.copyOf(allPatterns);
    }

    /**
     * The parts of some schemas of a corpus, and of others.
     *
     * @param most how many of the corpus, by the seed
     * @param others texts of more schemas
     */
    public static SchemaParts of(SchemaCorpus corpus, int most, List<String> others, long seed) {
        List<String> schemas = new ArrayList<>(others);
        List<String> documents = new ArrayList<>();
        SchemaCorpus some = corpus.sampled(most, seed);
        for (int i = 0; i < some.size(); i++) {
            BenchSchema source = some.schema(i);
            schemas.add(source.schema());
            source.tests().stream().limit(2).forEach(test -> documents.add(test.data()));
        }
        return new SchemaParts(schemas, documents);
    }

    private void take(String text) {
        JsonNode plain = plain(parsed(text));
        if (plain.isObject() && plain.size() > 0) {
            if (plain.toString().length() <= LONGEST_WHOLE) {
                whole.add(plain);
            }
            for (SchemaPlaces.Place place : SchemaPlaces.of(plain)) {
                part(place.get());
            }
        }
    }

    private void part(JsonNode schema) {
        if (schema.isObject() && schema.size() > 0 && schema.toString().length() <= LONGEST_PART) {
            inner.add(schema);
        }
        schema.path("properties").propertyNames().forEach(this::word);
        schema.path("enum").forEach(item -> word(item.asString("")));
        String pattern = schema.path("pattern").asString("");
        if (!pattern.isEmpty() && pattern.length() <= 80) {
            allPatterns.add(pattern);
        }
    }

    private void word(String word) {
        if (!word.isEmpty() && word.length() <= LONGEST_WORD) {
            allWords.add(word);
        }
    }

    private void value(String text) {
        JsonNode value = parsed(text);
        if (text.length() <= LONGEST_PART && !value.isMissingNode()) {
            values.add(value);
        }
    }

    /** The value of a text; missing if it is no JSON. */
    private static JsonNode parsed(String text) {
        try {
            return Json.read(text);
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }

    /** A schema in the common form. */
    private static JsonNode plain(JsonNode schema) {
        if (!(schema.deepCopy() instanceof ObjectNode object)) {
            return schema;
        }
        DROPPED.forEach(object::remove);
        bound(object, "exclusiveMinimum", "minimum");
        bound(object, "exclusiveMaximum", "maximum");
        JsonNode prefix = object.get("prefixItems");
        if (prefix != null) {
            object.remove("prefixItems");
            JsonNode rest = object.remove("items");
            object.set("items", prefix);
            if (rest != null) {
                object.set("additionalItems", rest);
            }
        }
        if (object.path("required").isBoolean()) {
            object.remove("required");
        }
        for (String keyword : List.copyOf(object.propertyNames())) {
            JsonNode value = object.path(keyword);
            if (Set.of("properties", "patternProperties", "dependentSchemas").contains(keyword)) {
                ObjectNode members = Json.object();
                value.properties().forEach(member -> members.set(member.getKey(), plain(member.getValue())));
                object.set(keyword, members);
            } else if (value.isArray()
                    && Set.of("allOf", "anyOf", "oneOf", "items").contains(keyword)) {
                List<JsonNode> items = new ArrayList<>();
                value.forEach(item -> items.add(plain(item)));
                object.set(keyword, Json.array(items));
            } else if (value.isObject()
                    && !Set.of("enum", "const", "dependentRequired").contains(keyword)) {
                object.set(keyword, plain(value));
            }
        }
        return object;
    }

    /** Draft 4's bounds that are not reached, in the form of later drafts. */
    private static void bound(ObjectNode object, String exclusive, String bound) {
        if (object.path(exclusive).isBoolean()) {
            boolean holds = object.path(exclusive).asBoolean();
            object.remove(exclusive);
            if (holds && object.path(bound).isNumber()) {
                object.set(exclusive, object.remove(bound));
            }
        }
    }

    /** A whole schema; a copy. */
    JsonNode whole(Dice dice) {
        return whole.isEmpty() ? inner(dice) : dice.one(whole).deepCopy();
    }

    /** A schema from inside another one; a copy. */
    JsonNode inner(Dice dice) {
        return dice.one(inner).deepCopy();
    }

    /** One that has a keyword, of some that are tried; else any. */
    JsonNode with(String keyword, Dice dice) {
        for (int i = 0; i < 40; i++) {
            JsonNode part = dice.one(inner);
            if (part.has(keyword)) {
                return part.deepCopy();
            }
        }
        return inner(dice);
    }

    /** A document of the corpora, or a part of one. */
    JsonNode value(Dice dice) {
        return values.isEmpty()
                ? Json.number(BigDecimal.ZERO)
                : dice.one(values).deepCopy();
    }

    /** A name of a property, or a value of an enumeration. */
    String word(Dice dice) {
        return dice.one(words);
    }

    /** As many words, all different: those of the corpora, joined where there are too few. */
    List<String> words(int count, Dice dice) {
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; all.size() < count; i++) {
            String word = i < PATIENCE ? word(dice) : word(dice) + i;
            if (all.contains(word) || dice.once(3)) {
                word += dice.one(List.of("-", "_", ".", " ", "")) + word(dice);
            }
            all.add(word);
        }
        return List.copyOf(all);
    }

    /** A pattern. */
    String pattern(Dice dice) {
        return dice.one(patterns);
    }
}
