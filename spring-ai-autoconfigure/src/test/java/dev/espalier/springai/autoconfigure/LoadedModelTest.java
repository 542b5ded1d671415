// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.assistant.Assistant;
import dev.espalier.sprig.Sprig;
import dev.espalier.springai.EspalierChatModel;
import dev.espalier.springai.EspalierOutputConverter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.health.contributor.Health;

/** Models that are loaded as properties say. */
@Tag("integration")
class LoadedModelTest {

    record Person(String name, int age) {}

    @Test
    void withoutAnyPropertyTheEmbeddedModelAnswers() {
        EspalierAiAutoConfigurationTest.RUNNER.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Assistant.class).name()).isEqualTo("sprig");
            Health health = Objects.requireNonNull(
                    context.getBean(EspalierHealthIndicator.class).health());
            assertThat(health.getDetails())
                    .containsEntry("model", "sprig")
                    .containsEntry("device", "cpu")
                    .containsEntry("contextLength", 1024);
            ChatClient client = context.getBean(ChatClient.Builder.class).build();
            assertThat(client.prompt("Ada Lovelace is 36 years old.")
                            .call()
                            .entity(EspalierOutputConverter.of(Person.class)))
                    .isEqualTo(new Person("Ada Lovelace", 36));
        });
    }

    @Test
    void aDirectoryIsLoadedAsPropertiesSay(@TempDir Path folder) throws IOException {
        Path model = Files.createDirectory(folder.resolve("small"));
        for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
            try (InputStream file = Objects.requireNonNull(Sprig.class.getResourceAsStream(name), name)) {
                Files.copy(file, model.resolve(name));
            }
        }
        EspalierAiAutoConfigurationTest.RUNNER
                .withPropertyValues(
                        "espalier.ai.model=" + model,
                        "espalier.ai.name=tiny",
                        "espalier.ai.precision=float32",
                        "espalier.ai.context-length=300",
                        "espalier.ai.batch.max-rows=2")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Assistant.class).contextLength()).isEqualTo(300);
                    EspalierChatModel chat = context.getBean(EspalierChatModel.class);
                    assertThat(chat.getOptions().getModel()).isEqualTo("tiny");
                    assertThat(ChatClient.create(chat)
                                    .prompt("Ada is 36.")
                                    .options(chat.getOptions().mutate().outputSchema("{\"enum\":[\"old\",\"young\"]}"))
                                    .call()
                                    .content())
                            .isIn("\"old\"", "\"young\"");
                });
    }

    @Test
    void anUnknownDeviceIsRefused() {
        EspalierAiAutoConfigurationTest.RUNNER
                .withPropertyValues("espalier.ai.device=tpu")
                .run(context ->
                        assertThat(context).hasFailed().getFailure().rootCause().hasMessageContaining("tpu"));
    }
}
