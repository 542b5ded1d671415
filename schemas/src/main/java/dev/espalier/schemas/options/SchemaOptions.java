// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The options of a compilation: how a schema is read and how its values are written. Immutable; {@code with…} methods give changed copies.
 *
 * @param memberOrder the order of the members of objects; {@code DECLARED} unless changed
 * @param whiteSpace the white space between tokens; {@code COMPACT} unless changed
 * @param spelling how the characters of keys and strings are spelled; {@code SHORTEST} unless changed
 * @param numberSpelling how numbers are spelled; {@code PLAIN} unless changed
 * @param bounds how long values may grow where the schema sets no end; {@code NUMBERS} unless changed: only digits are bounded
 * @param draft the draft by which every schema is read, instead of the one that {@code $schema} names
 * @param defaultDraft the draft of schemas without {@code $schema}; 2020-12 unless changed
 * @param formats whether {@code format} is asserted where its name is known; true unless changed
 * @param contents whether {@code contentEncoding} and {@code contentMediaType} are asserted; false unless changed: they are annotations
 * @param extraKeywords keywords that are in force although the draft does not have them, sorted, each once; none unless changed
 * @param repeatedKeys whether keys that the schema does not name may come twice in an object; false unless changed
 * @param documents the JSON texts of other documents to which references may lead, by URI; none unless changed
 * @param sources the texts from which strings may have to be quoted, by name; none unless changed
 * @param least the weakest enforcement of a keyword that compilation accepts; {@code EXACT} unless changed
 * @param limits the limits of compilation, and of the lazy work while stepping
 */
public record SchemaOptions(
        MemberOrder memberOrder,
        WhiteSpace whiteSpace,
        Spelling spelling,
        NumberSpelling numberSpelling,
        GenerationBounds bounds,
        Optional<Draft> draft,
        Draft defaultDraft,
        boolean formats,
        boolean contents,
        List<ExtraKeyword> extraKeywords,
        boolean repeatedKeys,
        Map<String, String> documents,
        Map<String, String> sources,
        Enforcement least,
        Limits limits) {

    /**
     * Copies the documents and the sources, sorts the keywords.
     *
     * @throws InvalidInputException if a source has half of a surrogate pair
     */
    public SchemaOptions {
        extraKeywords = extraKeywords.stream().distinct().sorted().toList();
        documents = Collections.unmodifiableMap(new TreeMap<>(documents));
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
        sources.forEach(SchemaOptions::checkSource);
    }

    /**
     * For generating: declared order, compact, shortest spelling, integers as digits, numbers without exponents and of at most 19 and 17 digits,
     * the schema's own draft, known formats asserted, all exact.
     */
    public static final SchemaOptions DEFAULT = new SchemaOptions(
            MemberOrder.DECLARED,
            WhiteSpace.COMPACT,
            Spelling.SHORTEST,
            NumberSpelling.PLAIN,
            GenerationBounds.NUMBERS,
            Optional.empty(),
            Draft.DRAFT_2020_12,
            true,
            false,
            List.of(),
            false,
            Map.of(),
            Map.of(),
            Enforcement.EXACT,
            Limits.DEFAULT);

    /** For checking texts that others wrote: any order, any white space, around the text, too, any spelling, any length. */
    public static final SchemaOptions CHECKING = DEFAULT.withMemberOrder(MemberOrder.ANY)
            .withWhiteSpace(WhiteSpace.ANY.around())
            .withSpelling(Spelling.ANY)
            .withNumberSpelling(NumberSpelling.ANY)
            .withBounds(GenerationBounds.NONE);

    /** These options with another order of members. */
    public SchemaOptions withMemberOrder(MemberOrder order) {
        return with(parts -> parts.memberOrder = order);
    }

    /** These options with other white space. */
    public SchemaOptions withWhiteSpace(WhiteSpace space) {
        return with(parts -> parts.whiteSpace = space);
    }

    /** These options with another spelling of characters. */
    public SchemaOptions withSpelling(Spelling other) {
        return with(parts -> parts.spelling = other);
    }

    /** These options with another spelling of numbers. */
    public SchemaOptions withNumberSpelling(NumberSpelling other) {
        return with(parts -> parts.numberSpelling = other);
    }

    /** These options with bounds for values that a schema lets grow without end. */
    public SchemaOptions withBounds(GenerationBounds other) {
        return with(parts -> parts.bounds = other);
    }

    /** These options with a draft that overrides {@code $schema}. */
    public SchemaOptions withDraft(Draft override) {
        return with(parts -> parts.draft = Optional.of(override));
    }

    /** These options with another draft for schemas that name none. */
    public SchemaOptions withDefaultDraft(Draft other) {
        return with(parts -> parts.defaultDraft = other);
    }

    /** These options with {@code format} asserted or taken as an annotation. */
    public SchemaOptions withFormats(boolean asserted) {
        return with(parts -> parts.formats = asserted);
    }

    /**
     * These options with {@code contentEncoding} and {@code contentMediaType} asserted or taken as annotations. If they are asserted, the text of
     * a string must have the encoding and the media type, in every draft from 7 on. Encodings and media types that cannot be checked are reported
     * as {@link Enforcement#NOT_ENFORCED}, and so is {@code contentSchema}.
     */
    public SchemaOptions withContents(boolean asserted) {
        return with(parts -> parts.contents = asserted);
    }

    /** These options with other keywords that are in force although the draft does not have them. */
    public SchemaOptions withExtraKeywords(ExtraKeyword... keywords) {
        return with(parts -> parts.extraKeywords = List.of(keywords));
    }

    /**
     * These options with keys that the schema does not name allowed to come twice in an object, or not. If not, the states of an object remember
     * all its keys, so that no text repeats one. If so, they remember only the keys that the schema names, which still come once; any other key
     * that comes twice is judged as if it were two keys. The object then has few states, which infilling needs. The report says so, as {@link
     * Enforcement#CHECKED_AT_END}: among texts that repeat no key, exactly those of the schema are allowed.
     */
    public SchemaOptions withRepeatedKeys(boolean allowed) {
        return with(parts -> parts.repeatedKeys = allowed);
    }

    /**
     * These options with other documents that references may lead to, and that {@code $schema} may name as metaschemas. The drafts' own
     * metaschemas are always known. Each text is read when a reference first needs it.
     *
     * @param texts the documents' JSON texts by their URI; relative ones are relative to a schema without {@code $id}
     */
    public SchemaOptions withDocuments(Map<String, String> texts) {
        return with(parts -> parts.documents = texts);
    }

    /**
     * These options with the text of which strings must be spans that a schema demands with {@code "x-from-source": true}. Replaces one that was
     * given before.
     *
     * @throws InvalidInputException if the text has half of a surrogate pair
     */
    public SchemaOptions withSource(String text) {
        return withSource("", text);
    }

    /** As {@link #withSource(String)} for {@code "x-from-source": {"source": name}}; other sources stay. */
    public SchemaOptions withSource(String name, String text) {
        Map<String, String> all = new TreeMap<>(sources);
        all.put(name, text);
        return with(parts -> parts.sources = all);
    }

    private static void checkSource(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (Character.isSurrogate(text.charAt(i)) && !isPair) {
                throw new InvalidInputException((name.isEmpty() ? "the source" : "the source \"" + name + "\"")
                        + " has half of a surrogate pair at index " + i + ", which no JSON text can quote");
            }
            i += isPair ? 1 : 0;
        }
    }

    /** These options with keywords accepted whose enforcement is at least this strong. */
    public SchemaOptions allow(Enforcement weakest) {
        return with(parts -> parts.least = weakest);
    }

    /** These options with other limits. */
    public SchemaOptions withLimits(Limits other) {
        return with(parts -> parts.limits = other);
    }

    private SchemaOptions with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.options();
    }

    /** The components of the record, as variables. */
    private static final class Parts {

        private MemberOrder memberOrder;
        private WhiteSpace whiteSpace;
        private Spelling spelling;
        private NumberSpelling numberSpelling;
        private GenerationBounds bounds;
        private Optional<Draft> draft;
        private Draft defaultDraft;
        private boolean formats;
        private boolean contents;
        private List<ExtraKeyword> extraKeywords;
        private boolean repeatedKeys;
        private Map<String, String> documents;
        private Map<String, String> sources;
        private Enforcement least;
        private Limits limits;

        Parts(SchemaOptions from) {
            memberOrder = from.memberOrder;
            whiteSpace = from.whiteSpace;
            spelling = from.spelling;
            numberSpelling = from.numberSpelling;
            bounds = from.bounds;
            draft = from.draft;
            defaultDraft = from.defaultDraft;
            formats = from.formats;
            contents = from.contents;
            extraKeywords = from.extraKeywords;
            repeatedKeys = from.repeatedKeys;
            documents = from.documents;
            sources = from.sources;
            least = from.least;
            limits = from.limits;
        }

        SchemaOptions options() {
            return new SchemaOptions(
                    memberOrder,
                    whiteSpace,
                    spelling,
                    numberSpelling,
                    bounds,
                    draft,
                    defaultDraft,
                    formats,
                    contents,
                    extraKeywords,
                    repeatedKeys,
                    documents,
                    sources,
                    least,
                    limits);
        }
    }
}
