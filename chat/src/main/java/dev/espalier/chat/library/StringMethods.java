// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Bound;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.python.BraceFormat;
import dev.espalier.chat.python.Case;
import dev.espalier.chat.python.Characters;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.python.Markup;
import dev.espalier.chat.python.Strings;
import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.ListValue;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The methods of texts. */
final class StringMethods {

    private static final Text BLANK = Text.trusted(" ");
    private static final int TAB = 8;

    /** The methods whose arguments may have names. */
    private static final Set<String> NAMING = Set.of("split", "rsplit", "splitlines", "expandtabs");

    private StringMethods() {}

    private interface Body {

        Value apply(Text subject, Bound arguments, CallContext context);
    }

    private static void method(Table table, String name, String parameters, Body body) {
        String all = NAMING.contains(name) || parameters.equals("*") ? parameters : (parameters + " /").strip();
        table.define(name, all, (s, a, r) -> {
            if (!a.values().isEmpty() && a.values().get(0) instanceof Text part) {
                r.meter().search(((Text) s).string().length(), part.string().length());
            }
            return body.apply((Text) s, a, r);
        });
    }

    static void define(Table table) {
        defineCase(table);
        defineParts(table);
        defineSearches(table);
        defineLayout(table);
        method(table, "format", "*", StringMethods::format);
        method(table, "join", "iterable", (s, a, r) -> Strings.join(s, Elements.iterator(a.get(0)), r.meter()));
        method(
                table,
                "replace",
                "old new count?",
                (s, a, r) -> Strings.replace(s, a.text(0), escaped(s, a.text(1), r), a.integer(2, -1), r.meter()));
    }

    private static Text escaped(Text subject, Text argument, CallContext context) {
        return subject.isMarkup() ? Markup.escape(argument, context.meter()) : argument;
    }

    private static void defineCase(Table table) {
        method(table, "lower", "", (s, a, r) -> Case.lower(s));
        method(table, "upper", "", (s, a, r) -> Case.upper(s));
        method(table, "title", "", (s, a, r) -> Case.title(s));
        method(table, "capitalize", "", (s, a, r) -> Case.capitalize(s));
        method(table, "swapcase", "", (s, a, r) -> Case.swap(s));
        method(table, "casefold", "", (s, a, r) -> Case.fold(s));
        is(table, "islower", Case::isLower);
        is(table, "isupper", Case::isUpper);
        is(table, "istitle", Case::isTitle);
        is(table, "isalpha", string -> Characters.all(string, Characters::isLetter));
        is(table, "isdigit", string -> Characters.all(string, Characters::isDigit));
        is(table, "isdecimal", string -> Characters.all(string, Characters::isDecimal));
        is(table, "isnumeric", string -> Characters.all(string, Characters::isNumeric));
        is(table, "isalnum", string -> Characters.all(string, Characters::isAlphanumeric));
        is(table, "isspace", string -> Characters.all(string, Characters::isSpace));
        is(table, "isascii", string -> string.chars().allMatch(c -> c < 0x80));
        is(table, "isidentifier", Characters::isIdentifier);
        is(table, "isprintable", string -> string.codePoints().allMatch(Text::isPrintable));
    }

    private static void is(Table table, String name, Predicate<String> condition) {
        method(table, name, "", (s, a, r) -> Bool.of(condition.test(s.string())));
    }

    private static void defineParts(Table table) {
        method(table, "strip", "chars?", (s, a, r) -> Strings.strip(s, a.optionalText(0), true, true));
        method(table, "lstrip", "chars?", (s, a, r) -> Strings.strip(s, a.optionalText(0), true, false));
        method(table, "rstrip", "chars?", (s, a, r) -> Strings.strip(s, a.optionalText(0), false, true));
        method(
                table,
                "split",
                "sep? maxsplit?",
                (s, a, r) -> parts(Strings.split(s, a.optionalText(0), a.integer(1, -1)), r));
        method(
                table,
                "rsplit",
                "sep? maxsplit?",
                (s, a, r) -> parts(Strings.splitFromEnd(s, a.optionalText(0), a.integer(1, -1)), r));
        method(table, "splitlines", "keepends?", (s, a, r) -> parts(Strings.lines(s, a.flag(0)), r));
        method(
                table,
                "partition",
                "sep",
                (s, a, r) ->
                        partition(s, a.text(0), s.string().indexOf(a.text(0).string())));
        method(table, "rpartition", "sep", StringMethods::partitionFromEnd);
        method(
                table,
                "removeprefix",
                "prefix",
                (s, a, r) -> s.string().startsWith(a.text(0).string())
                        ? s.substring(a.text(0).string().length(), s.string().length())
                        : s);
        method(
                table,
                "removesuffix",
                "suffix",
                (s, a, r) -> s.string().endsWith(a.text(0).string())
                        ? s.substring(
                                0, s.string().length() - a.text(0).string().length())
                        : s);
    }

    private static Value parts(List<Value> parts, CallContext context) {
        context.meter().spend(parts.size());
        return new ListValue(parts);
    }

    private static Value partition(Text whole, Text separator, int at) {
        if (separator.string().isEmpty()) {
            throw Fault.value("empty separator");
        }
        if (at < 0) {
            return Tuple.of(whole, Text.EMPTY, Text.EMPTY);
        }
        int end = at + separator.string().length();
        return Tuple.of(
                whole.substring(0, at),
                separator,
                whole.substring(end, whole.string().length()));
    }

    private static Value partitionFromEnd(Text text, Bound arguments, CallContext context) {
        int at = text.string().lastIndexOf(arguments.text(0).string());
        return at < 0 && !arguments.text(0).string().isEmpty()
                ? Tuple.of(Text.EMPTY, Text.EMPTY, text)
                : partition(text, arguments.text(0), at);
    }

    private static void defineSearches(Table table) {
        method(table, "startswith", "prefix start? end?", (s, a, r) -> Bool.of(hasEnd(s, a, String::startsWith)));
        method(table, "endswith", "suffix start? end?", (s, a, r) -> Bool.of(hasEnd(s, a, String::endsWith)));
        method(table, "find", "sub start? end?", (s, a, r) -> Int.of(find(s, a, false)));
        method(table, "rfind", "sub start? end?", (s, a, r) -> Int.of(find(s, a, true)));
        method(table, "index", "sub start? end?", (s, a, r) -> index(find(s, a, false)));
        method(table, "rindex", "sub start? end?", (s, a, r) -> index(find(s, a, true)));
        method(table, "count", "sub start? end?", StringMethods::count);
    }

    private interface EndTest {

        boolean holds(String string, String end);
    }

    private static boolean hasEnd(Text text, Bound arguments, EndTest test) {
        if (start(text, arguments) > text.size()) {
            return false;
        }
        String window = window(text, arguments).string();
        if (arguments.get(0) instanceof Tuple ends) {
            return ends.items().stream().anyMatch(end -> end instanceof Text one && test.holds(window, one.string()));
        }
        return test.holds(window, arguments.text(0).string());
    }

    private static int start(Text text, Bound arguments) {
        return arguments.has(1) ? bound(arguments.integer(1, 0), text.size()) : 0;
    }

    private static Text window(Text text, Bound arguments) {
        int end = arguments.has(2) ? bound(arguments.integer(2, 0), text.size()) : text.size();
        return text.slice(Math.min(start(text, arguments), text.size()), Math.min(end, text.size()));
    }

    private static int bound(int index, int size) {
        return index < 0 ? Math.max(0, index + size) : index;
    }

    private static int find(Text text, Bound arguments, boolean fromEnd) {
        String wanted = arguments.text(0).string();
        int start = start(text, arguments);
        int end = arguments.has(2) ? bound(arguments.integer(2, 0), text.size()) : text.size();
        if (start > Math.min(end, text.size())) {
            return -1;
        }
        String window = window(text, arguments).string();
        int found = fromEnd ? window.lastIndexOf(wanted) : window.indexOf(wanted);
        return found < 0 ? -1 : start + window.codePointCount(0, found);
    }

    private static Value index(int found) {
        if (found < 0) {
            throw Fault.value("substring not found");
        }
        return Int.of(found);
    }

    private static Value count(Text text, Bound arguments, CallContext context) {
        String wanted = arguments.text(0).string();
        Text window = window(text, arguments);
        if (wanted.isEmpty()) {
            return Int.of(start(text, arguments) > text.size() ? 0 : window.size() + 1);
        }
        int count = 0;
        for (int at = window.string().indexOf(wanted); at >= 0; count++) {
            at = window.string().indexOf(wanted, at + wanted.length());
        }
        return Int.of(count);
    }

    private static void defineLayout(Table table) {
        method(
                table,
                "center",
                "width fillchar?",
                (s, a, r) -> Strings.center(s, a.integer(0, 0), a.text(1, BLANK), r.meter()));
        method(
                table,
                "ljust",
                "width fillchar?",
                (s, a, r) -> Strings.pad(s, 0, a.integer(0, 0) - s.size(), a.text(1, BLANK), r.meter()));
        method(
                table,
                "rjust",
                "width fillchar?",
                (s, a, r) -> Strings.pad(s, a.integer(0, 0) - s.size(), 0, a.text(1, BLANK), r.meter()));
        method(table, "zfill", "width", (s, a, r) -> Strings.zeroFill(s, a.integer(0, 0), r.meter()));
        method(table, "expandtabs", "tabsize?", (s, a, r) -> Strings.expandTabs(s, a.integer(0, TAB), r.meter()));
    }

    private static Value format(Text text, Bound arguments, CallContext context) {
        BraceFormat.Members members = (owner, key, isAttribute) ->
                isAttribute ? context.attribute(owner, ((Text) key).string()) : context.element(owner, key);
        return new BraceFormat(arguments.rest().positional(), arguments.rest().named(), members, context.meter())
                .format(text);
    }
}
