package dev.espalier.cli;

import dev.espalier.Output;
import dev.espalier.schemas.Draft;
import dev.espalier.schemas.Enforcement;
import dev.espalier.schemas.MemberOrder;
import dev.espalier.schemas.SchemaOptions;
import dev.espalier.schemas.Spelling;
import dev.espalier.schemas.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what a text must be. */
final class ConstraintOptions {

    /** An output and what to call it in messages. */
    record Named(String name, Output<String> output) {}

    enum Order {
        DECLARED,
        ANY
    }

    enum Space {
        COMPACT,
        PRETTY,
        FLEXIBLE,
        ANY
    }

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "A JSON Schema: a file, - for standard input, or the schema itself if it starts with {.")
    private List<String> schemas = new ArrayList<>();

    @Option(
            names = "--grammar",
            paramLabel = "FILE",
            description = "A grammar in GBNF: a file, or - for standard input.")
    private List<String> grammars = new ArrayList<>();

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

    @Option(
            names = "--order",
            paramLabel = "declared|any",
            description = "The order of the members of objects. check: any; else declared.")
    private @Nullable Order order;

    @Option(
            names = "--white-space",
            paramLabel = "compact|pretty|flexible|any",
            description =
                    "White space between JSON tokens; pretty: lines indented by 2 spaces. check: any; else compact.")
    private @Nullable Space space;

    @Option(
            names = "--allow",
            paramLabel = "checked-at-end|not-enforced",
            converter = EnforcementConverter.class,
            description = "Accept a schema with keywords that are enforced only so far. Default: all must be exact.")
    private @Nullable Enforcement allowed;

    @Option(
            names = "--draft",
            paramLabel = "4|6|7|2019-09|2020-12",
            converter = DraftConverter.class,
            description = "Read the schema by this draft, whatever its $$schema says.")
    private @Nullable Draft draft;

    ConstraintOptions() {}

    /** Exactly one output. */
    Named one(Console console, SchemaOptions defaults) {
        List<Named> all = all(console, defaults);
        if (all.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "expected one of --schema, --grammar, --regex, --choice, not " + all.size());
        }
        return all.get(0);
    }

    /** One or more outputs. */
    List<Named> all(Console console, SchemaOptions defaults) {
        List<Named> all = new ArrayList<>();
        SchemaOptions options = schemaOptions(defaults);
        for (String schema : schemas) {
            boolean inline = schema.startsWith("{");
            all.add(new Named(
                    inline ? "schema" : schema,
                    Output.jsonSchema(inline ? schema : console.readText(schema), options)));
        }
        for (String grammar : grammars) {
            all.add(new Named(grammar, Output.grammar(console.readText(grammar))));
        }
        for (String pattern : patterns) {
            all.add(new Named("/" + pattern + "/", Output.regex(pattern)));
        }
        if (!choices.isEmpty()) {
            List<String> texts = new ArrayList<>();
            for (String choice : choices) {
                for (String text : choice.split("(?<!\\\\),", -1)) {
                    texts.add(text.replace("\\,", ","));
                }
            }
            all.add(new Named("choice", Output.choice(texts)));
        }
        if (all.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected one of --schema, --grammar, --regex, --choice");
        }
        return all;
    }

    private SchemaOptions schemaOptions(SchemaOptions defaults) {
        // what a model writes in any order is still best written without needless escapes
        SchemaOptions options =
                defaults.equals(SchemaOptions.DEFAULT) ? defaults.withSpelling(Spelling.SHORTEST) : defaults;
        if (order != null) {
            options = options.withMemberOrder(order == Order.ANY ? MemberOrder.ANY : MemberOrder.DECLARED);
        }
        if (space != null) {
            options = options.withWhiteSpace(
                    switch (space) {
                        case COMPACT -> WhiteSpace.COMPACT;
                        case PRETTY -> WhiteSpace.pretty(2);
                        case FLEXIBLE -> WhiteSpace.FLEXIBLE;
                        case ANY -> WhiteSpace.ANY;
                    });
        }
        if (allowed != null) {
            options = options.allow(allowed);
        }
        return draft == null ? options : options.withDraft(draft);
    }
}
