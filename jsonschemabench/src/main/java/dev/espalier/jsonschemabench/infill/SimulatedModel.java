// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stand-in for a diffusion model, without weights: the logits of a slot are a function of the canvas. Thread-safe, but for
 * {@link #forward}'s results, which are the caller's. Cost: that of the law for each slot that is asked for.
 *
 * @param name what it is called
 * @param vocabulary its tokens
 * @param encoder the tokenizer, for prompts
 * @param law the logits
 */
record SimulatedModel(String name, Vocabulary vocabulary, TextEncoder encoder, Law law)
        implements MaskedDiffusionModel {

    private static final int CONTEXT = 1 << 20;

    /** The logits of a free slot. Thread-safe. */
    interface Law {
        Logits of(Canvas canvas, int slot);
    }

    /** A model to which all tokens are the same in every slot: the worst case for methods that look at likely tokens. */
    static SimulatedModel uniform(Vocabulary vocabulary, TextEncoder encoder) {
        Logits same = Logits.of(new float[vocabulary.size()]);
        return new SimulatedModel("uniform", vocabulary, encoder, (canvas, slot) -> same);
    }

    /**
     * A model that wants to write one document and is mistaken in places, as {@link WantedDocument} says.
     *
     * @throws InvalidInputException if a number is out of range
     */
    static SimulatedModel wanting(
            Vocabulary vocabulary,
            TextEncoder encoder,
            int[] document,
            double corruption,
            double sharpness,
            long seed) {
        return new SimulatedModel(
                "simulated",
                vocabulary,
                encoder,
                new WantedDocument(vocabulary, document, corruption, sharpness, seed));
    }

    @Override
    public int contextLength() {
        return CONTEXT;
    }

    @Override
    public List<Logits> forward(int[] prompt, Canvas canvas, int[] slots) {
        List<Logits> rows = new ArrayList<>();
        int last = -1;
        for (int slot : slots) {
            if (slot <= last || !canvas.isFree(slot)) {
                throw new InvalidInputException("slot " + slot + " is fixed or out of order");
            }
            last = slot;
            rows.add(law.of(canvas, slot));
        }
        return rows;
    }

    @Override
    public void close() {}

    /**
     * Logits with a peak at the token that a slot wants. All of it is a function of a seed.
     *
     * <p>Slot i wants the document's token i, slots after the document an end token. The wanted token's logit lies above noise between 0 and
     * 1, by an amount that grows from half the sharpness to all of it with the share of fixed slots among the eight on either side. A share
     * of the slots is <em>corrupted</em>: another token, drawn for the slot, has the higher logit, and the wanted one comes second. Fixed
     * neighbours heal a slot: it counts as corrupted with probability {@code corruption · (1 − share)}.
     *
     * @param document the tokens it wants to write, from the canvas's first slot on
     * @param corruption the share of slots it is mistaken in without context, from 0 to 1
     * @param sharpness the height of the wanted token above the others at its highest, at least 0; 0 for noise alone
     * @param seed decides noise and corruption
     */
    private record WantedDocument(Vocabulary vocabulary, int[] document, double corruption, double sharpness, long seed)
            implements Law {

        private static final int NEIGHBOURS = 8;

        WantedDocument {
            ParameterRange.require(corruption >= 0 && corruption <= 1, "corruption", "in [0, 1]", corruption);
            ParameterRange.require(sharpness >= 0, "sharpness", "≥ 0", sharpness);
            for (int token : document) {
                ParameterRange.require(token >= 0 && token < vocabulary.size(), "token", "in the vocabulary", token);
            }
        }

        @Override
        public Logits of(Canvas canvas, int slot) {
            float[] logits = new float[vocabulary.size()];
            for (int id = 0; id < logits.length; id++) {
                logits[id] = (float) uniform(slot, id);
            }
            double share = fixedShare(canvas, slot);
            int wanted = wanted(slot);
            double peak = sharpness * (0.5 + 0.5 * share);
            if (uniform(slot, -1) < corruption * (1 - share)) {
                logits[(int) (uniform(slot, -2) * logits.length)] += (float) peak;
                peak /= 2;
            }
            if (wanted >= 0) {
                logits[wanted] += (float) peak;
            }
            return Logits.of(logits);
        }

        /** The token that a slot wants; -1 after the document if there is no end token. */
        private int wanted(int slot) {
            return slot < document.length
                    ? document[slot]
                    : Arrays.stream(vocabulary.endIds()).findFirst().orElse(-1);
        }

        private static double fixedShare(Canvas canvas, int slot) {
            int from = Math.max(0, slot - NEIGHBOURS);
            int to = Math.min(canvas.size() - 1, slot + NEIGHBOURS);
            int fixed = 0;
            for (int near = from; near <= to; near++) {
                fixed += canvas.isFree(near) ? 0 : 1;
            }
            return to == from ? 0 : (double) fixed / (to - from);
        }

        /** A number from [0, 1) for a slot and something of it (the finaliser of SplitMix64). */
        private double uniform(int slot, int what) {
            long z = seed * 0x9E3779B97F4A7C15L + slot * 0xD1B54A32D192ED03L + what * 0x8CB92BA72F3D8DD7L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            return (z >>> 11) * 0x1.0p-53;
        }
    }
}
