package dev.espalier.schemas;

import dev.espalier.grammar.Limits;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a schema is read and how its values are written. Immutable; {@code with…} methods give changed copies.
 *
 * @param memberOrder the order of the members of objects; {@code DECLARED} unless changed
 * @param whiteSpace the white space between tokens; {@code COMPACT} unless changed
 * @param spelling how the characters of keys and strings are spelled; unless set, {@code SHORTEST} in declared order, which
 *     is for generating, and {@code ANY} in any order
 * @param numberSpelling how numbers are spelled; {@code PLAIN} unless changed
 * @param bounds how long values may grow where the schema sets no end; {@code NONE} unless changed
 * @param draft the draft to read every schema by, instead of the one that {@code $schema} names
 * @param defaultDraft the draft of schemas without {@code $schema}; 2020-12 unless changed
 * @param formats whether {@code format} is asserted where its name is known; unless changed it is
 * @param dependencies whether {@code dependencies} keeps its meaning in 2019-09 and 2020-12; unless changed it does not
 * @param documents the JSON texts that references may lead to, by URI; none unless changed
 * @param least the weakest enforcement that compilation lets pass; {@code EXACT} unless changed
 * @param limits the limits of compilation, and of the lazy work while stepping
 */
public record SchemaOptions(
        MemberOrder memberOrder,
        WhiteSpace whiteSpace,
        Optional<Spelling> spelling,
        NumberSpelling numberSpelling,
        GenerationBounds bounds,
        Optional<Draft> draft,
        Draft defaultDraft,
        boolean formats,
        boolean dependencies,
        Map<String, String> documents,
        Enforcement least,
        Limits limits) {

    /** Copies the documents. */
    public SchemaOptions {
        documents = Collections.unmodifiableMap(new TreeMap<>(documents));
    }

    /** For generating: declared order, compact, shortest spelling, the schema's own draft, known formats asserted, all exact. */
    public static final SchemaOptions DEFAULT = new SchemaOptions(
            MemberOrder.DECLARED,
            WhiteSpace.COMPACT,
            Optional.empty(),
            NumberSpelling.PLAIN,
            GenerationBounds.NONE,
            Optional.empty(),
            Draft.DRAFT_2020_12,
            true,
            false,
            Map.of(),
            Enforcement.EXACT,
            Limits.DEFAULT);

    /** For checking texts that others wrote: any order, any white space, any spelling. */
    public static final SchemaOptions CHECKING = DEFAULT.withMemberOrder(MemberOrder.ANY)
            .withWhiteSpace(WhiteSpace.ANY)
            .withSpelling(Spelling.ANY)
            .withNumberSpelling(NumberSpelling.ANY);

    /** These options with another order of members. */
    public SchemaOptions withMemberOrder(MemberOrder order) {
        return new SchemaOptions(
                order,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                formats,
                dependencies,
                documents,
                least,
                limits);
    }

    /** These options with other white space. */
    public SchemaOptions withWhiteSpace(WhiteSpace space) {
        return new SchemaOptions(
                memberOrder,
                space,
                spelling,
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                formats,
                dependencies,
                documents,
                least,
                limits);
    }

    /** These options with another spelling of characters. */
    public SchemaOptions withSpelling(Spelling other) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                Optional.of(other),
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                formats,
                dependencies,
                documents,
                least,
                limits);
    }

    /** These options with another spelling of numbers. */
    public SchemaOptions withNumberSpelling(NumberSpelling other) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                other,
                bounds,
                draft,
                defaultDraft,
                formats,
                dependencies,
                documents,
                least,
                limits);
    }

    /** These options with bounds for values that a schema lets grow without end. */
    public SchemaOptions withBounds(GenerationBounds other) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                other,
                draft,
                defaultDraft,
                formats,
                dependencies,
                documents,
                least,
                limits);
    }

    /** These options with a draft that overrides {@code $schema}. */
    public SchemaOptions withDraft(Draft override) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                Optional.of(override),
                defaultDraft,
                formats,
                dependencies,
                documents,
                least,
                limits);
    }

    /** These options with another draft for schemas that name none. */
    public SchemaOptions withDefaultDraft(Draft other) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                draft,
                other,
                formats,
                dependencies,
                documents,
                least,
                limits);
    }

    /** These options with {@code format} asserted or taken as an annotation. */
    public SchemaOptions withFormats(boolean asserted) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                asserted,
                dependencies,
                documents,
                least,
                limits);
    }

    /**
     * These options with {@code dependencies} meaning in 2019-09 and 2020-12 what it means in draft 7, or nothing; those
     * drafts allow both.
     */
    public SchemaOptions withDependencies(boolean kept) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                formats,
                kept,
                documents,
                least,
                limits);
    }

    /**
     * These options with other documents that references may lead to, and that {@code $schema} may name as metaschemas.
     * The drafts' own metaschemas are there without being named. Each text is read when a reference first needs it.
     *
     * @param texts the documents' JSON texts by their URI; relative ones are relative to a schema without {@code $id}
     */
    public SchemaOptions withDocuments(Map<String, String> texts) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                formats,
                dependencies,
                texts,
                least,
                limits);
    }

    /** These options with keywords let pass that are enforced this weakly, and better ones. */
    public SchemaOptions allow(Enforcement weakest) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                formats,
                dependencies,
                documents,
                weakest,
                limits);
    }

    /** These options with other limits. */
    public SchemaOptions withLimits(Limits other) {
        return new SchemaOptions(
                memberOrder,
                whiteSpace,
                spelling,
                numberSpelling,
                bounds,
                draft,
                defaultDraft,
                formats,
                dependencies,
                documents,
                least,
                other);
    }
}
