// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

import dev.espalier.jsonschemabench.hard.HardCase;
import dev.espalier.jsonschemabench.hard.HardCase.Kind;
import java.util.List;

/** A class of states whose masks cost alike: a language, and a text that leads there. */
public enum StateClass {
    /** Inside a string without any bound. */
    STRING(Kind.SCHEMA, member("{\"type\":\"string\"}"), "{\"value\": \"Espalier pear and"),
    /** Inside the key of an object. */
    KEY(
            Kind.SCHEMA,
            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"number\":{\"type\":\"integer\"},"
                    + "\"notes\":{\"type\":\"string\"}},\"additionalProperties\":{\"type\":\"null\"}}",
            "{\"name\": \"x\", \"n"),
    /** Inside a number. */
    NUMBER(Kind.SCHEMA, member("{\"type\":\"number\",\"minimum\":-5,\"maximum\":4000}"), "{\"value\": 12"),
    /** In white space between tokens. */
    WHITE_SPACE(Kind.SCHEMA, member("{\"type\":\"boolean\"}"), "{\"value\": true\n  "),
    /** Inside one of many literals. */
    ENUM(
            Kind.SCHEMA,
            member(
                    "{\"enum\":[\"apple\",\"apricot\",\"cherry\",\"medlar\",\"mulberry\",\"pear\",\"plum\",\"quince\"]}"),
            "{\"value\": \"m"),
    /** Inside a string with a pattern. */
    PATTERN(
            Kind.SCHEMA,
            member("{\"type\":\"string\",\"pattern\":\"^[a-z][a-z0-9-]*(\\\\.[a-z0-9-]+)+$\"}"),
            "{\"value\": \"orchard.ex"),
    /** Inside a string near its greatest length. */
    BOUNDED(
            Kind.SCHEMA,
            member("{\"type\":\"string\",\"maxLength\":40}"),
            "{\"value\": \"thirty-five characters are written so"),
    /** At a key of an object whose members come in any order. */
    ANY_ORDER(Kind.SCHEMA, anyOrder(), "{\"member7\": 1, \"member23\": 2, \""),
    /** Inside arrays, three hundred deep. */
    DEEP(Kind.GBNF, "root ::= \"[\" root? \"]\"\n", "[".repeat(300) + "]".repeat(30)),
    /** After a text that can be read in many ways. */
    AMBIGUOUS(
            Kind.GBNF,
            "root ::= e\ne ::= e \"+\" e | e \"*\" e | \"(\" e \")\" | [0-9]\n",
            "1+2*3+(4*5+6)*7+8*9+1+2*3");

    private final Kind kind;
    private final String source;
    private final String prefix;

    StateClass(Kind kind, String source, String prefix) {
        this.kind = kind;
        this.source = source;
        this.prefix = prefix;
    }

    private static String member(String schema) {
        return "{\"type\":\"object\",\"properties\":{\"value\":" + schema
                + "},\"required\":[\"value\"],\"additionalProperties\":false}";
    }

    private static String anyOrder() {
        StringBuilder schema = new StringBuilder("{\"type\":\"object\",\"properties\":{");
        for (int i = 0; i < 60; i++) {
            schema.append(i == 0 ? "" : ",").append("\"member").append(i).append("\":{\"type\":\"integer\"}");
        }
        return schema.append("},\"required\":[\"member5\",\"member40\"],\"additionalProperties\":false}")
                .toString();
    }

    /** The language. */
    HardCase language() {
        return new HardCase(name(), prefix, kind, source, List.of(), List.of());
    }

    /** The text that leads to a state of the class. */
    String prefix() {
        return prefix;
    }
}
