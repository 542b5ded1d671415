// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.numeric.ParameterRange;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
 * mask of the state after them is computed on another thread. All sequences of a batch share one forward pass; each has its
 * own grammar, parameters and outcome, and fails alone. A prompt that several share is read once. The same request gives the
 * same tokens in any batch and on any number of threads, as far as the model gives the same logits.
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
 * <p>Thread-safe: several threads may decode at once and take turns at the model. Cost beside the model: a few microseconds
 * a token, and one pass over the logits on the mask threads.
 */
public final class MaskedDecoder implements AutoCloseable {

    private final LanguageModel model;
    private final MaskThreads threads;
    private final ForcedTokens forcedTokens;

    /** A decoder with one mask thread for each processor but one, at most 8. */
    public MaskedDecoder(LanguageModel model) {
        this(model, Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1)));
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
        Objects.requireNonNull(model, "model");
        ParameterRange.require(maskThreads >= 0, "maskThreads", "≥ 0", maskThreads);
        this.model = model;
        this.threads = new MaskThreads(maskThreads);
        this.forcedTokens = new ForcedTokens(model.vocabulary(), model.encoder());
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
     * Writes several texts in shared forward passes.
     *
     * @return the outcomes in the order of the requests; none failed because of another
     */
    public List<Outcome> decode(List<DecodeRequest> requests) {
        Objects.requireNonNull(requests, "requests");
        DecodingTools tools = new DecodingTools(
                model, model.vocabulary(), new TokenSampler(model.vocabulary().size()), forcedTokens, threads);
        List<DecodingSequence> all = new ArrayList<>();
        try {
            for (DecodeRequest request : requests) {
                DecodingSequence sequence = new DecodingSequence(request, tools);
                all.add(sequence);
                sequence.start();
            }
            List<DecodingSequence> active = launch(all, all);
            while (!active.isEmpty()) {
                forward(active);
                active = launch(active, all);
            }
        } finally {
            all.forEach(DecodingSequence::close);
        }
        return all.stream().map(DecodingSequence::outcome).toList();
    }

    /** Starts the masks of all that go on; closes the sessions of those that ended, and begins those that try again. */
    private List<DecodingSequence> launch(List<DecodingSequence> sequences, List<DecodingSequence> all) {
        List<DecodingSequence> active = new ArrayList<>();
        for (DecodingSequence begun : List.copyOf(sequences)) {
            DecodingSequence sequence = begun;
            sequence.launch();
            for (DecodingSequence next = sequence.again(); next != null; next = sequence.again()) {
                sequence.close();
                all.set(all.indexOf(sequence), next);
                sequence = next;
                sequence.start();
                sequence.launch();
            }
            if (sequence.isActive()) {
                active.add(sequence);
            } else {
                sequence.close();
            }
        }
        return active;
    }

    private void forward(List<DecodingSequence> active) {
        List<DecodingSequence> last = new ArrayList<>();
        List<DecodingSequence> each = new ArrayList<>();
        for (DecodingSequence sequence : active) {
            (sequence.wantsAllRows() ? each : last).add(sequence);
        }
        pass(last, false);
        pass(each, true);
    }

    /**
     * One forward pass; when it fails for several, each tries again by itself. Sequences that start with the same tokens
     * read them once and go on with copies of the session.
     */
    private void pass(List<DecodingSequence> batch, boolean allRows) {
        if (batch.isEmpty()) {
            return;
        }
        synchronized (model) {
            Map<IntBuffer, DecodingSequence> starts = new HashMap<>();
            Map<DecodingSequence, DecodingSequence> readers = new LinkedHashMap<>();
            for (DecodingSequence sequence : batch) {
                IntBuffer start = IntBuffer.wrap(sequence.pending());
                DecodingSequence reader = sequence.hasRead() ? null : starts.get(start);
                if (reader != null) {
                    readers.put(sequence, reader);
                } else if (sequence.takeSession()) {
                    readers.put(sequence, sequence);
                    starts.putIfAbsent(start, sequence);
                }
            }
            run(readers, allRows);
        }
    }

    private void run(Map<DecodingSequence, DecodingSequence> readers, boolean allRows) {
        List<DecodingSequence> reading = List.copyOf(new LinkedHashSet<>(readers.values()));
        if (reading.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        List<List<Logits>> rows;
        try {
            rows = forward(reading.stream().map(DecodingSequence::step).toList(), allRows);
        } catch (RuntimeException failure) {
            retry(List.copyOf(readers.keySet()), allRows, failure);
            return;
        }
        long end = System.nanoTime();
        readers.forEach((sequence, reader) -> {
            if (reader == sequence || sequence.shareSession(reader)) {
                sequence.next(rows.get(reading.indexOf(reader)), start, end, readers.size());
            }
        });
    }

    private void retry(List<DecodingSequence> batch, boolean allRows, RuntimeException failure) {
        for (DecodingSequence sequence : batch) {
            if (batch.size() == 1) {
                sequence.fail(failure);
            } else if (sequence.restore(failure)) {
                pass(List.of(sequence), allRows);
            }
        }
    }

    private List<List<Logits>> forward(List<Step> steps, boolean allRows) {
        List<List<Logits>> rows = allRows
                ? model.forwardEach(steps)
                : model.forward(steps).stream().map(List::of).toList();
        if (rows.size() != steps.size()) {
            throw new ModelException("the model gave logits for " + rows.size() + " of " + steps.size() + " sequences");
        }
        return rows;
    }

    /** Ends the mask threads; sequences under way end as cancelled or refused. The model stays open. */
    @Override
    public void close() {
        threads.close();
    }
}
