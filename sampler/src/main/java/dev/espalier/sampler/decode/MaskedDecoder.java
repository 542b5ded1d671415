// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.constraint.ForcedTokens;
import dev.espalier.sampler.constraint.MaskThreads;
import dev.espalier.sampler.decode.draft.DraftSources;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Decoder of single texts under masks: each token is drawn from the model's law restricted to the tokens after which the text can still be
 * completed within its token budget.
 *
 * <p><b>The law.</b> Without forced text and filters ({@link ForcedText#DRAWN}) a text x is drawn with probability
 * {@code q(x) = Π p(token) / Z(step)}, Z being the allowed mass. That is valid but not the model's law restricted to the
 * language; the log weight {@code Σ log Z(step)} of the transcript corrects it: {@code p(x) = q(x) · w(x)}. What forced text
 * and filters change is told by {@link Target}.
 *
 * <p><b>One step.</b> A forward pass reads the last token, together with the tokens of the forced text after it, while the
 * mask of the state after them is computed on another thread. All texts under way share forward passes, whichever thread asked for them; they
 * join and leave at any step. Each has its own grammar, parameters and outcome, and fails alone. What several texts have in common at
 * their start is read once, long prompts in parts between which other texts go on. The same request gives the same tokens in any company
 * and on any number of threads, as far as the model gives the same logits; {@link BatchOptions#invariant()} makes it.
 *
 * <p><b>Budget.</b> A token is allowed only if afterwards the text can be closed in the tokens that are left. So a text is
 * always completed where every byte is a token. A budget below the bound at the start is an error.
 *
 * <p><b>Attempts.</b> Where a grammar checks some of a text only when it is finished, a text may turn out to have no end. With
 * {@link DecodeRequest#withAttempts} all of it is then taken back and another one is drawn from the beginning. So a text that is
 * complete is drawn from q conditioned on coming to an end: {@code q(x) / P(end)}, with one and the same unknown factor
 * for all texts. Weights stay right up to that factor, as they are used. Only the last attempt is in the transcript. When
 * the attempts are used up, the outcome is that of the last one. Greedy requests have one attempt: another would give the
 * same text.
 *
 * <p>Thread-safe. Cost beside the model: a few microseconds
 * a token, and one pass over the logits on the mask threads.
 */
public final class MaskedDecoder implements AutoCloseable {

    private final DecodingTools tools;
    private final Scheduler scheduler;
    private final Submissions submissions;

    /** A decoder with one mask thread for each processor but one, at most 8. */
    public MaskedDecoder(LanguageModel model) {
        this(model, BatchOptions.DEFAULT, BatchListener.NONE);
    }

    /** As {@link #MaskedDecoder(LanguageModel)}, with bounds of what is written together, and a listener that is told of each pass. */
    public MaskedDecoder(LanguageModel model, BatchOptions options, BatchListener listener) {
        this(model, Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1)), options, listener);
    }

    /**
     * A decoder.
     *
     * @param model is not closed with the decoder
     * @param maskThreads threads that compute masks beside the forward pass, and end when idle; with 0 the thread that
     *     decodes computes them after it
     * @throws InvalidInputException if {@code maskThreads} is negative
     */
    public MaskedDecoder(LanguageModel model, int maskThreads) {
        this(model, maskThreads, BatchOptions.DEFAULT, BatchListener.NONE);
    }

    /**
     * A decoder.
     *
     * @param model is not closed with the decoder
     * @param maskThreads as {@link #MaskedDecoder(LanguageModel, int)}
     * @param options bounds of what is written together
     * @param listener told of each forward pass
     * @throws InvalidInputException if {@code maskThreads} is negative
     */
    public MaskedDecoder(LanguageModel model, int maskThreads, BatchOptions options, BatchListener listener) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(listener, "listener");
        ParameterRange.require(maskThreads >= 0, "maskThreads", "≥ 0", maskThreads);
        ForcedTokens spelling = new ForcedTokens(model.vocabulary(), model.encoder());
        MaskThreads threads = new MaskThreads(maskThreads, this::signal);
        this.tools = new DecodingTools(
                model,
                model.vocabulary(),
                new TokenSampler(model.vocabulary().size()),
                spelling,
                threads,
                new DraftSources(model, spelling, threads, options.drafts(), options.invariant()),
                options.cacheTokens());
        this.scheduler = new Scheduler(tools, options, listener);
        this.submissions = new Submissions(scheduler, tools, options.maxWaiting());
    }

    private void signal() {
        scheduler.signal();
    }

    /**
     * Writes one text.
     *
     * @throws EspalierException if the request is refused before anything is written: an empty or too long prompt, a
     *     grammar compiled for another vocabulary, a budget below what the grammar may need. All later failures are outcomes.
     */
    public Outcome decode(DecodeRequest request) {
        Objects.requireNonNull(request, "request");
        Outcome outcome = decode(List.of(request)).get(0);
        if (outcome instanceof Outcome.Refused refused && refused.transcript().forwardPasses() == 0) {
            throw refused.cause();
        }
        return outcome;
    }

    /**
     * Writes several texts in shared forward passes, together with those of other threads.
     *
     * @return the outcomes in the order of the requests; none failed because of another
     */
    public List<Outcome> decode(List<DecodeRequest> requests) {
        Objects.requireNonNull(requests, "requests");
        Waiter waiter = new Waiter(false);
        List<Row> rows = requests.stream()
                .map(request -> new Row(request, tools, waiter))
                .toList();
        rows.forEach(Row::begin);
        waiter.add(rows);
        boolean interrupted = false;
        scheduler.enter(waiter);
        try {
            scheduler.add(rows);
            while (!waiter.rows().isEmpty()) {
                if (Thread.interrupted()) {
                    interrupted = true;
                    rows.forEach(Row::interrupt);
                }
                scheduler.await(waiter);
                waiter.handle();
            }
        } finally {
            abandon(rows, waiter);
            scheduler.leave(waiter);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return rows.stream().map(Row::outcome).toList();
    }

    /** Ends rows that nobody will wait for any more: only after an error that no outcome can tell. */
    private void abandon(List<Row> rows, Waiter waiter) {
        rows.forEach(Row::interrupt);
        while (!rows.stream().allMatch(Row::isEnded)) {
            scheduler.await(waiter);
        }
    }

    /**
     * Writes a text while the caller does something else. Texts of all callers share forward passes.
     *
     * @return the outcome, which is never exceptional; cancelling the future ends the text soon. Listeners are called by threads of
     *     this decoder, one call at a time
     * @throws dev.espalier.core.error.LimitExceededException if as many submitted texts are not done yet as {@link BatchOptions#maxWaiting} allows
     * @throws dev.espalier.core.error.CancelledException if the decoder is closed
     */
    public CompletableFuture<Outcome> submit(DecodeRequest request) {
        return submissions.submit(Objects.requireNonNull(request, "request"));
    }

    /** Ends the mask threads; sequences under way end as cancelled or refused. The model stays open. */
    @Override
    public void close() {
        tools.threads().close();
        scheduler.close();
        submissions.close();
    }
}
