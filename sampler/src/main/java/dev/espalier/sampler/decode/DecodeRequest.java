// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.constraint.EndTokenConstraint;
import dev.espalier.sampler.constraint.StopConstraint;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** One text to be written: the prompt, the grammar, how to draw, who watches. Immutable; may be used many times. */
public final class DecodeRequest {

    private final int[] prompt;
    private final Supplier<TokenConstraint> grammar;
    private final SamplingParameters parameters;
    private final DecodeListener listener;
    private final Cancellation cancellation;
    private final Supplier<Choices> choices;
    private final int attempts;
    private final Ends ends;
    private final int priority;
    private final boolean shared;
    private final DecodeControl control;

    /**
     * What ends a text beside its grammar.
     *
     * @param texts that end it where they are written
     * @param tokens that end it and are no part of it
     */
    private record Ends(List<String> texts, Set<Integer> tokens) {

        static final Ends NONE = new Ends(List.of(), Set.of());
    }

    private DecodeRequest(
            int[] prompt,
            Supplier<TokenConstraint> grammar,
            SamplingParameters parameters,
            DecodeListener listener,
            Cancellation cancellation,
            Supplier<Choices> choices,
            int attempts,
            Ends ends,
            int priority,
            boolean shared,
            DecodeControl control) {
        this.prompt = Objects.requireNonNull(prompt, "prompt");
        this.grammar = Objects.requireNonNull(grammar, "grammar");
        this.parameters = Objects.requireNonNull(parameters, "parameters");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
        this.choices = Objects.requireNonNull(choices, "choices");
        this.attempts = attempts;
        this.ends = ends;
        this.priority = priority;
        this.shared = shared;
        this.control = Objects.requireNonNull(control, "control");
    }

    /**
     * A request with default parameters that nobody watches or cancels.
     *
     * @param prompt the prompt's tokens, at least one; see {@link LanguageModel#encodePrompt}
     * @param grammar what may be written, compiled for the model's vocabulary
     */
    public static DecodeRequest of(int[] prompt, CompiledGrammar grammar) {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(grammar, "grammar");
        return of(prompt, () -> TokenConstraint.of(grammar));
    }

    static DecodeRequest of(int[] prompt, Supplier<TokenConstraint> grammar) {
        return new DecodeRequest(
                prompt.clone(),
                grammar,
                SamplingParameters.DEFAULT,
                DecodeListener.NONE,
                new Cancellation(),
                () -> Choices.seeded(0),
                1,
                Ends.NONE,
                0,
                true,
                new DecodeControl());
    }

    /** This request with other parameters; its random choices are those of the parameters' seed. */
    public DecodeRequest with(SamplingParameters value) {
        return new DecodeRequest(
                prompt,
                grammar,
                value,
                listener,
                cancellation,
                () -> Choices.seeded(value.seed()),
                attempts,
                ends,
                priority,
                shared,
                control);
    }

    /** This request with another listener. */
    public DecodeRequest with(DecodeListener value) {
        return new DecodeRequest(
                prompt, grammar, parameters, value, cancellation, choices, attempts, ends, priority, shared, control);
    }

    /** This request, to end soon after that cancellation is requested. */
    public DecodeRequest with(Cancellation value) {
        return new DecodeRequest(
                prompt, grammar, parameters, listener, value, choices, attempts, ends, priority, shared, control);
    }

    /** This request with random choices from elsewhere; each use of the request takes a new one. */
    public DecodeRequest withChoices(Supplier<Choices> value) {
        return new DecodeRequest(
                prompt, grammar, parameters, listener, cancellation, value, attempts, ends, priority, shared, control);
    }

    /**
     * This request with more attempts, for grammars that can only check some of a text when it is finished, so that a text
     * may run into a dead end, or never come to its end within the token budget. Then all of it is taken back and another
     * text is drawn, with the random choices that come next, until one is complete or the attempts are used up; 1 unless
     * changed. Without random choices, at temperature 0 or with top-k 1, the same text would come again: there is one
     * attempt then, whatever is set here. See {@link MaskedDecoder} for the law, and {@link DecodeListener#onRestart}.
     *
     * @throws InvalidInputException if it is less than 1
     */
    public DecodeRequest withAttempts(int value) {
        ParameterRange.require(value >= 1, "attempts", "≥ 1", value);
        return new DecodeRequest(
                prompt, grammar, parameters, listener, cancellation, choices, value, ends, priority, shared, control);
    }

    /** This request with another priority: where not all texts have room, those of higher priority go first; 0 unless changed. */
    public DecodeRequest withPriority(int value) {
        return new DecodeRequest(
                prompt, grammar, parameters, listener, cancellation, choices, attempts, ends, value, shared, control);
    }

    /**
     * This request, ended where one of some texts is written, whether it is a sentence there or not; for grammars whose every text is one. The last
     * token is taken as it is, also if it goes on behind that text.
     */
    public DecodeRequest withStops(List<String> value) {
        return new DecodeRequest(
                prompt,
                grammar,
                parameters,
                listener,
                cancellation,
                choices,
                attempts,
                new Ends(List.copyOf(value), ends.tokens),
                priority,
                shared,
                control);
    }

    /**
     * This request, ended by some tokens more than those that end texts of the model, none of which is part of the text. A token that spells nothing may come where the text can end. One that
     * spells text ends it wherever it is drawn, which is for grammars whose every text is a sentence.
     */
    public DecodeRequest withEndTokens(Set<Integer> value) {
        Ends other = new Ends(ends.texts, Set.copyOf(value));
        return new DecodeRequest(
                prompt,
                grammar,
                parameters,
                listener,
                cancellation,
                choices,
                attempts,
                other,
                priority,
                shared,
                control);
    }

    /** This request, which may share what the model has read with texts that begin alike, now and later; it may unless changed. The text is the same. */
    public DecodeRequest withSharing(boolean value) {
        return new DecodeRequest(
                prompt, grammar, parameters, listener, cancellation, choices, attempts, ends, priority, value, control);
    }

    /** This request with a control that the caller keeps; a control is for one text. */
    public DecodeRequest with(DecodeControl value) {
        return new DecodeRequest(
                prompt, grammar, parameters, listener, cancellation, choices, attempts, ends, priority, shared, value);
    }

    /** Which texts go first: those of higher priority. */
    public int priority() {
        return priority;
    }

    /** Whether it shares what the model has read. */
    boolean isShared() {
        return shared;
    }

    /** How often a text may be begun. */
    public int attempts() {
        return attempts;
    }

    /** How tokens are drawn. */
    public SamplingParameters parameters() {
        return parameters;
    }

    /** The number of tokens of the prompt. */
    public int promptLength() {
        return prompt.length;
    }

    int[] prompt() {
        return prompt;
    }

    TokenConstraint constraint(Vocabulary vocabulary) {
        TokenConstraint all = grammar.get();
        TokenConstraint stopped = ends.texts.isEmpty() ? all : StopConstraint.of(all, ends.texts, vocabulary);
        return ends.tokens.isEmpty() ? stopped : EndTokenConstraint.of(stopped, ends.tokens, vocabulary);
    }

    DecodeListener listener() {
        return listener;
    }

    DecodeControl control() {
        return control;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Choices choices() {
        return choices.get();
    }
}
