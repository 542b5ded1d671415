// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema, a grammar or a pattern of the resources in {@code contract}.
 *
 * @param name its kind and its name there
 * @param source its text
 * @param isSchema whether it is a schema, which has many layouts
 * @param begins beginnings of texts that lead to places worth seeing
 * @param compiler what reads it; grammars and patterns have one layout
 */
record ContractInput(
        String name,
        String source,
        boolean isSchema,
        List<String> begins,
        Function<SchemaOptions, PushdownAutomaton> compiler) {

    /** All inputs of the resources. */
    static List<ContractInput> all() {
        List<ContractInput> all = new ArrayList<>();
        lines("schemas.jsonl").forEach(line -> all.add(schema(line)));
        for (String part : String.join("\n", lines("grammars.txt")).split("=== ")) {
            if (!part.isBlank()) {
                all.add(grammar(part));
            }
        }
        for (String pattern : lines("patterns.txt")) {
            all.add(new ContractInput(
                    "pattern " + pattern,
                    pattern,
                    false,
                    List.of(),
                    options -> automaton(Grammar.of(new RegexReader().read(pattern, RegexReader.Mode.FULL)))));
        }
        return all;
    }

    private static ContractInput schema(String line) {
        JsonNode entry = JsonMapper.builder().build().readTree(line);
        List<String> begins = new ArrayList<>();
        entry.path("begins").forEach(begin -> begins.add(begin.asString()));
        String key = "\"schema\":"; // it comes last, and keeps its spelling of numbers
        String schema = line.substring(line.indexOf(key) + key.length(), line.length() - 1);
        return new ContractInput(
                "schema " + entry.path("id").asString(),
                schema,
                true,
                begins,
                options -> new SchemaCompiler().compile(schema, options).automaton());
    }

    private static ContractInput grammar(String part) {
        String[] halves = part.substring(part.indexOf('\n') + 1).split("\n---\n");
        return new ContractInput(
                "grammar " + part.lines().findFirst().orElse(""),
                halves[0],
                false,
                halves[1].lines().toList(),
                options -> automaton(new GbnfReader().read(halves[0])));
    }

    private static PushdownAutomaton automaton(Grammar grammar) {
        return AutomatonCompiler.compile(grammar, Map.of(), new WorkBudget(Limits.DEFAULT, new Cancellation()));
    }

    private static List<String> lines(String resource) {
        try (InputStream in = ContractInput.class.getResourceAsStream("contract/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
