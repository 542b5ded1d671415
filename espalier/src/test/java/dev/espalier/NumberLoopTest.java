// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Step;
import dev.espalier.testing.ScriptedModel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Models that would write digits for ever. */
class NumberLoopTest {

    private static final SamplingParameters FEW =
            SamplingParameters.MODEL.withTemperature(0).withMaxTokens(20);
    private static final List<String> LIKINGS =
            List.of("0.", ".0", "0", "1.0", "10.", "9", "-0.", "-.01", "50.", "e0.1", "6e9", "1e+0", "-9.", "38.e");

    record Order(BigInteger id, double price, int count, List<Long> parts) {}

    /** A model that likes some characters, the first most, and never the end. */
    private static final class LoopingModel extends ScriptedModel {

        private final String liked;

        LoopingModel(String liked) {
            super(prompt -> "");
            this.liked = liked;
        }

        @Override
        public List<Logits> forward(List<Step> batch) {
            int size = vocabulary().size();
            return super.forward(batch).stream()
                    .map(read -> {
                        float[] logits = new float[size];
                        for (int i = 0; i < liked.length(); i++) {
                            logits[liked.charAt(i)] = 20 - i;
                        }
                        logits[vocabulary().endIds()[0]] = -20;
                        return Logits.of(logits);
                    })
                    .toList();
        }
    }

    private static <T> T written(String liked, Output<T> output, SamplingParameters sampling) {
        try (Generator generator = Generator.of(new LoopingModel(liked))) {
            Generation<T> generation =
                    generator.generate(Request.of("a number", output).with(sampling));
            assertTrue(
                    generation.outcome().isComplete(),
                    () -> generation.outcome() + " " + generation.text() + " by " + output + " liking " + liked);
            return generation.value().orElseThrow();
        }
    }

    @Test
    void numbersOfJavaTypesEndAndAreReadable() {
        for (String liked : LIKINGS) {
            for (Class<?> type : List.of(
                    int.class,
                    long.class,
                    short.class,
                    byte.class,
                    float.class,
                    double.class,
                    Integer.class,
                    Long.class,
                    Double.class,
                    BigInteger.class,
                    BigDecimal.class,
                    AtomicLong.class)) {
                written(liked, Output.of(type), FEW);
                written(liked, Output.of(type), FEW.withMaxTokens(400));
            }
            written(liked, Output.jsonSchema("{\"type\":\"integer\"}"), FEW.withMaxTokens(400));
            written(liked, Output.jsonSchema("{\"type\":\"number\",\"maximum\":150}"), FEW.withMaxTokens(400));
            written(liked, Output.of(Order.class), FEW.withMaxTokens(120));
            written(liked, Output.listOf(Integer.class), FEW);
        }
    }

    @Test
    void everyTextOfASchemaOfAJavaTypeIsRead() {
        Output<BigInteger> output = Output.of(BigInteger.class);
        BigInteger value = written("9", output, FEW.withMaxTokens(400));
        assertTrue(value.bitLength() < Long.SIZE, value.toString());
    }
}
