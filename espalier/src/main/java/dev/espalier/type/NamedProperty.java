// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * A property of a Java type as JSON has it.
 *
 * @param name the key of the member
 * @param type the type of its value
 */
public record NamedProperty(String name, JavaType type) {

    /**
     * The property that a method reference names.
     *
     * @param owner the type whose property it is
     * @param reference a serialisable reference to an accessor: {@code Invoice::items}
     * @throws InvalidInputException if it is no such reference, or JSON has no such property
     * @throws UnsupportedFeatureException if the value of the property is read in another way than values of its type
     */
    static NamedProperty of(DeserializationContext context, JavaType owner, Serializable reference) {
        String accessor = accessor(reference);
        for (BeanPropertyDefinition property :
                context.introspectBeanDescription(owner).findProperties()) {
            AnnotatedMethod getter = property.getGetter();
            if (property.getInternalName().equals(accessor)
                    || (getter != null && getter.getName().equals(accessor))) {
                return new NamedProperty(property.getName(), read(context, owner, property));
            }
        }
        throw new InvalidInputException(Refusal.name(owner) + "::" + accessor + " is no property of "
                + Refusal.name(owner) + " in JSON; name a component or a getter, or give a JSON pointer");
    }

    private static String accessor(Serializable reference) {
        try {
            Method written = reference.getClass().getDeclaredMethod("writeReplace");
            written.setAccessible(true);
            if (written.invoke(reference) instanceof SerializedLambda lambda
                    && !lambda.getImplMethodName().startsWith("lambda$")) {
                return lambda.getImplMethodName();
            }
        } catch (ReflectiveOperationException e) {
            throw new InvalidInputException("a property must be a reference to an accessor, such as Invoice::items", e);
        }
        throw new InvalidInputException(
                "a property must be a reference to an accessor, such as Invoice::items, not a lambda");
    }

    private static JavaType read(DeserializationContext context, JavaType owner, BeanPropertyDefinition property) {
        AnnotatedMember member = property.getPrimaryMember();
        var annotations = context.getAnnotationIntrospector();
        var config = context.getConfig();
        String path = Refusal.name(owner) + "." + property.getInternalName();
        if (member != null && annotations.findUnwrappingNameTransformer(config, member) != null) {
            throw Refusal.annotation(
                    "@JsonUnwrapped", path, "its members stand in the object around it; name them by JSON pointers");
        } else if (member != null
                && (hasFormat(annotations.findFormat(config, member))
                        || annotations.findDeserializer(config, member) != null
                        || annotations.findContentDeserializer(config, member) != null
                        || annotations.findDeserializationConverter(config, member) != null
                        || annotations.findPolymorphicTypeInfo(config, member) != null)) {
            throw Refusal.annotation(
                    "an annotation of Jackson", path, "its value is read in a way of its own; put it on the type");
        }
        return property.getPrimaryType();
    }

    private static boolean hasFormat(JsonFormat.@Nullable Value format) {
        return format != null && !format.equals(JsonFormat.Value.empty());
    }
}
