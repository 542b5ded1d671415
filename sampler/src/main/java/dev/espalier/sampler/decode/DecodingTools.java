// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.constraint.ForcedTokens;
import dev.espalier.sampler.constraint.MaskThreads;
import dev.espalier.sampler.decode.draft.DraftSources;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import org.jspecify.annotations.Nullable;

/**
 * What the sequences of one decoding share. Used by the decoding thread.
 *
 * @param model the model
 * @param vocabulary its vocabulary
 * @param sampler scratch space for drawing
 * @param forcedTokens spells forced text
 * @param threads compute masks
 * @param drafts where drafts come from
 * @param cacheTokens the most tokens of the model's cache
 */
record DecodingTools(
        LanguageModel model,
        Vocabulary vocabulary,
        TokenSampler sampler,
        ForcedTokens forcedTokens,
        MaskThreads threads,
        DraftSources drafts,
        long cacheTokens) {

    /** The most tokens of a sequence. */
    int longest() {
        return (int) Math.min(model.contextLength(), cacheTokens);
    }

    /** What bounds the tokens of a sequence, for messages. */
    String longestName() {
        return hasShortCache() ? "the bound of the cache" : "the model's context";
    }

    /** Whether the cache, and not the model, bounds the tokens of a sequence. */
    boolean hasShortCache() {
        return cacheTokens < model.contextLength();
    }

    /** Whether the cache has a bound besides the model's. */
    boolean hasBoundedCache() {
        return cacheTokens < Long.MAX_VALUE;
    }

    /** A new session; failures are typed. The model must be locked. */
    Session open() {
        try {
            return model.open();
        } catch (RuntimeException failure) {
            throw modelFailure(failure);
        }
    }

    /** A copy of a session; failures are typed. The model must be locked. */
    Session fork(Session session) {
        try {
            return session.fork();
        } catch (RuntimeException failure) {
            throw modelFailure(failure);
        }
    }

    /** Closes a session. What that throws is dropped: its sequence has its outcome, and the others need theirs. */
    void close(Session session) {
        synchronized (model) {
            try {
                session.close();
            } catch (RuntimeException dropped) {
                return;
            }
        }
    }

    /** The logits as an array; failures are typed. */
    float[] values(Logits logits) {
        try {
            return logits.toArray();
        } catch (RuntimeException failure) {
            throw modelFailure(failure);
        }
    }

    /** A draw where the logits are, or null where that is not possible; failures are typed. */
    @Nullable
    Choice onDevice(Logits logits, long[] allowed, SamplingParameters parameters, Choices choices) {
        try {
            return logits.sample(allowed, parameters, choices::uniform).orElse(null);
        } catch (RuntimeException failure) {
            throw modelFailure(failure);
        }
    }

    /** What the model threw, as one of our own exceptions. */
    EspalierException modelFailure(RuntimeException failure) {
        return failure instanceof EspalierException typed
                ? typed
                : new ModelException("the model " + model.name() + " failed: " + failure, failure);
    }

    /** Whether a mask allows nothing but end tokens. */
    boolean onlyEnds(TokenMask mask) {
        int[] ends = vocabulary.endIds();
        if (mask.count() > ends.length) {
            return false;
        }
        int found = 0;
        for (int end : ends) {
            found += mask.allows(end) ? 1 : 0;
        }
        return found == mask.count();
    }
}
