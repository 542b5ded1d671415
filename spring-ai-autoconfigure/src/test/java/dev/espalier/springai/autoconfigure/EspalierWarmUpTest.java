// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.assistant.Assistant;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.springai.EspalierOutputConverter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.converter.ListOutputConverter;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

@Tag("integration")
class EspalierWarmUpTest {

    record Score(@Min(1) @Max(5) int stars) {}

    /** A schema without a value. */
    @Configuration(proxyBeanMethods = false)
    static class Impossible {

        @Bean
        StructuredOutputConverter<String> nothing() {
            return new StructuredOutputConverter<>() {
                @Override
                public String getFormat() {
                    return "";
                }

                @Override
                public String getJsonSchema() {
                    return "{\"type\":\"integer\",\"minimum\":5,\"maximum\":1}";
                }

                @Override
                public String convert(String text) {
                    return text;
                }
            };
        }
    }

    /** A type that has no exact schema. */
    record Loose(Object anything) {}

    private final ApplicationContextRunner runner = EspalierAiAutoConfigurationTest.RUNNER.withUserConfiguration(
            EspalierAiAutoConfigurationTest.Scripted.class);

    @Configuration(proxyBeanMethods = false)
    static class Converters {

        @Bean
        EspalierOutputConverter<List<Score>> scores() {
            return EspalierOutputConverter.of(new ParameterizedTypeReference<List<Score>>() {});
        }

        @Bean
        ListOutputConverter words() {
            return new ListOutputConverter();
        }
    }

    private static ChatClient client(AssertableApplicationContext context) {
        return context.getBean(ChatClient.Builder.class).build();
    }

    private static long compilations(AssertableApplicationContext context) {
        return context.getBean(Assistant.class).compiler().compilations();
    }

    @Test
    void theFirstRequestForATypeCompilesNothing() {
        runner.withPropertyValues("espalier.ai.warm-up.types=" + Score.class.getName())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    long before = compilations(context);
                    assertThat(before).isPositive();
                    client(context).prompt("How good?").call().entity(Score.class);
                    client(context).prompt("How good?").call().entity(EspalierOutputConverter.of(Score.class));
                    assertThat(compilations(context)).isEqualTo(before);
                });
    }

    @Test
    void theFirstRequestForAConverterCompilesNothing() {
        runner.withUserConfiguration(Converters.class).run(context -> {
            assertThat(context).hasNotFailed();
            long before = compilations(context);
            client(context)
                    .prompt("How good?")
                    .call()
                    .entity(context.getBean(Converters.class).scores());
            assertThat(compilations(context)).isEqualTo(before);
        });
        runner.withUserConfiguration(Converters.class)
                .withPropertyValues("espalier.ai.warm-up.converters=false")
                .run(context -> assertThat(compilations(context)).isZero());
    }

    @Test
    void aSchemaThatHasNoValueStopsTheStart() {
        runner.withUserConfiguration(Impossible.class)
                .run(context ->
                        assertThat(context).hasFailed().getFailure().isInstanceOf(UnsatisfiableException.class));
    }

    @Test
    void aTypeThatOnlySpringsConverterReadsIsCompiledForThatOne() {
        runner.withPropertyValues("espalier.ai.warm-up.types=" + Loose.class.getName())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(compilations(context)).isPositive();
                });
    }

    @Test
    void roundsWarmTheMachineUp() {
        runner.withPropertyValues("espalier.ai.warm-up.rounds=1")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
