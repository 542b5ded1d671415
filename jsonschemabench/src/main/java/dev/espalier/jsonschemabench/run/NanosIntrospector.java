// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.Version;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.ser.std.StdSerializer;

/** What {@link Nanos} means to Jackson. */
final class NanosIntrospector extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable PropertyName findNameForSerialization(MapperConfig<?> config, Annotated member) {
        Nanos nanos = member.getAnnotation(Nanos.class);
        return nanos == null ? null : PropertyName.construct(nanos.value());
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated member) {
        return findNameForSerialization(config, member);
    }

    @Override
    public @Nullable Object findSerializer(MapperConfig<?> config, Annotated member) {
        Nanos nanos = member.getAnnotation(Nanos.class);
        return nanos == null ? null : new Writer(unit(nanos));
    }

    @Override
    public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated member) {
        Nanos nanos = member.getAnnotation(Nanos.class);
        return nanos == null ? null : new Reader(unit(nanos));
    }

    private static double unit(Nanos nanos) {
        return nanos.value().endsWith("ms") ? 1e6 : 1e3;
    }

    private static final class Writer extends StdSerializer<Long> {

        private final double unit;

        Writer(double unit) {
            super(Long.class);
            this.unit = unit;
        }

        @Override
        public void serialize(Long nanos, JsonGenerator out, SerializationContext context) {
            out.writeNumber(nanos / unit);
        }
    }

    private static final class Reader extends StdDeserializer<Long> {

        private final double unit;

        Reader(double unit) {
            super(Long.class);
            this.unit = unit;
        }

        @Override
        public Long deserialize(JsonParser in, DeserializationContext context) {
            return Math.round(in.getValueAsDouble() * unit);
        }

        @Override
        public Long getNullValue(DeserializationContext context) {
            return 0L;
        }
    }
}
