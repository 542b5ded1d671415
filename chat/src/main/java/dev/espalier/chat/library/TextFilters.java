// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Bound;
import dev.espalier.chat.function.Builtin;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.python.Case;
import dev.espalier.chat.python.Characters;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.python.Markup;
import dev.espalier.chat.python.PercentFormat;
import dev.espalier.chat.python.Strings;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Iterated;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Filters that make texts of texts. */
final class TextFilters {

    private static final String WORD_STARTS = "-([{<";
    private static final int USUAL_CENTER = 80;
    private static final int USUAL_TRUNCATION = 255;
    private static final int USUAL_LEEWAY = 5;

    private TextFilters() {}

    static void define(Table table) {
        table.define("string", "", (s, a, r) -> TextBuilder.print(s, r.meter()));
        table.define("lower", "", onText((s, a, r) -> Case.lower(s)));
        table.define("upper", "", onText((s, a, r) -> Case.upper(s)));
        table.define("capitalize", "", onText((s, a, r) -> Case.capitalize(s)));
        table.define("title", "", onText((s, a, r) -> title(s, r)));
        table.define("trim", "chars?", onText(TextFilters::trim));
        table.define("replace", "old new count?", onText(TextFilters::replace));
        table.define("indent", "width? first? blank?", TextFilters::indent);
        table.define(
                "center",
                "width?",
                onText((s, a, r) -> Strings.center(s, a.integer(0, USUAL_CENTER), Text.trusted(" "), r.meter())));
        table.define("truncate", "length? killwords? end? leeway?", TextFilters::truncate);
        table.define("wordcount", "", onText((s, a, r) -> Int.of(words(s.string()))));
        table.define("format", "*", onText(TextFilters::format));
        table.define("safe", "", onText((s, a, r) -> s.asMarkup(true)));
        table.define("escape e", "", onText((s, a, r) -> Markup.escape(s, r.meter())));
        table.define("forceescape", "", onText((s, a, r) -> Markup.escapeAlways(s, r.meter())));
        table.define("urlencode", "", TextFilters::urlEncode);
        table.define("xmlattr", "autospace?", TextFilters::attributes);
    }

    /** A filter of texts; other values are printed first. */
    private interface TextBody {

        Value apply(Text subject, Bound arguments, CallContext context);
    }

    private static Builtin.Body onText(TextBody body) {
        return (subject, arguments, context) ->
                body.apply(TextBuilder.print(subject, context.meter()), arguments, context);
    }

    private static Text title(Text text, CallContext context) {
        TextBuilder out = new TextBuilder(context.meter());
        String string = text.string();
        int start = 0;
        while (start < string.length()) {
            boolean isBetween = isWordStart(string.charAt(start));
            int end = start;
            while (end < string.length() && isWordStart(string.charAt(end)) == isBetween) {
                end++;
            }
            int first = isBetween ? end : start + Character.charCount(string.codePointAt(start));
            out.append(Case.upper(text.substring(start, first))).append(Case.lower(text.substring(first, end)));
            start = end;
        }
        return out.toText();
    }

    private static boolean isWordStart(char c) {
        return Characters.isSpace(c) || WORD_STARTS.indexOf(c) >= 0;
    }

    private static Text trim(Text text, Bound arguments, CallContext context) {
        Text characters = arguments.optionalText(0);
        context.meter()
                .search(
                        text.string().length(),
                        characters == null ? 0 : characters.string().length());
        return Strings.strip(text, characters, true, true);
    }

    private static Text replace(Text text, Bound arguments, CallContext context) {
        Text old = TextBuilder.print(arguments.get(0), context.meter());
        Text replacement = TextBuilder.print(arguments.get(1), context.meter());
        context.meter().search(text.string().length(), old.string().length());
        int most = arguments.has(2) ? arguments.integer(2, -1) : -1;
        return Strings.replace(text.asMarkup(false), old, replacement, most, context.meter());
    }

    private static Value indent(Value subject, Bound arguments, CallContext context) {
        Text indention = arguments.or(0, Int.of(4)) instanceof Text given
                ? given
                : Strings.pad(Text.EMPTY, arguments.integer(0, 4), 0, Text.trusted(" "), context.meter());
        if (!(Elements.defined(subject) instanceof Text text)) {
            throw Fault.type("can only indent a str, not " + subject.type());
        }
        boolean indentsBlank = arguments.flag(2);
        Text ended = new TextBuilder(context.meter()).append(text).append("\n").toText();
        TextBuilder out = new TextBuilder(context.meter());
        List<Value> lines = Strings.lines(ended, false);
        for (int i = 0; i < lines.size(); i++) {
            boolean isIndented =
                    i == 0 ? arguments.flag(1) : indentsBlank || lines.get(i).isTrue();
            out.append(i == 0 ? "" : "\n")
                    .append(isIndented ? indention : Text.EMPTY)
                    .append((Text) lines.get(i));
        }
        return out.toText().asMarkup(text.isMarkup());
    }

    private static Value truncate(Value subject, Bound arguments, CallContext context) {
        int length = arguments.integer(0, USUAL_TRUNCATION);
        Text end = arguments.text(2, Text.trusted("..."));
        int leeway = arguments.has(3) ? arguments.integer(3, USUAL_LEEWAY) : USUAL_LEEWAY;
        if (length < end.size() || leeway < 0) {
            throw Fault.value("truncate() expects a length of at least that of the end, and a leeway of at least 0");
        }
        if (Elements.size(subject) <= (long) length + leeway) {
            return subject;
        }
        if (!(subject instanceof Text text)) {
            throw Fault.type("can only truncate a str, not " + subject.type());
        }
        Text head = text.slice(0, length - end.size());
        int blank = arguments.flag(1) ? -1 : head.string().lastIndexOf(' ');
        Text kept = blank < 0 ? head : head.substring(0, blank);
        return new TextBuilder(context.meter())
                .append(kept)
                .append(end)
                .toText()
                .asMarkup(text.isMarkup());
    }

    private static int words(String string) {
        int count = 0;
        boolean inWord = false;
        for (int c : string.codePoints().toArray()) {
            boolean isWord = c == '_' || Characters.isAlphanumeric(c);
            count += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }
        return count;
    }

    private static Value format(Text text, Bound arguments, CallContext context) {
        boolean hasNames = !arguments.rest().named().isEmpty();
        if (hasNames && !arguments.rest().positional().isEmpty()) {
            throw Fault.type("can't handle positional and keyword arguments at the same time");
        }
        Value values = hasNames
                ? Dict.of(arguments.rest().named())
                : new Tuple(arguments.rest().positional());
        return PercentFormat.format(text, values, context.meter());
    }

    private static Value urlEncode(Value subject, Bound arguments, CallContext context) {
        TextBuilder out = new TextBuilder(context.meter());
        if (subject instanceof Text || !(subject instanceof Iterated)) {
            quoteUrl(TextBuilder.print(subject, context.meter()), "/", out);
            return out.toText();
        }
        Value pairs = subject instanceof Dict dict ? dict.items() : subject;
        for (Value pair : Elements.list(pairs, context.meter())) {
            List<Value> sides = Elements.list(pair, context.meter());
            if (sides.size() != 2) {
                throw Fault.value("urlencode() expects pairs");
            }
            out.append(out.length() == 0 ? "" : "&");
            quoteUrl(TextBuilder.print(sides.get(0), context.meter()), " ", out);
            out.append("=");
            quoteUrl(TextBuilder.print(sides.get(1), context.meter()), " ", out);
        }
        return out.toText();
    }

    private static void quoteUrl(Text text, String safe, TextBuilder out) {
        String string = text.string();
        for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            int c = string.codePointAt(i);
            boolean isTrusted = text.isTrusted(i);
            boolean isPlain = (c < 0x80 && Character.isLetterOrDigit(c)) || "_.-~".indexOf(c) >= 0;
            if (isPlain || safe.indexOf(c) >= 0) {
                out.append(c == ' ' ? '+' : c, isTrusted);
            } else {
                for (byte one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append(String.format("%%%02X", one & 0xff), isTrusted);
                }
            }
        }
    }

    private static Value attributes(Value subject, Bound arguments, CallContext context) {
        if (!(Elements.defined(subject) instanceof Dict dict)) {
            throw Fault.type("xmlattr() expects a dict, not " + subject.type());
        }
        TextBuilder out = new TextBuilder(context.meter());
        boolean spaces = arguments.or(0, Int.of(1)).isTrue();
        for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
            if (entry.getValue() == None.NONE || entry.getValue() instanceof Undefined) {
                continue;
            }
            Text key = TextBuilder.print(entry.getKey(), context.meter());
            if (key.string().codePoints().anyMatch(c -> Characters.isSpace(c) || "/>=".indexOf(c) >= 0)) {
                throw Fault.value("Invalid character in attribute name");
            }
            out.append(spaces || out.length() > 0 ? " " : "")
                    .append(Markup.escape(key, context.meter()))
                    .append("=\"");
            out.append(Markup.escape(TextBuilder.print(entry.getValue(), context.meter()), context.meter()))
                    .append("\"");
        }
        return out.toText();
    }
}
