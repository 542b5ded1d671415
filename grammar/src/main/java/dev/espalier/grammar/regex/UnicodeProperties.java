// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.source.SourceText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The Unicode properties of {@code \p{…}} that the Java platform knows exactly, in the Unicode version of the running
 * platform: general categories, scripts, and a few binary ones. Thread-safe. Each property is computed once (a pass
 * over all code points, some milliseconds) and kept; there are fewer than 300.
 */
final class UnicodeProperties {

    /** ECMA-262's long names of the general categories, and the java.lang.Character types of each short one. */
    private static final String CATEGORIES = """
            Lu Uppercase_Letter 1
            Ll Lowercase_Letter 2
            Lt Titlecase_Letter 3
            LC Cased_Letter 1 2 3
            Lm Modifier_Letter 4
            Lo Other_Letter 5
            L Letter 1 2 3 4 5
            Mn Nonspacing_Mark 6
            Mc Spacing_Mark 8
            Me Enclosing_Mark 7
            M Mark 6 7 8
            M Combining_Mark 6 7 8
            Nd Decimal_Number 9
            Nd digit 9
            Nl Letter_Number 10
            No Other_Number 11
            N Number 9 10 11
            Pc Connector_Punctuation 23
            Pd Dash_Punctuation 20
            Ps Open_Punctuation 21
            Pe Close_Punctuation 22
            Pi Initial_Punctuation 29
            Pf Final_Punctuation 30
            Po Other_Punctuation 24
            P Punctuation 20 21 22 23 24 29 30
            P punct 20 21 22 23 24 29 30
            Sm Math_Symbol 25
            Sc Currency_Symbol 26
            Sk Modifier_Symbol 27
            So Other_Symbol 28
            S Symbol 25 26 27 28
            Zs Space_Separator 12
            Zl Line_Separator 13
            Zp Paragraph_Separator 14
            Z Separator 12 13 14
            Cc Control 15
            Cc cntrl 15
            Cf Format 16
            Co Private_Use 18
            Cs Surrogate 19
            Cn Unassigned 0
            C Other 0 15 16 18 19
            """;

    private static final Map<String, Integer> CATEGORY_BITS = categoryBits();

    private static final Map<String, IntPredicate> BINARY = Map.ofEntries(
            Map.entry("Any", c -> true),
            Map.entry("ASCII", c -> c < 0x80),
            Map.entry("Assigned", c -> Character.getType(c) != Character.UNASSIGNED),
            Map.entry("Alphabetic", Character::isAlphabetic),
            Map.entry("Alpha", Character::isAlphabetic),
            Map.entry("Lowercase", Character::isLowerCase),
            Map.entry("Lower", Character::isLowerCase),
            Map.entry("Uppercase", Character::isUpperCase),
            Map.entry("Upper", Character::isUpperCase),
            Map.entry("Ideographic", Character::isIdeographic),
            Map.entry("Ideo", Character::isIdeographic),
            Map.entry("ASCII_Hex_Digit", c -> c < 0x80 && Character.digit(c, 16) >= 0),
            Map.entry("AHex", c -> c < 0x80 && Character.digit(c, 16) >= 0));

    /** A property under one name for all its spellings. */
    private record Property(String name, IntPredicate test) {}

    private final Map<String, CodePoints> known = new ConcurrentHashMap<>();

    private static Map<String, Integer> categoryBits() {
        Map<String, Integer> bits = new HashMap<>();
        for (String line : CATEGORIES.lines().toList()) {
            String[] words = line.split(" ");
            int mask = 0;
            for (int i = 2; i < words.length; i++) {
                mask |= 1 << Integer.parseInt(words[i]);
            }
            bits.put(words[0], mask);
            bits.put(words[1], mask);
        }
        return bits;
    }

    /**
     * The characters that have a property.
     *
     * @param written what stands between the braces: {@code Lu}, {@code gc=Lu}, {@code Script=Greek}, {@code ASCII}
     * @throws UnsupportedFeatureException if there is no such property, or Java does not know it
     */
    CodePoints members(String written, SourceText source, int offset) {
        int equals = written.indexOf('=');
        String name = equals < 0 ? "" : written.substring(0, equals);
        String value = written.substring(equals + 1);
        Property property = switch (name) {
            case "" -> CATEGORY_BITS.containsKey(value) ? category(value) : binary(value);
            case "General_Category", "gc" -> CATEGORY_BITS.containsKey(value) ? category(value) : null;
            case "Script", "sc" -> script(value);
            default -> null;
        };
        if (property == null) {
            throw new UnsupportedFeatureException(
                    "\\p",
                    "the Unicode property \"" + written + "\" is unknown here; general categories (\\p{Lu}),"
                            + " scripts (\\p{Script=Greek}), Alphabetic, Uppercase, Lowercase, Ideographic, ASCII,"
                            + " Any and Assigned are known",
                    source.place(offset));
        }
        return known.computeIfAbsent(property.name(), key -> all(property.test()));
    }

    private static Property category(String value) {
        int mask = CATEGORY_BITS.getOrDefault(value, 0);
        return new Property("gc=" + mask, c -> (mask >>> Character.getType(c) & 1) != 0);
    }

    private static @Nullable Property binary(String value) {
        IntPredicate test = BINARY.get(value);
        return test == null ? null : new Property(value, test);
    }

    private static @Nullable Property script(String value) {
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(value);
            return new Property("sc=" + script, c -> Character.UnicodeScript.of(c) == script);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static CodePoints all(IntPredicate test) {
        int[] ranges = new int[64];
        int size = 0;
        boolean inside = false;
        for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
            boolean member = c <= Character.MAX_CODE_POINT && test.test(c);
            if (member != inside) {
                if (size == ranges.length) {
                    ranges = Arrays.copyOf(ranges, 2 * size);
                }
                ranges[size++] = inside ? c - 1 : c;
                inside = member;
            }
        }
        return CodePoints.ofRanges(Arrays.copyOf(ranges, size));
    }
}
