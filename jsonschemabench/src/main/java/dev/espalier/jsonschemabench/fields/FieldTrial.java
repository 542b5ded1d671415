// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.fields;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import dev.espalier.sprig.Sprig;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has the embedded model write values, under their schemas or free, and judges them by an independent validator. */
public final class FieldTrial implements AutoCloseable {

    private static final Output<String> ANYTHING = Output.regex("[\\s\\S]*");

    private final ReferenceValidator validator = new ReferenceValidator();
    private final LanguageModel model;
    private final boolean constrained;
    private final OutputCompiler compiler;
    private final MaskedDecoder decoder;

    /**
     * A trial.
     *
     * @param model the embedded model; not closed with this
     * @param constrained whether the schema is enforced; else any text may be written
     */
    public FieldTrial(LanguageModel model, boolean constrained) {
        this.model = model;
        this.constrained = constrained;
        this.compiler = new OutputCompiler(model.vocabulary());
        this.decoder = new MaskedDecoder(model);
    }

    /**
     * Writes the values of some cases in shared forward passes.
     *
     * @param parameters the same for all; the seed of the i-th of them is {@code seed + i}
     * @throws dev.espalier.core.error.EspalierException if a schema cannot be compiled
     */
    public List<FieldResult> run(List<FieldCase> cases, SamplingParameters parameters) {
        List<DecodeRequest> requests = new ArrayList<>();
        for (FieldCase one : cases) {
            Output<String> output = Output.jsonSchema(one.schema());
            int[] prompt = Sprig.prompt(model, one.text(), output);
            requests.add(DecodeRequest.of(
                            prompt,
                            compiler.compile(constrained ? output : ANYTHING).grammar())
                    .with(parameters.withSeed(parameters.seed() + requests.size())));
        }
        List<Outcome> outcomes = decoder.decode(requests);
        List<FieldResult> results = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            results.add(judge(cases.get(i), outcomes.get(i)));
        }
        return results;
    }

    private FieldResult judge(FieldCase one, Outcome outcome) {
        FieldScore nothing =
                new FieldScore(0, FieldScore.of(one.expected(), one.expected()).fields());
        if (!outcome.isComplete()) {
            return new FieldResult(one.id(), outcome, "not complete", nothing, false);
        }
        String text = outcome.transcript().text();
        try {
            JsonNode value = JsonMapper.shared().readTree(text);
            FieldScore score = FieldScore.of(one.expected(), value);
            boolean exact = score.right() == score.fields() && one.expected().equals(value);
            return new FieldResult(one.id(), outcome, validator.faults(one.schema(), text), score, exact);
        } catch (JacksonException e) {
            return new FieldResult(one.id(), outcome, "no JSON: " + e.getOriginalMessage(), nothing, false);
        }
    }

    @Override
    public void close() {
        decoder.close();
        compiler.close();
    }
}
