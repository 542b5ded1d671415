// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import dev.espalier.assistant.Assistant;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.springai.EspalierChatModel;
import dev.espalier.springai.EspalierOutputConverter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Compiles the schemas of an application's own types when it has started, before it takes requests: those of {@code espalier.ai.warm-up.types}, as Spring AI and as Espalier write them, and those of all
 * converters. What cannot be compiled stops the start.
 */
public final class EspalierWarmUp implements SmartInitializingSingleton {

    private static final Log LOG = LogFactory.getLog(EspalierWarmUp.class);

    private final EspalierChatModel model;
    private final ObjectProvider<Assistant> assistants;
    private final ObjectProvider<StructuredOutputConverter<?>> converters;
    private final EspalierAiProperties.WarmUp properties;

    EspalierWarmUp(
            EspalierChatModel model,
            ObjectProvider<Assistant> assistants,
            ObjectProvider<StructuredOutputConverter<?>> converters,
            EspalierAiProperties.WarmUp properties) {
        this.model = model;
        this.assistants = assistants;
        this.converters = converters;
        this.properties = properties;
    }

    @Override
    public void afterSingletonsInstantiated() {
        properties.types().forEach(this::prepare);
        if (properties.converters()) {
            converters.orderedStream().forEach(this::prepare);
        }
        if (properties.rounds() > 0) {
            assistants.ifAvailable(assistant -> assistant.compiler().warmUp(properties.rounds(), new Cancellation()));
        }
    }

    private void prepare(Class<?> type) {
        prepare(new BeanOutputConverter<>(type));
        try {
            prepare(EspalierOutputConverter.of(type));
        } catch (UnsupportedFeatureException e) {
            LOG.info("Espalier has no exact schema of " + type.getName()
                    + ", only Spring AI's converter can ask for it: " + e.getMessage());
        }
    }

    private void prepare(StructuredOutputConverter<?> converter) {
        String schema = converter.getJsonSchema();
        if (!schema.isBlank()) {
            model.prepare(new Prompt(
                    "", model.getOptions().mutate().outputSchema(schema).build()));
        }
    }
}
