// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import dev.espalier.assistant.Assistant;
import dev.espalier.springai.EspalierChatModel;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health of the chat model, as {@code espalier} in the health endpoint; {@code management.health.espalier.enabled} turns it off. */
@AutoConfiguration(after = EspalierAiAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(EspalierChatModel.class)
public class EspalierAiHealthAutoConfiguration {

    /** For Spring. */
    public EspalierAiHealthAutoConfiguration() {}

    /** Its own class, as the condition is Spring Boot's module of health itself, which need not be there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnEnabledHealthIndicator("espalier")
    static class Indicator {

        @Bean
        @ConditionalOnMissingBean
        EspalierHealthIndicator espalierHealthIndicator(
                ObjectProvider<Assistant> assistants, EspalierAiProperties properties, BeanFactory beans) {
            boolean isLoadedByProperties = beans.containsBean(EspalierAiAutoConfiguration.MODEL);
            return new EspalierHealthIndicator(assistants, isLoadedByProperties ? properties.device() : null);
        }
    }
}
