// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.TokenProbabilities;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.draw.ChangedLogits;
import dev.espalier.sampler.draw.Draw;
import dev.espalier.sampler.draw.LikeliestTokens;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The draws of one sequence. What they were worth is worked out later, beside a forward pass, and told to the transcript. */
final class TokenDraws {

    private final DecodingTools tools;
    private SamplingParameters parameters;
    private final TranscriptWriter transcript;
    private final Choices choices;
    private final long[] allowed;
    private final @Nullable ChangedLogits changed;
    private @Nullable Unweighed latest;

    TokenDraws(
            DecodingTools tools,
            SamplingParameters parameters,
            int[] prompt,
            TranscriptWriter transcript,
            Choices choices) {
        this.tools = tools;
        this.changed = parameters.changes().isNone() ? null : new ChangedLogits(parameters.changes(), prompt);
        this.parameters = parameters;
        this.transcript = transcript;
        this.choices = choices;
        this.allowed = new long[(tools.vocabulary().size() + 63) >> 6];
    }

    /**
     * A draw whose probability under the model's law is still to be computed. It must be before the next draw, on any thread.
     *
     * @param draw what was drawn
     * @param logits from which
     * @param allowed the mask
     * @param index the place of the token in the text
     * @param allowedTokens how many tokens the mask allowed
     * @param forcedBytes how many of the token's first bytes were forced
     * @param top how many of the likeliest tokens are wanted
     */
    record Unweighed(
            Draw draw, float[] logits, long[] allowed, int index, int allowedTokens, int forcedBytes, int top) {

        Weighed weigh() {
            Choice choice = draw.weigh(logits, allowed);
            return new Weighed(choice, top == 0 ? null : thought(choice));
        }

        private TokenProbabilities thought(Choice choice) {
            return new TokenProbabilities(
                    index,
                    choice.token(),
                    choice.logProbability(),
                    choice.logAllowedMass(),
                    allowedTokens,
                    forcedBytes,
                    LikeliestTokens.of(draw, choice.logProbability(), logits, allowed, false, top),
                    LikeliestTokens.of(draw, choice.logProbability(), logits, allowed, true, top));
        }
    }

    /** What a draw was worth, and what else was likely, if that is wanted. */
    record Weighed(Choice choice, @Nullable TokenProbabilities thought) {}

    /** The draw that is still to be weighed; null if there is none. */
    @Nullable
    Unweighed unweighed() {
        return latest;
    }

    /** Random choices, which go on in another attempt. */
    Choices choices() {
        return choices;
    }

    /** Penalties and biases at this place; null if there are none. */
    @Nullable
    ChangedLogits changed() {
        return changed;
    }

    /** Draws and scores as other parameters say, from now on. */
    void as(SamplingParameters other) {
        parameters = other;
    }

    /**
     * Draws a token.
     *
     * @param constraint what made the mask, and has not read the token
     */
    int draw(Logits logits, TokenMask mask, TokenConstraint constraint) {
        mask.copyTo(allowed);
        boolean onHost = changed != null || parameters.topTokens() > 0;
        Choice onDevice = onHost ? null : tools.onDevice(logits, allowed, parameters, choices);
        if (onDevice != null) {
            if (!mask.allows(onDevice.token())) {
                throw new ModelException("the model chose token " + onDevice.token() + ", which the mask forbids");
            }
            transcript.drawn(onDevice);
            return onDevice.token();
        }
        float[] values = values(logits);
        Draw draw = tools.sampler().draw(values, allowed, mask.isSparse() ? mask.ids() : null, parameters, choices);
        if (parameters.weighed()) {
            int top = parameters.topTokens();
            int forced = top == 0 ? 0 : forced(draw.token(), constraint.forced());
            latest = new Unweighed(draw, values, allowed, transcript.size(), mask.count(), forced, top);
        } else {
            transcript.drawn(draw.unweighed());
        }
        return draw.token();
    }

    private int forced(int token, byte[] must) {
        int common = Arrays.mismatch(tools.vocabulary().bytes(token).toByteArray(), must);
        return common < 0 ? must.length : common;
    }

    /** The likeliest token of a mask, after penalties and biases. */
    int likeliest(Logits logits, TokenMask mask) {
        long[] bits = new long[allowed.length];
        mask.copyTo(bits);
        return LikeliestTokens.ids(values(logits), bits, 1)[0];
    }

    /**
     * Adds the probability of a token that was committed without a draw, and the token to the text.
     *
     * @param index its place in the text
     */
    void score(int token, Logits logits, int index) {
        float[] values = values(logits);
        if (values.length != tools.vocabulary().size() || Float.isNaN(values[token])) {
            throw new InvalidLogitsException("expected " + tools.vocabulary().size() + " logits, but got "
                    + values.length + ", or that of the forced token " + token + " is not a number");
        }
        if (parameters.weighed()) {
            int bytes = tools.vocabulary().bytes(token).length();
            Weighed scored = new Unweighed(
                            Draw.only(token, values, parameters),
                            values,
                            Draw.mask(token, values.length),
                            index,
                            1,
                            bytes,
                            parameters.topTokens())
                    .weigh();
            transcript.scored(scored.choice().logProbability());
            if (scored.thought() != null) {
                transcript.thought(scored.thought());
            }
        }
        add(token);
    }

    private float[] values(Logits logits) {
        float[] values = tools.values(logits);
        return changed == null || values.length != tools.vocabulary().size() ? values : changed.of(values);
    }

    /** The text has another token. */
    void add(int token) {
        if (changed != null) {
            changed.add(token);
        }
    }

    /** The latest draw was weighed elsewhere. */
    void weighed(@Nullable Weighed weighed) {
        if (weighed != null) {
            transcript.drawn(weighed.choice());
            latest = null;
            if (weighed.thought() != null) {
                transcript.thought(weighed.thought());
            }
        }
    }

    /** Weighs the latest draw, if that was not done. */
    void weighNow() {
        if (latest != null) {
            weighed(latest.weigh());
        }
    }
}
