// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.source.OutputSource;
import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One answer to be written in a conversation. Immutable; start from {@link #of} and change it with the {@code with} methods.
 *
 * @param messages the conversation, which ends with what is to be answered
 * @param tools what may be called
 * @param choice whether and how often
 * @param answer what may be said where nothing is called; {@link Output#text()} unless changed
 * @param thinking whether the model reasons before it answers
 * @param thinkingTokens how many tokens may end in its reasoning; empty for any number
 * @param sampling how tokens are drawn, the seed, and the budget of the whole answer, its reasoning included
 * @param stops texts that end free text where the first of them is written. The answer is what is before it
 * @param listener told of reasoning, text and calls while they are written
 * @param tokens told of tokens
 * @param cancellation ends the answer soon when any thread turns it on
 * @param priority where not all answers have room, those of higher priority go first; 0 unless changed
 */
public record Turn(
        List<ChatMessage> messages,
        List<Tool> tools,
        ToolChoice choice,
        Output<?> answer,
        Thinking thinking,
        OptionalInt thinkingTokens,
        SamplingParameters sampling,
        List<String> stops,
        AnswerListener listener,
        DecodeListener tokens,
        Cancellation cancellation,
        int priority) {

    /** Whether a model reasons before it answers. */
    public enum Thinking {
        /** As its template has it; it may reason where it knows how. */
        MODEL,
        /** It does not. Where the template begins reasoning all the same, it is ended at once. */
        OFF,
        /** It does. */
        ON
    }

    /**
     * Copies the lists.
     *
     * @throws InvalidInputException if there is no message, two tools have one name, a stop is empty, or the number of tokens negative
     */
    public Turn {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        stops = List.copyOf(stops);
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(thinking, "thinking");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(cancellation, "cancellation");
        if (messages.isEmpty()) {
            throw new InvalidInputException("a conversation needs a message");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            if (!names.add(tools.get(i).name())) {
                throw new InvalidInputException(
                        "tool " + i + " has the name \"" + tools.get(i).name() + "\", which another has, too");
            }
        }
        if (stops.contains("")) {
            throw new InvalidInputException("a text that ends a text must not be empty");
        }
        if (thinkingTokens.orElse(0) < 0) {
            throw new InvalidInputException(
                    "expected a number of tokens of reasoning ≥ 0, but not " + thinkingTokens.getAsInt());
        }
    }

    /** Free text that answers a conversation, by the likeliest tokens. */
    public static Turn of(List<ChatMessage> messages) {
        return new Turn(
                messages,
                List.of(),
                ToolChoice.AUTO,
                Output.text(),
                Thinking.MODEL,
                OptionalInt.empty(),
                SamplingParameters.DEFAULT,
                List.of(),
                AnswerListener.NONE,
                DecodeListener.NONE,
                new Cancellation(),
                0);
    }

    /** Whether any text will do: no form is asked for, and no call. */
    public boolean isFree() {
        return answer.source() instanceof OutputSource.FreeText && !choice.isRequired();
    }

    /** The same with tools in place of others, and how they may be called. */
    public Turn withTools(List<Tool> others, ToolChoice other) {
        return new Turn(
                messages,
                others,
                other,
                answer,
                thinking,
                thinkingTokens,
                sampling,
                stops,
                listener,
                tokens,
                cancellation,
                priority);
    }

    /** The same with another form of what is said. */
    public Turn with(Output<?> other) {
        return new Turn(
                messages,
                tools,
                choice,
                other,
                thinking,
                thinkingTokens,
                sampling,
                stops,
                listener,
                tokens,
                cancellation,
                priority);
    }

    /** The same with or without reasoning, of at most so many tokens. */
    public Turn withThinking(Thinking other, OptionalInt most) {
        return new Turn(
                messages,
                tools,
                choice,
                answer,
                other,
                most,
                sampling,
                stops,
                listener,
                tokens,
                cancellation,
                priority);
    }

    /** The same with other sampling. */
    public Turn with(SamplingParameters other) {
        return new Turn(
                messages,
                tools,
                choice,
                answer,
                thinking,
                thinkingTokens,
                other,
                stops,
                listener,
                tokens,
                cancellation,
                priority);
    }

    /** The same with other stops. */
    public Turn withStops(List<String> others) {
        return new Turn(
                messages,
                tools,
                choice,
                answer,
                thinking,
                thinkingTokens,
                sampling,
                others,
                listener,
                tokens,
                cancellation,
                priority);
    }

    /** The same with a listener of reasoning, text and calls. */
    public Turn with(AnswerListener other) {
        return new Turn(
                messages,
                tools,
                choice,
                answer,
                thinking,
                thinkingTokens,
                sampling,
                stops,
                other,
                tokens,
                cancellation,
                priority);
    }

    /** The same with a listener of tokens. */
    public Turn with(DecodeListener other) {
        return new Turn(
                messages,
                tools,
                choice,
                answer,
                thinking,
                thinkingTokens,
                sampling,
                stops,
                listener,
                other,
                cancellation,
                priority);
    }

    /** The same with a cancellation that the caller keeps. */
    public Turn with(Cancellation other) {
        return new Turn(
                messages,
                tools,
                choice,
                answer,
                thinking,
                thinkingTokens,
                sampling,
                stops,
                listener,
                tokens,
                other,
                priority);
    }

    /** The same with another priority. */
    public Turn withPriority(int other) {
        return new Turn(
                messages,
                tools,
                choice,
                answer,
                thinking,
                thinkingTokens,
                sampling,
                stops,
                listener,
                tokens,
                cancellation,
                other);
    }
}
