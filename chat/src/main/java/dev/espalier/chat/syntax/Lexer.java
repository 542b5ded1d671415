// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.python.Characters;
import dev.espalier.chat.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a template into tokens. As chat templates want it, the line end after a tag is left out, and so is white space between the start of a
 * line and a tag. A minus inside a delimiter leaves out all white space beyond it, a plus nothing.
 */
final class Lexer {

    private static final Pattern RAW_BEGIN =
            Pattern.compile("\\{%[-+]?\\s*raw\\s*(-%}\\s*|%})", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern RAW_END =
            Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(\\+%}|-%}\\s*|%}\\n?)", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)\\d++(?:_\\d++)*+((\\.\\d++(?:_\\d++)*+)?e[+\\-]?\\d++(?:_\\d++)*+|\\.\\d++(?:_\\d++)*+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INTEGER = Pattern.compile(
            "0b(?:_?[0-1])++|0o(?:_?[0-7])++|0x(?:_?[\\da-f])++|[1-9](?:_?\\d)*+|0(?:_?0)*+", Pattern.CASE_INSENSITIVE);
    private static final List<String> LONG_OPERATORS = List.of("//", "**", "==", "!=", ">=", "<=");
    private static final String OPERATORS = "+-*/%~[](){}><=.:|,;";

    private final Source source;
    private final String text;
    private final Matcher floats;
    private final Matcher integers;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
        this.floats = FLOAT.matcher(text).useTransparentBounds(true);
        this.integers = INTEGER.matcher(text);
    }

    /** The tokens of a template; the last is of the kind {@code END}. */
    static List<Token> tokens(Source source) {
        Lexer lexer = new Lexer(source);
        while (lexer.at < lexer.text.length()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", lexer.text.length()));
        return lexer.tokens;
    }

    private void next() {
        int open = opening();
        if (open < 0) {
            data(at, text.length());
            at = text.length();
            return;
        }
        char kind = text.charAt(open + 1);
        char sign = open + 2 < text.length() ? text.charAt(open + 2) : ' ';
        boolean isSigned = sign == '-' || sign == '+';
        dataBefore(open, isSigned ? sign : ' ', kind != '{');
        int inside = open + (isSigned ? 3 : 2);
        Matcher raw = RAW_BEGIN.matcher(text).region(open, text.length());
        if (kind == '#') {
            comment(open, inside);
        } else if (kind == '%' && raw.lookingAt()) {
            raw(open, raw.end());
        } else {
            tag(open, inside, kind == '%');
        }
    }

    private int opening() {
        int open = text.indexOf('{', at);
        while (open >= 0 && open + 1 < text.length() && "%{#".indexOf(text.charAt(open + 1)) < 0) {
            open = text.indexOf('{', open + 1);
        }
        return open + 1 < text.length() ? open : -1;
    }

    private void data(int from, int to) {
        if (from < to) {
            tokens.add(new Token(Kind.DATA, text.substring(from, to), from));
        }
    }

    /** The data up to a delimiter, without the white space that the delimiter takes away. */
    private void dataBefore(int open, char sign, boolean isTag) {
        int end = open;
        if (sign == '-') {
            while (end > at && Characters.isSpace(text.charAt(end - 1))) {
                end--;
            }
        } else if (sign != '+' && isTag) {
            int line = at + text.substring(at, open).lastIndexOf('\n') + 1;
            boolean startsLine = line > at || at == 0 || text.charAt(at - 1) == '\n';
            end = startsLine && Characters.all(text.substring(line, open), Characters::isSpace) ? line : open;
        }
        data(at, end);
    }

    private void comment(int open, int inside) {
        int close = text.indexOf("#}", inside);
        if (close < 0) {
            throw source.error("the comment that starts here has no closing \"#}\"", open);
        }
        afterTag(close > inside ? text.charAt(close - 1) : ' ', close + 2);
    }

    /** Goes on behind a delimiter, and the white space that it takes away. */
    private void afterTag(char sign, int end) {
        at = end;
        if (sign == '-') {
            skipSpace();
        } else if (sign != '+' && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length() && Characters.isSpace(text.charAt(at))) {
            at++;
        }
    }

    private void raw(int open, int inside) {
        Matcher end = RAW_END.matcher(text);
        if (!end.find(inside)) {
            throw source.error("the raw block that starts here has no {% endraw %}", open);
        }
        at = inside;
        dataBefore(end.start(), end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0), true);
        at = end.end();
    }

    private void tag(int open, int inside, boolean isTag) {
        tokens.add(new Token(isTag ? Kind.TAG_BEGIN : Kind.OUTPUT_BEGIN, "", open));
        at = inside;
        String close = isTag ? "%}" : "}}";
        Deque<Character> brackets = new ArrayDeque<>();
        while (true) {
            skipSpace();
            if (at >= text.length()) {
                throw source.error("the tag that starts here has no closing \"" + close + "\"", open);
            }
            char c = text.charAt(at);
            boolean isSigned = (c == '-' || (c == '+' && isTag)) && text.startsWith(close, at + 1);
            if (brackets.isEmpty() && (isSigned || text.startsWith(close, at))) {
                tokens.add(new Token(isTag ? Kind.TAG_END : Kind.OUTPUT_END, "", at));
                afterTag(isSigned ? c : isTag ? ' ' : '+', at + (isSigned ? 3 : 2));
                return;
            }
            token(c, brackets);
        }
    }

    private void token(char c, Deque<Character> brackets) {
        int start = at;
        if (c == '\'' || c == '"') {
            string(c);
        } else if (floats.region(at, text.length()).lookingAt()) {
            at = floats.end();
            tokens.add(new Token(Kind.FLOAT, floats.group(), start));
        } else if (integers.region(at, text.length()).lookingAt()) {
            at = integers.end();
            tokens.add(new Token(Kind.INTEGER, integers.group(), start));
        } else if (isWord(text.codePointAt(at))) {
            while (at < text.length() && isWord(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
            }
            String name = text.substring(start, at);
            if (!Characters.isIdentifier(name)) {
                throw source.error("\"" + name + "\" is not a name", start);
            }
            tokens.add(new Token(Kind.NAME, name, start));
        } else {
            operator(c, brackets);
        }
    }

    private static boolean isWord(int c) {
        return c == '_' || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private void operator(char c, Deque<Character> brackets) {
        String operator = LONG_OPERATORS.stream()
                .filter(each -> text.startsWith(each, at))
                .findFirst()
                .orElse(String.valueOf(c));
        if (operator.length() == 1 && OPERATORS.indexOf(c) < 0) {
            throw source.error("unexpected character in a tag", at);
        }
        int pair = "([{".indexOf(c);
        if (pair >= 0) {
            brackets.push(")]}".charAt(pair));
        } else if (")]}".indexOf(c) >= 0 && (brackets.isEmpty() || brackets.pop() != c)) {
            throw source.error("\"" + c + "\" closes nothing", at);
        }
        tokens.add(new Token(Kind.OPERATOR, operator, at));
        at += operator.length();
    }

    private void string(char quote) {
        int start = at;
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw source.error("the string that starts here has no closing quote", start);
        }
        at = end + 1;
        tokens.add(new Token(Kind.STRING, Escapes.decode(source, start + 1, end), start));
    }
}
