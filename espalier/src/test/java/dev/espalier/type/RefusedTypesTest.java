// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonBackReference;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonManagedReference;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.espalier.core.error.UnsupportedFeatureException;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.util.StdConverter;

/** Types and annotations without an exact schema are refused by name and path. */
class RefusedTypesTest {

    static final class Reader extends ValueDeserializer<String> {
        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            return parser.getString();
        }
    }

    static final class Doubling extends StdConverter<String, String> {
        @Override
        public String convert(String value) {
            return value + value;
        }
    }

    record Using(
            int a, @JsonDeserialize(using = Reader.class) String text) {}

    record ContentUsing(
            @JsonDeserialize(contentUsing = Reader.class) List<String> texts) {}

    record Converted(
            @JsonDeserialize(converter = Doubling.class) String text) {}

    record AnyValue(List<Object> values) {}

    record Node(JsonNode node) {}

    record Dated(Date date) {}

    record Calendars(Map<String, Calendar> all) {}

    record Expression(Pattern pattern) {}

    record DeepOptional(List<Optional<String>> maybe) {}

    record NestedOptional(Optional<Optional<String>> maybe) {}

    interface Open {}

    record OfOpen(List<Open> open) {}

    abstract static class AbstractClass {}

    record Format(@JsonFormat(pattern = "d MMM yyyy") LocalDate date) {}

    record TimeZoneFormat(
            @JsonFormat(timezone = "Europe/Berlin") Instant at) {}

    record NumberFormat(
            @JsonFormat(shape = JsonFormat.Shape.STRING) int number) {}

    record EnumFormat(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Thread.State state) {}

    record InstantFormat(@JsonFormat(pattern = "yyyy-MM-dd") Instant at) {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record AsArray(int a, int b) {}

    record OfAsArray(List<AsArray> all) {}

    static final class AnySetter {
        public int a;

        @JsonAnySetter
        public Map<String, String> rest = new HashMap<>();
    }

    record Injected(@JacksonInject String secret, int a) {}

    static final class Parent {
        @JsonManagedReference
        public List<Child> children = List.of();
    }

    static final class Child {
        @JsonBackReference
        public @Nullable Parent parent;

        public int a;
    }

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    static final class Identified {
        public int id;
        public @Nullable Identified next;
    }

    record UnwrappedText(@JsonUnwrapped List<String> texts) {}

    record UnwrappedTwice(int x, @JsonUnwrapped ObjectRows.Point at) {}

    sealed interface Clash permits ClashOne {}

    record ClashOne(String type) implements Clash {}

    sealed interface WithEnum permits Letter, Digit {}

    enum Letter implements WithEnum {
        A
    }

    record Digit(int value) implements WithEnum {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    sealed interface Deduced permits DeducedOne, DeducedTwo {}

    record DeducedOne(int a) implements Deduced {}

    record DeducedTwo(int b) implements Deduced {}

    record External(
            String kind,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "kind")
            @JsonSubTypes(@JsonSubTypes.Type(value = ObjectRows.Point.class, name = "point"))
            Object value) {}

    record MapKey(Map<ObjectRows.Point, String> map) {}

    record MapNumber(Map<BigDecimal, String> map) {}

    record Sorted(TreeSet<ObjectRows.Point> points) {}

    enum None {}

    enum Same {
        @JsonProperty("x")
        A,
        @JsonProperty("x")
        B
    }

    record MayMiss(
            @JsonProperty(isRequired = OptBoolean.FALSE) int number) {}

    record Endless(
            List<@Size(max = 1) String> texts, @NotEmpty List<Endless> more) {}

    record SelfValue(@JsonValue SelfValue value) {
        @JsonCreator
        SelfValue {}
    }

    record InPast(@Past LocalDate date) {}

    record InFuture(List<@Future LocalDate> dates) {}

    record Nulls(@Null String text) {}

    @Constraint(validatedBy = {})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Own {
        String message() default "";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    record OwnConstraint(@Own String text) {}

    @Own
    record OwnOnClass(String text) {}

    record Grouped(@Size(max = 3, groups = Own.class) String text) {}

    record Flagged(
            @jakarta.validation.constraints.Pattern(
                    regexp = "a",
                    flags = jakarta.validation.constraints.Pattern.Flag.CASE_INSENSITIVE)
            String text) {}

    record LookAhead(
            @jakarta.validation.constraints.Pattern(regexp = "(?=a).*")
            String text) {}

    record Wrong(@Size(max = 3) int number) {}

    record OnRecord(@NotEmpty ObjectRows.Point at) {}

    record OnArgument(ObjectRows.Pair<@NotBlank String, String> pair) {}

    record Contradiction(@Min(3) @Max(2) int number) {}

    record TooLarge(@Min(1000) byte number) {}

    record BigDigits(@Digits(integer = 3, fraction = 2) BigDecimal price) {}

    record Consistent(int from, int to) {
        @AssertTrue
        public boolean isOrdered() {
            return from <= to;
        }
    }

    static final class Hidden {
        @JsonIgnore
        @NotBlank
        public String secret = "x";

        public int a;
    }

    record ItemsOfArray(List<@NotBlank String[]> texts) {}

    private static Arguments row(Type type, String feature, String... inMessage) {
        return Arguments.of(type, feature, List.of(inMessage));
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row(Using.class, "java.lang.String", "Using.text", "RefusedTypesTest$Reader", "as(…)"),
                row(ContentUsing.class, "@JsonDeserialize", "ContentUsing.texts"),
                row(Converted.class, "java.lang.String", "Converted.text"),
                row(AnyValue.class, "java.lang.Object", "AnyValue.values[]"),
                row(Node.class, "JsonNode", "Node.node"),
                row(Dated.class, "java.util.Date", "Dated.date"),
                row(Calendars.class, "java.util.Calendar", "Calendars.all{}"),
                row(Expression.class, "java.util.regex.Pattern", "Expression.pattern"),
                row(DeepOptional.class, "java.util.Optional<java.lang.String>", "DeepOptional.maybe[]"),
                row(NestedOptional.class, "java.util.Optional<java.lang.String>", "NestedOptional.maybe"),
                row(OfOpen.class, "Open", "OfOpen.open[]", "sealed"),
                row(AbstractClass.class, "AbstractClass", "sealed"),
                row(Format.class, "@JsonFormat", "Format.date", "d MMM yyyy"),
                row(TimeZoneFormat.class, "@JsonFormat", "TimeZoneFormat.at"),
                row(NumberFormat.class, "@JsonFormat", "NumberFormat.number"),
                row(EnumFormat.class, "@JsonFormat", "EnumFormat.state"),
                row(InstantFormat.class, "@JsonFormat", "InstantFormat.at"),
                row(OfAsArray.class, "AsArray", "OfAsArray.all[]", "BeanAsArrayDeserializer"),
                row(AnySetter.class, "@JsonAnySetter", "Map"),
                row(Injected.class, "@JacksonInject", "Injected.secret"),
                row(Parent.class, "@JsonBackReference", "Parent.children[]"),
                row(Identified.class, "@JsonIdentityInfo"),
                row(UnwrappedText.class, "@JsonUnwrapped", "UnwrappedText.texts"),
                row(UnwrappedTwice.class, "the member \"x\"", "UnwrappedTwice.at.x"),
                row(Clash.class, "the member \"type\"", "ClashOne"),
                row(WithEnum.class, "Letter", "<Letter>"),
                row(Deduced.class, "@JsonTypeInfo"),
                row(External.class, "@JsonTypeInfo", "External.value"),
                row(MapKey.class, "Point", "MapKey.map"),
                row(MapNumber.class, "java.math.BigDecimal", "MapNumber.map{key}", "UUID"),
                row(Sorted.class, "TreeSet", "Sorted.points", "Comparable"),
                row(None.class, "None", "no value"),
                row(Same.class, "Same", "Multiple fields"),
                row(MayMiss.class, "int", "MayMiss.number"),
                row(Endless.class, "Endless", "Endless.more[]", "without end"),
                row(SelfValue.class, "SelfValue", "same type"),
                row(InPast.class, "@Past", "InPast.date"),
                row(InFuture.class, "@Future", "InFuture.dates[]"),
                row(Nulls.class, "@Null", "Nulls.text"),
                row(OwnConstraint.class, "@Own", "OwnConstraint.text"),
                row(OwnOnClass.class, "@Own", "OwnOnClass"),
                row(Grouped.class, "@Size", "Grouped.text", "groups"),
                row(Flagged.class, "@Pattern", "Flagged.text", "flags"),
                row(LookAhead.class, "@Pattern", "LookAhead.text", "(?=a).*"),
                row(Wrong.class, "@Size", "Wrong.number", "int"),
                row(OnRecord.class, "@NotEmpty", "OnRecord.at"),
                row(OnArgument.class, "@NotBlank", "OnArgument.pair"),
                row(Contradiction.class, "@M", "Contradiction.number"),
                row(TooLarge.class, "@Min", "TooLarge.number", "byte"),
                row(BigDigits.class, "@Digits", "BigDigits.price"),
                row(Consistent.class, "@AssertTrue", "Consistent.ordered"),
                row(Hidden.class, "@NotBlank", "Hidden.secret"),
                row(ItemsOfArray.class, "@NotBlank", "ItemsOfArray.texts[]", "List"),
                row(ObjectRows.Pair.class, "Pair", "type arguments"),
                row(Optional.class, "java.util.Optional", "left out"),
                row(Stream.class, "java.util.stream.Stream"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theMessageNamesTheTypeAndItsPath(Type type, String feature, List<String> inMessage) {
        UnsupportedFeatureException e =
                assertThrows(UnsupportedFeatureException.class, () -> new JavaTypes().schema(type));
        assertTrue(e.feature().contains(feature), () -> "" + e.getMessage());
        for (String part : inMessage) {
            assertTrue(String.valueOf(e.getMessage()).contains(part), () -> part + " in " + e.getMessage());
        }
    }

    @Test
    void aWholeMessage() {
        UnsupportedFeatureException e =
                assertThrows(UnsupportedFeatureException.class, () -> new JavaTypes().schema(InPast.class));
        assertEquals(
                "@Past of InPast.date cannot be kept while writing: no keyword of JSON Schema says it; give a schema by hand",
                e.getMessage());
    }
}
