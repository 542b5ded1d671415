// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;
import dev.espalier.testing.ToyModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be asked of a generation's fields, and what is refused. */
class ConfidenceTest {

    private static final Output<String> TICKET = Output.jsonSchema("""
            {"type":"object","properties":{
              "name":{"enum":["true","false"]},
              "a/b":{"type":"array","items":{"type":"boolean"},"minItems":2,"maxItems":2},
              "free":{"type":"string","maxLength":3}},
             "required":["name","a/b"],"additionalProperties":false}""");

    private static String refusal(Class<? extends EspalierException> type, Runnable call) {
        return String.valueOf(assertThrows(type, call::run).getMessage());
    }

    @Test
    void allFieldsComeInTheOrderOfTheText() {
        try (Generator generator = Generator.of(new ToyModel())) {
            Generation<String> written = generator.generate(Request.of("p", TICKET));
            List<String> fields = written.confidences(ConfidenceOptions.DEFAULT).stream()
                    .filter(one -> !one.isKey())
                    .map(Confidence::pointer)
                    .toList();
            assertEquals(List.of("/name", "/a~1b/0", "/a~1b/1"), fields.subList(0, 3));
            assertEquals(written.text().contains("\"free\""), fields.contains("/free"));
        }
    }

    @Test
    void keysThatMustComeAreLeftOut() {
        try (Generator generator = Generator.of(new ToyModel())) {
            Output<String> output = Output.jsonSchema(
                    "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1},\"b\":{\"const\":true},\"c\":{\"const\":true}},"
                            + "\"required\":[\"a\",\"c\"],\"additionalProperties\":false}");
            Generation<String> written = generator.generate(Request.of("p", output));
            List<Confidence> keys = written.confidences(ConfidenceOptions.DEFAULT).stream()
                    .filter(Confidence::isKey)
                    .toList();
            assertEquals(1, keys.size(), keys::toString);
            assertEquals(1, keys.get(0).alternatives().size());
            assertTrue(keys.get(0).isExact());
            assertEquals(
                    1,
                    keys.get(0).probability()
                            + keys.get(0).alternatives().get(0).lower(),
                    1e-12);
            Confidence first = written.keyConfidence("/a", ConfidenceOptions.DEFAULT);
            assertEquals(1, first.probability(), 1e-12);
        }
    }

    @Test
    void aStringThatIsUnlikelyIsSeenAllTheSame() {
        try (Generator generator = Generator.of(new ToyModel())) {
            Output<String> output = Output.jsonSchema("{\"type\":\"string\",\"minLength\":20,\"maxLength\":20}");
            Generation<String> written = generator.generate(Request.of("p", output)
                    .with(SamplingParameters.DEFAULT.withTemperature(1).withSeed(3)));
            Confidence confidence = written.confidence("", ConfidenceOptions.DEFAULT.withMaxPrefixes(1));
            assertTrue(confidence.probability() > 0 && confidence.probability() < 1e-6, confidence::toString);
            assertTrue(confidence.value().upper() >= confidence.probability(), confidence::toString);
            assertTrue(confidence.unseen() > 0.99, confidence::toString);
        }
    }

    @Test
    void whatIsNoFieldIsRefusedByName() {
        try (Generator generator = Generator.of(new ToyModel())) {
            Generation<String> written = generator.generate(Request.of("p", TICKET));
            String unknown = refusal(InvalidInputException.class, () -> written.confidence("/nmae"));
            assertTrue(unknown.contains("\"/nmae\"; did you mean /name?"), unknown);
            String array = refusal(UnsupportedFeatureException.class, () -> written.confidence("/a~1b"));
            assertTrue(array.contains("#/a~1b") && array.contains("not of a whole object or array"), array);
            assertThrows(UnsupportedFeatureException.class, () -> written.confidence(""));
            assertThrows(InvalidInputException.class, () -> written.keyConfidence("/nmae", ConfidenceOptions.DEFAULT));
            Generation<String> plain = generator.generate(Request.of("p", Output.choice("true", "false")));
            String noJson = refusal(InvalidInputException.class, () -> plain.confidence("/a"));
            assertTrue(noJson.contains("JSON Schema"), noJson);
        }
    }

    @Test
    void onlyWholeTextsThatWereWrittenFromLeftToRightHaveConfidences() {
        Generator generator = Generator.of(new ToyModel());
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        Generation<String> cancelled =
                generator.generate(Request.of("p", TICKET).with(cancellation));
        assertThrows(EspalierException.class, () -> cancelled.confidence("/name"));
        Generation<String> cut =
                generator.generate(Request.of("p", TICKET).with(SamplingParameters.DEFAULT.withMaxTokens(2)));
        assertThrows(IncompleteException.class, () -> cut.confidence("/name"));
        Generation<String> stopped = generator.generate(Request.of("p", Output.text())
                .with(SamplingParameters.DEFAULT.withMaxTokens(8))
                .withStops("q"));
        assertThrows(InvalidInputException.class, () -> stopped.confidence(""));
        Generation<String> filled = generator.fill(
                Request.of("p", Output.choice("ab", "true")), GappedText.parse("[[*]]"), FillTemplate.CONTINUATION);
        String gaps = refusal(InvalidInputException.class, () -> filled.confidence(""));
        assertTrue(gaps.contains("without gaps"), gaps);
        Generation<String> written = generator.generate(Request.of("p", TICKET));
        generator.close();
        String closed = refusal(InvalidInputException.class, () -> written.confidence("/name"));
        assertTrue(closed.contains("closed"), closed);
    }

    @Test
    void emptyArraysAndObjectsAreNoFields() {
        try (Generator generator = Generator.of(new ToyModel())) {
            Generation<String> written =
                    generator.generate(Request.of("p", Output.jsonSchema("{\"type\":\"array\",\"maxItems\":0}")));
            assertEquals("[]", written.text());
            assertThrows(UnsupportedFeatureException.class, () -> written.confidence(""));
            assertEquals(List.of(), written.confidences(ConfidenceOptions.DEFAULT));
        }
    }

    @Test
    void optionsAreChecked() {
        assertThrows(InvalidInputException.class, () -> ConfidenceOptions.DEFAULT.withAlternatives(-1));
        assertThrows(InvalidInputException.class, () -> ConfidenceOptions.DEFAULT.withMaxPrefixes(0));
        assertThrows(InvalidInputException.class, () -> ConfidenceOptions.DEFAULT.withEnough(1));
        assertThrows(InvalidInputException.class, () -> ConfidenceOptions.DEFAULT.withEnough(Double.NaN));
    }
}
