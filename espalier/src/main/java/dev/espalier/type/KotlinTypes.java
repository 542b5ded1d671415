// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Classes written in Kotlin: Jackson reads them by a module of its own, which a program that has such classes brings. */
final class KotlinTypes {

    private static final String MODULE = "tools.jackson.module.kotlin.KotlinModule";

    private KotlinTypes() {}

    /** Jackson's module for Kotlin; empty if it is not on the class path. */
    static Optional<JacksonModule> module() {
        try {
            Class<?> module = Class.forName(MODULE, true, KotlinTypes.class.getClassLoader());
            return Optional.of((JacksonModule) module.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Whether a class was written in Kotlin, where a member of a primitive type may have a default. */
    static boolean isKotlin(Class<?> type) {
        return Arrays.stream(type.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().equals("kotlin.Metadata"));
    }

    /**
     * Checks that a class written in Kotlin can be read as such.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the module is missing
     */
    static void check(JavaType type, JsonMapper mapper, String path) {
        if (isKotlin(type.getRawClass())
                && mapper.registeredModules().stream()
                        .noneMatch(module -> module.getClass().getName().equals(MODULE))) {
            throw Refusal.type(
                    type,
                    path,
                    "it is written in Kotlin; add tools.jackson.module:jackson-module-kotlin to the class path");
        }
    }
}
