// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.CompiledOutput;
import dev.espalier.OutputCompiler;
import dev.espalier.cli.check.ByteCheck;
import dev.espalier.cli.check.Excerpt;
import dev.espalier.cli.check.Position;
import dev.espalier.cli.check.TokenCheck;
import dev.espalier.cli.check.ValueCheck;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.ProgressDisplay;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.cli.options.Tokenizer;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether files are what a schema, grammar, regular expression or choice allows, byte by byte.",
            "Where one is not: line, column, byte offset, and what was allowed there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier check --schema examples/invoice.schema.json invoice.json",
            "  espalier check --grammar examples/arithmetic.gbnf --chomp one.txt two.txt",
            "  echo '{\"a\":1}' | espalier check --schema '{\"required\":[\"b\"]}' -",
            "  espalier check --tokenizer tokenizer.json.gz --schema schema.json --json document.json"
        })
public final class CheckCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "Check token by token, with the tokens of this tokenizer.json, plain or gzipped.")
    private @Nullable String tokenizer;

    @Option(names = "--chomp", description = "Leave out one line end at the end of each file.")
    private boolean chomp;

    @Option(names = "--json", description = "One JSON object per file on standard output.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to check; - is standard input.")
    private List<String> files = new ArrayList<>();

    public CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        NamedOutput named = constraint.one(console, SchemaOptions.CHECKING);
        ByteCheck bytes = new ByteCheck(named.source(), constraint.limits());
        boolean allValid = true;
        Tokenizer tokens = tokenizer == null ? null : Tokenizer.read(tokenizer);
        try (OutputCompiler compiler =
                        tokens == null ? null : new OutputCompiler(tokens.vocabulary(), constraint.limits());
                ProgressDisplay progress = ProgressDisplay.of(console, "checking", files.size())) {
            for (String file : files) {
                byte[] text = chomped(console.readBytes(file));
                ByteCheck.Verdict verdict = bytes.check(text);
                if (tokens != null && compiler != null) {
                    CompiledOutput compiled = named.compile(compiler);
                    verdict = new TokenCheck(tokens)
                            .check(text, compiled.grammar().matcher(), verdict);
                }
                report(file, text, verdict, verdict.valid() ? List.of() : ValueCheck.faults(named.source(), text));
                allValid &= verdict.valid();
                progress.step();
            }
        }
        return allValid ? ExitCode.DONE : ExitCode.NOT_VALID;
    }

    private byte[] chomped(byte[] bytes) {
        int end = bytes.length;
        if (chomp && end > 0 && bytes[end - 1] == '\n') {
            end -= end > 1 && bytes[end - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(bytes, end);
    }

    private void report(String file, byte[] text, ByteCheck.Verdict verdict, List<ValueCheck.Fault> faults) {
        Position place = Position.of(text, verdict.offset());
        if (json) {
            ObjectNode object = object(file, place, verdict);
            faults.forEach(fault -> add(fault, Position.of(text, fault.offset()), object.withArray("faults")));
            console.out().println(object);
        } else if (verdict.valid()) {
            console.table().println(file + ": valid");
        } else if (faults.isEmpty()) {
            console.table().println(located(file, place, verdict.problem()));
            console.table().println(Excerpt.of(text, verdict.offset()));
            console.table().println("expected " + String.join(", ", verdict.expected()));
        } else {
            for (ValueCheck.Fault fault : faults) {
                console.table().println(located(file, Position.of(text, fault.offset()), fault.toString()));
            }
        }
    }

    private static String located(String file, Position place, String problem) {
        return file + ":" + place.line() + ":" + place.column() + ": " + problem + " (byte " + place.offset() + ")";
    }

    private static void add(ValueCheck.Fault fault, Position place, ArrayNode faults) {
        faults.addObject()
                .put("pointer", fault.pointer())
                .put("keyword", fault.keyword())
                .put("message", fault.message())
                .put("line", place.line())
                .put("column", place.column())
                .put("offset", place.offset());
    }

    private static ObjectNode object(String file, Position place, ByteCheck.Verdict verdict) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("file", file).put("valid", verdict.valid());
        if (!verdict.valid()) {
            object.put("problem", verdict.problem())
                    .put("line", place.line())
                    .put("column", place.column())
                    .put("offset", place.offset());
            verdict.token()
                    .ifPresent(token -> object.putObject("token")
                            .put("index", token.index())
                            .put("id", token.id())
                            .put("text", token.text())
                            .put("offset", token.offset()));
            verdict.expected().forEach(object.putArray("expected")::add);
        }
        return object;
    }
}
