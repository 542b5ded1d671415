// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.ChatPrompting;
import dev.espalier.Output;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.util.Optional;

/**
 * A model and how it is asked. Thread-safe.
 *
 * @param model the model
 * @param engine what its answers are listed under: the engine, with the precision of its weights
 * @param loadNanos how long it took to load
 * @param chat its chat template; empty for the embedded model, which has a form of its own
 */
public record AskedModel(LanguageModel model, String engine, long loadNanos, Optional<ChatPrompting> chat)
        implements AutoCloseable {

    /** What the names of this engine begin with. */
    static final String ENGINE = "Espalier";

    /** This engine, with the precision of its weights. */
    public static String engine(String precision) {
        return ENGINE + " " + precision;
    }

    /** What the model reads for a task. */
    public int[] prompt(QualityTask task, AnswerWay way) {
        Output<String> output = Output.jsonSchema(task.schema());
        return chat.map(each -> way.prompting(each).tokens(task.prompt(), output, 0))
                .orElseGet(() -> Sprig.prompt(model, task.prompt(), output));
    }

    @Override
    public void close() {
        model.close();
    }
}
