// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of one of XGrammar's macros: {@code Name(value, option=value)}.
 *
 * @param name the macro
 * @param offset where it is called
 */
record MacroCall(String name, int offset, List<Argument> positional, Map<String, Argument> named) {

    MacroCall(String name, int offset) {
        this(name, offset, new ArrayList<>(), new LinkedHashMap<>());
    }

    /** An argument, and where it is. */
    sealed interface Argument {

        int offset();

        /** A string in quotes. */
        record Text(String text, int offset) implements Argument {}

        /** A number, as it is written. */
        record Digits(String digits, int offset) implements Argument {}

        /** A name of a rule, {@code true} or {@code false}. */
        record Word(String word, int offset) implements Argument {}

        /** Some values in parentheses. */
        record Tuple(List<Argument> items, int offset) implements Argument {}
    }
}
