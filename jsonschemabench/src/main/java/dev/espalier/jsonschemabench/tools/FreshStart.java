// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import dev.espalier.OutputCompiler;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** What a fresh Java machine runs: one round, as the first thing that it does with its vocabulary. */
final class FreshStart {

    private FreshStart() {}

    /**
     * Prints the line of a round.
     *
     * @param arguments the tokenizer's file; the file of the round; the clock
     */
    public static void main(String[] arguments) throws Exception {
        Vocabulary vocabulary = Vocabulary.read(Path.of(arguments[0]));
        ToolsRound round = ResultJson.read(
                JsonMapper.shared().readTree(Files.readString(Path.of(arguments[1]))), ToolsRound.class);
        try (OutputCompiler compiler = new OutputCompiler(vocabulary)) {
            System.out.println(ResultJson.write(round.run(compiler, true, Clock.valueOf(arguments[2]))));
        }
    }
}
