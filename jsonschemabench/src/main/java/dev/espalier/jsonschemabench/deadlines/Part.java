// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.deadlines;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A part of the work that is counted in units, with an input on which it takes long. */
enum Part {
    /** Reading the text of a grammar. */
    READER(
            Notation.GBNF,
            () -> "root ::= r0\n"
                    + lines(60_000, i -> "r%d ::= \"a%d\" [b-y%d] | r%d?".formatted(i, i, i % 10, i / 2 + 1))
                    + "r60000 ::= \"z\""),
    /** Rules of a grammar of characters. */
    RULES(
            Notation.GBNF,
            () -> "root ::= r0*\n"
                    + lines(40_000, i -> "r%d ::= \"a%d\" r%d? \"b\" | [c-f] r%d".formatted(i, i, i / 2, i + 1))
                    + "r40000 ::= \"z\""),
    /** Rules that call themselves on their left. */
    LEFT_RECURSION(
            Notation.GBNF,
            () -> "root ::= e0\n"
                    + lines(
                            2_400,
                            i -> "e%d ::= e%d \"+\" e%d | e%d \"*\" | e%d"
                                    .formatted(i, i, i + 1, (i * 7) % 2_400, i + 1))
                    + "e2400 ::= [0-9]"),
    /** An expression that counts. */
    COUNTS(
            Notation.REGEX,
            () -> IntStream.range(0, 3_000)
                    .mapToObj(i ->
                            "([a-f]{%d,%d}x[b-g]{%d}|[cd]){%d,4000}".formatted(i + 100, i + 4_000, i + 300, i + 50))
                    .collect(Collectors.joining("|"))),
    /** Tokens as one automaton, where no part of a token is tried before another. */
    LEXER(
            Notation.ANTLR,
            () ->
                    "grammar g; s: (A | B | C)* EOF; A: [ab]* 'a' [ab] [ab] [ab] [ab] [ab] [ab] [ab] [ab] [ab] [ab] [ab] [ab] [ab] [ab] 'x';"
                            + " B: [a-z]+; C: [0-9]+;"),
    /** Tokens as one automaton with lazy repetitions. */
    ORDERED_LEXER(
            Notation.ANTLR,
            () ->
                    "grammar g; s: N EOF; N: C* '\\n' C*; fragment C: ('--' ~[\\r\\n]* | ';') ~[\\r\\n]* | ('//' | '#' [ \\t]+) ~[\\r\\n]* | '/*' .*? '*/' | '<!' .*? '!>' | '{-' .*? '-}';"),
    /** What a token may be followed by, so that no longer one is read. */
    LOOK_AHEAD(Notation.ANTLR, Part::stylesheet),
    /** Rules over many tokens. */
    TOKENS(Notation.ANTLR, Part::statements),
    /** Terminals of which each state of the parser allows some. */
    CONTEXTS(
            Notation.LARK,
            () -> "start: s%d\n".formatted(0)
                    + lines(400, i -> "s%d: T%d s%d | \"(\" s%d \")\" | NAME".formatted(i, i, i + 1, (i * 3) % 400))
                    + "s400: NAME\n" + lines(400, i -> "T%d: \"key%d\" /[a-z]{1,3}/".formatted(i, i))
                    + "NAME: /[a-z_][a-z0-9_]*/\n%ignore \" \"\n"),
    /** A pattern that has many states. */
    PATTERN(Notation.SCHEMA, () -> string("^(a|b)*a(a|b){18}$")),
    /** Patterns that must all match. */
    PATTERNS(
            Notation.SCHEMA,
            () -> "{\"type\":\"string\",\"allOf\":["
                    + IntStream.range(0, 12)
                            .mapToObj(i -> "{\"pattern\":\"%c.{%d}%c\"}".formatted('a' + i, i + 3, 'b' + i))
                            .collect(Collectors.joining(","))
                    + "]}"),
    /** Look-around in a pattern. */
    LOOK_AROUND(Notation.SCHEMA, () -> string("^(?=.{1,253}$)([a-z0-9-]{1,63}\\\\.){1,127}[a-z]{2,63}$")),
    /** A formula of keywords. */
    FORMULA(
            Notation.SCHEMA,
            () -> "{\"type\":\"object\",\"allOf\":["
                    + IntStream.range(0, 60)
                            .mapToObj(i ->
                                    "{\"anyOf\":[{\"required\":[\"k%d\",\"k%d\"]},{\"not\":{\"required\":[\"k%d\"]}},{\"minProperties\":%d}]}"
                                            .formatted(i * 7 % 41, i * 11 % 43, i * 13 % 47, i))
                            .collect(Collectors.joining(","))
                    + "]}"),
    /** Kinds of keys of an object. */
    KEYS(
            Notation.SCHEMA,
            () -> "{\"type\":\"object\",\"patternProperties\":{"
                    + IntStream.range(0, 11)
                            .mapToObj(i -> "\"%c.{%d}%c\":{\"minimum\":%d}".formatted('a' + i, i % 3 + 1, 'b' + i, i))
                            .collect(Collectors.joining(","))
                    + "}}"),
    /** Numbers that are multiples of others, within bounds. */
    NUMBERS(
            Notation.SCHEMA,
            () -> "{\"type\":\"array\",\"prefixItems\":["
                    + IntStream.range(0, 600)
                            .mapToObj(i -> "{\"type\":\"number\",\"multipleOf\":%d,\"minimum\":%d.5}"
                                    .formatted(10_007 + 2 * i, i))
                            .collect(Collectors.joining(","))
                    + "],\"minItems\":600}"),
    /** Constants. */
    CONSTANTS(
            Notation.SCHEMA,
            () -> "{\"enum\":["
                    + IntStream.range(0, 300_000)
                            .mapToObj(i -> "\"w%s\"".formatted(Integer.toString(i * 7919, 36)))
                            .collect(Collectors.joining(","))
                    + "]}");

    /** How an input is written. */
    enum Notation {
        GBNF,
        REGEX,
        ANTLR,
        LARK,
        SCHEMA
    }

    private final Notation notation;
    private final Supplier<String> input;

    Part(Notation notation, Supplier<String> input) {
        this.notation = notation;
        this.input = input;
    }

    Notation notation() {
        return notation;
    }

    String input() {
        return input.get();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n")) + "\n";
    }

    private static String string(String pattern) {
        return "{\"type\":\"string\",\"pattern\":\"" + pattern + "\"}";
    }

    /** Strings, comments and escapes that need not end, beside a token of any one character. */
    private static String stylesheet() {
        return """
                grammar g;
                s: (IDENT | HASH | NUMBER | DIMENSION | STRING | URL | UNIT | CALL s ')' | '{' s '}' | ';' | ':')* EOF;
                fragment H: [0-9a-f];
                fragment E: '\\\\' H H? H? H? H? H? [ \\n]? | '\\\\' ~[\\n0-9a-f];
                fragment S: [_a-z] | ~[\\u0000-\\u007f] | E;
                fragment C: [_a-z0-9-] | ~[\\u0000-\\u007f] | E;
                IDENT: '-'? S C*;
                CALL: IDENT '(';
                HASH: '#' C+;
                NUMBER: [0-9]+ | [0-9]* '.' [0-9]+;
                UNIT: NUMBER ('px' | 'em' | 'p' '\\\\' '0'? '0'? '78' [ \\n]?);
                DIMENSION: NUMBER IDENT;
                STRING: '"' (~[\\n"\\\\] | E)* '"' | '\\'' (~[\\n'\\\\] | E)* '\\'';
                URL: 'url(' [ \\n]* ([!#-&*-~] | E)* [ \\n]* ')';
                COMMENT: '/*' .*? '*/' -> skip;
                LINE: '//' ~[\\n]* '\\n' -> skip;
                SPACE: [ \\n]+ -> skip;
                OTHER: . -> skip;
                """;
    }

    private static String statements() {
        return "grammar g; s: (r0 ';')* EOF;\n"
                + lines(
                        900,
                        i -> "r%d: K%d n (r%d | '(' r%d ')' | n)? K%d?;"
                                .formatted(i, i, (i + 1) % 900, i * 31 % 900, i * 17 % 900))
                + "n: NAME | " + IntStream.range(0, 900).mapToObj(i -> "K" + i).collect(Collectors.joining(" | "))
                + ";\n"
                + lines(900, i -> "K%d: [kK] [eE] '%s' [yY];".formatted(i, Integer.toString(i * 7919, 26)))
                + "NAME: [a-zA-Z_\\u0080-\\uFFFF] [a-zA-Z_0-9\\u0080-\\uFFFF]*; NUMBER: [0-9]+; STRING: '\"' (~'\"' | '\"\"')* '\"';\n"
                + "C: '/*' .*? '*/' -> skip; L: '--' ~[\\r\\n]* -> skip; W: [ \\t\\r\\n]+ -> skip;\n";
    }
}
