package dev.espalier.schemas.document;

import dev.espalier.schemas.options.Draft;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keywords that constrain values: in which drafts they do, and what their value must look like. */
public enum Keyword {
    TYPE("type", Form.TYPE),
    ENUM("enum", Form.ARRAY),
    CONST("const", Form.ANY, Draft.DRAFT_6),
    MULTIPLE_OF("multipleOf", Form.POSITIVE),
    MAXIMUM("maximum", Form.NUMBER),
    EXCLUSIVE_MAXIMUM("exclusiveMaximum", Form.BOUND),
    MINIMUM("minimum", Form.NUMBER),
    EXCLUSIVE_MINIMUM("exclusiveMinimum", Form.BOUND),
    MAX_LENGTH("maxLength", Form.COUNT),
    MIN_LENGTH("minLength", Form.COUNT),
    PATTERN("pattern", Form.STRING),
    FORMAT("format", Form.STRING),
    CONTENT_ENCODING("contentEncoding", Form.STRING, Draft.DRAFT_7),
    CONTENT_MEDIA_TYPE("contentMediaType", Form.STRING, Draft.DRAFT_7),
    CONTENT_SCHEMA("contentSchema", Form.ANY, Draft.DRAFT_2019_09),
    ITEMS("items", Form.SCHEMA_OR_SCHEMAS),
    PREFIX_ITEMS("prefixItems", Form.SCHEMAS, Draft.DRAFT_2020_12),
    ADDITIONAL_ITEMS("additionalItems", Form.SCHEMA, Draft.DRAFT_4, Draft.DRAFT_2019_09),
    UNEVALUATED_ITEMS("unevaluatedItems", Form.SCHEMA, Draft.DRAFT_2019_09),
    MAX_ITEMS("maxItems", Form.COUNT),
    MIN_ITEMS("minItems", Form.COUNT),
    UNIQUE_ITEMS("uniqueItems", Form.BOOLEAN),
    CONTAINS("contains", Form.SCHEMA, Draft.DRAFT_6),
    MAX_CONTAINS("maxContains", Form.COUNT, Draft.DRAFT_2019_09),
    MIN_CONTAINS("minContains", Form.COUNT, Draft.DRAFT_2019_09),
    MAX_PROPERTIES("maxProperties", Form.COUNT),
    MIN_PROPERTIES("minProperties", Form.COUNT),
    REQUIRED("required", Form.STRINGS),
    PROPERTIES("properties", Form.NAMED_SCHEMAS),
    PATTERN_PROPERTIES("patternProperties", Form.NAMED_SCHEMAS),
    ADDITIONAL_PROPERTIES("additionalProperties", Form.SCHEMA),
    UNEVALUATED_PROPERTIES("unevaluatedProperties", Form.SCHEMA, Draft.DRAFT_2019_09),
    PROPERTY_NAMES("propertyNames", Form.SCHEMA, Draft.DRAFT_6),
    DEPENDENT_REQUIRED("dependentRequired", Form.NAMED_STRINGS, Draft.DRAFT_2019_09),
    DEPENDENT_SCHEMAS("dependentSchemas", Form.NAMED_SCHEMAS, Draft.DRAFT_2019_09),
    DEPENDENCIES("dependencies", Form.DEPENDENCIES, Draft.DRAFT_4, Draft.DRAFT_7),
    ALL_OF("allOf", Form.SCHEMAS),
    ANY_OF("anyOf", Form.SCHEMAS),
    ONE_OF("oneOf", Form.SCHEMAS),
    NOT("not", Form.SCHEMA),
    IF("if", Form.SCHEMA, Draft.DRAFT_7),
    THEN("then", Form.SCHEMA, Draft.DRAFT_7),
    ELSE("else", Form.SCHEMA, Draft.DRAFT_7),
    REF("$ref", Form.STRING),
    DYNAMIC_REF("$dynamicRef", Form.STRING, Draft.DRAFT_2020_12),
    RECURSIVE_REF("$recursiveRef", Form.STRING, Draft.DRAFT_2019_09, Draft.DRAFT_2019_09);

    /** What the value of a keyword must be. */
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
        NAMED_SCHEMAS,
        NAMED_STRINGS,
        NUMBER,
        /** A number above 0. */
        POSITIVE,
        SCHEMA,
        SCHEMAS,
        SCHEMA_OR_SCHEMAS,
        STRING,
        STRINGS,
        TYPE
    }

    /** The keywords that lead to a schema elsewhere. */
    public static final List<Keyword> REFERENCES = List.of(REF, DYNAMIC_REF, RECURSIVE_REF);

    private static final Map<String, Keyword> BY_NAME = new HashMap<>();

    static {
        for (Keyword keyword : values()) {
            BY_NAME.put(keyword.text, keyword);
        }
    }

    private final String text;
    private final Form form;
    private final Set<Draft> drafts;

    Keyword(String text, Form form) {
        this(text, form, Draft.DRAFT_4);
    }

    Keyword(String text, Form form, Draft first) {
        this(text, form, first, Draft.DRAFT_2020_12);
    }

    Keyword(String text, Form form, Draft first, Draft last) {
        this.text = text;
        this.form = form;
        this.drafts = EnumSet.range(first, last);
    }

    /** Whether a draft has it. */
    public boolean isIn(Draft draft) {
        return drafts.contains(draft);
    }

    /** The drafts that have it, as they are spoken of. */
    public String drafts() {
        Draft first = Collections.min(drafts);
        Draft last = Collections.max(drafts);
        if (first == last) {
            return first.text();
        }
        return last == Draft.DRAFT_2020_12 ? first.text() + " and later" : first.text() + " to " + last.text();
    }

    /** The keyword of a name, whatever the draft; null if no draft has one that constrains values. */
    public static @Nullable Keyword named(String name) {
        return BY_NAME.get(name);
    }

    /** As it is written. */
    public String text() {
        return text;
    }

    /** What its value must be. */
    public Form form() {
        return form;
    }
}
