// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.TreeStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What forks share is seen as if each had it for itself. */
class SharedPrefixTest {

    private static final double TOLERANCE = 1e-4;

    private record Text(Session session, List<Integer> tokens) {

        Text fork() {
            return new Text(session.fork(), new ArrayList<>(tokens));
        }

        void truncate(int length) {
            session.truncate(length);
            tokens.subList(length, tokens.size()).clear();
        }
    }

    /** Families with and without windows, soft caps and grouped queries. */
    @ParameterizedTest
    @ValueSource(strings = {"llama3", "gemma2", "gemma3", "mistral", "qwen3", "olmo2"})
    void passesOverForksGiveTheLogitsOfTextsReadAlone(String name) {
        Family family = Family.of(name);
        for (boolean deviceLogits : new boolean[] {false, true}) {
            LoadOptions options = LoadOptions.DEFAULT.withThreads(1);
            try (PyTorchModel model = PyTorchModel.load(family.files(), name, options, deviceLogits)) {
                Random random = new Random(name.hashCode());
                List<Text> texts = new ArrayList<>(List.of(new Text(model.open(), new ArrayList<>())));
                for (int round = 0; round < 20; round++) {
                    for (int i = 0; i < 2; i++) {
                        texts.add(texts.get(random.nextInt(texts.size())).fork());
                    }
                    Text cut = texts.get(random.nextInt(texts.size()));
                    int kept = cut.tokens.size() - random.nextInt(cut.tokens.size() / 3 + 1);
                    cut.truncate(kept);
                    texts.forEach(text -> text.truncate(Math.min(text.tokens.size(), model.contextLength() - 10)));
                    if (round % 4 == 3) {
                        trees(model, texts, random);
                    } else {
                        pass(model, texts, round % 4 == 2 ? 1 : 70, random);
                    }
                    while (texts.size() > 5) {
                        texts.remove(random.nextInt(texts.size())).session.close();
                    }
                }
                texts.forEach(text -> text.session.close());
                assertTrue(model.rows()[0] == model.rows()[1], Arrays.toString(model.rows()));
            }
        }
    }

    private static void pass(PyTorchModel model, List<Text> texts, int longest, Random random) {
        List<Step> steps = new ArrayList<>();
        for (Text text : texts) {
            int room = model.contextLength() - text.tokens.size();
            int[] tokens = random.ints(Math.min(room, 1 + random.nextInt(longest)), 5, 60)
                    .toArray();
            Arrays.stream(tokens).forEach(text.tokens::add);
            steps.add(Step.of(text.session, tokens));
        }
        List<float[]> actual = model.forward(steps).stream()
                .map(Logits::toArray)
                .map(float[]::clone)
                .toList();
        for (int i = 0; i < texts.size(); i++) {
            double difference = Family.difference(actual.get(i), alone(model, texts.get(i).tokens));
            assertTrue(difference <= TOLERANCE, "text " + i + ": " + difference);
        }
    }

    /** Reads a random tree behind each text, compares all nodes and keeps a path. */
    private static void trees(PyTorchModel model, List<Text> texts, Random random) {
        List<TreeStep> steps = new ArrayList<>();
        for (Text text : texts) {
            int[] tokens = random.ints(1 + random.nextInt(9), 5, 60).toArray();
            int[] parents = IntStream.range(0, tokens.length)
                    .map(i -> random.nextInt(i + 1) - 1)
                    .toArray();
            steps.add(TreeStep.of(text.session, tokens, parents));
        }
        List<ReadTree> trees = model.forwardTree(steps);
        for (int i = 0; i < texts.size(); i++) {
            Text text = texts.get(i);
            TreeStep step = steps.get(i);
            for (int node = 0; node < step.size(); node++) {
                List<Integer> path = new ArrayList<>(text.tokens);
                Arrays.stream(step.path(node)).forEach(path::add);
                double difference = Family.difference(trees.get(i).logits().get(node), alone(model, path));
                assertTrue(difference <= TOLERANCE, "text " + i + ", node " + node + ": " + difference);
            }
            int kept = random.nextInt(step.size());
            trees.get(i).keep(kept);
            Arrays.stream(step.path(kept)).forEach(text.tokens::add);
        }
    }

    private static float[] alone(PyTorchModel model, List<Integer> tokens) {
        try (Session session = model.open()) {
            int[] all = tokens.stream().mapToInt(Integer::intValue).toArray();
            return model.forward(List.of(Step.of(session, all)))
                    .get(0)
                    .toArray()
                    .clone();
        }
    }

    @Test
    void aPassOfOneForkGivesTheSameBitsAsIfItHadReadAll() {
        try (PyTorchModel model = Family.load("qwen2");
                Session prompt = model.open();
                Session other = model.open()) {
            int[] start = new Random(5).ints(100, 5, 60).toArray();
            model.forward(List.of(Step.of(prompt, start)));
            model.forward(List.of(Step.of(other, start)));
            List<Session> forks =
                    IntStream.range(0, 4).mapToObj(i -> prompt.fork()).toList();
            model.forward(forks.stream().map(fork -> Step.of(fork, 7)).toList());
            for (Session fork : forks) {
                fork.truncate(100);
                other.truncate(100);
                for (int token = 5; token < 15; token++) {
                    float[] expected = model.forward(List.of(Step.of(other, token)))
                            .get(0)
                            .toArray()
                            .clone();
                    assertArrayEquals(
                            expected,
                            model.forward(List.of(Step.of(fork, token))).get(0).toArray());
                }
                fork.close();
            }
        }
    }
}
