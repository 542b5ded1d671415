// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another model with a chat template. */
record TemplatedModel(LanguageModel model, String source) implements LanguageModel {

    @Override
    public Optional<ModelTemplate> template() {
        return Optional.of(new ModelTemplate(source, "template", Map.of()));
    }

    @Override
    public Vocabulary vocabulary() {
        return model.vocabulary();
    }

    @Override
    public TextEncoder encoder() {
        return model.encoder();
    }

    @Override
    public int contextLength() {
        return model.contextLength();
    }

    @Override
    public Session open() {
        return model.open();
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        return model.forward(batch);
    }

    @Override
    public void close() {
        model.close();
    }
}
