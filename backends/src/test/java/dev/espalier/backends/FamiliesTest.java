// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits of tiny models against those of Hugging Face's transformers; {@code src/test/python/families.py} wrote them. */
class FamiliesTest {

    private static final double TOLERANCE = 1e-4;

    static Stream<String> families() {
        return Family.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("families")
    void logitsAfterEveryTokenAreThoseOfAnotherImplementation(String name) {
        Family family = Family.of(name);
        try (PyTorchModel model = Family.load(name);
                Session session = model.open()) {
            List<Logits> rows = model.forwardEach(List.of(Step.of(session, family.tokens())))
                    .get(0);
            assertEquals(family.expected().length, rows.size());
            for (int i = 0; i < rows.size(); i++) {
                double difference = Family.difference(rows.get(i), family.expected()[i]);
                assertTrue(difference <= TOLERANCE, name + " position " + i + ": " + difference);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void decodingTokenByTokenOverTheCacheGivesTheSameLogits(String name) {
        Family family = Family.of(name);
        try (PyTorchModel model = Family.load(name);
                Session session = model.open()) {
            for (int i = 0; i < family.tokens().length; i++) {
                Logits logits = model.forward(List.of(Step.of(session, family.tokens()[i])))
                        .get(0);
                double difference = Family.difference(logits, family.expected()[i]);
                assertTrue(difference <= TOLERANCE, name + " position " + i + ": " + difference);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void logitsThatStayOnTheDeviceAndPaddedBatchesAreTheSame(String name) {
        Family family = Family.of(name);
        try (PyTorchModel model = PyTorchModel.load(family.files(), name, LoadOptions.DEFAULT.withThreads(1), true)) {
            List<Session> sessions = List.of(model.open(), model.open(), model.open());
            int[] lengths = {1, 9, 20};
            for (int i = 0; i < 3; i++) {
                model.forward(List.of(Step.of(sessions.get(i), Arrays.copyOf(family.tokens(), lengths[i]))));
            }
            for (int step = 0; step < 3; step++) {
                int at = step;
                List<Step> batch = Stream.of(0, 1, 2)
                        .map(i -> Step.of(sessions.get(i), family.tokens()[lengths[i] + at]))
                        .toList();
                List<Logits> logits = model.forward(batch);
                for (int i = 0; i < 3; i++) {
                    double difference = Family.difference(logits.get(i), family.expected()[lengths[i] + step]);
                    assertTrue(difference <= TOLERANCE, name + " sequence " + i + ": " + difference);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void halfPrecisionComesClose(String name) {
        Family family = Family.of(name);
        for (Precision precision : List.of(Precision.FLOAT16, Precision.BFLOAT16)) {
            LoadOptions options = LoadOptions.DEFAULT.withThreads(1).withPrecision(precision);
            try (PyTorchModel model = PyTorchModel.load(family.files(), name, options);
                    Session session = model.open()) {
                Logits logits = model.forward(List.of(Step.of(session, family.tokens())))
                        .get(0);
                double difference = Family.difference(logits, family.expected()[family.tokens().length - 1]);
                assertTrue(difference <= (precision == Precision.FLOAT16 ? 0.03 : 0.3), name + ": " + difference);
            }
        }
    }

    @Test
    void endTokensComeFromTheConfiguration() {
        try (PyTorchModel model = Family.load("llama3")) {
            assertArrayEquals(new int[] {1, 2}, model.vocabulary().endIds());
            assertEquals(64, model.vocabulary().size());
            assertEquals(128, model.contextLength());
        }
    }
}
