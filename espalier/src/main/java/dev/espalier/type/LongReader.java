// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.ext.jdk8.OptionalLongDeserializer;
import tools.jackson.databind.type.ArrayType;

/**
 * Reads {@code long} values as Jackson does, but keeps all digits of those that are written with a fraction of zeros or an exponent, which
 * Jackson reads by way of a {@code double}.
 */
final class LongReader extends DelegatingDeserializer {

    /** Puts this reader in front of Jackson's. */
    static final class Modifier extends ValueDeserializerModifier {

        private static final long serialVersionUID = 1L;
        private static final Set<Class<?>> LONGS = Set.of(long.class, Long.class, AtomicLong.class);

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier type, ValueDeserializer<?> reader) {
            return LONGS.contains(reader.handledType()) ? new LongReader(reader) : reader;
        }

        @Override
        public ValueDeserializer<?> modifyArrayDeserializer(
                DeserializationConfig config,
                ArrayType type,
                BeanDescription.Supplier description,
                ValueDeserializer<?> reader) {
            return type.getRawClass() == long[].class ? new LongReader(reader) : reader;
        }
    }

    /** The reader of {@code OptionalLong}, which Jackson makes without asking modifiers. */
    @SuppressWarnings("unchecked") // it returns what Jackson's reader does
    static ValueDeserializer<OptionalLong> ofOptional() {
        return (ValueDeserializer<OptionalLong>) (ValueDeserializer<?>) new LongReader(new OptionalLongDeserializer());
    }

    private static final class ExactParser extends JsonParserDelegate {

        private ExactParser(JsonParser parser) {
            super(parser);
        }

        @Override
        public long getValueAsLong() {
            if (hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
                BigDecimal value = getDecimalValue();
                boolean isLong = value.signum() == 0 || value.precision() - value.scale() <= 19;
                if (isLong && value.toBigInteger().bitLength() < Long.SIZE) {
                    return value.longValue();
                }
            }
            return super.getValueAsLong();
        }
    }

    private LongReader(ValueDeserializer<?> reader) {
        super(reader);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
        return new LongReader(reader);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        return super.deserialize(new ExactParser(parser), context);
    }
}
