// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Step;
import dev.espalier.springai.EspalierChatModel;
import dev.espalier.testing.ScriptedModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Tag("integration")
class EspalierHealthIndicatorTest {

    /** A model that fails while it is told to. */
    private static final class Fragile extends ScriptedModel {

        private volatile boolean isBroken;
        private volatile boolean isClosed;

        Fragile() {
            super(prompt -> "Yes.");
        }

        @Override
        public List<Logits> forward(List<Step> batch) {
            if (isBroken) {
                throw new ModelException("out of memory");
            }
            return super.forward(batch);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Models {

        @Bean
        LanguageModel fragile() {
            return new Fragile();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    private final ApplicationContextRunner runner =
            EspalierAiAutoConfigurationTest.RUNNER.withUserConfiguration(Models.class);

    private static Health health(HealthIndicator indicator) {
        return Objects.requireNonNull(indicator.health(), "health");
    }

    @Test
    void itIsDownWhileTheModelFails() {
        runner.run(context -> {
            HealthIndicator indicator = context.getBean("espalierHealthIndicator", HealthIndicator.class);
            EspalierChatModel chat = context.getBean(EspalierChatModel.class);
            Fragile model = context.getBean(Fragile.class);
            assertThat(health(indicator).getStatus()).isEqualTo(Status.UP);
            assertThat(health(indicator).getDetails())
                    .containsEntry("model", "scripted")
                    .doesNotContainKey("device");
            model.isBroken = true;
            assertThatThrownBy(() -> chat.call("Well?")).isInstanceOf(ModelException.class);
            assertThat(health(indicator).getStatus()).isEqualTo(Status.DOWN);
            model.isBroken = false;
            assertThat(chat.call("Well?")).isEqualTo("Yes.");
            assertThat(health(indicator).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.espalier.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void answersAreMeasuredWhereThereIsARegistry() {
        runner.run(context -> {
            context.getBean(EspalierChatModel.class).call("Well?");
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.getMeters())
                    .anyMatch(meter -> meter.getId().getName().startsWith("espalier"));
        });
    }

    @Test
    void theContextClosesItsModel() {
        Fragile[] model = new Fragile[1];
        runner.run(context -> model[0] = context.getBean(Fragile.class));
        assertThat(model[0].isClosed).isTrue();
    }
}
