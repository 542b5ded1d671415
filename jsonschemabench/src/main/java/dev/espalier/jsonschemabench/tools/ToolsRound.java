// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import dev.espalier.CompiledOutput;
import dev.espalier.OutputCompiler;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolConvention;
import java.util.ArrayList;
import java.util.List;

/**
 * Tools, and answers that call them.
 *
 * @param id its name
 * @param convention the name of the convention in which calls are written
 * @param schemas the parameters of each tool
 * @param answers a text before each call, the call, and both as tokens
 */
record ToolsRound(String id, String convention, List<String> schemas, List<Answer> answers) {

    /** Copies the lists. */
    ToolsRound {
        schemas = List.copyOf(schemas);
        answers = List.copyOf(answers);
    }

    /**
     * An answer that calls a tool.
     *
     * @param text the tokens of what is said before
     * @param call the tokens of the call
     */
    record Answer(int[] text, int[] call) {}

    /** A tool by its number. */
    static Tool tool(int number, String schema) {
        return Tool.of("tool_" + number, "A tool of the bench.", schema);
    }

    private List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        schemas.forEach(schema -> tools.add(tool(tools.size(), schema)));
        return tools;
    }

    /**
     * Compiles the tools and reads the answers.
     *
     * @param isFresh whether nothing was done in this machine before
     * @param clock what times are taken by
     * @throws IllegalStateException if an answer is not allowed
     */
    ToolsResult run(OutputCompiler compiler, boolean isFresh, Clock clock) {
        ToolConvention known = ToolConvention.named(convention);
        long start = clock.now();
        CompiledOutput compiled = compiler.compile(ToolCalls.of(known, tools()).output());
        long ready = clock.now();
        compiled.grammar().matcher().mask();
        long first = clock.now();
        LatencyHistogram texts = new LatencyHistogram();
        LatencyHistogram calls = new LatencyHistogram();
        for (Answer answer : answers) {
            Matcher matcher = compiled.grammar().matcher();
            read(matcher, answer.text, texts, clock);
            read(matcher, answer.call, calls, clock);
        }
        return new ToolsResult(id, isFresh, schemas.size(), ready - start, first - start, texts, calls);
    }

    private void read(Matcher matcher, int[] tokens, LatencyHistogram times, Clock clock) {
        for (int token : tokens) {
            long start = clock.now();
            TokenMask mask = matcher.mask();
            if (!mask.allows(token)) {
                throw new IllegalStateException("token " + token + " of an answer of " + id + " is not allowed");
            }
            matcher.accept(token);
            times.add(clock.now() - start);
        }
    }
}
