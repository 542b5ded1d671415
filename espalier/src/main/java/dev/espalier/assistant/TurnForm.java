// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.Generation;
import dev.espalier.Reasoning;
import dev.espalier.Request;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.StepTrace;
import dev.espalier.source.OutputSource;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolConvention;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The form of the answer of one turn, and what becomes of it. For one answer.
 *
 * @param turn the turn
 * @param request what the generator is asked; its value is the answer, but where there is nothing but a text
 * @param written what was told of the answer while it was written
 * @param vocabulary the model's tokens
 */
record TurnForm(Turn turn, Request<?> request, WrittenAnswer written, Vocabulary vocabulary) {

    /** The form of a turn's answer, not compiled yet. */
    static TurnForm of(Turn turn, TurnPrompts prompts, Vocabulary vocabulary) {
        WrittenAnswer written = new WrittenAnswer(turn.listener());
        Optional<Reasoning> reasoning = reasoning(turn, prompts);
        boolean hasTools = !turn.tools().isEmpty();
        if (!turn.stops().isEmpty() && (hasTools || reasoning.isPresent())) {
            throw new InvalidInputException("stops end an answer that is free text alone, without tools and reasoning");
        }
        Request<?> request;
        if (hasTools) {
            request = called(turn, prompts, reasoning, written);
        } else if (reasoning.isPresent()) {
            request = Request.of("", turn.answer().after(reasoning.get()));
        } else {
            StoppedText text = new StoppedText(turn.stops(), written::onText);
            request = Request.of("", turn.answer())
                    .withStops(turn.stops().toArray(String[]::new))
                    .with(new Told(turn.tokens(), text, written));
        }
        return new TurnForm(
                turn,
                request.with(prompts.prompting(turn))
                        .with(turn.sampling())
                        .with(turn.cancellation())
                        .withPriority(turn.priority()),
                written,
                vocabulary);
    }

    private static Request<?> called(
            Turn turn, TurnPrompts prompts, Optional<Reasoning> reasoning, WrittenAnswer written) {
        ToolConvention convention = prompts.convention()
                .orElseThrow(
                        () -> new InvalidInputException(
                                "how the model calls tools is not known: its chat template does not show it; name a convention"));
        if (!(turn.answer().source() instanceof OutputSource.FreeText)) {
            throw new UnsupportedFeatureException(
                    "tools beside an output", "the answer beside calls of tools is free text", Place.UNKNOWN);
        }
        ToolCalls calls = ToolCalls.of(convention, turn.tools()).with(turn.choice());
        if (reasoning.isPresent()) {
            calls = calls.with(
                    ToolCalls.Thinking.valueOf(reasoning.get().start().name()));
            if (turn.thinkingTokens().isPresent()) {
                calls = calls.withThinkingTokens(turn.thinkingTokens().getAsInt());
            }
        }
        return Request.of("", calls.output()).with(calls.listener(written));
    }

    /** The reasoning before the answer, if there may be any. */
    private static Optional<Reasoning> reasoning(Turn turn, TurnPrompts prompts) {
        boolean isOn = turn.thinking() == Turn.Thinking.ON;
        if (prompts.reasoning().isEmpty()) {
            if (isOn) {
                throw new InvalidInputException(
                        "the model is not known to reason: its chat template has no marks of it");
            }
            return Optional.empty();
        }
        Reasoning marks = prompts.reasoning().get();
        boolean isOff = turn.thinking() == Turn.Thinking.OFF;
        if (prompts.isReasoningBegun(turn)) {
            OptionalInt most = isOff ? OptionalInt.of(0) : turn.thinkingTokens();
            Reasoning begun = marks.with(Reasoning.Start.BEGUN);
            return Optional.of(most.isPresent() ? begun.atMost(most.getAsInt()) : begun);
        }
        if (isOff) {
            return Optional.empty();
        }
        Reasoning found = marks.with(isOn ? Reasoning.Start.REQUIRED : Reasoning.Start.ALLOWED);
        return Optional.of(
                turn.thinkingTokens().isPresent()
                        ? found.atMost(turn.thinkingTokens().getAsInt())
                        : found);
    }

    /** What a generation comes to. */
    Answer answer(Generation<?> generation) {
        Outcome outcome = generation.outcome();
        Optional<EspalierException> failure = generation.failure();
        ToolAnswer said = failure.isPresent() ? written.soFar() : whole(generation);
        return new Answer(said, finish(outcome, failure, said), failure, generation.usage(), 0, outcome);
    }

    private static ToolAnswer whole(Generation<?> generation) {
        Object value = generation.orElseThrow();
        return value instanceof ToolAnswer answer
                ? answer
                : new ToolAnswer(generation.reasoning(), generation.text(), List.of());
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

    /**
     * Hands on what a text brings.
     *
     * @param tokens who wants its tokens
     * @param text who wants its text
     * @param written who wants to know of restarts
     */
    private record Told(DecodeListener tokens, StoppedText text, WrittenAnswer written) implements DecodeListener {

        @Override
        public void onToken(int token, boolean forced) {
            tokens.onToken(token, forced);
        }

        @Override
        public void onText(String chunk) {
            tokens.onText(chunk);
            text.add(chunk);
        }

        @Override
        public void onStep(StepTrace step) {
            tokens.onStep(step);
        }

        @Override
        public void onRestart(Outcome cause) {
            text.restart();
            written.onRestart();
            tokens.onRestart(cause);
        }

        @Override
        public void onFinish(Outcome outcome) {
            text.end();
            tokens.onFinish(outcome);
        }
    }
}
