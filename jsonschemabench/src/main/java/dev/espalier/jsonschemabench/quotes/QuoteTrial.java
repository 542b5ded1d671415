// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quotes;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.Samples;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.jsonschemabench.fields.FieldCase;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Has a generator quote one field of a text in two ways: token by token, each the likeliest, and the likeliest quote of all. */
public final class QuoteTrial {

    private final Generator generator;

    /**
     * A trial.
     *
     * @param generator not closed by this
     */
    public QuoteTrial(Generator generator) {
        this.generator = generator;
    }

    /**
     * What came of one field.
     *
     * @param id the name of the text
     * @param field the name of the field
     * @param expected what it says
     * @param greedy what was quoted token by token
     * @param likeliest the likeliest quote; empty if the search was given up
     * @param gain log of how much likelier it is
     * @param questions how often the search asked the model
     */
    public record Quoted(
            String id,
            String field,
            String expected,
            String greedy,
            Optional<String> likeliest,
            double gain,
            long questions) {

        /** The members of a line of JSON, in order. */
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", id);
            members.put("field", field);
            members.put("expected", expected);
            members.put("greedy", greedy);
            likeliest.ifPresent(text -> members.put("likeliest", text));
            members.put("gain", gain);
            members.put("questions", questions);
            return members;
        }
    }

    /** The fields of a text that are quotes of it: strings without a format that stand in it. */
    public List<Quoted> quote(FieldCase one) {
        List<Quoted> quoted = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : one.expected().properties()) {
            if (member.getValue().isString()
                    && one.text().contains(member.getValue().stringValue())) {
                quoted.add(quote(one, member.getKey(), member.getValue().stringValue()));
            }
        }
        return quoted;
    }

    private Quoted quote(FieldCase one, String field, String expected) {
        Output<String> output = Output.jsonSchema(schema(field)).withSource(one.text());
        Request<String> request =
                Request.of(one.text(), output).with(SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN));
        Generation<String> greedy = generator.generate(request);
        try {
            Samples<String> found = generator.sample(
                    request.with(SamplingParameters.DEFAULT.withTemperature(1)), Samplers.likeliest(), 1);
            SampleSet set = found.set();
            double gain =
                    set.samples().get(0).logProbability() - greedy.transcript().logProbability();
            return new Quoted(
                    one.id(),
                    field,
                    expected,
                    value(greedy.text(), field),
                    Optional.of(value(found.drawn().get(0).text(), field)),
                    gain,
                    set.calls());
        } catch (LimitExceededException tooMany) {
            return new Quoted(
                    one.id(), field, expected, value(greedy.text(), field), Optional.empty(), 0, tooMany.bound());
        }
    }

    private static String value(String json, String field) {
        return JsonMapper.shared().readTree(json).path(field).asString("");
    }

    /** An object with one quote, of whole words. */
    private static String schema(String field) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        schema.put("type", "object");
        ObjectNode member = schema.putObject("properties").putObject(field);
        member.put("type", "string");
        member.putObject("x-from-source").put("words", true);
        schema.putArray("required").add(field);
        schema.put("additionalProperties", false);
        return schema.toString();
    }
}
