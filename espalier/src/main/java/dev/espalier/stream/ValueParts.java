// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.type.JavaTypes;
import dev.espalier.type.NamedProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * The parts of a value that are wanted as Java values, each handed on once it is known. Parts are added by one thread, before the text begins.
 */
public final class ValueParts implements ValueListener {

    private record Part(List<String> pattern, JavaType type, Consumer<Object> consumer) {}

    private final JavaTypes types;
    private final @Nullable JavaType whole;
    private final List<Part> parts = new ArrayList<>();

    /**
     * No parts.
     *
     * @param types reads them
     * @param whole the type of the whole value; null if it has none
     */
    public ValueParts(JavaTypes types, @Nullable JavaType whole) {
        this.types = types;
        this.whole = whole;
    }

    /**
     * Parts by a pattern of JSON pointers.
     *
     * @param pattern a pointer in which {@code *} stands for every key or index
     * @throws InvalidInputException if it is no pointer
     */
    public <E> void add(String pattern, Class<E> type, Consumer<? super E> consumer) {
        add(Pointers.steps(pattern), types.resolve(type), value -> consumer.accept(type.cast(value)));
    }

    private void add(List<String> pattern, JavaType type, Consumer<Object> consumer) {
        parts.add(new Part(pattern, type, consumer));
    }

    /** The values of a property. Errors: as {@link JavaTypes#property}. */
    public <R> void add(Property<?, R> property, Consumer<? super R> consumer) {
        NamedProperty named = property(property);
        add(List.of(named.name()), named.type(), consumer(consumer));
    }

    /** The items of a property. Errors: as {@link JavaTypes#property}, and if it has none. */
    public <E> void addItems(Property<?, ? extends Iterable<E>> property, Consumer<? super E> consumer) {
        NamedProperty named = property(property);
        JavaType item = named.type().getContentType();
        if (item == null || !named.type().isCollectionLikeType()) {
            throw new InvalidInputException("the property " + named.name() + " is no collection; give a JSON pointer");
        }
        add(List.of(named.name(), Pointers.ANY), item, consumer(consumer));
    }

    /** The consumer of values that Jackson made as the property's type. */
    @SuppressWarnings("unchecked")
    private static <E> Consumer<Object> consumer(Consumer<? super E> consumer) {
        return value -> ((Consumer<Object>) (Consumer<?>) consumer).accept(value);
    }

    /** A property as a snapshot has it. Errors: as {@link JavaTypes#property}. */
    public <R> Field<R> field(Property<?, R> property, PartialValue of) {
        NamedProperty named = property(property);
        PartialValue value = of.member(named.name());
        Optional<R> known =
                value.isKnown() ? Optional.ofNullable(types.read(value.json(), named.type())) : Optional.empty();
        return new Field<>(value.state(), known);
    }

    private NamedProperty property(Property<?, ?> property) {
        if (whole == null) {
            throw new InvalidInputException(
                    "the output has no Java type whose properties could be named; give a JSON pointer");
        }
        return types.property(whole, property);
    }

    @Override
    public void known(ValuePath path, PartialValue value) {
        for (Part part : parts) {
            if (Pointers.matches(part.pattern, path)) {
                part.consumer.accept(types.read(value.json(), part.type));
            }
        }
    }
}
