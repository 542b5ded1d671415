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
import java.util.function.Consumer;

/**
 * One answer to be written in a conversation. Immutable; start from {@link #of} and change it with the {@code with} methods.
 *
 * @param messages the conversation, which ends with what is to be answered, or continued
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
 * @param stopTokens tokens that end the answer beside those of the model, and are no part of it: one that spells nothing where the answer may end, one that spells text wherever it is written, for
 *     free text alone
 * @param isContinued whether the last message, which is the assistant's, goes on: what is written, and what its form is for, follows the last character of its content
 * @param isShared whether what the model has read is shared with conversations that begin alike, now and later; true unless changed. The answer is the same
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
        int priority,
        Set<Integer> stopTokens,
        boolean isContinued,
        boolean isShared) {

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
     * @throws InvalidInputException if there is no message, two tools have one name, a stop is empty, the number of tokens negative, or a message to be continued no text of the assistant
     */
    public Turn {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        stops = List.copyOf(stops);
        stopTokens = Set.copyOf(stopTokens);
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
        if (isContinued) {
            requireContinuation(messages.get(messages.size() - 1));
        }
        if (thinkingTokens.orElse(0) < 0) {
            throw new InvalidInputException(
                    "expected a number of tokens of reasoning ≥ 0, but not " + thinkingTokens.getAsInt());
        }
    }

    private static void requireContinuation(ChatMessage last) {
        if (!last.role().equals("assistant")) {
            throw new InvalidInputException(
                    "only a last message of the assistant can be continued, but that is of the role " + last.role());
        } else if (!(last.content() instanceof String)
                || last.members().get("tool_calls") instanceof List<?> calls && !calls.isEmpty()) {
            throw new InvalidInputException("only a last message that is a text without calls can be continued");
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
                0,
                Set.of(),
                false,
                true);
    }

    /** Whether any text will do: no form is asked for, and no call. */
    public boolean isFree() {
        return answer.source() instanceof OutputSource.FreeText && !choice.isRequired();
    }

    /** The same with tools in place of others, and how they may be called. */
    public Turn withTools(List<Tool> others, ToolChoice other) {
        return with(parts -> {
            parts.tools = others;
            parts.choice = other;
        });
    }

    /** The same with another form of what is said. */
    public Turn with(Output<?> other) {
        return with(parts -> parts.answer = other);
    }

    /** The same with or without reasoning, of at most so many tokens. */
    public Turn withThinking(Thinking other, OptionalInt most) {
        return with(parts -> {
            parts.thinking = other;
            parts.thinkingTokens = most;
        });
    }

    /** The same with other sampling. */
    public Turn with(SamplingParameters other) {
        return with(parts -> parts.sampling = other);
    }

    /** The same with other stops. */
    public Turn withStops(List<String> others) {
        return with(parts -> parts.stops = others);
    }

    /** The same with other tokens that end the answer. That they fit the model and the form of the answer is checked when it is answered. */
    public Turn withStopTokens(Set<Integer> others) {
        return with(parts -> parts.stopTokens = others);
    }

    /** The same, in which the last message goes on, or is answered. */
    public Turn withContinuation(boolean continued) {
        return with(parts -> parts.isContinued = continued);
    }

    /** The same, which shares what the model has read with conversations that begin alike, or does not. */
    public Turn withSharing(boolean shared) {
        return with(parts -> parts.isShared = shared);
    }

    /** The same with a listener of reasoning, text and calls. */
    public Turn with(AnswerListener other) {
        return with(parts -> parts.listener = other);
    }

    /** The same with a listener of tokens. */
    public Turn with(DecodeListener other) {
        return with(parts -> parts.tokens = other);
    }

    /** The same with a cancellation that the caller keeps. */
    public Turn with(Cancellation other) {
        return with(parts -> parts.cancellation = other);
    }

    /** The same with another priority. */
    public Turn withPriority(int other) {
        return with(parts -> parts.priority = other);
    }

    private Turn with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.turn();
    }

    /** The components of the record, as variables. */
    private static final class Parts {

        private final List<ChatMessage> messages;
        private List<Tool> tools;
        private ToolChoice choice;
        private Output<?> answer;
        private Thinking thinking;
        private OptionalInt thinkingTokens;
        private SamplingParameters sampling;
        private List<String> stops;
        private AnswerListener listener;
        private DecodeListener tokens;
        private Cancellation cancellation;
        private int priority;
        private Set<Integer> stopTokens;
        private boolean isContinued;
        private boolean isShared;

        Parts(Turn from) {
            messages = from.messages;
            tools = from.tools;
            choice = from.choice;
            answer = from.answer;
            thinking = from.thinking;
            thinkingTokens = from.thinkingTokens;
            sampling = from.sampling;
            stops = from.stops;
            listener = from.listener;
            tokens = from.tokens;
            cancellation = from.cancellation;
            priority = from.priority;
            stopTokens = from.stopTokens;
            isContinued = from.isContinued;
            isShared = from.isShared;
        }

        Turn turn() {
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
                    priority,
                    stopTokens,
                    isContinued,
                    isShared);
        }
    }
}
