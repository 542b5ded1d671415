// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Filler of gaps by a model that writes from left to right, one gap after the other, so that the whole is a sentence of the
 * grammar. Each token is drawn from the model's law restricted to what {@link GapConstraint} allows, given texts after the
 * gap and the budgets of all gaps included: nothing is taken back, tried again or mended.
 *
 * <p><b>Ends.</b> A gap ends when the model draws one of its stop tokens, which are allowed where the gap may end, or when
 * nothing else is allowed. A gap with an upper bound is always completed. One without is ended as unfinished ({@link
 * dev.espalier.sampler.Outcome.BudgetExhausted}) when it has {@link SamplingParameters#maxTokens} tokens or the model's
 * context is full: give gaps an upper bound where they must come to an end.
 *
 * <p><b>Prompts.</b> For each gap the model reads a prompt made by a {@link FillTemplate}: all text before the gap, filled
 * gaps included, and the given text after it up to the next gap.
 *
 * <p><b>The law</b> is the masked law, step by step, as in {@link dev.espalier.sampler.decode.MaskedDecoder}. A token that is the only one
 * allowed is written without a forward pass, unless {@link SamplingParameters#forcedText} says that it be drawn or scored, which
 * here is the same.
 *
 * <p>Used by one thread at a time; what it learns about the grammar is kept from text to text. Cost beside the model: one or two
 * canvases for each token, see {@link GapConstraint}.
 */
public final class GapFiller {

    private final LanguageModel model;
    private final CanvasParser parser;
    private final FillTemplate template;

    /**
     * A filler.
     *
     * @param model is not closed
     * @param grammar compiled for the model's vocabulary
     * @throws InvalidInputException if the grammar was compiled for another vocabulary, the model has no token that ends a
     *     gap, or the grammar names one, so that a gap's end could be meant as text
     */
    public GapFiller(LanguageModel model, CompiledGrammar grammar, FillTemplate template) {
        Objects.requireNonNull(grammar, "grammar");
        this.model = Objects.requireNonNull(model, "model");
        this.parser = CanvasParser.withoutEnds(grammar);
        this.template = Objects.requireNonNull(template, "template");
        model.vocabulary().requireSame(grammar.vocabulary(), model.name());
        int[] stops = template.stopTokens(model.vocabulary());
        if (stops.length == 0) {
            throw new InvalidInputException(
                    "the model " + model.name() + " has no token that ends a gap: no end token, " + "and none of "
                            + template.stopMarks() + " of the template " + template.name());
        }
        for (int stop : stops) {
            if (grammar.namedTokens().containsKey(stop)) {
                throw new InvalidInputException("the grammar names the token "
                        + model.vocabulary().text(stop) + ", which also ends gaps; take another template or grammar");
            }
        }
    }

    /** Fills the gaps of a text; not to be cancelled. Throws as {@link #fill(GappedText, SamplingParameters, Cancellation)}. */
    public FilledText fill(GappedText text, SamplingParameters parameters) {
        return fill(text, parameters, new Cancellation());
    }

    /**
     * Fills the gaps of a text.
     *
     * @param cancellation ends the work soon after it is requested
     * @return how it ended; failures of the model, of limits and of time are outcomes, once something was asked of the model
     * @throws UnsatisfiableException if no filling of the gaps within their bounds gives a sentence of the grammar
     * @throws InvalidInputException if the model's tokens do not spell a given text
     * @throws dev.espalier.core.error.EspalierException past the limits of {@link CanvasParser#parse}
     */
    public FilledText fill(GappedText text, SamplingParameters parameters, Cancellation cancellation) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(cancellation, "cancellation");
        return fill(text, template::prompt, parameters, cancellation);
    }

    /**
     * Fills the gaps of a text that follows a prompt.
     *
     * @param head the tokens of the prompt, which come before the text in the prompt of each gap
     * @return as above
     */
    public FilledText fill(GappedText text, int[] head, SamplingParameters parameters, Cancellation cancellation) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(cancellation, "cancellation");
        int[] first = head.clone();
        return fill(
                text, (model, before, after) -> template.prompt(model, first, before, after), parameters, cancellation);
    }

    private FilledText fill(
            GappedText text, GapFilling.Prompts prompts, SamplingParameters parameters, Cancellation cancellation) {
        if (!parameters.changes().isNone() || !parameters.parts().isEmpty()) {
            throw new InvalidInputException("gaps are filled without penalties, biases and ways of drawing in parts");
        }
        List<int[]> tokens = new ArrayList<>();
        text.texts().forEach(part -> tokens.add(encode(part)));
        GapConstraint constraint = new GapConstraint(parser, tokens, text.gaps(), cancellation);
        if (!constraint.isCompletable()) {
            throw new UnsatisfiableException(
                    "no filling of the " + text.gaps().size()
                            + " gaps within their numbers of tokens gives a text of the grammar; give gaps more tokens, or"
                            + " change the given texts",
                    Place.UNKNOWN);
        }
        return new GapFilling(
                        model,
                        template.stopTokens(model.vocabulary()),
                        prompts,
                        text,
                        constraint,
                        parameters,
                        cancellation)
                .run();
    }

    private int[] encode(String text) {
        int[] tokens = model.encoder().encode(text);
        if (!ByteString.of(model.vocabulary().decode(tokens)).equals(ByteString.utf8(text))) {
            throw new InvalidInputException(
                    "the tokens of the model " + model.name() + " cannot spell \"" + text + "\"");
        }
        return tokens;
    }
}
