// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.Output;
import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.ExtraKeyword;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.source.SourceCompiler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The options for the output: the schema, grammar or other constraint of a text. */
public final class ConstraintOptions {

    enum Order {
        DECLARED,
        ANY
    }

    enum Numbers {
        PLAIN,
        ANY
    }

    enum Bounds {
        NONE,
        NUMBERS,
        USUAL
    }

    enum Space {
        COMPACT,
        PRETTY,
        FLEXIBLE,
        ANY
    }

    private static final List<String> FOR_SCHEMAS = List.of(
            "--order",
            "--white-space",
            "--allow",
            "--numbers",
            "--formats",
            "--contents",
            "--extra-keyword",
            "--bounds",
            "--document",
            "--from-source",
            "--draft");

    private @Nullable SourceCompiler compiler;

    @Mixin
    private final LimitOptions limitOptions = new LimitOptions();

    @Mixin
    private final SourceOptions sourceOptions = new SourceOptions();

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "A JSON Schema: a file, - for standard input, or the schema itself if it starts with {.")
    private List<String> schemas = new ArrayList<>();

    @Option(
            names = "--grammar",
            paramLabel = "FILE",
            description =
                    "A grammar, in the dialect of the file's extension (.gbnf, .abnf, .ebnf, .lark, .g4), or GBNF: a file, or - for"
                            + " standard input.")
    private List<String> grammars = new ArrayList<>();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            converter = DialectConverter.class,
            description = "The dialect of each grammar, whatever its extension: gbnf, abnf, abnf-bytes, ebnf-iso,"
                    + " ebnf-w3c, ebnf-xgrammar, lark, lark-basic, llguidance, antlr.")
    private @Nullable GrammarDialect dialect;

    @Option(
            names = "--start-rule",
            paramLabel = "NAME",
            description =
                    "The rule that each grammar starts from. Default: root in gbnf and ebnf-xgrammar, start in lark, lark-basic and llguidance, else the first.")
    private @Nullable String startRule;

    @Option(
            names = "--part",
            paramLabel = "NAME=FILE",
            description =
                    "What a name in each grammar stands for that has no rule there: a JSON Schema, or a grammar if"
                            + " the file ends in .gbnf, .abnf or .ebnf. May be repeated.")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--structural-tag",
            paramLabel = "FILE",
            description =
                    "Free text with tagged parts, as XGrammar's structural tags in JSON describe it: a file, - for standard input, or the"
                            + " tag itself if it starts with {.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--regex",
            paramLabel = "PATTERN",
            description = "A regular expression (ECMA-262) that matches the whole text.")
    private List<String> patterns = new ArrayList<>();

    @Option(
            names = "--choice",
            paramLabel = "TEXT[,TEXT...]",
            description = "One of these texts; may be repeated. A comma inside a text is written \\,.")
    private List<String> choices = new ArrayList<>();

    @Option(names = "--text", description = "Any text: no constraint but that it is text.")
    private boolean text;

    @Option(
            names = "--compiled",
            paramLabel = "FILE",
            description = "What espalier compile --out wrote: a schema, grammar, pattern or choice with its options.")
    private List<String> compiled = new ArrayList<>();

    @Option(
            names = "--order",
            paramLabel = "declared|any",
            description = "The order of the members of objects. check: any; else declared.")
    private @Nullable Order order;

    @Option(
            names = "--white-space",
            paramLabel = "compact|pretty|flexible|any",
            description =
                    "White space between JSON tokens; pretty: lines indented by 2 spaces. check: any, and around the text; else compact.")
    private @Nullable Space space;

    @Option(
            names = "--allow",
            paramLabel = "checked-at-end|not-enforced",
            converter = EnforcementConverter.class,
            description = "Accept a schema with keywords that are enforced only so far. Default: all must be exact.")
    private @Nullable Enforcement allowed;

    @Option(
            names = "--numbers",
            paramLabel = "plain|any",
            description =
                    "How numbers are spelled. plain: integers as digits, others with a fraction at most; any: also with"
                            + " exponents, of any length. check: any; else plain.")
    private @Nullable Numbers numbers;

    @Option(
            names = "--formats",
            negatable = true,
            description = "Assert the formats that are known (default), or take format as an annotation.",
            defaultValue = "true",
            fallbackValue = "true")
    private boolean formats;

    @Option(
            names = "--contents",
            description = "Assert contentEncoding and contentMediaType instead of taking them as annotations.")
    private boolean contents;

    @Option(
            names = "--extra-keyword",
            paramLabel = "NAME",
            converter = ExtraKeywordConverter.class,
            description =
                    "Put a keyword in force that the schema's draft does not have: dependencies (where a draft has given it"
                            + " up), propertyDependencies. May be repeated.")
    private List<ExtraKeyword> extraKeywords = new ArrayList<>();

    @Option(
            names = "--bounds",
            paramLabel = "none|numbers|usual",
            description =
                    "Bounds for values that the schema lets grow without end. numbers: digits of plain numbers; usual: also"
                            + " characters, items, members. check: none; else numbers.")
    private @Nullable Bounds bounds;

    @Option(
            names = "--document",
            paramLabel = "[URI=]FILE",
            description =
                    "Another schema that references may lead to: by its URI, or by the $$id in it. Nothing is ever"
                            + " fetched. May be repeated.")
    private List<String> documents = new ArrayList<>();

    @Option(
            names = "--draft",
            paramLabel = "4|6|7|2019-09|2020-12",
            converter = DraftConverter.class,
            description = "Read the schema by this draft, whatever its $$schema says.")
    private @Nullable Draft draft;

    public ConstraintOptions() {}

    /** The limits of compiling and of masks. */
    public Limits limits() {
        return limitOptions.limits();
    }

    /** Adds a file as {@code --grammar} does. */
    public void addGrammar(String file) {
        grammars.add(file);
    }

    private NamedOutput named(String name, Output<String> output) {
        SourceCompiler known = compiler == null ? new SourceCompiler(limits()) : compiler;
        compiler = known;
        return new NamedOutput(name, output, known);
    }

    /** Exactly one output. */
    public NamedOutput one(Console console, SchemaOptions defaults) {
        List<NamedOutput> all = all(console, defaults);
        if (all.size() != 1) {
            throw misused(
                    "expected one of --schema, --grammar, --structural-tag, --regex, --choice, --text, --compiled, not "
                            + all.size());
        }
        return all.get(0);
    }

    /** One or more outputs. */
    public List<NamedOutput> all(Console console, SchemaOptions defaults) {
        Map<String, String> files = partFiles();
        checkUses(files);
        List<NamedOutput> all = new ArrayList<>();
        SchemaOptions options = schemaOptions(console, defaults);
        for (String schema : schemas) {
            boolean inline = schema.startsWith("{");
            all.add(named(
                    inline ? "schema" : schema,
                    Output.jsonSchema(inline ? schema : console.readText(schema), options)));
        }
        Map<String, Output<?>> supplied = read(files, console, options);
        for (String grammar : grammars) {
            all.add(named(grammar, grammar(grammar, console.readText(grammar), supplied)));
        }
        for (String tag : tags) {
            boolean inline = tag.startsWith("{");
            all.add(named(
                    inline ? "structural tag" : tag,
                    Output.structuralTag(inline ? tag : console.readText(tag)).withLimits(limits())));
        }
        for (String pattern : patterns) {
            all.add(named("/" + pattern + "/", Output.regex(pattern)));
        }
        if (!choices.isEmpty()) {
            List<String> texts = new ArrayList<>();
            for (String choice : choices) {
                for (String text : choice.split("(?<!\\\\),", -1)) {
                    texts.add(text.replace("\\,", ","));
                }
            }
            all.add(named("choice", Output.choice(texts)));
        }
        if (text) {
            all.add(named("text", Output.text()));
        }
        for (String file : compiled) {
            all.add(named(file, Output.saved(Console.path(file)).withLimits(limits())));
        }
        if (all.isEmpty()) {
            throw misused(
                    "expected one of --schema, --grammar, --structural-tag, --regex, --choice, --text, --compiled");
        }
        return all;
    }

    private Output<String> grammar(String file, String text, Map<String, Output<?>> supplied) {
        GrammarDialect read = dialect == null ? GrammarDialect.ofFile(file).orElse(GrammarDialect.GBNF) : dialect;
        Output<String> output = Output.grammar(read, text, supplied);
        if (!file.equals("-")) {
            Path folder = Console.path(file).toAbsolutePath().getParent();
            output = folder == null ? output : output.withImports(folder);
        }
        return startRule == null ? output : output.withStartRule(startRule);
    }

    /** Refuses options that would have no effect. */
    private void checkUses(Map<String, String> files) {
        if (!files.isEmpty() && grammars.isEmpty()) {
            throw misused("--part says what a name in a grammar stands for, and there is no --grammar");
        }
        if (grammars.isEmpty() && (dialect != null || startRule != null)) {
            String option = dialect == null ? "--start-rule" : "--dialect";
            throw misused(option + " says how a grammar is read, and there is no --grammar");
        }
        ParseResult given = spec.commandLine().getParseResult();
        boolean anySchema = !schemas.isEmpty()
                || files.values().stream()
                        .anyMatch(file -> GrammarDialect.ofFile(file).isEmpty());
        for (String option : FOR_SCHEMAS) {
            if (!anySchema && given.hasMatchedOption(option)) {
                throw misused(option + " says how schemas are read, and neither --schema nor --part names one");
            }
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Map<String, String> partFiles() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw misused("expected --part NAME=FILE, not " + part);
            }
            if (files.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw misused("there are two --part " + part.substring(0, equals));
            }
        }
        return files;
    }

    private static Map<String, Output<?>> read(Map<String, String> parts, Console console, SchemaOptions options) {
        Map<String, Output<?>> outputs = new LinkedHashMap<>();
        parts.forEach((name, file) -> {
            String text = console.readText(file);
            outputs.put(
                    name,
                    GrammarDialect.ofFile(file)
                            .map(dialect -> Output.grammar(dialect, text))
                            .orElseGet(() -> Output.jsonSchema(text, options)));
        });
        return outputs;
    }

    private Map<String, String> documents(Console console) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String document : documents) {
            int equals = document.indexOf('=');
            String text = console.readText(document.substring(equals + 1));
            String uri = equals < 0 ? identity(document, text) : document.substring(0, equals);
            if (texts.put(uri, text) != null) {
                throw new InvalidInputException("two documents have the URI " + uri);
            }
        }
        return texts;
    }

    /** The URI that a document gives itself. */
    private static String identity(String file, String text) {
        try {
            JsonNode document = JsonMapper.shared().readTree(text);
            String id = document.path("$id").asString(document.path("id").asString(""));
            if (!id.isEmpty()) {
                return id;
            }
        } catch (JacksonException e) {
            throw new InvalidInputException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new InvalidInputException(file + " has no $id: say by which URI it is known, as URI=" + file);
    }

    private SchemaOptions schemaOptions(Console console, SchemaOptions defaults) {
        SchemaOptions options = defaults.withLimits(limits());
        if (order != null) {
            options = options.withMemberOrder(order == Order.ANY ? MemberOrder.ANY : MemberOrder.DECLARED);
        }
        if (space != null) {
            WhiteSpace chosen = switch (space) {
                case COMPACT -> WhiteSpace.COMPACT;
                case PRETTY -> WhiteSpace.pretty(2);
                case FLEXIBLE -> WhiteSpace.FLEXIBLE;
                case ANY -> WhiteSpace.ANY;
            };
            options = options.withWhiteSpace(defaults.whiteSpace().isAround() ? chosen.around() : chosen);
        }
        if (numbers != null) {
            options = options.withNumberSpelling(numbers == Numbers.ANY ? NumberSpelling.ANY : NumberSpelling.PLAIN);
        }
        if (bounds != null) {
            options = options.withBounds(
                    switch (bounds) {
                        case NONE -> GenerationBounds.NONE;
                        case NUMBERS -> GenerationBounds.NUMBERS;
                        case USUAL -> GenerationBounds.USUAL;
                    });
        }
        if (!documents.isEmpty()) {
            options = options.withDocuments(documents(console));
        }
        options = sourceOptions.in(options, console);
        options = options.withFormats(formats)
                .withContents(contents)
                .withExtraKeywords(extraKeywords.toArray(new ExtraKeyword[0]));
        if (allowed != null) {
            options = options.allow(allowed);
        }
        return draft == null ? options : options.withDraft(draft);
    }
}
