// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import static com.fasterxml.jackson.annotation.JsonCreator.Mode.DELEGATING;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;

/** Records, other classes, and containers. */
final class ObjectRows {

    record Point(int x, int y) {}

    record Nothing() {}

    record Order(String zebra, boolean open, Point at, Optional<String> note, OptionalInt rank) {}

    record Optionals(Optional<Point> point, OptionalLong many, OptionalDouble part, Optional<List<Optionals>> more) {}

    record Tree(String name, List<Tree> children) {}

    record Even(Optional<Odd> next) {}

    record Odd(Even next) {}

    record Pair<A, B>(A first, B second) {}

    record Twice<T>(Pair<T, List<T>> one, Pair<T, T> two) {}

    record Chain<T>(T value, Optional<Chain<T>> next) {}

    record Described(
            @JsonProperty("due-date") @JsonPropertyDescription("when it is due")
            String due,

            @JsonPropertyDescription("where") Point at,
            @JsonPropertyDescription("and there") Point there) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Snake(String firstName, int yearOfBirth) {}

    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    record Kebab(String firstName, @JsonProperty("asIs") int yearOfBirth) {}

    @JsonPropertyOrder({"c", "a"})
    record Ordered(boolean a, boolean b, boolean c) {}

    record Unwrapped(String name, @JsonUnwrapped Point at) {}

    record Prefixed(
            @JsonUnwrapped(prefix = "from_") Point from,
            @JsonUnwrapped(prefix = "to_", suffix = "_end") Point to) {}

    record Deeper(@JsonUnwrapped Prefixed inner, boolean more) {}

    record Aliased(@JsonAlias({"n", "called"}) String name) {}

    record Ignoring(
            @JsonIgnoreProperties("y") PointClass at,
            PointClass whole,
            @JsonIgnoreProperties("x") List<PointClass> all) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Lenient(int a) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Inclusive(int a, String b) {}

    record Wrapper(@JsonValue String id) {}

    record Amount(@JsonValue BigDecimal value) {}

    record Names(@JsonValue List<String> names) {}

    record Wrappers(Wrapper one, List<Amount> many, Optional<Names> maybe) {}

    record NotRequired(
            @JsonProperty(value = "a", isRequired = OptBoolean.FALSE) @JsonInclude(JsonInclude.Include.NON_NULL)
            String a,

            @JsonProperty(required = true) Integer b,
            @JsonProperty("sea") Integer c) {}

    static final class PointClass {
        public int x;
        public int y;
    }

    static final class Bean {
        private String name = "";
        private int age;
        private List<String> tags = new ArrayList<>();

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getAge() {
            return age;
        }

        public void setAge(int age) {
            this.age = age;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        @JsonIgnore
        public String getSummary() {
            return name + age;
        }
    }

    static class Base {
        public String id = "";
    }

    static final class Derived extends Base {
        public int extra;

        @JsonIgnore
        public int hidden;
    }

    static final class Created {
        private final String name;
        private final int size;

        @JsonCreator
        Created(@JsonProperty("called") String name, @JsonProperty("big") int size) {
            this.name = name;
            this.size = size;
        }

        @JsonGetter("called")
        String name() {
            return name;
        }

        @JsonGetter("big")
        int size() {
            return size;
        }
    }

    static final class ByFactory {
        private final Map<String, Integer> values;

        private ByFactory(Map<String, Integer> values) {
            this.values = values;
        }

        @JsonCreator(mode = DELEGATING)
        static ByFactory of(Map<String, Integer> values) {
            return new ByFactory(values);
        }

        @JsonValue
        Map<String, Integer> values() {
            return values;
        }
    }

    static final class FromText {
        private final String text;

        @JsonCreator(mode = DELEGATING)
        FromText(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }

    record ByStaticFactory(String whole) {
        @JsonCreator
        static ByStaticFactory of(@JsonProperty("left") String left, @JsonProperty("right") String right) {
            return new ByStaticFactory(left + right);
        }

        @JsonProperty("left")
        String left() {
            return whole;
        }

        @JsonProperty("right")
        String right() {
            return "";
        }

        @Override
        @JsonIgnore
        public String whole() {
            return whole;
        }
    }

    interface Shape {
        int sides();
    }

    record Square(int sides) implements Shape {}

    record AsSquare(@JsonDeserialize(as = Square.class) Shape shape) {}

    enum Key {
        @JsonProperty("first one")
        ONE,
        TWO
    }

    record Maps(
            Map<Key, Integer> byKey,
            EnumMap<Key, List<String>> listed,
            SortedMap<String, Boolean> sorted,
            TreeMap<Integer, String> numbered,
            Map<UUID, Point> byId,
            HashMap<LocalDate, Short> byDay,
            LinkedHashMap<Long, YearMonth> byLong) {}

    record Collections(
            Set<String> set,
            LinkedHashSet<Integer> linked,
            SortedSet<LocalDate> sorted,
            EnumSet<Key> keys,
            Collection<Point> points,
            LinkedList<Long> list,
            ArrayDeque<Boolean> deque,
            Queue<Key> queue,
            List<? extends Point> wild) {}

    record Arrays(
            int[] ints,
            long[][] longs,
            String[] texts,
            Point[] points,
            boolean[] flags,
            double[] doubles,
            short[] shorts) {}

    record Reference(AtomicReference<Point> at, AtomicReference<String> text) {}

    record Ignored(int a, @JsonIgnore String b) {}

    @JsonIgnoreProperties("b")
    record IgnoredByName(int a, String b) {}

    static final class ReadOnly {
        public int a;

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        public int written;

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @JsonIgnore(false)
        public int shown;
    }

    record CaseInsensitive(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> names) {}

    static final class Self {
        public String name = "";
        public Optional<Self> next = Optional.empty();
        public Map<String, Self> named = Map.of();
    }

    private ObjectRows() {}

    static List<Row> rows() {
        String int32 = "{'type':'integer','minimum':-2147483648,'maximum':2147483647}";
        String point = "{'type':'object','properties':{'x':" + int32 + ",'y':" + int32
                + "},'required':['x','y'],'additionalProperties':false}";
        List<Row> rows = new ArrayList<>(
                List.of(
                        Row.of(Point.class, point),
                        Row.of(Nothing.class, "{'type':'object','properties':{},'additionalProperties':false}"),
                        Row.of(
                                Order.class,
                                "{'type':'object','properties':{'zebra':{'type':'string'},'open':{'type':'boolean'},'at':"
                                        + point
                                        + ",'note':{'type':'string'},'rank':" + int32
                                        + "},'required':['zebra','open','at'],'additionalProperties':false}"),
                        Row.of(
                                Tree.class,
                                "{'type':'object','properties':{'name':{'type':'string'},'children':{'type':'array','items':{'$ref':'#'}}},"
                                        + "'required':['name','children'],'additionalProperties':false}"),
                        Row.of(
                                Described.class,
                                "{'type':'object','properties':{'due-date':{'type':'string','description':'when it is due'},"
                                        + "'at':{'$ref':'#/$defs/Point','description':'where'},"
                                        + "'there':{'$ref':'#/$defs/Point','description':'and there'}},"
                                        + "'required':['due-date','at','there'],'additionalProperties':false,"
                                        + "'$defs':{'Point':" + point + "}}"),
                        Row.of(
                                Snake.class,
                                "{'type':'object','properties':{'first_name':{'type':'string'},'year_of_birth':" + int32
                                        + "},'required':['first_name','year_of_birth'],'additionalProperties':false}"),
                        Row.of(
                                Ordered.class,
                                "{'type':'object','properties':{'c':{'type':'boolean'},'a':{'type':'boolean'},'b':{'type':'boolean'}},"
                                        + "'required':['c','a','b'],'additionalProperties':false}"),
                        Row.of(
                                Unwrapped.class,
                                "{'type':'object','properties':{'name':{'type':'string'},'x':" + int32 + ",'y':" + int32
                                        + "},'required':['name','x','y'],'additionalProperties':false}"),
                        Row.of(
                                Prefixed.class,
                                "{'type':'object','properties':{'from_x':" + int32 + ",'from_y':" + int32
                                        + ",'to_x_end':" + int32
                                        + ",'to_y_end':" + int32
                                        + "},'required':['from_x','from_y','to_x_end','to_y_end'],'additionalProperties':false}"),
                        Row.of(
                                Ignored.class,
                                "{'type':'object','properties':{'a':" + int32
                                        + "},'required':['a'],'additionalProperties':false}"),
                        Row.of(
                                IgnoredByName.class,
                                "{'type':'object','properties':{'a':" + int32
                                        + "},'required':['a'],'additionalProperties':false}"),
                        Row.of(Wrapper.class, "{'type':'string'}"),
                        Row.of(Amount.class, "{'type':'number'}"),
                        Row.of(Names.class, "{'type':'array','items':{'type':'string'}}"),
                        Row.of(FromText.class, "{'type':'string'}"),
                        Row.of(ByFactory.class, "{'type':'object','additionalProperties':" + int32 + "}"),
                        Row.of(
                                NotRequired.class,
                                "{'type':'object','properties':{'a':{'type':'string'},'b':" + int32 + ",'sea':" + int32
                                        + "},'required':['b','sea'],'additionalProperties':false}"),
                        Row.of(
                                Created.class,
                                "{'type':'object','properties':{'called':{'type':'string'},'big':" + int32
                                        + "},'required':['called','big'],'additionalProperties':false}"),
                        Row.of(
                                Derived.class,
                                "{'type':'object','properties':{'id':{'type':'string'},'extra':" + int32
                                        + "},'required':['id','extra'],'additionalProperties':false}"),
                        Row.of(
                                Bean.class,
                                "{'type':'object','properties':{'name':{'type':'string'},'age':" + int32
                                        + ",'tags':{'type':'array','items':{'type':'string'}}},"
                                        + "'required':['name','age','tags'],'additionalProperties':false}"),
                        Row.of(
                                Row.generic(Set.class, Key.class),
                                "{'type':'array','items':{'enum':['first one','TWO']},'uniqueItems':true}"),
                        Row.of(
                                Row.generic(Map.class, Key.class, boolean.class),
                                "{'type':'object','propertyNames':{'enum':['first one','TWO']},'additionalProperties':{'type':'boolean'}}")));
        for (java.lang.reflect.Type type : List.of(
                Optionals.class,
                Even.class,
                Odd.class,
                Row.generic(Pair.class, String.class, Point.class),
                Row.generic(Twice.class, LocalDate.class),
                Row.generic(Chain.class, Integer.class),
                Row.generic(List.class, Row.generic(Chain.class, Point.class)),
                Row.generic(Pair.class, Row.generic(Pair.class, int.class, int.class), Tree.class),
                Kebab.class,
                Deeper.class,
                Aliased.class,
                Ignoring.class,
                Lenient.class,
                Inclusive.class,
                Wrappers.class,
                PointClass.class,
                ByStaticFactory.class,
                AsSquare.class,
                Maps.class,
                Collections.class,
                Arrays.class,
                Reference.class,
                CaseInsensitive.class,
                Self.class,
                Row.generic(List.class, String.class),
                Row.generic(Map.class, String.class, Row.generic(List.class, Point.class)),
                Row.generic(Map.class, Short.class, Tree.class),
                Point[].class,
                int[][].class)) {
            rows.add(Row.of(type));
        }
        return rows;
    }
}
