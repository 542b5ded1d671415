// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import dev.espalier.Prompting;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.micrometer.AssistantMetrics;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import dev.espalier.springai.EspalierChatModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.ai.model.SpringAIModelProperties;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Espalier's chat model from the properties {@code espalier.ai}, where {@code spring.ai.model.chat} is {@code espalier} or not set. Each bean gives way to one of the application's own: a {@link
 * LanguageModel}, an {@link Assistant}, an {@link EspalierChatModel}.
 */
@AutoConfiguration(
        after = ToolCallingAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(EspalierChatModel.class)
@ConditionalOnProperty(name = SpringAIModelProperties.CHAT_MODEL, havingValue = "espalier", matchIfMissing = true)
@EnableConfigurationProperties(EspalierAiProperties.class)
public class EspalierAiAutoConfiguration {

    /** The name of the bean of a model that properties loaded. */
    static final String MODEL = "espalierLanguageModel";

    /** For Spring. */
    public EspalierAiAutoConfiguration() {}

    /** The model of {@code espalier.ai.model}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(prefix = EspalierAiProperties.PREFIX, name = "model")
    @ConditionalOnMissingBean({LanguageModel.class, Assistant.class, EspalierChatModel.class})
    static class NamedModel {

        @Bean(name = MODEL, destroyMethod = "close")
        LanguageModel espalierLanguageModel(EspalierAiProperties properties) {
            Path files = Objects.requireNonNull(properties.model(), "espalier.ai.model");
            return PyTorchModel.load(files, EspalierSettings.load(properties));
        }
    }

    /** {@code espalier.ai.model} is not set. */
    static final class NoModelNamed extends NoneNestedConditions {

        NoModelNamed() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(prefix = EspalierAiProperties.PREFIX, name = "model")
        static final class Named {}
    }

    /** The embedded model. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Sprig.class)
    @Conditional(NoModelNamed.class)
    @ConditionalOnMissingBean({LanguageModel.class, Assistant.class, EspalierChatModel.class})
    static class EmbeddedModel {

        @Bean(name = MODEL, destroyMethod = "close")
        LanguageModel espalierLanguageModel(EspalierAiProperties properties) {
            return Sprig.load(EspalierSettings.load(properties));
        }

        /** It is told schema and text in a form of its own. */
        @Bean
        Prompting espalierPrompting(LanguageModel espalierLanguageModel) {
            return (prompt, output, slots) -> Sprig.prompt(espalierLanguageModel, prompt, output);
        }
    }

    /** Metrics of answers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({AssistantMetrics.class, MeterRegistry.class})
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean
        AssistantMetrics espalierMetrics(MeterRegistry registry) {
            return new AssistantMetrics(registry);
        }
    }

    /** Native structured output for the builders of clients that Spring AI brings. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ChatClientBuilderCustomizer.class)
    @ConditionalOnProperty(
            prefix = EspalierAiProperties.PREFIX,
            name = "native-structured-output",
            havingValue = "true",
            matchIfMissing = true)
    static class NativeStructuredOutput {

        @Bean
        ChatClientBuilderCustomizer espalierNativeStructuredOutput(ObjectProvider<ChatModel> models) {
            return builder -> {
                if (models.getIfUnique() instanceof EspalierChatModel) {
                    builder.defaultAdvisors(AdvisorParams.ENABLE_NATIVE_STRUCTURED_OUTPUT);
                }
            };
        }
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean({Assistant.class, EspalierChatModel.class})
    Assistant espalierAssistant(
            EspalierAiProperties properties,
            ObjectProvider<LanguageModel> models,
            ObjectProvider<Prompting> promptings,
            ObjectProvider<AssistantListener> listeners) {
        LanguageModel model = models.getIfAvailable();
        if (model == null) {
            throw new InvalidInputException("there is no model: set espalier.ai.model to a directory or a GGUF file, "
                    + "add espalier-sprig for the embedded one, or set spring.ai.model.chat to another or to none");
        }
        return Assistant.of(
                model,
                EspalierSettings.assistant(
                        properties,
                        promptings.getIfAvailable(),
                        listeners.orderedStream().toList()));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    EspalierChatModel espalierChatModel(
            Assistant assistant,
            EspalierAiProperties properties,
            ObjectProvider<ToolCallingManager> tools,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<ChatModelObservationConvention> conventions) {
        EspalierChatModel.Builder builder = EspalierChatModel.builder(assistant)
                .name(properties.name())
                .patience(properties.patience())
                .formatsAsSchemas(properties.nativeStructuredOutput())
                .options(EspalierSettings.options(properties.chat()))
                .observationConvention(conventions.getIfAvailable());
        tools.ifAvailable(builder::toolCallingManager);
        observations.ifUnique(builder::observationRegistry);
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    EspalierWarmUp espalierWarmUp(
            EspalierChatModel model,
            ObjectProvider<Assistant> assistants,
            ObjectProvider<StructuredOutputConverter<?>> converters,
            EspalierAiProperties properties) {
        return new EspalierWarmUp(model, assistants, converters, properties.warmUp());
    }
}
