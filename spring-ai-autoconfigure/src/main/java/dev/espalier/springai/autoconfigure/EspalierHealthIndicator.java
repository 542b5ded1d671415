// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while the model is loaded, with its name, the device that properties loaded it to, and its context length; down from an answer on that the model failed in, such as for want of memory, until it completes another. Thread-safe. */
public final class EspalierHealthIndicator extends AbstractHealthIndicator implements AssistantListener {

    private final ObjectProvider<Assistant> assistants;
    private final @Nullable String device;
    private final AtomicReference<@Nullable ModelException> failure = new AtomicReference<>();

    /**
     * The health of a model.
     *
     * @param assistants who answers with it; none for an application that brings a chat model of its own
     * @param device where it computes; null if that is not known
     */
    EspalierHealthIndicator(ObjectProvider<Assistant> assistants, @Nullable String device) {
        super("the health of Espalier's model is not known");
        this.assistants = assistants;
        this.device = device;
    }

    @Override
    public void onAnswer(String model, Turn turn, Answer answer) {
        EspalierException cause = answer.failure().orElse(null);
        if (cause == null) {
            failure.set(null);
        } else if (cause instanceof ModelException failed) {
            failure.set(failed);
        }
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Assistant assistant = assistants.getIfAvailable();
        if (assistant == null) {
            builder.unknown();
            return;
        }
        ModelException failed = failure.get();
        Health.Builder said = failed == null ? builder.up() : builder.down(failed);
        said.withDetail("model", assistant.name());
        if (device != null) {
            said.withDetail("device", device);
        }
        said.withDetail("contextLength", assistant.contextLength())
                .withDetail("compiledOutputs", assistant.compiler().keptOutputs());
    }
}
