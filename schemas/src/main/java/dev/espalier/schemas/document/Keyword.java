// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import static dev.espalier.schemas.document.KeywordVocabulary.APPLICATOR;
import static dev.espalier.schemas.document.KeywordVocabulary.CONTENT;
import static dev.espalier.schemas.document.KeywordVocabulary.CORE;
import static dev.espalier.schemas.document.KeywordVocabulary.UNEVALUATED;
import static dev.espalier.schemas.document.KeywordVocabulary.VALIDATION;
import static dev.espalier.schemas.options.Draft.DRAFT_2019_09;
import static dev.espalier.schemas.options.Draft.DRAFT_2020_12;
import static dev.espalier.schemas.options.Draft.DRAFT_4;
import static dev.espalier.schemas.options.Draft.DRAFT_6;
import static dev.espalier.schemas.options.Draft.DRAFT_7;

import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.ExtraKeyword;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keywords that constrain values, as a table with a row each: name, form of its value, the values that it constrains, how it applies its
 * schemas, vocabulary, drafts. Every other list of keywords is derived from these columns, and no other class spells a name. Rows are in the
 * order in which their meanings are combined ({@code formula.Meanings} has the method of each).
 */
public enum Keyword {
    TYPE("type", Form.TYPE, About.ANYTHING, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    ENUM("enum", Form.ARRAY, About.ANYTHING, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    CONST("const", Form.ANY, About.ANYTHING, Applies.NOWHERE, VALIDATION, since(DRAFT_6)),

    MINIMUM("minimum", Form.NUMBER, About.NUMBERS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    MAXIMUM("maximum", Form.NUMBER, About.NUMBERS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    EXCLUSIVE_MINIMUM("exclusiveMinimum", Form.BOUND, About.NUMBERS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    EXCLUSIVE_MAXIMUM("exclusiveMaximum", Form.BOUND, About.NUMBERS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    MULTIPLE_OF("multipleOf", Form.POSITIVE, About.NUMBERS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),

    MIN_LENGTH("minLength", Form.COUNT, About.STRINGS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    MAX_LENGTH("maxLength", Form.COUNT, About.STRINGS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    PATTERN("pattern", Form.STRING, About.STRINGS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    FORMAT("format", Form.STRING, About.ANYTHING, Applies.NOWHERE, KeywordVocabulary.FORMAT, since(DRAFT_4)),
    CONTENT_ENCODING("contentEncoding", Form.STRING, About.STRINGS, Applies.NOWHERE, CONTENT, since(DRAFT_7)),
    CONTENT_MEDIA_TYPE("contentMediaType", Form.STRING, About.STRINGS, Applies.NOWHERE, CONTENT, since(DRAFT_7)),
    CONTENT_SCHEMA("contentSchema", Form.IDLE_SCHEMA, About.STRINGS, Applies.NOWHERE, CONTENT, since(DRAFT_2019_09)),

    /** Ours; of the vocabulary that no metaschema can leave out. */
    FROM_SOURCE("x-from-source", Form.SPAN_RULE, About.STRINGS, Applies.NOWHERE, CORE, since(DRAFT_4)),

    PREFIX_ITEMS("prefixItems", Form.SCHEMAS, About.ARRAYS, Applies.INSIDE, APPLICATOR, since(DRAFT_2020_12)),
    ITEMS("items", Form.SCHEMA_OR_SCHEMAS, About.ARRAYS, Applies.INSIDE, APPLICATOR, since(DRAFT_4)),
    ADDITIONAL_ITEMS(
            "additionalItems", Form.SCHEMA, About.ARRAYS, Applies.INSIDE, APPLICATOR, in(DRAFT_4, DRAFT_2019_09)),
    CONTAINS("contains", Form.SCHEMA, About.ARRAYS, Applies.INSIDE, APPLICATOR, since(DRAFT_6)),
    MAX_CONTAINS("maxContains", Form.COUNT, About.ARRAYS, Applies.NOWHERE, VALIDATION, since(DRAFT_2019_09)),
    MIN_CONTAINS("minContains", Form.COUNT, About.ARRAYS, Applies.NOWHERE, VALIDATION, since(DRAFT_2019_09)),
    MIN_ITEMS("minItems", Form.COUNT, About.ARRAYS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    MAX_ITEMS("maxItems", Form.COUNT, About.ARRAYS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    UNIQUE_ITEMS("uniqueItems", Form.BOOLEAN, About.ARRAYS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),

    PROPERTIES("properties", Form.NAMED_SCHEMAS, About.OBJECTS, Applies.INSIDE, APPLICATOR, since(DRAFT_4)),
    PATTERN_PROPERTIES(
            "patternProperties", Form.NAMED_SCHEMAS, About.OBJECTS, Applies.INSIDE, APPLICATOR, since(DRAFT_4)),
    ADDITIONAL_PROPERTIES(
            "additionalProperties", Form.SCHEMA, About.OBJECTS, Applies.INSIDE, APPLICATOR, since(DRAFT_4)),
    REQUIRED("required", Form.STRINGS, About.OBJECTS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    MIN_PROPERTIES("minProperties", Form.COUNT, About.OBJECTS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    MAX_PROPERTIES("maxProperties", Form.COUNT, About.OBJECTS, Applies.NOWHERE, VALIDATION, since(DRAFT_4)),
    DEPENDENT_REQUIRED(
            "dependentRequired", Form.NAMED_STRINGS, About.OBJECTS, Applies.NOWHERE, VALIDATION, since(DRAFT_2019_09)),
    DEPENDENT_SCHEMAS(
            "dependentSchemas", Form.NAMED_SCHEMAS, About.OBJECTS, Applies.SOMETIMES, APPLICATOR, since(DRAFT_2019_09)),
    DEPENDENCIES(
            "dependencies",
            Form.DEPENDENCIES,
            About.OBJECTS,
            Applies.SOMETIMES,
            APPLICATOR,
            in(DRAFT_4, DRAFT_7).or(ExtraKeyword.DEPENDENCIES)),
    PROPERTY_DEPENDENCIES(
            "propertyDependencies",
            Form.SCHEMAS_BY_VALUE,
            About.OBJECTS,
            Applies.SOMETIMES,
            APPLICATOR,
            only(ExtraKeyword.PROPERTY_DEPENDENCIES)),
    PROPERTY_NAMES("propertyNames", Form.SCHEMA, About.OBJECTS, Applies.INSIDE, APPLICATOR, since(DRAFT_6)),

    ALL_OF("allOf", Form.SCHEMAS, About.ANYTHING, Applies.ALWAYS, APPLICATOR, since(DRAFT_4)),
    ANY_OF("anyOf", Form.SCHEMAS, About.ANYTHING, Applies.SOMETIMES, APPLICATOR, since(DRAFT_4)),
    ONE_OF("oneOf", Form.SCHEMAS, About.ANYTHING, Applies.AS_TEST, APPLICATOR, since(DRAFT_4)),
    NOT("not", Form.SCHEMA, About.ANYTHING, Applies.NEGATED, APPLICATOR, since(DRAFT_4)),
    IF("if", Form.SCHEMA, About.ANYTHING, Applies.AS_TEST, APPLICATOR, since(DRAFT_7)),
    THEN("then", Form.SCHEMA, About.ANYTHING, Applies.SOMETIMES, APPLICATOR, since(DRAFT_7)),
    ELSE("else", Form.SCHEMA, About.ANYTHING, Applies.SOMETIMES, APPLICATOR, since(DRAFT_7)),

    REF("$ref", Form.STRING, About.ANYTHING, Applies.BY_REFERENCE, CORE, since(DRAFT_4)),
    DYNAMIC_REF("$dynamicRef", Form.STRING, About.ANYTHING, Applies.BY_REFERENCE, CORE, since(DRAFT_2020_12)),
    RECURSIVE_REF(
            "$recursiveRef", Form.STRING, About.ANYTHING, Applies.BY_REFERENCE, CORE, in(DRAFT_2019_09, DRAFT_2019_09)),

    UNEVALUATED_PROPERTIES(
            "unevaluatedProperties", Form.SCHEMA, About.OBJECTS, Applies.INSIDE, UNEVALUATED, since(DRAFT_2019_09)),
    UNEVALUATED_ITEMS("unevaluatedItems", Form.SCHEMA, About.ARRAYS, Applies.INSIDE, UNEVALUATED, since(DRAFT_2019_09));

    /** The form that the value of a keyword must have. */
    public enum Form {
        ANY,
        ARRAY,
        BOOLEAN,
        /** A number; a boolean in draft 4. */
        BOUND,
        /** An integer from 0 up. */
        COUNT,
        /** An object of schemas and arrays of strings. */
        DEPENDENCIES,
        /** A schema to which references may lead, and that no keyword applies. */
        IDLE_SCHEMA,
        NAMED_SCHEMAS,
        NAMED_STRINGS,
        NUMBER,
        /** A number above 0. */
        POSITIVE,
        SCHEMA,
        SCHEMAS,
        /** An object of objects of schemas. */
        SCHEMAS_BY_VALUE,
        SCHEMA_OR_SCHEMAS,
        /** A boolean, or an object that says of which source and how. */
        SPAN_RULE,
        STRING,
        STRINGS,
        TYPE
    }

    /** The values that a keyword constrains; all others satisfy it. */
    public enum About {
        ANYTHING,
        NUMBERS,
        STRINGS,
        ARRAYS,
        OBJECTS
    }

    /** The value to which a keyword applies its schemas, and the effect on the keyword if one of them allows more. */
    public enum Applies {
        /** To no value: it holds no schemas, or they are not applied. */
        NOWHERE,
        /** To items, members or keys. */
        INSIDE,
        /** To the value itself, which must satisfy all. */
        ALWAYS,
        /** As {@link #ALWAYS}, with the schema to which it refers. */
        BY_REFERENCE,
        /** To the value itself, which must satisfy some, or some under a condition. */
        SOMETIMES,
        /** To the value itself; if it satisfies more of them, it need not satisfy the keyword. */
        AS_TEST,
        /** To the value itself, which must not satisfy it. */
        NEGATED
    }

    /** The keywords that refer to a schema elsewhere. */
    public static final List<Keyword> REFERENCES =
            Arrays.stream(values()).filter(Keyword::isReference).toList();

    /**
     * The keywords that apply schemas in place and pass on their annotations of evaluated members and items: references first, and last those that
     * depend on a member.
     */
    public static final List<Keyword> ANNOTATING = Arrays.stream(values())
            .filter(keyword -> keyword.isInPlace() && keyword.applies != Applies.NEGATED)
            .sorted(Comparator.comparing((Keyword keyword) -> !keyword.isReference())
                    .thenComparing(keyword -> keyword.about == About.OBJECTS))
            .toList();

    private static final Map<String, Keyword> BY_NAME = new HashMap<>();

    static {
        for (Keyword keyword : values()) {
            BY_NAME.put(keyword.text, keyword);
        }
    }

    private final String text;
    private final Form form;
    private final About about;
    private final Applies applies;
    private final KeywordVocabulary vocabulary;
    private final Versions versions;

    Keyword(String text, Form form, About about, Applies applies, KeywordVocabulary vocabulary, Versions versions) {
        this.text = text;
        this.form = form;
        this.about = about;
        this.applies = applies;
        this.vocabulary = vocabulary;
        this.versions = versions;
    }

    /**
     * The drafts in which a keyword is in force.
     *
     * @param drafts the drafts that have it
     * @param option the option that puts it in force in the other drafts, if there is one
     */
    private record Versions(Set<Draft> drafts, Optional<ExtraKeyword> option) {

        Versions or(ExtraKeyword extra) {
            return new Versions(drafts, Optional.of(extra));
        }
    }

    private static Versions since(Draft first) {
        return in(first, DRAFT_2020_12);
    }

    private static Versions in(Draft first, Draft last) {
        return new Versions(EnumSet.range(first, last), Optional.empty());
    }

    private static Versions only(ExtraKeyword extra) {
        return new Versions(EnumSet.noneOf(Draft.class), Optional.of(extra));
    }

    /** The keyword of a name, whatever the draft; null if no draft has one that constrains values. */
    public static @Nullable Keyword named(String name) {
        return BY_NAME.get(name);
    }

    /** The keyword as it is spelled. */
    public String text() {
        return text;
    }

    /** The form that its value must have. */
    public Form form() {
        return form;
    }

    /** The values that it constrains. */
    public About about() {
        return about;
    }

    /** The vocabulary of 2019-09 and later drafts to which it belongs. */
    KeywordVocabulary vocabulary() {
        return vocabulary;
    }

    /** Whether a draft has it. */
    public boolean isIn(Draft draft) {
        return versions.drafts.contains(draft);
    }

    /** Whether no draft has it, so that only an option puts it in force. */
    public boolean isOptionOnly() {
        return versions.drafts.isEmpty();
    }

    /** Whether an option puts it in force where a draft does not have it. */
    boolean isAmong(List<ExtraKeyword> extras) {
        return versions.option.isPresent() && extras.contains(versions.option.get());
    }

    /** The drafts that have it, in words for messages. */
    public String drafts() {
        if (isOptionOnly()) {
            return "later drafts";
        }
        Draft first = Collections.min(versions.drafts);
        Draft last = Collections.max(versions.drafts);
        if (first == last) {
            return first.text();
        }
        return last == DRAFT_2020_12 ? first.text() + " and later" : first.text() + " to " + last.text();
    }

    /** Whether it refers to a schema instead of holding one. */
    public boolean isReference() {
        return applies == Applies.BY_REFERENCE;
    }

    /** Whether it applies schemas to the value itself, not to values inside it. */
    public boolean isInPlace() {
        return applies != Applies.NOWHERE && applies != Applies.INSIDE;
    }

    /** Whether it says only that the value itself must satisfy all schemas that it applies. */
    public boolean isConjunction() {
        return applies == Applies.ALWAYS || applies == Applies.BY_REFERENCE;
    }

    /** Whether the schemas that it applies may allow more while the keyword allows less. */
    public boolean mayNarrow() {
        return applies == Applies.AS_TEST || applies == Applies.NEGATED;
    }

    /** Whether each element of its value, an array or an object, is a constraint by itself, so that leaving one out only allows more. */
    public boolean isDivisible() {
        return switch (form) {
            case STRINGS, NAMED_SCHEMAS -> true;
            case SCHEMAS -> applies == Applies.ALWAYS || applies == Applies.INSIDE;
            default -> false;
        };
    }

    /** The upper bound that belongs to a lower one; null for all other keywords. */
    public @Nullable Keyword upperBound() {
        String upper = text.replace("min", "max").replace("Min", "Max");
        return upper.equals(text) ? null : named(upper);
    }
}
