// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

final class ModelExample {

    // guide: begin
    /** A model from a function of the tokens so far, which gives a logit for each id. */
    record FunctionModel(
            Vocabulary vocabulary, TextEncoder encoder, int contextLength, Function<int[], float[]> network)
            implements LanguageModel {

        @Override
        public Session open() {
            return new Sequence(new int[0]);
        }

        @Override
        public List<Logits> forward(List<Step> batch) {
            List<Logits> rows = new ArrayList<>();
            for (Step step : batch) {
                Sequence sequence = (Sequence) step.session();
                sequence.tokens = IntStream.concat(IntStream.of(sequence.tokens), IntStream.of(step.tokens()))
                        .toArray();
                rows.add(Logits.of(network.apply(sequence.tokens)));
            }
            return rows;
        }

        @Override
        public void close() {}
    }

    static final class Sequence implements Session {

        private int[] tokens; // a real model keeps its key/value cache here

        Sequence(int[] tokens) {
            this.tokens = tokens;
        }

        @Override
        public int length() {
            return tokens.length;
        }

        @Override
        public Session fork() {
            return new Sequence(tokens);
        }

        @Override
        public void truncate(int length) {
            tokens = Arrays.copyOf(tokens, length);
        }

        @Override
        public void close() {}
    }
    // guide: end

    private ModelExample() {}
}
