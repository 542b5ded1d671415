// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ReflectionUtils;

/** Options made for other models: what they share with all is kept, and what they have beside must not be set. */
final class ForeignOptions {

    private static final Set<String> KEPT = Set.of(
            "class",
            "model",
            "frequencyPenalty",
            "maxTokens",
            "presencePenalty",
            "stopSequences",
            "temperature",
            "topK",
            "topP",
            "toolCallbacks",
            "toolContext",
            "outputSchema");

    private ForeignOptions() {}

    /**
     * Looks at all properties of options.
     *
     * @throws UnsupportedFeatureException naming one that is set and cannot be kept
     */
    static void require(ChatOptions options) {
        if (options instanceof EspalierChatOptions) {
            return;
        }
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(options.getClass())) {
            Method getter = property.getReadMethod();
            if (getter != null && !KEPT.contains(property.getName()) && isSet(value(getter, options))) {
                throw refused(
                        property.getName(),
                        "the option " + property.getName() + " of "
                                + options.getClass().getSimpleName() + " has no place in Espalier's options");
            }
        }
    }

    /** An option that cannot be kept. */
    static UnsupportedFeatureException refused(String option, String why) {
        return new UnsupportedFeatureException(option, why, Place.UNKNOWN);
    }

    private static @Nullable Object value(Method getter, ChatOptions options) {
        ReflectionUtils.makeAccessible(getter);
        return ReflectionUtils.invokeMethod(getter, options);
    }

    private static boolean isSet(@Nullable Object value) {
        if (value instanceof Collection<?> all) {
            return !all.isEmpty();
        }
        return value instanceof Map<?, ?> all ? !all.isEmpty() : value != null;
    }
}
