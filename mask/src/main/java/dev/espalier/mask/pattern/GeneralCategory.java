// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Unicode's general category of a code point, by its short name. Code points that this Java does not know yet have the category of a later
 * Unicode, so that a text has the same tokens on all of them.
 */
final class GeneralCategory {

    /** The names by the numbers of {@link Character#getType(int)}. */
    private static final String[] NAMES = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "", "Co",
        "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
    };

    /** Ranges by their first code points. */
    private static final NavigableMap<Integer, Range> LATER = later();

    private record Range(int last, String category) {}

    private GeneralCategory() {}

    static String of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type != Character.UNASSIGNED) {
            return NAMES[type];
        }
        Map.Entry<Integer, Range> range = LATER.floorEntry(codePoint);
        return range == null || range.getValue().last < codePoint ? NAMES[0] : range.getValue().category;
    }

    /** Whether a name is that of a category, or its first letter. */
    static boolean isOne(String name) {
        return !name.isEmpty() && Arrays.stream(NAMES).anyMatch(each -> each.startsWith(name));
    }

    private static NavigableMap<Integer, Range> later() {
        NavigableMap<Integer, Range> ranges = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(GeneralCategory.class.getResourceAsStream("categories.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line : (Iterable<String>) lines.lines()::iterator) {
                String[] parts = line.split(" ");
                ranges.put(Integer.parseInt(parts[1], 16), new Range(Integer.parseInt(parts[2], 16), parts[0]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ranges;
    }
}
