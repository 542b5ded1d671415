// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads what stands for one code point in a pattern: a literal, an escape or a class in brackets. */
final class SetParser {

    private static final Map<Character, Integer> CONTROLS =
            Map.of('n', 10, 'r', 13, 't', 9, 'f', 12, 'v', 11, 'e', 27, 'a', 7, '0', 0);

    private final String pattern;
    private final PatternDialect dialect;
    private final Place place;
    private int at;
    private int depth;
    private int highest;

    SetParser(String pattern, PatternDialect dialect, Place place) {
        this.pattern = pattern;
        this.dialect = dialect;
        this.place = place;
    }

    /** The set that begins at an index. */
    IntPredicate read(int index) {
        at = index;
        depth = 0;
        if (pattern.charAt(at) == '[') {
            return brackets();
        }
        IntPredicate set = pattern.charAt(at) == '\\' ? escapedSet() : null;
        if (set != null) {
            return set;
        }
        int literal = literal();
        return c -> c == literal;
    }

    /** The highest code point that was named by itself. */
    int highest() {
        return highest;
    }

    /** The index behind the set that was read last. */
    int end() {
        return at;
    }

    private IntPredicate brackets() {
        if (++depth > 20) {
            throw refused("[", "classes are nested more than 20 deep");
        }
        at++;
        boolean negative = accept("^");
        IntPredicate all = c -> true;
        List<IntPredicate> any = new ArrayList<>();
        while (!accept("]")) {
            if (at >= pattern.length()) {
                throw refused("[", "a class is not closed");
            } else if (accept("&&")) {
                all = all.and(anyOf(any));
                any = new ArrayList<>();
            } else if (pattern.startsWith("[:", at)) {
                throw refused("[:", "named classes in brackets are not supported");
            } else {
                any.add(pattern.charAt(at) == '[' ? brackets() : member());
            }
        }
        depth--;
        IntPredicate set = all.and(anyOf(any));
        return negative ? set.negate() : set;
    }

    /** What is in one of some sets, of which there may be thousands. */
    private static IntPredicate anyOf(List<IntPredicate> sets) {
        IntPredicate[] all = sets.toArray(new IntPredicate[0]);
        return c -> {
            for (IntPredicate set : all) {
                if (set.test(c)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** A range, an escape or one character within brackets. */
    private IntPredicate member() {
        IntPredicate set = pattern.charAt(at) == '\\' ? escapedSet() : null;
        if (set != null) {
            return set;
        }
        int from = literal();
        if (at + 1 >= pattern.length() || pattern.charAt(at) != '-' || pattern.charAt(at + 1) == ']') {
            return c -> c == from;
        }
        at++;
        if (pattern.charAt(at) == '[' || (pattern.charAt(at) == '\\' && escapedSet() != null)) {
            throw refused("-", "expected a character behind the minus of a range");
        }
        int to = literal();
        if (from > to) {
            throw refused("-", "a range ends before it begins");
        }
        return c -> c >= from && c <= to;
    }

    /** The set of an escape; null, with nothing consumed, if it is one character. */
    private @Nullable IntPredicate escapedSet() {
        if (at + 1 >= pattern.length()) {
            throw refused("\\", "expected a character behind the backslash");
        }
        char kind = pattern.charAt(at + 1);
        IntPredicate set = switch (Character.toLowerCase(kind)) {
            case 's' -> CharacterSets.WHITE_SPACE;
            case 'd' -> c -> GeneralCategory.of(c).equals("Nd");
            case 'w' -> dialect == PatternDialect.RUST ? CharacterSets.RUST_WORD : CharacterSets.WORD;
            case 'p' -> property();
            default -> null;
        };
        if (set == null) {
            return null;
        }
        at += Character.toLowerCase(kind) == 'p' ? 0 : 2;
        return Character.isUpperCase(kind) ? set.negate() : set;
    }

    private IntPredicate property() {
        int open = at + 2;
        boolean braced = pattern.startsWith("{", open);
        int end = braced ? pattern.indexOf('}', open) : open + 1;
        if (end < 0 || end > pattern.length()) {
            throw refused("\\p", "expected a property such as \\p{L}");
        }
        String name = pattern.substring(braced ? open + 1 : open, end);
        boolean negative = name.startsWith("^");
        IntPredicate set = CharacterSets.property(negative ? name.substring(1) : name)
                .orElseThrow(() -> refused("\\p{" + name + "}", "only general categories and scripts are supported"));
        at = braced ? end + 1 : end;
        return negative ? set.negate() : set;
    }

    /** One character, perhaps escaped. */
    private int literal() {
        int literal = spelledLiteral();
        highest = Math.max(highest, literal);
        return literal;
    }

    private int spelledLiteral() {
        if (!accept("\\")) {
            int literal = pattern.codePointAt(at);
            at += Character.charCount(literal);
            return literal;
        } else if (accept("u")) {
            return hexadecimal(at, at + 4);
        } else if (accept("x{")) {
            int end = Math.min(Math.max(at, pattern.indexOf('}', at)), at + 7);
            int value = hexadecimal(at, end);
            at = end + 1;
            return value;
        } else if (accept("x")) {
            return hexadecimal(at, at + 2);
        }
        int literal = pattern.codePointAt(at);
        at += Character.charCount(literal);
        Integer control = literal < 128 ? CONTROLS.get((char) literal) : null;
        if (control == null && literal < 128 && Character.isLetterOrDigit(literal)) {
            throw refused("\\" + (char) literal, "this escape is not supported");
        }
        return control == null ? literal : control;
    }

    private int hexadecimal(int from, int to) {
        try {
            at = to;
            return Integer.parseUnsignedInt(pattern.substring(from, to), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
            throw refused("\\x", "expected hexadecimal digits");
        }
    }

    private boolean accept(String expected) {
        boolean is = pattern.startsWith(expected, at);
        at += is ? expected.length() : 0;
        return is;
    }

    private UnsupportedFeatureException refused(String feature, String message) {
        return refused(pattern, at, feature, message, place);
    }

    static UnsupportedFeatureException refused(String pattern, int at, String feature, String message, Place place) {
        String shown = pattern.length() <= 200 ? pattern : pattern.substring(0, 200) + "…";
        return new UnsupportedFeatureException(
                feature, feature + " at character " + at + " of the pattern " + shown + ": " + message, place);
    }
}
