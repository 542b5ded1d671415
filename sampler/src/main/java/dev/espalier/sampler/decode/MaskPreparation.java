// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.constraint.MaskThreads;
import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The masks that one sequence needs next, made by another thread while the model reads. Used by the thread that leads. */
final class MaskPreparation {

    private final MaskThreads threads;
    private @Nullable Future<PreparedMasks> preparing;

    MaskPreparation(MaskThreads threads) {
        this.threads = threads;
    }

    /**
     * The masks of the next draw and after each token of a draft, as far as they could be made; when; and what the draw before was worth.
     */
    record PreparedMasks(List<PreparedMask> masks, long start, long end, TokenDraws.@Nullable Weighed weighed) {}

    boolean isUnderWay() {
        return preparing != null;
    }

    /**
     * Starts.
     *
     * @param current where the next token is drawn; nobody else may use it until the masks are {@linkplain #collect collected}
     * @param known its mask, if that is known
     * @param draft constraints after each token of a draft, used up by this
     * @param remaining the most tokens of text from the current place on
     * @param draw what is to be weighed
     */
    void start(
            TokenConstraint current,
            @Nullable TokenMask known,
            List<TokenConstraint> draft,
            int remaining,
            TokenDraws.@Nullable Unweighed draw) {
        preparing = threads.submit(() -> {
            long start = System.nanoTime();
            List<PreparedMask> masks = new ArrayList<>();
            masks.add(known == null ? PreparedMask.of(current, remaining) : new PreparedMask(known, 0));
            addDraft(draft, remaining, masks);
            long end = System.nanoTime();
            return new PreparedMasks(masks, start, end, draw == null ? null : draw.weigh());
        });
    }

    /** Adds the masks along a draft, up to one that cannot be made: if the text really comes there, it is tried again. */
    private static void addDraft(List<TokenConstraint> draft, int remaining, List<PreparedMask> masks) {
        try {
            for (int i = 0; i < draft.size(); i++) {
                masks.add(PreparedMask.of(draft.get(i), remaining - i - 1));
            }
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (EspalierException unlikely) {
            return;
        }
    }

    /**
     * The masks.
     *
     * @return null if they are not there yet
     * @throws EspalierException what making them threw
     */
    @Nullable
    PreparedMasks collect() {
        Future<PreparedMasks> done = preparing;
        if (done == null) {
            throw new IllegalStateException("no mask is being made");
        }
        threads.help(done);
        if (!done.isDone()) {
            return null;
        }
        preparing = null;
        try {
            return done.get();
        } catch (InterruptedException | CancellationException ended) {
            throw new CancelledException("the decoder was closed", ended);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw cause instanceof EspalierException typed ? typed : DecodingSequence.foreign(cause);
        }
    }
}
