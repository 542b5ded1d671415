// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.backends.checkpoint.DiffusionConfig;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A masked diffusion model from a Hugging Face directory: LLaDA ({@code LLaDAModelLM}: LLaDA 8B, LLaDA 1.5) or Dream ({@code DreamModel}:
 * Dream 7B, DiffuCoder), with {@code config.json}, {@code tokenizer.json} and weights in safetensors.
 *
 * <p>A free slot is the model's mask token. LLaDA's logits of a position are in its own row; Dream's are in the row before, which {@link
 * #forward} undoes. A pass computes prompt and canvas anew, since every token attends to all; only the hidden states of the requested slots
 * are multiplied by the output matrix, and on a GPU their logits stay there until they are read.
 *
 * <p>The end tokens of the vocabulary are those of the configuration and the token that ends an answer in a conversation
 * ({@code <|eot_id|>} for LLaDA, {@code <|im_end|>} for Dream), where the tokenizer has it.
 *
 * <p><b>Threads.</b> Calls take turns under a lock of the model; the {@link Logits} of a pass belong to one thread at a time. PyTorch itself
 * and the logging of DJL are shared by the whole process.
 *
 * <p><b>Errors.</b> {@link ModelException}. An unsupported architecture or option, such as a model that writes from left to right, throws an
 * {@link dev.espalier.core.error.UnsupportedFeatureException} that names it; an unusable tokenizer file and invalid slots throw an {@link
 * InvalidInputException}.
 */
public final class PyTorchDiffusionModel implements MaskedDiffusionModel {

    private final String name;
    private final DiffusionConfig config;
    private final LoadedModel loaded;
    private final Vocabulary vocabulary;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private PyTorchDiffusionModel(String name, DiffusionConfig config, LoadedModel loaded, Vocabulary vocabulary) {
        this.name = name;
        this.config = config;
        this.loaded = loaded;
        this.vocabulary = vocabulary;
    }

    /** Loads a Hugging Face directory with {@link LoadOptions#DEFAULT}; throws as {@link #load(Path, LoadOptions)}. */
    public static PyTorchDiffusionModel load(Path directory) {
        return load(directory, LoadOptions.DEFAULT);
    }

    /**
     * Loads a Hugging Face directory. Cost: half a second to start PyTorch, two on its first run on a machine, and the
     * time to read the weights.
     *
     * @throws ModelException if a file is missing or broken, PyTorch does not start, or memory does not suffice
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the architecture or an option is not supported
     * @throws InvalidInputException if {@code tokenizer.json} is not usable or does not fit
     */
    public static PyTorchDiffusionModel load(Path directory, LoadOptions options) {
        return load(ModelFiles.directory(directory), String.valueOf(directory.getFileName()), options);
    }

    /** Loads a model from any source of files, under a name for messages; throws as {@link #load(Path, LoadOptions)}. */
    public static PyTorchDiffusionModel load(ModelFiles files, String name, LoadOptions options) {
        return load(files, name, options, options.device().cuda());
    }

    /** As above; {@code deviceLogits} says whether logits stay with the program until they are read, as they do on a GPU. */
    static PyTorchDiffusionModel load(ModelFiles files, String name, LoadOptions options, boolean deviceLogits) {
        DiffusionConfig config = DiffusionConfig.read(new ModelFileSource(files));
        LoadedModel loaded = LoadedModel.load(files, config.network(), options, deviceLogits);
        try {
            Vocabulary vocabulary = withTurnEnd(loaded.vocabulary(), config.turnEnd());
            int mask = config.maskId();
            if (!vocabulary.isSpecial(mask) && vocabulary.bytes(mask).length() > 0) {
                throw new ModelException(files.describe("config.json") + ": the mask token " + mask
                        + " is an ordinary token of the vocabulary, " + vocabulary.text(mask)
                        + "; expected a special token or one without text");
            }
            return new PyTorchDiffusionModel(name, config, loaded, vocabulary);
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    private static Vocabulary withTurnEnd(Vocabulary read, String turnEnd) {
        IntStream turn = read.specialId(turnEnd).stream();
        return read.withEndIds(
                IntStream.concat(Arrays.stream(read.endIds()), turn).distinct().toArray());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public TextEncoder encoder() {
        return loaded.encoder();
    }

    /** The tokens of a prompt with those special tokens that the tokenizer adds; special tokens in it are read as such. */
    @Override
    public int[] encodePrompt(String prompt) {
        return loaded.encoder().encodePrompt(prompt);
    }

    @Override
    public Optional<ModelTemplate> template() {
        return loaded.template();
    }

    @Override
    public int contextLength() {
        return loaded.contextLength();
    }

    /** The id of the mask token, which stands in place of free slots; no slot can be fixed to it. */
    public int maskId() {
        return config.maskId();
    }

    @Override
    public List<Logits> forward(int[] prompt, Canvas canvas, int[] slots) {
        long[] ids = ids(prompt, canvas);
        long[] rows = rows(prompt.length, canvas, slots);
        lock.lock();
        try {
            if (closed) {
                throw new ModelException("model " + name + " is closed");
            }
            loaded.rows().release();
            if (rows.length == 0) {
                return List.of();
            }
            Supplier<PtNDArray> pass = () -> loaded.network().canvas(ids, rows);
            return loaded.rows().latest(pass.get(), () -> fault(pass));
        } finally {
            lock.unlock();
        }
    }

    private ModelException fault(Supplier<PtNDArray> pass) {
        lock.lock();
        try {
            return loaded.network().fault(pass);
        } finally {
            lock.unlock();
        }
    }

    private long[] ids(int[] prompt, Canvas canvas) {
        if ((long) prompt.length + canvas.size() > loaded.contextLength()) {
            throw new ModelException("a prompt of " + prompt.length + " tokens and a canvas of " + canvas.size()
                    + " slots do not fit: the context length is " + loaded.contextLength());
        }
        if (canvas.vocabularySize() != vocabulary.size()) {
            throw new InvalidInputException("the canvas is of a vocabulary of " + canvas.vocabularySize()
                    + " ids, but that of the model has " + vocabulary.size());
        }
        long[] ids = new long[prompt.length + canvas.size()];
        for (int i = 0; i < prompt.length; i++) {
            loaded.requireToken(prompt[i]);
            ids[i] = prompt[i];
        }
        for (int slot = 0; slot < canvas.size(); slot++) {
            if (canvas.token(slot) == config.maskId()) {
                throw new InvalidInputException("slot " + slot + " is fixed to the mask token " + config.maskId()
                        + ", which the model takes for a free slot");
            }
            ids[prompt.length + slot] = canvas.isFree(slot) ? config.maskId() : canvas.token(slot);
        }
        return ids;
    }

    /** The rows that hold the logits of the slots; in shifted models the very first position uses its own row. */
    private long[] rows(int before, Canvas canvas, int[] slots) {
        long[] rows = new long[slots.length];
        for (int i = 0; i < slots.length; i++) {
            if (i > 0 && slots[i] <= slots[i - 1]) {
                throw new InvalidInputException(
                        "slots are asked for in increasing order, but " + slots[i] + " follows " + slots[i - 1]);
            }
            if (!canvas.isFree(slots[i])) {
                throw new InvalidInputException("slot " + slots[i] + " is fixed; only free slots have logits");
            }
            int position = before + slots[i];
            rows[i] = config.shifted() ? Math.max(0, position - 1) : position;
        }
        return rows;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                loaded.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
