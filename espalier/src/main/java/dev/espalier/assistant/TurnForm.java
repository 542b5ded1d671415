// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.Generation;
import dev.espalier.OutputCompiler;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.TokenProbabilities;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCall;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolConvention;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The form of the answer of one turn, and what becomes of it. For one answer.
 *
 * @param request what the generator is asked; its value is the answer, but where there is nothing but a text
 * @param written what was told of the answer while it was written
 * @param calls how reasoning, text and calls are written; empty for a text without marks
 * @param thinking whether there is reasoning
 * @param named gives calls their ids
 * @param vocabulary the tokens of the model that writes
 * @param clock measures it
 * @param stop ends it soon
 */
record TurnForm(
        Request<?> request,
        WrittenAnswer written,
        Optional<ToolCalls> calls,
        ToolCalls.Thinking thinking,
        UnaryOperator<ToolCall> named,
        Vocabulary vocabulary,
        AnswerClock clock,
        Cancellation stop) {

    /**
     * The form of a turn's answer, not compiled yet.
     *
     * @param compiler compiles parts of it that are looked at before or beside the whole, for the vocabulary of the model that writes
     * @param clock runs already
     */
    static TurnForm of(Turn turn, TurnPrompts prompts, OutputCompiler compiler, AnswerClock clock) {
        if (!turn.stops().isEmpty() && !turn.isFree()) {
            throw new InvalidInputException("stops end free text; other outputs, and calls, end where they are whole");
        }
        Set<Integer> spelled = spelledStops(turn, compiler.vocabulary());
        Cancellation stop = new Cancellation();
        ToolCalls.Thinking thinking = thinking(turn, prompts);
        Optional<ToolCalls> calls = calls(turn, prompts, thinking);
        UnaryOperator<ToolCall> named = named(turn, prompts);
        WrittenAnswer written = new WrittenAnswer(turn.stops(), turn.listener(), stop::cancel, named);
        Request<?> request = calls.<Request<?>>map(form -> Request.of(
                        "",
                        form.output(output ->
                                compiler.compile(output, turn.cancellation()).source())))
                .orElseGet(() -> Request.of("", turn.answer()));
        DecodeListener parts = calls.map(form -> form.listener(
                        written, output -> compiler.compile(output).source()))
                .orElseGet(() -> new PlainText(written));
        Set<Integer> ends = new HashSet<>(turn.stopTokens());
        Set<Integer> cuts = calls.isPresent() ? spelled : Set.of(); // parts of a form may end in the middle
        ends.removeAll(cuts);
        return new TurnForm(
                request.with(prompts.prompting(turn))
                        .with(turn.sampling())
                        .with(new Told(turn.tokens(), parts, written, clock, cuts))
                        .with(turn.cancellation().or(stop))
                        .withStopTokens(ends)
                        .withSharing(turn.isShared())
                        .withPriority(turn.priority()),
                written,
                calls,
                thinking,
                named,
                compiler.vocabulary(),
                clock,
                stop);
    }

    /** The stop tokens that spell text. */
    private static Set<Integer> spelledStops(Turn turn, Vocabulary vocabulary) {
        Set<Integer> spelled = new HashSet<>();
        for (int token : turn.stopTokens()) {
            if (token < 0 || token >= vocabulary.size()) {
                throw new InvalidInputException("there is no token " + token + ", which is to end the answer");
            } else if (vocabulary.bytes(token).length() > 0) {
                spelled.add(token);
            }
        }
        if (!spelled.isEmpty() && !turn.isFree()) {
            int token = spelled.iterator().next();
            throw new InvalidInputException("token " + token + " spells \"" + vocabulary.text(token)
                    + "\", and ends free text; other outputs, and calls, end where they are whole");
        }
        return spelled;
    }

    private static Optional<ToolCalls> calls(Turn turn, TurnPrompts prompts, ToolCalls.Thinking thinking) {
        ToolCalls calls;
        if (!turn.tools().isEmpty()) {
            ToolConvention convention = prompts.calls()
                    .orElseThrow(
                            () -> new InvalidInputException(
                                    "how the model calls tools is not known: its chat template does not show it; name a convention"));
            calls = ToolCalls.of(convention, turn.tools()).with(turn.choice());
        } else if (prompts.writing().isPresent()
                && (thinking != ToolCalls.Thinking.NONE
                        || (prompts.writing().get().text().isPresent() && !turn.isContinued()))) {
            calls = ToolCalls.none(prompts.writing().get());
        } else {
            return Optional.empty();
        }
        if (turn.isContinued() && calls.convention().text().isPresent()) {
            throw new InvalidInputException(
                    "an answer in the convention " + calls.convention().id()
                            + ", which marks its text, cannot be continued beside tools or reasoning");
        }
        calls = calls.withAnswer(turn.answer()).with(thinking).withContinuation(turn.isContinued());
        if (turn.thinking() == Turn.Thinking.OFF) {
            calls = calls.withThinkingTokens(0);
        } else if (turn.thinkingTokens().isPresent()) {
            calls = calls.withThinkingTokens(turn.thinkingTokens().getAsInt());
        }
        return Optional.of(calls);
    }

    /** Whether there is reasoning before the answer. */
    private static ToolCalls.Thinking thinking(Turn turn, TurnPrompts prompts) {
        if (prompts.reasoning().isEmpty()) {
            if (turn.thinking() == Turn.Thinking.ON) {
                throw new InvalidInputException(
                        "the model is not known to reason: its chat template has no marks of it");
            }
            return ToolCalls.Thinking.NONE;
        } else if (prompts.isReasoningBegun(turn)) {
            return ToolCalls.Thinking.BEGUN;
        } else if (turn.isContinued()) {
            if (turn.thinking() == Turn.Thinking.ON) {
                throw new InvalidInputException("an answer that is continued does not begin with reasoning");
            }
            return ToolCalls.Thinking.NONE;
        }
        return switch (turn.thinking()) {
            case MODEL -> ToolCalls.Thinking.ALLOWED;
            case ON -> ToolCalls.Thinking.REQUIRED;
            case OFF -> ToolCalls.Thinking.NONE;
        };
    }

    /** Numbers calls on from those of the conversation, where the family gives them no ids of their own. */
    private static UnaryOperator<ToolCall> named(Turn turn, TurnPrompts prompts) {
        boolean hasIds = prompts.calls()
                .filter(convention -> convention.call().contains("{id}"))
                .isPresent();
        int before = turn.messages().stream()
                .mapToInt(message -> message.members().get("tool_calls") instanceof List<?> calls ? calls.size() : 0)
                .sum();
        if (hasIds || before == 0) {
            return UnaryOperator.identity();
        }
        return call -> {
            int number = Integer.parseInt(call.id().substring("call_".length()));
            return new ToolCall("call_" + (before + number), call.name(), call.arguments());
        };
    }

    /** What a generation comes to. */
    Answer answer(Generation<?> generation) {
        Outcome outcome = generation.outcome();
        boolean isStopped = written.isStopped();
        Optional<EspalierException> failure = isStopped ? Optional.empty() : generation.failure();
        ToolAnswer said = isStopped || failure.isPresent() ? written.soFar() : whole(generation);
        Answer.Finish finish = isStopped ? Answer.Finish.STOP : finish(outcome, failure, said);
        return new Answer(
                said,
                finish,
                failure,
                generation.usage(),
                reasoningTokens(outcome),
                outcome,
                clock.stats(generation.compileTime()));
    }

    private ToolAnswer whole(Generation<?> generation) {
        if (generation.orElseThrow() instanceof ToolAnswer answer && calls.isPresent()) {
            return new ToolAnswer(
                    answer.reasoning(),
                    answer.text(),
                    answer.calls().stream().map(named).toList());
        }
        return new ToolAnswer(Optional.empty(), generation.text(), List.of());
    }

    private static Answer.Finish finish(Outcome outcome, Optional<EspalierException> failure, ToolAnswer said) {
        if (outcome instanceof Outcome.Cancelled) {
            return Answer.Finish.CANCELLED;
        } else if (outcome instanceof Outcome.BudgetExhausted
                || outcome.transcript().shortened()) {
            return Answer.Finish.LENGTH;
        } else if (failure.isPresent()) {
            return Answer.Finish.FAILED;
        }
        return said.calls().isEmpty() ? Answer.Finish.STOP : Answer.Finish.CALLS;
    }

    /** How many tokens end before the mark that ends the reasoning does. */
    private int reasoningTokens(Outcome outcome) {
        String text = outcome.transcript().text();
        int left = text.substring(0, reasoningEnd(text)).getBytes(StandardCharsets.UTF_8).length;
        int tokens = 0;
        for (int token : outcome.transcript().tokens()) {
            left -= vocabulary.bytes(token).length();
            if (left < 0) {
                break;
            }
            tokens++;
        }
        return tokens;
    }

    private int reasoningEnd(String text) {
        if (thinking == ToolCalls.Thinking.NONE) {
            return 0;
        }
        ToolConvention.Reasoning marks =
                calls.orElseThrow().convention().reasoning().orElseThrow();
        String begin = thinking == ToolCalls.Thinking.BEGUN ? "" : marks.begin();
        if (!text.startsWith(begin)) {
            return 0;
        }
        int end = text.indexOf(marks.end(), begin.length());
        return end < 0 ? text.length() : end;
    }

    /** A text without marks. */
    private record PlainText(WrittenAnswer written) implements DecodeListener {

        @Override
        public void onText(String chunk) {
            written.onTextBegin(0);
            written.onText(chunk);
        }

        @Override
        public void onRestart(Outcome cause) {
            written.onRestart();
        }
    }

    /**
     * Hands on what a text brings.
     *
     * @param tokens who wants its tokens
     * @param parts who reads its parts
     * @param written who wants to know of its end
     * @param clock who measures it
     * @param cuts tokens at which it ends
     */
    private record Told(
            DecodeListener tokens, DecodeListener parts, WrittenAnswer written, AnswerClock clock, Set<Integer> cuts)
            implements DecodeListener {

        @Override
        public void onToken(int token, boolean forced) {
            clock.onToken(token, forced);
            tokens.onToken(token, forced);
            if (cuts.contains(token)) {
                written.stop();
            }
        }

        @Override
        public void onText(String chunk) {
            tokens.onText(chunk);
            parts.onText(chunk);
        }

        @Override
        public void onProbabilities(TokenProbabilities thought) {
            tokens.onProbabilities(thought);
        }

        @Override
        public void onStep(StepTrace step) {
            tokens.onStep(step);
        }

        @Override
        public void onRestart(Outcome cause) {
            clock.onRestart(cause);
            parts.onRestart(cause);
            tokens.onRestart(cause);
        }

        @Override
        public void onFinish(Outcome outcome) {
            clock.onFinish(outcome);
            parts.onFinish(outcome);
            written.end();
            tokens.onFinish(outcome);
        }
    }
}
