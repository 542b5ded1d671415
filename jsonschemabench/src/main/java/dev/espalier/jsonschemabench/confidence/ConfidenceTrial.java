// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.confidence;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.confidence.Confidence;
import dev.espalier.confidence.ConfidenceOptions;
import dev.espalier.jsonschemabench.fields.FieldCase;
import dev.espalier.sampler.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has a generator write values, and asks how sure it was of each field. */
public final class ConfidenceTrial {

    private final Generator generator;
    private final ConfidenceOptions options;

    /**
     * A trial.
     *
     * @param generator not closed by this
     */
    public ConfidenceTrial(Generator generator, ConfidenceOptions options) {
        this.generator = generator;
        this.options = options;
    }

    /**
     * The fields of the value that is written for a text; keys are no fields, and what is not whole has none.
     *
     * @throws dev.espalier.core.error.EspalierException if the schema cannot be compiled, or the model fails
     */
    public List<JudgedField> judge(FieldCase one, SamplingParameters sampling) {
        Request<String> request =
                Request.of(one.text(), Output.jsonSchema(one.schema())).with(sampling);
        Generation<String> written = generator.generate(request);
        List<JudgedField> judged = new ArrayList<>();
        if (written.isComplete()) {
            JsonNode value = JsonMapper.shared().readTree(written.text());
            JsonNode schema = JsonMapper.shared().readTree(one.schema());
            for (Confidence confidence : written.confidences(options)) {
                if (!confidence.isKey()) {
                    judged.add(JudgedField.of(one, schema, value, confidence));
                }
            }
        }
        return judged;
    }
}
