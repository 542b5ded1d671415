// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.assistant.Turn.Thinking;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolChoice;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Prompts of Spring AI as turns.
 *
 * @param assistant what answers
 * @param tools says which tools options name
 */
record TurnReader(Assistant assistant, ToolCallingManager tools) {

    /** The most tokens of an answer whose options do not say it. */
    private static final int USUAL_TOKENS = 2048;

    /**
     * The turn of a prompt.
     *
     * @throws dev.espalier.core.error.EspalierException if it is wrong, or something in it cannot be kept
     */
    Turn read(Prompt prompt, EspalierChatOptions options) {
        Turn turn = form(prompt, options);
        int read = assistant.promptTokens(turn).length;
        int room = assistant.contextLength() - read;
        if (room < 1) {
            throw new InvalidInputException("the prompt has " + read + " tokens, and the model has room for "
                    + assistant.contextLength() + " with the answer");
        }
        int most = options.getMaxTokens() == null ? USUAL_TOKENS : options.getMaxTokens();
        return turn.with(sampling(options).withMaxTokens(Math.min(most, room)));
    }

    /** The conversation and the form of its answer, without how tokens are drawn. */
    Turn form(Prompt prompt, EspalierChatOptions options) {
        Turn turn = Turn.of(MessageReader.read(prompt.getInstructions())).with(output(options));
        List<Tool> own = tools.resolveToolDefinitions(options).stream()
                .map(TurnReader::tool)
                .toList();
        if (!own.isEmpty() && !assistant.hasTools()) {
            throw ForeignOptions.refused(
                    "toolCallbacks", "the model's chat template does not show how tools are called; leave tools out");
        }
        Thinking thinking = options.getThinking();
        Integer most = options.getThinkingTokens();
        List<String> stops = options.getStopSequences();
        return turn.withTools(own, choice(options, own))
                .withThinking(
                        thinking == null ? Thinking.MODEL : thinking,
                        most == null ? OptionalInt.empty() : OptionalInt.of(most))
                .withStops(stops == null ? List.of() : stops);
    }

    private static Output<String> output(EspalierChatOptions options) {
        String schema = options.getOutputSchema();
        return schema == null ? Output.text() : Output.jsonSchema(schema);
    }

    private static Tool tool(ToolDefinition tool) {
        return Tool.of(tool.name(), tool.description(), tool.inputSchema());
    }

    private static ToolChoice choice(EspalierChatOptions options, List<Tool> tools) {
        ToolChoice choice = options.getToolChoice() == null ? ToolChoice.AUTO : options.getToolChoice();
        if (tools.isEmpty()) {
            if (choice.isRequired()) {
                throw new InvalidInputException("toolChoice asks for a call, but there are no tools");
            }
            return ToolChoice.NONE;
        }
        return Boolean.FALSE.equals(options.getParallelToolCalls())
                ? choice.atMost(Math.min(1, choice.most()))
                : choice;
    }

    private static SamplingParameters sampling(EspalierChatOptions options) {
        Long seed = options.getSeed();
        return SamplingParameters.DEFAULT
                .withTemperature(or(options.getTemperature(), 0))
                .withTopP(or(options.getTopP(), 1))
                .withTopK(options.getTopK() == null ? 0 : options.getTopK())
                .withMinP(or(options.getMinP(), 0))
                .withSeed(seed == null ? ThreadLocalRandom.current().nextLong() : seed)
                .with(LogitChanges.NONE
                        .withFrequencyPenalty(or(options.getFrequencyPenalty(), 0))
                        .withPresencePenalty(or(options.getPresencePenalty(), 0)));
    }

    private static double or(@Nullable Double value, double usual) {
        return value == null ? usual : value;
    }
}
