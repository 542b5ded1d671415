// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.core.ByteString;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A model of bytes whose logits depend on the last token only; it likes ends of strings, numbers and texts. */
final class ByteModel implements LanguageModel {

    private static final int END = 256;

    private final Vocabulary vocabulary;
    private final int contextLength;
    private final Runnable pass;

    ByteModel(int contextLength) {
        this(contextLength, () -> {});
    }

    /** A model that does something at each forward pass. */
    ByteModel(int contextLength, Runnable pass) {
        this.contextLength = contextLength;
        this.pass = pass;
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < END; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        this.vocabulary = builder.special(END, "<end>").endIds(END).build();
    }

    private static final class Tokens implements Session {
        private int length;

        @Override
        public int length() {
            return length;
        }

        @Override
        public Session fork() {
            Tokens copy = new Tokens();
            copy.length = length;
            return copy;
        }

        @Override
        public void truncate(int shorter) {
            length = shorter;
        }

        @Override
        public void close() {}
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public TextEncoder encoder() {
        return ByteTokens::of;
    }

    @Override
    public int contextLength() {
        return contextLength;
    }

    @Override
    public Session open() {
        return new Tokens();
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        pass.run();
        List<Logits> all = new ArrayList<>();
        for (Step step : batch) {
            ((Tokens) step.session()).length += step.size();
            Random random = new Random(step.tokens()[step.size() - 1]);
            float[] values = new float[END + 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            for (int liked : new int[] {'"', ',', '}', ']', END}) {
                values[liked] += 4;
            }
            all.add(Logits.of(values));
        }
        return all;
    }

    @Override
    public void close() {}
}
