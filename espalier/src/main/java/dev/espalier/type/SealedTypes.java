// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;

/**
 * Says of sealed types without {@code @JsonTypeInfo} which of their subtypes a value is: by a member {@code type} with the simple name of
 * the class, or what {@code @JsonTypeName} or {@code @JsonSubTypes} call it. Asked by Jackson behind its own annotations.
 */
final class SealedTypes extends AnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    /** The member that names the subtype. */
    static final String MEMBER = "type";

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        if (annotated instanceof AnnotatedClass of && of.getRawType().isSealed() && !isEnum(of.getRawType())) {
            return JsonTypeInfo.Value.construct(
                    JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, MEMBER, null, false, null);
        }
        return null;
    }

    /** An enum whose constants have bodies is sealed, too. */
    private static boolean isEnum(Class<?> type) {
        return Enum.class.isAssignableFrom(type);
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }
}
