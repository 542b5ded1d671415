// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.CompiledOutput;
import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.Reasoning;
import dev.espalier.Request;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.testing.ToyModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Confidences against all sequences of tokens of small languages, each read as a whole. */
class ConfidenceOracleTest {

    private static final ConfidenceOptions ALL = new ConfidenceOptions(1_000, 1_000_000, 0);
    private static final List<String> TYPES = List.of(
            "{\"enum\":[\"a\",\"ab\",\"name\"]}",
            "{\"type\":\"integer\",\"enum\":[1,10,101,12]}",
            "{\"enum\":[true,\"true\",null,\"\"]}",
            "{\"type\":\"boolean\"}",
            "{\"type\":\"integer\",\"minimum\":9,\"maximum\":11}",
            "{\"const\":\"name\"}",
            "{\"enum\":[{\"a\":true},[],\"a\",null]}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"enum\":[1,10]},\"maxItems\":1}");

    private static final ToyModel MODEL = new ToyModel();
    private static final Generator GENERATOR = Generator.of(MODEL);
    private static final OutputCompiler COMPILER = new OutputCompiler(MODEL.vocabulary());

    @AfterAll
    static void close() {
        GENERATOR.close();
        COMPILER.close();
    }

    /** All texts that may follow some tokens, with their probabilities. */
    private static final class Texts {

        private final ModelTree tree;
        private final Map<String, Double> found = new HashMap<>();

        Texts(ModelTree tree) {
            this.tree = tree;
        }

        Map<String, Double> after(int[] tokens) {
            Prefix prefix = tree.root();
            for (int token : tokens) {
                prefix = prefix.then(token);
            }
            walk(prefix, 1);
            return found;
        }

        private void walk(Prefix prefix, double mass) {
            if (prefix.isComplete()) {
                int[] tokens = Arrays.stream(prefix.tokens())
                        .filter(token -> !tree.isEnd(token))
                        .toArray();
                String text = new String(MODEL.vocabulary().decode(tokens), StandardCharsets.UTF_8);
                found.merge(text, mass, Double::sum);
                return;
            }
            TokenLaw law = tree.next(prefix);
            double allowed = law.of(prefix.mask());
            for (int id : prefix.mask().ids()) {
                walk(prefix.then(id), mass * law.of(id) / allowed);
            }
        }
    }

    private static ModelTree tree(Request<?> request) {
        CompiledOutput compiled = COMPILER.compile(request.output());
        return ModelTree.of(
                MODEL,
                MODEL.encodePrompt(request.prompt()),
                compiled.grammar(),
                SamplingParameters.DEFAULT
                        .withTemperature(1)
                        .withMaxTokens(request.sampling().maxTokens()));
    }

    /** The law of what begins at a byte of a text, from whole texts that agree with it so far. */
    private static Map<String, Double> law(Request<?> request, Generation<?> written, FieldPlace place) {
        List<Integer> tokens = written.transcript().tokens();
        int before = 0;
        int end = 0;
        while (before < tokens.size()
                && end + MODEL.vocabulary().bytes(tokens.get(before)).length() <= place.begin()) {
            end += MODEL.vocabulary().bytes(tokens.get(before++)).length();
        }
        int[] given =
                tokens.subList(0, before).stream().mapToInt(token -> token).toArray();
        Map<String, Double> law = new HashMap<>();
        double[] all = {0};
        try (ModelTree tree = tree(request)) {
            new Texts(tree).after(given).forEach((text, mass) -> {
                if (text.startsWith(written.text().substring(0, place.begin()))) {
                    law.merge(value(request, text, place), mass, Double::sum);
                    all[0] += mass;
                }
            });
        }
        law.replaceAll((value, mass) -> mass / all[0]);
        return law;
    }

    private static String value(Request<?> request, String text, FieldPlace place) {
        if (request.output().schema().isEmpty()) {
            return text.substring(place.begin());
        }
        String rest = text.substring(place.begin()).strip();
        if (place.isKey()) {
            return rest.startsWith("\"") ? rest.substring(0, rest.indexOf('"', 1) + 1) : rest.substring(0, 1);
        }
        String json = place.pointer().isEmpty() ? text.substring(place.begin()) : text;
        JsonNode node = JsonMapper.shared().readTree(json).at(place.pointer());
        if (node.isNumber()) {
            return rest.split("[,\\]}\\s]", 2)[0]; // as it is written
        }
        return node.isValueNode() ? node.toString() : rest.substring(0, 1);
    }

    private static void assertExact(Map<String, Double> law, Confidence confidence) {
        Map<String, Double> found = new HashMap<>();
        List<ValueProbability> values = new ArrayList<>(confidence.alternatives());
        values.add(confidence.value());
        double sum = 0;
        for (ValueProbability value : values) {
            assertTrue(value.isExact(), value::toString);
            found.put(value.text(), value.lower());
            sum += value.lower();
        }
        assertEquals(law.keySet(), found.keySet());
        law.forEach((value, p) -> assertEquals(p, found.getOrDefault(value, -1.0), 1e-9, value));
        assertEquals(1, sum, 1e-9);
        assertEquals(0, confidence.unseen());
        List<ValueProbability> sorted = new ArrayList<>(confidence.alternatives());
        sorted.sort(Collections.reverseOrder(Comparator.comparingDouble(ValueProbability::lower)));
        assertEquals(sorted, confidence.alternatives());
    }

    private static void assertBounded(Map<String, Double> law, Confidence confidence) {
        List<ValueProbability> values = new ArrayList<>(confidence.alternatives());
        values.add(confidence.value());
        double seen = 0;
        for (ValueProbability value : values) {
            double p = law.getOrDefault(value.text(), 0.0);
            assertTrue(value.lower() <= p + 1e-9 && p <= value.upper() + 1e-9, () -> value + " but " + p);
            seen += value.lower();
        }
        assertTrue(confidence.value().lower() > 0, "what was written is always seen");
        assertEquals(1, seen + confidence.unseen(), 1e-9);
    }

    private static Output<String> object(Random random) {
        StringBuilder required = new StringBuilder("\"t\"");
        StringBuilder properties = new StringBuilder();
        for (String key : List.of("ab", "a", "t")) {
            if (!key.equals("t") && random.nextInt(3) == 0) {
                continue;
            }
            String type = TYPES.get(random.nextInt(key.equals("a") ? 2 : TYPES.size()));
            properties.append(properties.isEmpty() ? "" : ",").append("\"" + key + "\":" + type);
            required.append(random.nextBoolean() && !key.equals("t") ? ",\"" + key + "\"" : "");
        }
        return Output.jsonSchema("{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[" + required
                + "],\"additionalProperties\":false}");
    }

    private static Generation<String> written(Request<String> request) {
        Generation<String> written = GENERATOR.generate(request);
        assertTrue(written.isComplete(), written::toString);
        return written;
    }

    /** The request with so few tokens that numbers, which may end in any number of zeros, are few, too. */
    private static Request<String> small(Random random, Request<String> request) {
        int tokens = 1;
        while (!GENERATOR.generate(within(request, tokens)).isComplete()) {
            tokens++;
        }
        return within(request, tokens + random.nextInt(4));
    }

    private static Request<String> within(Request<String> request, int tokens) {
        return request.with(request.sampling().withMaxTokens(tokens));
    }

    private static Request<String> request(Random random, Output<String> output) {
        return Request.of("p" + random.nextInt(1_000_000), output)
                .with(SamplingParameters.DEFAULT
                        .withTemperature(1)
                        .withSeed(random.nextInt())
                        .withForcedText(random.nextBoolean() ? ForcedText.DRAWN : ForcedText.COMMITTED));
    }

    private static Confidence ask(Generation<?> written, FieldPlace place, ConfidenceOptions options) {
        return place.isKey()
                ? written.keyConfidence(place.pointer(), options)
                : written.confidence(place.pointer(), options);
    }

    @RandomTrials(60)
    void fieldsOfObjectsHaveTheLawOfWholeTexts(Random random) {
        Request<String> request = small(random, request(random, object(random)));
        Generation<String> written = written(request);
        List<FieldPlace> places = FieldPlace.of(written.text().getBytes(StandardCharsets.UTF_8));
        FieldPlace place = places.get(random.nextInt(places.size()));
        Map<String, Double> law = law(request, written, place);
        assertExact(law, ask(written, place, ALL));
        assertBounded(law, ask(written, place, new ConfidenceOptions(1_000, 1 + random.nextInt(6), 0)));
        assertBounded(law, ask(written, place, new ConfidenceOptions(1_000, 6, 0.5)));
    }

    @RandomTrials(60)
    void outermostValuesHaveTheLawOfWholeTexts(Random random) {
        Output<String> output = Output.jsonSchema(TYPES.get(random.nextInt(6)));
        Request<String> request = small(random, request(random, output));
        Generation<String> written = written(request);
        Map<String, Double> law = law(request, written, FieldPlace.whole());
        assertExact(law, written.confidence("", ALL));
        assertBounded(law, written.confidence("", ALL.withMaxPrefixes(1)));
    }

    @RandomTrials(60)
    void choicesHaveTheLawOfWholeTexts(Random random) {
        List<String> texts = new ArrayList<>(List.of("a", "ab", "abab", "name", "name the", "true", "{", "1"));
        Collections.shuffle(texts, random);
        Request<String> request = request(random, Output.choice(texts.subList(0, 1 + random.nextInt(texts.size()))));
        Generation<String> written = written(request);
        Map<String, Double> law = law(request, written, FieldPlace.whole());
        assertExact(law, written.confidence("", ALL));
        assertBounded(law, written.confidence("", ALL.withMaxPrefixes(2)));
    }

    @RandomTrials(60)
    void answersBehindReasoningHaveTheLawOfWholeTexts(Random random) {
        Reasoning.Start start = Reasoning.Start.values()[random.nextInt(3)];
        Reasoning reasoning = new Reasoning("<", ">", random.nextBoolean() ? "a" : "", start, OptionalInt.of(0));
        Output<String> answer = random.nextBoolean()
                ? Output.choice("a", "ab", "b", "name", "bab")
                : Output.jsonSchema(TYPES.get(random.nextInt(3)));
        Request<String> request = small(random, request(random, answer.after(reasoning)));
        Generation<String> written = written(request);
        int begin = written.text().lastIndexOf('>') + 1;
        int gap = begin == 0 ? 0 : reasoning.gap().length();
        Request<String> asked =
                begin == 0 ? Request.of(request.prompt(), answer).with(request.sampling()) : request;
        Map<String, Double> law = law(asked, written, new FieldPlace("", false, begin + gap));
        assertExact(law, written.confidence("", ALL));
        assertBounded(law, written.confidence("", ALL.withMaxPrefixes(2)));
    }

    @RandomTrials(20)
    void whiteSpaceBeforeAValueBelongsToItsWriting(Random random) {
        Output<String> output = Output.jsonSchema(
                        "{\"type\":\"array\",\"items\":{\"type\":[\"integer\",\"boolean\"],\"enum\":[1,10,true]},\"minItems\":2,\"maxItems\":2}")
                .with(SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.pretty(1)));
        Request<String> request = small(random, request(random, output));
        Generation<String> written = written(request);
        List<FieldPlace> places = FieldPlace.of(written.text().getBytes(StandardCharsets.UTF_8));
        FieldPlace place = places.get(random.nextInt(places.size()));
        assertExact(law(request, written, place), ask(written, place, ALL));
    }
}
