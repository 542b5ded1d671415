// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.TableReader;
import dev.espalier.form.SchemaExample;
import dev.espalier.form.SchemaRecord;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.SpanMatch;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import dev.espalier.source.SourceFile;
import dev.espalier.source.TagSpans;
import dev.espalier.stream.ValueParts;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagSpan;
import dev.espalier.tag.TagWriter;
import dev.espalier.type.JavaTypes;
import dev.espalier.type.ListType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * What a generation is to produce: what its text must be, and the Java value that the text is read as.
 *
 * <p>Immutable and thread-safe. Nothing is compiled here, so a fault in a schema, grammar or pattern shows when it is first
 * generated with; only Java types are looked at at once. Keep an output rather than making it anew for each
 * generation: for a Java type that saves milliseconds.
 *
 * @param <T> the type of the value
 */
public final class Output<T> {

    private final OutputSource source;
    private final BiFunction<String, Supplier<CompiledSource>, T> reader;
    /** What comes before the answer, and the output of that alone; null where all is answer. */
    private final @Nullable Reasoned<T> reasoned;
    /** The schema in other forms, as they were asked for. */
    private final Map<SchemaForm, String> forms = new ConcurrentHashMap<>();

    /** The Java type that Jackson reads; null for other values. */
    private final @Nullable Typed typed;

    /** A Java type, and what reads it. */
    private record Typed(JavaTypes types, JavaType type) {}

    private record Reasoned<T>(Reasoning reasoning, Output<T> answer) {}

    private Output(OutputSource source, BiFunction<String, Supplier<CompiledSource>, T> reader, @Nullable Typed typed) {
        this(source, reader, typed, null);
    }

    private Output(
            OutputSource source,
            BiFunction<String, Supplier<CompiledSource>, T> reader,
            @Nullable Typed typed,
            @Nullable Reasoned<T> reasoned) {
        this.source = source;
        this.reader = reader;
        this.typed = typed;
        this.reasoned = reasoned;
    }

    private static <T> Output<T> of(OutputSource source, Typed typed) {
        return new Output<>(source, (text, compiled) -> typed.types.read(text, typed.type), typed);
    }

    /**
     * A Java value. Records and other classes that Jackson reads (also nested, recursive and generic ones), sealed types, enums, collections, arrays, maps,
     * {@code String}, numbers, booleans, dates, times and other scalar types. Members are written in the order of the record's
     * components; all are required but {@code Optional}, {@code OptionalInt} and their like; no others are allowed. A value of a sealed type has the member
     * {@code type} with the simple name of its class, unless Jackson's annotations say otherwise. Annotations of Jackson and constraints of Jakarta Validation are kept
     * while the text is written.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type or an annotation that has no exact JSON Schema, and the path of its component
     */
    public static <T> Output<T> of(Class<T> type) {
        Objects.requireNonNull(type, "type");
        JavaTypes types = new JavaTypes();
        return typed(types, type);
    }

    /**
     * A list of Java values.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException as {@link #of}
     */
    public static <T> Output<List<T>> listOf(Class<T> type) {
        Objects.requireNonNull(type, "type");
        JavaTypes types = new JavaTypes();
        return typed(types, new ListType(type));
    }

    /**
     * A Java value of a type that is known at run time, with its type arguments: as {@link #of}, and {@code List<Invoice>} or {@code Page<Invoice>}, too.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException as {@link #of}
     */
    public static Output<?> ofType(Type type) {
        Objects.requireNonNull(type, "type");
        return typed(new JavaTypes(), type);
    }

    private static <T> Output<T> typed(JavaTypes types, Type type) {
        JavaType target = types.resolve(type);
        return of(new OutputSource.Schema(types.schema(type), SchemaOptions.DEFAULT), new Typed(types, target));
    }

    /** JSON text of a value that a JSON Schema allows, compact, members in the order of {@code properties}. */
    public static Output<String> jsonSchema(String schema) {
        return jsonSchema(schema, SchemaOptions.DEFAULT);
    }

    /** JSON text of a value that a JSON Schema allows: any member order, white space and enforcement. */
    public static Output<String> jsonSchema(String schema, SchemaOptions options) {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(options, "options");
        return plain(new OutputSource.Schema(schema, options));
    }

    /** A sentence of a grammar in GBNF, llama.cpp's dialect, from its rule {@code root}. */
    public static Output<String> grammar(String gbnf) {
        return grammar(gbnf, Map.of());
    }

    /** {@link #grammar(GrammarDialect, String, Map)} in GBNF. */
    public static Output<String> grammar(String gbnf, Map<String, ? extends Output<?>> parts) {
        return grammar(GrammarDialect.GBNF, gbnf, parts);
    }

    /** A sentence of a grammar in any notation, from the start rule that the notation says: {@code root}, or the first. */
    public static Output<String> grammar(GrammarDialect dialect, String text) {
        return grammar(dialect, text, Map.of());
    }

    /**
     * A sentence of a grammar in which some names have no rule, but stand for other outputs: free text and schemas
     * mix. {@code root ::= "The order: " order "\n"} with {@code order} made from a JSON Schema or a Java type.
     *
     * <p>Keywords of a part's schema that are not enforced ({@link dev.espalier.schemas.options.Enforcement#NOT_ENFORCED}) are not looked
     * at when the text is finished, either: which stretch of the text a part wrote need not be certain. A value of a schema
     * by itself gets that last check.
     *
     * @param parts the outputs by the names that the grammar has for them; a name that is nowhere in the grammar is an error
     */
    public static Output<String> grammar(GrammarDialect dialect, String text, Map<String, ? extends Output<?>> parts) {
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(parts, "parts");
        return plain(new OutputSource.GrammarText(text, dialect, Optional.empty(), Optional.empty(), sources(parts)));
    }

    /**
     * A text with tagged parts, as a structural tag in JSON describes it: {@code {"type": "structural_tag", "format": …}}, XGrammar's form. Free text, and in it calls of tools
     * or other parts with schemas of their own.
     */
    public static Output<String> structuralTag(String json) {
        Objects.requireNonNull(json, "json");
        return plain(new OutputSource.StructuralTag(json, Map.of(), Set.of()));
    }

    /** A text with tagged parts. */
    public static Output<String> tags(TagFormat format) {
        return tags(format, Map.of());
    }

    /**
     * A text with tagged parts, of which some are other outputs.
     *
     * @param parts the outputs by the names that {@link dev.espalier.tag.Tags#output} gives them
     */
    public static Output<String> tags(TagFormat format, Map<String, ? extends Output<?>> parts) {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(parts, "parts");
        return plain(new OutputSource.StructuralTag(TagWriter.write(format), sources(parts), Set.of()));
    }

    private static Map<String, OutputSource> sources(Map<String, ? extends Output<?>> parts) {
        Map<String, OutputSource> sources = new HashMap<>();
        parts.forEach((name, part) -> sources.put(name, part.source()));
        return sources;
    }

    /**
     * The same text with tagged parts, read as a value by where its named parts are.
     *
     * @param values makes the value of a text and its parts, in order
     * @throws InvalidInputException if this output has no tagged parts
     */
    public <U> Output<U> readBy(BiFunction<String, List<TagSpan>, U> values) {
        Objects.requireNonNull(values, "values");
        if (!(source instanceof OutputSource.StructuralTag)) {
            throw new InvalidInputException("named parts are in texts of structural tags");
        }
        return new Output<>(
                source,
                (text, compiled) -> {
                    List<TagSpan> spans = TagSpans.of(compiled.get(), text)
                            .orElseThrow(() -> new InvalidInputException("the text is none of its structural tag"));
                    return values.apply(text, spans);
                },
                null);
    }

    /**
     * The same with spans that are known while the text is written.
     *
     * @throws InvalidInputException if it has no tagged parts
     */
    Output<T> marked(Set<String> names) {
        if (!(source instanceof OutputSource.StructuralTag tag)) {
            throw new InvalidInputException("only texts of structural tags have named parts, such as \""
                    + names.iterator().next() + "\"");
        }
        return new Output<>(new OutputSource.StructuralTag(tag.json(), tag.parts(), names), reader, typed, reasoned);
    }

    /** A text that a regular expression (ECMA-262, Unicode on) matches from end to end. */
    public static Output<String> regex(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return plain(new OutputSource.Regex(pattern));
    }

    /** One of some texts. */
    public static Output<String> choice(String... texts) {
        Objects.requireNonNull(texts, "texts");
        return choice(List.of(texts));
    }

    /**
     * One of some texts.
     *
     * @throws InvalidInputException if there is none, or one has half of a surrogate pair
     */
    public static Output<String> choice(List<String> texts) {
        Objects.requireNonNull(texts, "texts");
        if (texts.isEmpty()) {
            throw new InvalidInputException("a choice needs at least one text");
        }
        for (int i = 0; i < texts.size(); i++) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(texts.get(i))) {
                throw new InvalidInputException(
                        "text " + i + " of a choice has half of a surrogate pair, which is no character");
            }
        }
        return plain(new OutputSource.Texts(texts));
    }

    /** {@link #fromSource(String, SpanMatch, boolean)}, character by character and within words, too. */
    public static Output<String> fromSource(String text) {
        return fromSource(text, SpanMatch.EXACT, false);
    }

    /**
     * A span of a text that is not empty, as it is, and not as JSON: what a name of a grammar may stand for. Strings in JSON are quoted by
     * {@code "x-from-source"} and {@link #withSource(String)}.
     *
     * @param wholeWords whether the span must not begin or end inside a word: between two letters, digits, marks or connecting punctuation
     * @throws InvalidInputException if the text is empty
     */
    public static Output<String> fromSource(String text, SpanMatch match, boolean wholeWords) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(match, "match");
        if (text.isEmpty()) {
            throw new InvalidInputException("nothing can be quoted from an empty text");
        }
        return plain(new OutputSource.Span(text, match, wholeWords));
    }

    /** Any text, without a constraint but that it is text: no control tokens, no broken characters. {@link Request#withStops} may end it. */
    public static Output<String> text() {
        return plain(new OutputSource.FreeText());
    }

    /**
     * What {@link #save} wrote: the same source with the same options, for any vocabulary. Its value is the text.
     *
     * @throws dev.espalier.core.error.PreparedFileException if the file is cut, damaged, of another version, or no such
     *     file
     * @throws InvalidInputException if it cannot be read
     */
    public static Output<String> saved(Path file) {
        Objects.requireNonNull(file, "file");
        return plain(SourceFile.read(TableReader.open(SourceFile.KIND, file)));
    }

    /**
     * {@link #saved(Path)} from bytes.
     *
     * @param name what they are called in messages
     */
    public static Output<String> saved(byte[] content, String name) {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(name, "name");
        return plain(SourceFile.read(TableReader.of(SourceFile.KIND, content.clone(), name)));
    }

    /**
     * JSON strings, with their quotation marks, whose values are the texts of this output: {@code "a\"b"} for {@code a"b}. Each character has its shortest spelling. A part of a grammar or a tag
     * that writes JSON; the value is the JSON text. Grammars that are cut into tokens first, schemas and tags become rules of characters, a rule for each state.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException when it is compiled, if there are special tokens in it, or more than some 10,000 such states
     */
    public Output<String> asJsonString() {
        return plain(new OutputSource.JsonString(source));
    }

    /**
     * Writes the source with all options to a file, from which {@link #saved(Path)} reads it back. Nothing is compiled: whether
     * the source can be is not known from the file. Of a grammar that imports files the folder is written, not they. A file that is there already is replaced as a whole.
     *
     * @throws InvalidInputException if the file cannot be written
     */
    public void save(Path file) {
        Objects.requireNonNull(file, "file");
        SourceFile.write(source).writeTo(file);
    }

    /** {@link #save} to bytes, for {@link #saved(byte[], String)}. */
    public byte[] toBytes() {
        return SourceFile.write(source).toBytes();
    }

    private static Output<String> plain(OutputSource source) {
        return new Output<>(source, (text, compiled) -> text, null);
    }

    /**
     * The same text, which must be JSON, read as a Java value by Jackson: for types that a hand-written schema describes.
     */
    public <U> Output<U> as(Class<U> type) {
        Objects.requireNonNull(type, "type");
        JavaTypes types = new JavaTypes();
        JavaType target = types.resolve(type);
        return of(source, new Typed(types, target));
    }

    /**
     * The same value behind reasoning, which is no part of it: {@link Generation#reasoning()} has it.
     *
     * @throws InvalidInputException if there is reasoning already
     */
    public Output<T> after(Reasoning reasoning) {
        Objects.requireNonNull(reasoning, "reasoning");
        if (reasoned != null) {
            throw new InvalidInputException("there is reasoning before this output already");
        }
        OutputSource whole = new OutputSource.StructuralTag(
                TagWriter.write(reasoning.format()), Map.of(Reasoning.ANSWER_PART, source), Set.of());
        return new Output<>(
                whole,
                (text, compiled) -> {
                    CompiledSource answer =
                            compiled.get().parts().values().iterator().next();
                    return read(reasoning.answer(text), answer);
                },
                null,
                new Reasoned<>(reasoning, this));
    }

    /** The output of the answer alone, where there is reasoning before it; else this one. */
    public Output<T> answer() {
        return reasoned == null ? this : reasoned.answer;
    }

    /** Where the answer in a whole text begins: behind the reasoning, if there is any. */
    int answerStart(String text) {
        return reasoned == null
                ? 0
                : text.length() - reasoned.reasoning.answer(text).length();
    }

    /** The reasoning in a text. */
    Optional<String> thought(String text) {
        return reasoned == null ? Optional.empty() : reasoned.reasoning.thought(text);
    }

    private Output<T> from(OutputSource other) {
        return new Output<>(other, reader, typed);
    }

    /** A change of the answer; the reasoning before it stays. */
    private Output<T> changed(UnaryOperator<Output<T>> change) {
        return reasoned == null
                ? change.apply(this)
                : change.apply(reasoned.answer).after(reasoned.reasoning);
    }

    /**
     * The same with other options for its schema.
     *
     * @throws InvalidInputException if this output is not made from a schema or a Java type
     */
    public Output<T> with(SchemaOptions options) {
        Objects.requireNonNull(options, "options");
        if (reasoned != null) {
            return changed(output -> output.with(options));
        } else if (source instanceof OutputSource.Schema schema) {
            return from(new OutputSource.Schema(schema.text(), options));
        }
        throw new InvalidInputException("schema options are for outputs made from a JSON Schema or a Java type");
    }

    /**
     * The same with another start rule.
     *
     * @throws InvalidInputException if this output is not made from a grammar
     */
    public Output<T> withStartRule(String name) {
        Objects.requireNonNull(name, "name");
        if (source instanceof OutputSource.GrammarText grammar) {
            return from(new OutputSource.GrammarText(
                    grammar.text(), grammar.dialect(), Optional.of(name), grammar.folder(), grammar.parts()));
        }
        throw new InvalidInputException("a start rule is for outputs made from a grammar");
    }

    /**
     * The same with a folder of files that the grammar may import. They are read when the output is compiled; equal outputs are compiled once.
     *
     * @throws InvalidInputException if this output is not made from a grammar
     */
    public Output<T> withImports(Path folder) {
        Objects.requireNonNull(folder, "folder");
        if (source instanceof OutputSource.GrammarText grammar) {
            return from(new OutputSource.GrammarText(
                    grammar.text(), grammar.dialect(), grammar.root(), Optional.of(folder), grammar.parts()));
        }
        throw new InvalidInputException("files to import are for outputs made from a grammar");
    }

    /** The same with other limits for its schemas, those that names in a grammar stand for included. */
    public Output<T> withLimits(Limits limits) {
        Objects.requireNonNull(limits, "limits");
        if (reasoned != null) {
            return changed(output -> output.withLimits(limits));
        }
        return from(source.withOptions(options -> options.withLimits(limits)));
    }

    /** {@link #withSource(String, String)} for schemas that name no source: {@code "x-from-source": true}, {@code @FromSource}. */
    public Output<T> withSource(String text) {
        return withSource("", text);
    }

    /**
     * The same with a text of which strings must be spans that the schema demands with {@code "x-from-source": {"source": name}}; so for schemas that
     * names in a grammar stand for. Each text is compiled anew: tens of milliseconds for 100,000 characters.
     *
     * @throws InvalidInputException if there is no schema in this output, or the text has half of a surrogate pair
     */
    public Output<T> withSource(String name, String text) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        if (reasoned != null) {
            return changed(output -> output.withSource(name, text));
        } else if (!source.hasSchema()) {
            throw new InvalidInputException("a source is for outputs with a JSON Schema or a Java type in them");
        }
        return from(source.withOptions(options -> options.withSource(name, text)));
    }

    /** The same where keys that a schema does not name may come twice in an object. */
    Output<T> withRepeatedKeys() {
        return from(source.withOptions(options -> options.withRepeatedKeys(true)));
    }

    /**
     * The schema of the text as a model is told it; empty for outputs that have none, and for {@link SchemaForm#NONE}. Cost: what is neither the schema
     * nor nothing takes milliseconds the first time, and is kept.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException if there is no such form of the schema; with place
     * @throws dev.espalier.core.error.EspalierException if the schema cannot be compiled
     */
    public Optional<String> schema(SchemaForm form) {
        if (reasoned != null) {
            return reasoned.answer.schema(form);
        }
        if (form == SchemaForm.NONE || !(source instanceof OutputSource.Schema schema)) {
            return Optional.empty();
        }
        return Optional.of(
                form == SchemaForm.JSON_SCHEMA
                        ? schema.text()
                        : forms.computeIfAbsent(form, asked -> {
                            CompiledSource compiled = OutputCompiler.compileSource(this, Limits.DEFAULT);
                            return asked == SchemaForm.EXAMPLE
                                    ? SchemaExample.of(schema, compiled)
                                    : SchemaRecord.of(schema, compiled);
                        }));
    }

    /** The JSON Schema that the text must fit; for a Java type the one that was made from it. Empty for other outputs. */
    public Optional<String> schema() {
        return answer().source instanceof OutputSource.Schema schema ? Optional.of(schema.text()) : Optional.empty();
    }

    /**
     * The value that a complete text says.
     *
     * @throws InvalidInputException if the text cannot be read as the Java type: it is not of this output, or the
     *     type's constructor refuses it
     */
    public T read(String text) {
        Objects.requireNonNull(text, "text");
        return reader.apply(text, () -> OutputCompiler.compileSource(this, Limits.DEFAULT));
    }

    /** The value that a complete text says; throws also for a text that breaks a keyword which was not enforced. */
    T read(String text, CompiledSource compiled) {
        compiled.checkNotEnforced(text);
        return reader.apply(text, () -> compiled);
    }

    /** The parts of a value that are wanted while it is written: none so far. */
    ValueParts parts() {
        return typed == null ? new ValueParts(new JavaTypes(), null) : new ValueParts(typed.types, typed.type);
    }

    /** What a text must be, as the caller wrote it. Outputs of equal sources share one compilation. */
    public OutputSource source() {
        return source;
    }
}
