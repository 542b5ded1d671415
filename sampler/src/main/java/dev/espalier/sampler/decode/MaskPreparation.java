// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.constraint.MaskThreads;
import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.decode.draft.Draft;
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
    private boolean takesLong;

    MaskPreparation(MaskThreads threads) {
        this.threads = threads;
    }

    /**
     * The masks of the next draw and after each node of a draft, as far as they could be made; when; and what the draw before was worth.
     *
     * @param masks null for those that could not be made, but never the first
     */
    record PreparedMasks(
            List<@Nullable PreparedMask> masks, long start, long end, TokenDraws.@Nullable Weighed weighed) {

        /** The mask of the next draw. */
        PreparedMask first() {
            PreparedMask first = masks.get(0);
            if (first == null) {
                throw new IllegalStateException("the first mask was made or failed");
            }
            return first;
        }
    }

    boolean isUnderWay() {
        return preparing != null;
    }

    /**
     * Starts.
     *
     * @param current where the next token is drawn; nobody else may use it until the masks are {@linkplain #collect collected}
     * @param known its mask, if that is known
     * @param draft what the model reads ahead; its constraints are used up by this
     * @param remaining the most tokens of text from the current place on
     * @param draw what is to be weighed
     */
    void start(
            TokenConstraint current,
            @Nullable PreparedMask known,
            Draft draft,
            int remaining,
            TokenDraws.@Nullable Unweighed draw) {
        preparing = threads.submit(() -> prepared(current, known, draft, remaining, draw), takesLong);
    }

    private static PreparedMasks prepared(
            TokenConstraint current,
            @Nullable PreparedMask known,
            Draft draft,
            int remaining,
            TokenDraws.@Nullable Unweighed draw) {
        long start = System.nanoTime();
        List<@Nullable PreparedMask> masks = new ArrayList<>(draft.masks());
        if (known != null) {
            masks.set(0, known);
        } else if (masks.get(0) == null) {
            masks.set(0, PreparedMask.of(current, remaining));
        }
        addDraft(draft, remaining, masks);
        long end = System.nanoTime();
        return new PreparedMasks(masks, start, end, draw == null ? null : draw.weigh());
    }

    /** Adds the masks after the nodes of a draft, but for those that cannot be made: if the text really comes there, it is tried again. */
    private static void addDraft(Draft draft, int remaining, List<@Nullable PreparedMask> masks) {
        for (int node = 0; node < draft.size(); node++) {
            int parent = draft.parents()[node];
            if (masks.get(node + 1) != null || masks.get(parent + 1) == null) {
                continue;
            }
            try {
                masks.set(node + 1, PreparedMask.of(draft.places().get(node), remaining - draft.depth(node)));
            } catch (CancelledException cancelled) {
                throw cancelled;
            } catch (EspalierException unlikely) {
                continue;
            }
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
            PreparedMasks prepared = done.get();
            takesLong = MaskThreads.isLong(prepared.end() - prepared.start());
            return prepared;
        } catch (InterruptedException | CancellationException ended) {
            throw new CancelledException("the decoder was closed", ended);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw cause instanceof EspalierException typed ? typed : FailureOutcome.foreign(cause);
        }
    }
}
