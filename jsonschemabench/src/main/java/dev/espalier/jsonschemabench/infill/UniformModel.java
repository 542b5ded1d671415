package dev.espalier.jsonschemabench.infill;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import java.util.Collections;
import java.util.List;

/**
 * A model to which all tokens are the same in every slot: the worst case for methods that look at likely tokens. Thread-safe.
 *
 * @param vocabulary its tokens
 * @param encoder their tokenizer
 */
record UniformModel(Vocabulary vocabulary, TextEncoder encoder) implements MaskedDiffusionModel {

    private static final int CONTEXT = 1 << 20;

    @Override
    public int contextLength() {
        return CONTEXT;
    }

    @Override
    public List<Logits> forward(int[] prompt, Canvas canvas, int[] slots) {
        return Collections.nCopies(slots.length, Logits.of(new float[vocabulary.size()]));
    }

    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public void close() {}
}
