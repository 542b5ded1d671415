// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.function.Callable;
import dev.espalier.chat.python.Arithmetic;
import dev.espalier.chat.python.Case;
import dev.espalier.chat.python.Comparison;
import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Indexed;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Iterated;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;

/** The tests: what may stand after {@code is}. */
final class Tests {

    private Tests() {}

    private interface Condition {

        boolean holds(Value subject);
    }

    private interface Relation {

        boolean holds(Value subject, Value other, Meter meter);
    }

    static void define(Table table) {
        defineTypes(table);
        defineRelations(table);
        test(table, "defined", s -> !(s instanceof Undefined));
        test(table, "undefined", s -> s instanceof Undefined);
        test(table, "none", s -> s == None.NONE);
        test(table, "true", s -> s == Bool.TRUE);
        test(table, "false", s -> s == Bool.FALSE);
        test(table, "escaped", s -> s instanceof Text text && text.isMarkup());
        table.define("odd", "", (s, a, r) -> Bool.of(remainder(s, Int.of(2), r).equals(Int.of(1))));
        table.define(
                "even", "", (s, a, r) -> Bool.of(!remainder(s, Int.of(2), r).isTrue()));
        table.define(
                "divisibleby",
                "num",
                (s, a, r) -> Bool.of(!remainder(s, a.get(0), r).isTrue()));
        table.define("lower", "", (s, a, r) -> Bool.of(Case.isLower(print(s, r))));
        table.define("upper", "", (s, a, r) -> Bool.of(Case.isUpper(print(s, r))));
        table.define("filter", "", (s, a, r) -> Bool.of(s instanceof Text text && r.hasFilter(text.string())));
        table.define("test", "", (s, a, r) -> Bool.of(s instanceof Text text && r.hasTest(text.string())));
    }

    private static void defineTypes(Table table) {
        test(table, "string", s -> s instanceof Text);
        test(table, "number", s -> s instanceof Numeric);
        test(table, "integer", s -> s instanceof Int);
        test(table, "float", s -> s instanceof Real);
        test(table, "boolean", s -> s instanceof Bool);
        test(table, "mapping", s -> s instanceof Dict);
        test(table, "iterable", s -> s instanceof Iterated);
        test(table, "sequence", s -> s instanceof Indexed || s instanceof Dict || s instanceof Undefined);
        test(table, "callable", s -> s instanceof Callable || s instanceof Undefined);
    }

    private static void defineRelations(Table table) {
        relation(table, "eq equalto ==", Comparison::areEqual);
        relation(table, "ne !=", (s, o, m) -> !Comparison.areEqual(s, o, m));
        relation(table, "lt lessthan <", (s, o, m) -> Comparison.holds("<", s, o, m));
        relation(table, "le <=", (s, o, m) -> Comparison.holds("<=", s, o, m));
        relation(table, "gt greaterthan >", (s, o, m) -> Comparison.holds(">", s, o, m));
        relation(table, "ge >=", (s, o, m) -> Comparison.holds(">=", s, o, m));
        relation(table, "in", (s, o, m) -> Comparison.contains(o, s, m));
        relation(table, "sameas", Tests::isSame);
    }

    private static void test(Table table, String names, Condition condition) {
        table.define(names, "", (subject, arguments, context) -> Bool.of(condition.holds(subject)));
    }

    private static void relation(Table table, String names, Relation relation) {
        table.define(
                names,
                "other",
                (subject, arguments, context) -> Bool.of(relation.holds(subject, arguments.get(0), context.meter())));
    }

    private static Value remainder(Value subject, Value divisor, CallContext context) {
        return Arithmetic.remainder(subject, divisor, context.meter());
    }

    private static String print(Value subject, CallContext context) {
        return TextBuilder.print(subject, context.meter()).string();
    }

    /** Identity, which values of texts and numbers have if they are equal and of one type. */
    private static boolean isSame(Value subject, Value other, Meter meter) {
        boolean isScalar = subject instanceof Numeric || subject instanceof Text;
        return subject == other
                || (isScalar && subject.type().equals(other.type()) && Comparison.areEqual(subject, other, meter));
    }
}
