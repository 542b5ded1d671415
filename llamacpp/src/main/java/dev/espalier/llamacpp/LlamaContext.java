// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import com.sun.jna.Pointer;
import dev.espalier.backends.torch.CpuCores;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.llamacpp.binding.ContextSettings;
import dev.espalier.llamacpp.binding.LlamaApi;
import dev.espalier.llamacpp.binding.TokenBatch;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A model in llama.cpp's memory with the cache of its sequences. Owns native memory. Used by one thread at a time; what is done with a
 * sequence is done to one that was {@linkplain #take() taken}.
 */
final class LlamaContext implements AutoCloseable {

    private static final int MOST_CELLS = 8192;

    /** The most tokens with logits in one call: llama.cpp keeps room for the logits of the largest. */
    private static final int MOST_ROWS = 64;

    private final String source;
    private final LlamaApi api;
    private final Pointer model;
    private final Pointer context;
    private final Pointer memory;
    private final TokenBatch tokens;
    private final LlamaOptions options;
    private final int cells;
    private final int contextLength;
    private final int atOnce;
    private final int width;
    private final BitSet taken = new BitSet();

    private LlamaContext(String source, LlamaApi api, Pointer model, LlamaOptions options) {
        int trained = Math.max(1, api.trainedContext(model));
        int most = options.contextLength() == 0 ? trained : Math.min(trained, options.contextLength());
        this.source = source;
        this.api = api;
        this.model = model;
        this.options = options;
        this.cells =
                options.cells() > 0 ? options.cells() : (int) Math.min(MOST_CELLS, (long) options.sequences() * most);
        this.contextLength = Math.min(most, cells);
        this.atOnce = Math.min(options.batchTokens(), cells);
        this.width = api.tokens(model);
        int threads = options.threads() == 0 ? CpuCores.physical() : options.threads();
        // builds abort where a call has room for fewer logits than there are sequences
        int batch = Math.max(atOnce, options.sequences());
        this.context = api.newContext(
                model,
                new ContextSettings(
                        cells,
                        batch,
                        options.sequences(),
                        threads,
                        options.cacheType().ggmlType()));
        this.memory = api.memory(context);
        this.tokens = new TokenBatch(atOnce);
    }

    /** Loads a file. */
    static LlamaContext load(Path file, LlamaApi api, LlamaOptions options) {
        Pointer model =
                api.loadModel(file, options.gpuLayers() < 0 ? Optional.empty() : Optional.of(options.gpuLayers()));
        try {
            api.refusal(model).ifPresent(reason -> {
                throw new UnsupportedFeatureException(
                        "general.architecture",
                        "not supported, since " + reason,
                        new Place(file.toString(), 0, 0, "", ""));
            });
            return new LlamaContext(file.toString(), api, model, options);
        } catch (RuntimeException e) {
            api.freeModel(model);
            throw e;
        }
    }

    /** Checks that llama.cpp has as many tokens as the file's metadata. */
    void requireTokens(int size) {
        if (width != size) {
            throw new ModelException(
                    source + ": llama.cpp has " + width + " tokens, and tokenizer.ggml.tokens has " + size);
        }
    }

    /** The most tokens of a sequence. */
    int contextLength() {
        return contextLength;
    }

    /** A sequence that is empty and free. */
    int take() {
        int sequence = taken.nextClearBit(0);
        if (sequence >= options.sequences()) {
            throw new ModelException("there are " + sequence
                    + " open sessions, and no room for another: close some, or raise" + " LlamaOptions.sequences");
        }
        taken.set(sequence);
        return sequence;
    }

    /** A sequence with the tokens of another, whose cells it shares. */
    int copy(int sequence) {
        int copy = take();
        api.copySequence(memory, sequence, copy);
        return copy;
    }

    /** Removes the tokens of a sequence from a position on. */
    void truncate(int sequence, int length) {
        if (!api.removeTokens(memory, sequence, length)) {
            throw new ModelException(
                    "llama.cpp cannot cut a sequence of this model to " + length + " tokens" + api.said());
        }
    }

    /** Empties a sequence and gives it back. */
    void release(int sequence) {
        truncate(sequence, 0);
        taken.clear(sequence);
    }

    /**
     * Appends the tokens of steps to sequences, in as many calls as it takes.
     *
     * @param every whether the logits after every token are wanted, or after the last of each step
     * @return the logits of each step
     * @throws ModelException if a call fails; the sequences may then have some of the tokens
     */
    List<List<Logits>> compute(List<Step> batch, List<LlamaSession> sessions, boolean every) {
        List<List<Logits>> rows = new ArrayList<>();
        List<PassToken> all = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            rows.add(new ArrayList<>());
            int[] ids = batch.get(i).tokens();
            LlamaSession session = sessions.get(i);
            for (int j = 0; j < ids.length; j++) {
                boolean wanted = every || j == ids.length - 1;
                all.add(new PassToken(i, ids[j], session.sequence, session.length + j, wanted));
            }
        }
        int most = every ? Math.min(MOST_ROWS, atOnce) : atOnce;
        for (int done = 0; done < all.size(); ) {
            List<PassToken> piece = all.subList(done, Math.min(done + most, all.size()));
            int result = decode(piece);
            if (result != 0 && piece.size() > 1) { // free cells lie apart: there is room for fewer side by side
                undo(piece);
                most = (piece.size() + 1) / 2;
                continue;
            }
            require(result);
            for (int i = 0; i < piece.size(); i++) {
                if (piece.get(i).wanted()) {
                    rows.get(piece.get(i).step()).add(Logits.of(api.logits(context, i, width)));
                }
            }
            done += piece.size();
        }
        return rows;
    }

    /** A token of a pass, the step that it is of, and where it goes. */
    private record PassToken(int step, int id, int sequence, int position, boolean wanted) {}

    private int decode(List<PassToken> piece) {
        tokens.clear();
        piece.forEach(token -> tokens.add(token.id(), token.sequence(), token.position(), token.wanted()));
        return api.decode(context, tokens);
    }

    private void undo(List<PassToken> piece) {
        for (int i = piece.size() - 1; i >= 0; i--) {
            truncate(piece.get(i).sequence(), piece.get(i).position());
        }
    }

    private void require(int result) {
        if (api.isNoRoom(result)) {
            throw new ModelException("llama.cpp has no room in the cache of " + cells
                    + " cells for another token, with " + taken.cardinality()
                    + " open sessions: close some, or raise LlamaOptions.cells" + api.said());
        } else if (result != 0) {
            throw new ModelException("llama.cpp failed with code " + result + api.said());
        }
    }

    @Override
    public void close() {
        tokens.close();
        api.freeContext(context);
        api.freeModel(model);
    }
}
