// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types whose values are of several classes. */
final class VariantRows {

    sealed interface Shape permits Circle, Box {}

    record Circle(double radius) implements Shape {}

    record Box(double width, double height) implements Shape {}

    record Drawing(List<Shape> shapes, Shape frame, Optional<Shape> hole, Map<String, Shape> named, Circle plain) {}

    sealed interface Expression permits Number, Sum, Unary {}

    record Number(int value) implements Expression {}

    record Sum(Expression left, Expression right) implements Expression {}

    sealed interface Unary extends Expression permits Minus, Absolute {}

    record Minus(Expression of) implements Unary {}

    record Absolute(Expression of) implements Unary {}

    abstract static sealed class Animal permits Cat, Dog {
        public String name = "";
    }

    static final class Cat extends Animal {
        public int lives;
    }

    @JsonTypeName("hound")
    static final class Dog extends Animal {
        public boolean barks;
    }

    sealed interface Answer<T> permits Found, Missing {}

    record Found<T>(T value) implements Answer<T> {}

    record Missing<T>(String why) implements Answer<T> {}

    record Search(Answer<Circle> first, Answer<Integer> second) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Car.class, name = "car"),
        @JsonSubTypes.Type(value = Bike.class, name = "bike")
    })
    interface Vehicle {}

    record Car(int doors) implements Vehicle {}

    record Bike(boolean electric) implements Vehicle {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    sealed interface Wrapped permits WrappedText, WrappedPair {}

    @JsonTypeName("text")
    record WrappedText(String value) implements Wrapped {}

    @JsonTypeName("pair")
    record WrappedPair(Wrapped left, Optional<Wrapped> right) implements Wrapped {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
    sealed interface InArray permits Left, Right {}

    record Left(int a) implements InArray {}

    record Right(int b) implements InArray {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    sealed interface ByClass permits ByClassOne, ByClassTwo {}

    record ByClassOne(int a) implements ByClass {}

    record ByClassTwo(String b) implements ByClass {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Special.class, name = "special"))
    static class General {
        public int a;
    }

    static final class Special extends General {
        public int b;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
    @JsonSubTypes(
            @JsonSubTypes.Type(
                    value = OfManyNames.class,
                    names = {"one", "two"}))
    interface ManyNames {}

    record OfManyNames(int a) implements ManyNames {}

    record AtMember(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
            @JsonSubTypes({
                @JsonSubTypes.Type(value = PlainOne.class, name = "1"),
                @JsonSubTypes.Type(value = PlainTwo.class, name = "2")
            })
            Plain plain) {}

    interface Plain {}

    record PlainOne(int a) implements Plain {}

    record PlainTwo(int b) implements Plain {}

    private VariantRows() {}

    static List<Row> rows() {
        String circle = "{'type':'object','properties':{'type':{'const':'Circle'},'radius':{'type':'number'}},"
                + "'required':['type','radius'],'additionalProperties':false}";
        String box =
                "{'type':'object','properties':{'type':{'const':'Box'},'width':{'type':'number'},'height':{'type':'number'}},"
                        + "'required':['type','width','height'],'additionalProperties':false}";
        List<Row> rows = new ArrayList<>(
                List.of(
                        Row.of(Shape.class, "{'anyOf':[" + circle + "," + box + "]}"),
                        Row.of(
                                Circle.class,
                                "{'type':'object','properties':{'radius':{'type':'number'}},'required':['radius'],'additionalProperties':false}")));
        for (java.lang.reflect.Type type : List.of(
                Drawing.class,
                Expression.class,
                Unary.class,
                Animal.class,
                Row.generic(Answer.class, String.class),
                Search.class,
                Vehicle.class,
                Row.generic(List.class, Vehicle.class),
                Wrapped.class,
                InArray.class,
                ByClass.class,
                General.class,
                ManyNames.class,
                AtMember.class)) {
            rows.add(Row.of(type));
        }
        return rows;
    }
}
