// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.CompiledOutput;
import dev.espalier.OutputCompiler;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.grammar.NestedTokens;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.cli.options.TokenizerOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.Syntax;
import dev.espalier.grammar.gbnf.GbnfWriter;
import dev.espalier.mask.Matcher;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.CompiledSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier compile}. */
@Command(
        name = "compile",
        mixinStandardHelpOptions = true,
        description = {
            "Compiles schemas and grammars and reports: how each keyword is kept, sizes and times.",
            "A keyword that cannot be enforced is an error, unless --allow lets it pass."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier compile --schema examples/invoice.schema.json",
            "  espalier compile --schema schema.json --allow not-enforced --report json",
            "  espalier compile --schema schema.json --allow not-enforced --out schema.compiled",
            "  espalier compile --regex '[a-z]+(, [a-z]+)*' --show gbnf"
        })
public final class CompileCommand implements Callable<Integer> {

    private static final long WARM_NANOS = 200_000_000;

    enum Report {
        TEXT,
        JSON
    }

    enum Show {
        GBNF
    }

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Mixin
    private final TokenizerOptions tokenizerOptions = new TokenizerOptions();

    @Option(names = "--report", paramLabel = "text|json", description = "The form of the report. Default: text.")
    private @Nullable Report form;

    @Option(names = "--json", description = "The same as --report json.")
    private boolean json;

    @Option(
            names = "--show",
            paramLabel = "gbnf",
            description = "Print the grammar in GBNF instead of a report, where GBNF can say it.")
    private @Nullable Show show;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the constraint with all its options, once it has compiled, for --compiled of other commands.")
    private @Nullable String out;

    public CompileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkUses();
        List<NamedOutput> all = out == null
                ? constraint.all(console, SchemaOptions.DEFAULT)
                : List.of(constraint.one(console, SchemaOptions.DEFAULT));
        if (show == Show.GBNF) {
            for (NamedOutput named : all) {
                console.out().print(gbnf(named));
            }
            return ExitCode.DONE;
        }
        for (NamedOutput named : all) { // faults come before anything is printed
            named.source();
        }
        try (OutputCompiler compiler =
                new OutputCompiler(tokenizerOptions.read().vocabulary(), constraint.limits())) {
            for (NamedOutput named : all) {
                report(named, compiler);
            }
            String target = out;
            if (target != null) {
                all.get(0).output().save(Console.path(target));
                console.err().println("espalier: wrote " + target);
            }
        }
        return ExitCode.DONE;
    }

    /** Refuses options that nothing would come of. */
    private void checkUses() {
        ParseResult given = spec.commandLine().getParseResult();
        for (String option : List.of("--report", "--json", "--tokenizer", "--out")) {
            if (show != null && given.hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), option + " is about the report, and --show prints something else instead");
            }
        }
        if (json && form == Report.TEXT) {
            throw new ParameterException(spec.commandLine(), "expected --report text or --json, not both");
        }
    }

    private static String gbnf(NamedOutput named) {
        CompiledSource source = named.source();
        Syntax syntax = source.grammar()
                .orElseThrow(() -> new UnsupportedFeatureException(
                        "schema",
                        named.name() + ": the root of a schema is a frame, which GBNF cannot say; "
                                + "--show gbnf is for --grammar, --regex and --choice",
                        Place.pointer("#")));
        if (syntax instanceof Grammar grammar) {
            return GbnfWriter.write(grammar);
        }
        throw new UnsupportedFeatureException(
                "lexer",
                named.name()
                        + ": a lexer cuts the text into tokens first; grammar convert writes rules that mean the same",
                Place.UNKNOWN);
    }

    /** The best of some compilations within a fifth of a second: what it takes once the Java machine has warmed up. */
    private static Duration warmTime(NamedOutput named, OutputCompiler compiler) {
        Cancellation never = new Cancellation();
        compiler.compileSource(named.output(), never);
        long best = Long.MAX_VALUE;
        long start = System.nanoTime();
        do {
            long before = System.nanoTime();
            compiler.compileSource(named.output(), never);
            best = Math.min(best, System.nanoTime() - before);
        } while (System.nanoTime() - start < WARM_NANOS);
        return Duration.ofNanos(best);
    }

    private void report(NamedOutput named, OutputCompiler compiler) {
        CompiledOutput compiled = named.compile(compiler);
        Matcher matcher = compiled.grammar().matcher();
        long start = System.nanoTime();
        int allowed = matcher.mask().count();
        double maskMillis = (System.nanoTime() - start) / 1e6;
        double compileMillis = warmTime(named, compiler).toNanos() / 1e6;
        int shortest = matcher.leastBytesToEnd();
        if (json || form == Report.JSON) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("name", named.name())
                    .put("compileMillis", compileMillis)
                    .put("firstMaskMillis", maskMillis)
                    .put("firstTokens", allowed)
                    .put("shortestText", shortest);
            compiled.source()
                    .grammar()
                    .ifPresent(
                            grammar -> object.put("rules", grammar.ruleNames().size()));
            List<String> bounds = bounds(compiled.source());
            if (!bounds.isEmpty()) {
                bounds.forEach(object.putArray("bounds")::add);
            }
            compiled.report().ifPresent(report -> keywords(report, object));
            parts(compiled.source(), object);
            console.out().println(object);
        } else {
            console.table()
                    .printf(
                            Locale.ROOT,
                            "%s: compiled in %.2f ms, first mask in %.2f ms (%s), shortest text %s%n",
                            named.name(),
                            compileMillis,
                            maskMillis,
                            counted(allowed, "token"),
                            counted(shortest, "byte"));
            compiled.source()
                    .grammar()
                    .ifPresent(grammar -> console.table()
                            .println("  " + counted(grammar.ruleNames().size(), "rule")));
            bounds(compiled.source()).forEach(bound -> console.table().println("  " + bound));
            compiled.report().ifPresent(this::print);
            compiled.source()
                    .parts()
                    .forEach((name, part) -> part.report().ifPresent(report -> {
                        console.table().println("  part " + name + ":");
                        print(report);
                    }));
        }
    }

    /** What is bounded in the lexer of a grammar. */
    private List<String> bounds(CompiledSource source) {
        return source.grammar()
                .map(grammar -> NestedTokens.bounds(grammar, new WorkBudget(constraint.limits(), new Cancellation())))
                .orElse(List.of());
    }

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private void print(CompileReport report) {
        console.table()
                .println("  " + spelt(report.draft()) + ", "
                        + counted(report.entries().size(), "keyword") + ", "
                        + (report.isExact() ? "all exact" : report.inexact().size() + " not exact"));
        report.entries().stream()
                .filter(entry -> !entry.reason().isEmpty())
                .map(entry -> "  " + entry.pointer() + ": " + spelt(entry.enforcement()) + ": " + entry.reason())
                .forEach(console.table()::println);
    }

    private static void parts(CompiledSource source, ObjectNode object) {
        if (!source.parts().isEmpty()) {
            ObjectNode parts = object.putObject("parts");
            source.parts().forEach((name, part) -> {
                ObjectNode one = parts.putObject(name);
                part.report().ifPresent(report -> keywords(report, one));
            });
        }
    }

    private static void keywords(CompileReport report, ObjectNode object) {
        object.put("draft", spelt(report.draft())).put("exact", report.isExact());
        ArrayNode entries = object.putArray("keywords");
        for (CompileReport.Entry entry : report.entries()) {
            entries.addObject()
                    .put("pointer", entry.pointer())
                    .put("keyword", entry.keyword())
                    .put("enforcement", spelt(entry.enforcement()))
                    .put("reason", entry.reason());
        }
    }

    private static String spelt(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
