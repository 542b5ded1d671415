// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/** Finds the member because of which Jackson has no deserializer of a type. */
final class UnreadableType {

    private final DeserializationContext context;
    private final Set<JavaType> seen = new HashSet<>();

    private UnreadableType(DeserializationContext context) {
        this.context = context;
    }

    /** The error for a type that Jackson refuses, at the innermost member that it refuses. */
    static UnsupportedFeatureException of(
            DeserializationContext context, JavaType type, String path, JacksonException thrown) {
        UnsupportedFeatureException inner = new UnreadableType(context).find(type, path, thrown);
        return inner == null ? refused(type, path, thrown) : inner;
    }

    private @Nullable UnsupportedFeatureException find(JavaType type, String path, JacksonException thrown) {
        if (!seen.add(type)) {
            return null;
        }
        if (type.isContainerType() || type.isReferenceType()) {
            JavaType content = type.getContentType();
            UnsupportedFeatureException inner = content == null ? null : descend(content, path + "[]");
            return inner == null ? refused(type, path, thrown) : inner;
        }
        String prefix = path.isEmpty() ? type.getRawClass().getSimpleName() : path;
        try {
            for (BeanPropertyDefinition property :
                    context.introspectBeanDescription(type).findProperties()) {
                UnsupportedFeatureException inner =
                        descend(property.getPrimaryType(), prefix + "." + property.getName());
                if (inner != null) {
                    return inner;
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            return refused(type, path, thrown);
        }
        return refused(type, path, thrown);
    }

    /** The error of a member's type; null if that can be read. */
    private @Nullable UnsupportedFeatureException descend(JavaType type, String path) {
        try {
            context.findContextualValueDeserializer(type, null);
            return null;
        } catch (JacksonException e) {
            return find(type, path, e);
        }
    }

    private static UnsupportedFeatureException refused(JavaType type, String path, JacksonException thrown) {
        return Refusal.type(type, path, "Jackson cannot read it: " + JavaTypes.firstLine(thrown));
    }
}
