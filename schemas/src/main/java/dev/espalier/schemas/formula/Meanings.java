// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.Patterns;
import java.util.List;

/** The meanings of all keywords: a method for each, in a class for each kind of values. */
final class Meanings {

    /** The meaning of a keyword that is handled by another one, or that constrains nothing. */
    private static final Meaning NONE = (schema, value, all) -> {};

    private final AnyTypeKeywords any;
    private final NumberKeywords numbers;
    private final StringKeywords strings;
    private final ArrayKeywords arrays;
    private final ObjectKeywords objects;
    private final Applicators applicators;
    private final UnevaluatedProperties unevaluatedProperties;
    private final UnevaluatedItems unevaluatedItems;
    private final Meaning[] meanings = new Meaning[Keyword.values().length];

    Meanings(
            FormulaSource formulas,
            Lanes lanes,
            Diagrams diagrams,
            Atoms atoms,
            Patterns patterns,
            ObjectUnions unions,
            Disjointness disjointness,
            SchemaOptions options) {
        this.numbers = new NumberKeywords(diagrams, atoms);
        this.strings = new StringKeywords(diagrams, atoms, patterns, options);
        this.arrays = new ArrayKeywords(lanes, diagrams, atoms);
        this.objects = new ObjectKeywords(formulas, lanes, diagrams, atoms, patterns);
        this.any = new AnyTypeKeywords(arrays, objects, diagrams, atoms, patterns::budget);
        this.applicators = new Applicators(formulas, lanes, diagrams, unions, disjointness);
        Sources sources = new Sources(formulas, lanes, diagrams, objects);
        this.unevaluatedProperties = new UnevaluatedProperties(formulas, objects, sources, lanes, diagrams, patterns);
        this.unevaluatedItems = new UnevaluatedItems(
                formulas,
                arrays,
                disjointness,
                sources,
                lanes,
                diagrams,
                patterns.budget().limits());
        for (Keyword keyword : Keyword.values()) {
            meanings[keyword.ordinal()] = meaning(keyword);
        }
    }

    private Meaning meaning(Keyword keyword) {
        return switch (keyword) {
            case TYPE -> any::type;
            case ENUM -> any::enumeration;
            case CONST -> any::constant;
            case MINIMUM -> numbers::minimum;
            case MAXIMUM -> numbers::maximum;
            case EXCLUSIVE_MINIMUM -> numbers::exclusiveMinimum;
            case EXCLUSIVE_MAXIMUM -> numbers::exclusiveMaximum;
            case MULTIPLE_OF -> numbers::multipleOf;
            case MIN_LENGTH -> strings::minLength;
            case MAX_LENGTH -> strings::maxLength;
            case PATTERN -> strings::pattern;
            case FORMAT -> strings::format;
            case CONTENT_ENCODING -> strings::contentEncoding;
            case CONTENT_MEDIA_TYPE -> strings::contentMediaType;
            case CONTENT_SCHEMA -> NONE; // reported as not enforced
            case FROM_SOURCE -> strings::fromSource;
            case PREFIX_ITEMS -> arrays::prefixItems;
            case ITEMS -> arrays::items;
            case ADDITIONAL_ITEMS -> arrays::additionalItems;
            case CONTAINS -> arrays::contains;
            case MAX_CONTAINS -> arrays::maxContains;
            case MIN_CONTAINS -> NONE; // in contains
            case MIN_ITEMS -> arrays::minItems;
            case MAX_ITEMS -> arrays::maxItems;
            case UNIQUE_ITEMS -> arrays::uniqueItems;
            case PROPERTIES -> objects::properties;
            case PATTERN_PROPERTIES -> objects::patternProperties;
            case ADDITIONAL_PROPERTIES -> objects::additionalProperties;
            case REQUIRED -> objects::required;
            case MIN_PROPERTIES -> objects::minProperties;
            case MAX_PROPERTIES -> objects::maxProperties;
            case DEPENDENT_REQUIRED -> objects::dependentRequired;
            case DEPENDENT_SCHEMAS -> objects::dependentSchemas;
            case DEPENDENCIES -> objects::dependencies;
            case PROPERTY_DEPENDENCIES -> objects::propertyDependencies;
            case PROPERTY_NAMES -> objects::propertyNames;
            case ALL_OF -> applicators::allOf;
            case ANY_OF -> applicators::anyOf;
            case ONE_OF -> applicators::oneOf;
            case NOT -> applicators::not;
            case IF -> applicators::ifThenElse;
            case THEN, ELSE -> NONE; // in if
            case REF, DYNAMIC_REF, RECURSIVE_REF -> applicators.reference(keyword);
            case UNEVALUATED_PROPERTIES -> unevaluatedProperties;
            case UNEVALUATED_ITEMS -> unevaluatedItems;
        };
    }

    /** Adds the demands of a keyword of a schema. */
    void add(Keyword keyword, SchemaNode schema, JsonValue value, Conjunction all) {
        meanings[keyword.ordinal()].add(schema, value, all);
    }

    /** The formula that some constants satisfy, and nothing else. */
    Formula constants(SchemaNode holder, List<JsonValue> values) {
        return any.constants(holder, values);
    }

    /** The formula of the values that satisfy at least one of some schemas. */
    Formula any(List<SchemaNode> schemas) {
        return applicators.any(schemas);
    }

    /** Demands that a value satisfies none of some schemas, schema by schema. */
    void none(List<SchemaNode> schemas, Conjunction all) {
        schemas.forEach(schema -> applicators.exclude(schema, all));
    }
}
