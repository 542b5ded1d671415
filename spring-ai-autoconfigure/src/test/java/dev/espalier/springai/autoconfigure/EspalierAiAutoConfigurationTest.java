// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn.Thinking;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.springai.EspalierChatModel;
import dev.espalier.springai.EspalierChatOptions;
import dev.espalier.testing.ScriptedModel;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

class EspalierAiAutoConfigurationTest {

    static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    EspalierAiAutoConfiguration.class,
                    EspalierAiHealthAutoConfiguration.class,
                    ChatClientAutoConfiguration.class));

    private final ApplicationContextRunner scripted = RUNNER.withUserConfiguration(Scripted.class);

    @Configuration(proxyBeanMethods = false)
    static class Scripted {

        @Bean
        LanguageModel scriptedModel() {
            return new ScriptedModel(prompt -> prompt.contains("RFC8259") ? "{\"x\":1,\"y\":1}" : "{\"x\":1,\"y\":2}");
        }
    }

    record Point(int x, int y) {}

    /** Another model, which says nothing. */
    private static final class Silent implements ChatModel {

        private String read = "";

        @Override
        public ChatResponse call(Prompt prompt) {
            read = prompt.getContents();
            return new ChatResponse(List.of());
        }

        @Override
        public ChatOptions getOptions() {
            return StructuredOutputChatOptions.builder().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Another {

        @Bean
        ChatModel anotherModel() {
            return new Silent();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Preferred {

        @Bean
        @Primary
        Silent preferredModel() {
            return new Silent();
        }
    }

    @Test
    void aModelOfTheApplicationIsAnsweredWith() {
        scripted.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(EspalierChatModel.class);
            assertThat(context).hasSingleBean(Assistant.class).hasSingleBean(LanguageModel.class);
            ChatClient client = context.getBean(ChatClient.Builder.class).build();
            assertThat(client.prompt("Where?").call().entity(Point.class)).isEqualTo(new Point(1, 2));
        });
    }

    @Test
    void nativeStructuredOutputCanBeSwitchedOff() {
        scripted.withPropertyValues("espalier.ai.native-structured-output=false")
                .run(context -> {
                    ChatClient client =
                            context.getBean(ChatClient.Builder.class).build();
                    assertThat(client.prompt("Where?").call().entity(Point.class))
                            .isEqualTo(new Point(1, 1));
                });
    }

    @Test
    void propertiesBecomeOptions() {
        scripted.withPropertyValues(
                        "espalier.ai.name=small",
                        "espalier.ai.chat.temperature=0.5",
                        "espalier.ai.chat.top-p=0.9",
                        "espalier.ai.chat.top-k=40",
                        "espalier.ai.chat.min-p=0.1",
                        "espalier.ai.chat.max-tokens=100",
                        "espalier.ai.chat.seed=7",
                        "espalier.ai.chat.stop-sequences=a,b",
                        "espalier.ai.chat.thinking=off",
                        "espalier.ai.chat.parallel-tool-calls=false")
                .run(context -> assertThat(
                                context.getBean(EspalierChatModel.class).getOptions())
                        .isEqualTo(EspalierChatOptions.builder()
                                .model("small")
                                .temperature(0.5)
                                .topP(0.9)
                                .topK(40)
                                .minP(0.1)
                                .maxTokens(100)
                                .seed(7L)
                                .stopSequences(List.of("a", "b"))
                                .thinking(Thinking.OFF)
                                .parallelToolCalls(false)
                                .build()));
    }

    @Test
    void anotherModelTakesItsPlaceWhereThePropertySaysSo() {
        RUNNER.withUserConfiguration(Another.class)
                .withPropertyValues("spring.ai.model.chat=none")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(EspalierChatModel.class);
                    assertThat(context).doesNotHaveBean(Assistant.class).hasSingleBean(ChatModel.class);
                });
        RUNNER.withPropertyValues("spring.ai.model.chat=ollama")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EspalierChatModel.class));
        scripted.withPropertyValues("spring.ai.model.chat=espalier")
                .run(context -> assertThat(context).hasSingleBean(EspalierChatModel.class));
    }

    @Test
    void twoModelsAreForTheApplicationToChooseFrom() {
        scripted.withUserConfiguration(Another.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(EspalierChatModel.class);
            assertThat(context.getBeansOfType(ChatModel.class)).hasSize(2);
            assertThat(ChatClient.create(context.getBean(EspalierChatModel.class))
                            .prompt("Where?")
                            .call()
                            .content())
                    .isEqualTo("{\"x\":1,\"y\":2}");
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> context.getBean(ChatClient.Builder.class)))
                    .hasMessageContaining("anotherModel");
        });
    }

    @Test
    void clientsOfAnotherModelStayAsTheyAre() {
        scripted.withUserConfiguration(Preferred.class).run(context -> {
            ChatClient client = context.getBean(ChatClient.Builder.class).build();
            assertThat(client.prompt("Where?").call().entity(Point.class)).isNull();
            assertThat(context.getBean(Silent.class).read).contains("RFC8259");
        });
    }

    @Test
    void moreAnswersThanMayWaitAreRefused() {
        scripted.withPropertyValues("espalier.ai.batch.max-waiting=1").run(context -> {
            EspalierChatModel model = context.getBean(EspalierChatModel.class);
            Iterator<ChatResponse> first = model.stream(new Prompt("Where?"))
                    .limitRate(1)
                    .toIterable(1)
                    .iterator();
            assertThat(first.hasNext()).isTrue();
            assertThatThrownBy(() -> model.call("Where?")).isInstanceOf(LimitExceededException.class);
            first.forEachRemaining(chunk -> {});
            assertThat(model.call("Where?")).isEqualTo("{\"x\":1,\"y\":2}");
        });
    }

    @Test
    void withoutAnyModelTheMessageSaysWhatToSet() {
        RUNNER.withClassLoader(new FilteredClassLoader("dev.espalier.sprig"))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("espalier.ai.model")
                        .hasMessageContaining("espalier-sprig"));
        RUNNER.withPropertyValues("espalier.ai.model=no/such/model.gguf")
                .run(context ->
                        assertThat(context).hasFailed().getFailure().rootCause().hasMessageContaining("model.gguf"));
    }

    @Test
    void itStartsWithoutClientsHealthAndMetrics() {
        scripted.withClassLoader(new FilteredClassLoader(
                        "org.springframework.ai.chat.client",
                        "org.springframework.boot.health",
                        "io.micrometer.core",
                        "dev.espalier.micrometer",
                        "dev.espalier.sprig"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(EspalierChatModel.class));
    }
}
