// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.draw.Draw;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import org.jspecify.annotations.Nullable;

/** The draws of one sequence. What they were worth is worked out later, beside a forward pass, and told to the transcript. */
final class TokenDraws {

    private final DecodingTools tools;
    private final SamplingParameters parameters;
    private final TranscriptWriter transcript;
    private final Choices choices;
    private final long[] allowed;
    private @Nullable Unweighed latest;

    TokenDraws(DecodingTools tools, SamplingParameters parameters, TranscriptWriter transcript, Choices choices) {
        this.tools = tools;
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
     */
    record Unweighed(Draw draw, float[] logits, long[] allowed) {

        Choice weigh() {
            return draw.weigh(logits, allowed);
        }
    }

    /** The draw that is still to be weighed; null if there is none. */
    @Nullable
    Unweighed unweighed() {
        return latest;
    }

    /** Random choices, which go on in another attempt. */
    Choices choices() {
        return choices;
    }

    /** Draws a token. */
    int draw(Logits logits, TokenMask mask) {
        mask.copyTo(allowed);
        Choice onDevice = tools.onDevice(logits, allowed, parameters, choices);
        if (onDevice != null) {
            if (!mask.allows(onDevice.token())) {
                throw new ModelException("the model chose token " + onDevice.token() + ", which the mask forbids");
            }
            transcript.drawn(onDevice);
            return onDevice.token();
        }
        float[] values = tools.values(logits);
        Draw draw = tools.sampler().draw(values, allowed, mask.isSparse() ? mask.ids() : null, parameters, choices);
        if (parameters.weighed()) {
            latest = new Unweighed(draw, values, allowed);
        } else {
            transcript.drawn(draw.unweighed());
        }
        return draw.token();
    }

    /** Adds the probability of a token that was not drawn. */
    void score(int token, Logits logits) {
        float[] values = tools.values(logits);
        if (values.length != tools.vocabulary().size() || Float.isNaN(values[token])) {
            throw new InvalidLogitsException("expected " + tools.vocabulary().size() + " logits, but got "
                    + values.length + ", or that of the forced token " + token + " is not a number");
        }
        if (parameters.weighed()) {
            transcript.scored(Draw.logProbability(token, values, parameters));
        }
    }

    /** The latest draw was weighed elsewhere. */
    void weighed(@Nullable Choice choice) {
        if (choice != null) {
            transcript.drawn(choice);
            latest = null;
        }
    }

    /** Weighs the latest draw, if that was not done. */
    void weighNow() {
        if (latest != null) {
            weighed(latest.weigh());
        }
    }
}
