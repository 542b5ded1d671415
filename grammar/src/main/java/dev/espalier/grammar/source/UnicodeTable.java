// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.grammar.CodePoints;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of characters that may stand between the braces of {@code \p{…}} in ECMA-262, and the simple case folding, of one version of
 * Unicode whatever the running Java platform knows. The table is a resource of this module, which {@code UnicodeTableWriter} among the tests
 * writes from ICU4J; {@code UnicodeTableTest} compares the two. Thread-safe. The first question reads the table, in a few milliseconds;
 * each property is unpacked when it is first asked for.
 */
public final class UnicodeTable {

    /** The version of Unicode. */
    public static final String VERSION = "17.0";

    /** The name of the record of case foldings, which is no property. */
    private static final String FOLDING = "folding";

    private static final String RESOURCE = "unicode.bin";

    /** The prefixes of values of general categories. */
    private static final List<String> CATEGORY = List.of("", "gc=", "General_Category=");

    private static final List<String> SCRIPT = List.of("sc=", "Script=");
    private static final List<String> EXTENSIONS = List.of("scx=", "Script_Extensions=");

    /** The table, read once. */
    private static final class Table {

        /** The packed characters by name. */
        static final Map<String, byte[]> PACKED = new HashMap<>();
        /** The names in one spelling, as loose notations compare them, and the names that they stand for. */
        static final Map<String, String> LOOSE = new HashMap<>();

        static final NavigableSet<String> NAMES = new TreeSet<>();
        static final Map<String, CodePoints> KNOWN = new ConcurrentHashMap<>();

        static {
            try (InputStream resource = UnicodeTable.class.getResourceAsStream(RESOURCE)) {
                if (resource == null) {
                    throw new IllegalStateException("the resource " + RESOURCE + " is missing");
                }
                read(new DataInputStream(new ByteArrayInputStream(resource.readAllBytes())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void read(DataInputStream in) throws IOException {
            if (!in.readUTF().equals(VERSION)) {
                throw new IllegalStateException("the table of Unicode is not of version " + VERSION);
            }
            for (int records = in.readShort(); records > 0; records--) {
                char kind = in.readChar();
                String[] names = in.readUTF().split(" ");
                byte[] packed = in.readNBytes(in.readInt());
                for (String name : names) {
                    prefixes(kind).forEach(prefix -> add(prefix + name, packed));
                }
                if (kind == 's') {
                    Arrays.stream(names).forEach(name -> LOOSE.putIfAbsent(loosely(name), "sc=" + name));
                }
            }
            PACKED.put(FOLDING, in.readNBytes(in.readInt()));
        }

        private static List<String> prefixes(char kind) {
            return switch (kind) {
                case 'g' -> CATEGORY;
                case 's' -> SCRIPT;
                case 'x' -> EXTENSIONS;
                default -> List.of("");
            };
        }

        private static void add(String name, byte[] packed) {
            PACKED.put(name, packed);
            NAMES.add(name);
            LOOSE.put(loosely(name), name);
        }

        static CodePoints unpack(byte[] packed) {
            int[] ranges = numbers(packed);
            int at = 0;
            for (int i = 0; i < ranges.length; i++) {
                at += ranges[i];
                ranges[i] = at;
            }
            return CodePoints.ofRanges(ranges);
        }

        /** Numbers of seven bits a byte, the lowest first; the eighth bit says that more follow. */
        static int[] numbers(byte[] packed) {
            int[] numbers = new int[packed.length];
            int size = 0;
            int shift = 0;
            for (byte part : packed) {
                numbers[size] |= (part & 0x7F) << shift;
                shift = part < 0 ? shift + 7 : 0;
                size += part < 0 ? 0 : 1;
            }
            return Arrays.copyOf(numbers, size);
        }
    }

    private UnicodeTable() {}

    /**
     * The characters that have a property; null if there is none of that name.
     *
     * @param name as ECMA-262 spells it: {@code Lu}, {@code gc=Lu}, {@code Script=Greek}, {@code scx=Grek}, {@code ID_Start}
     */
    public static @Nullable CodePoints members(String name) {
        byte[] packed = Table.NAMES.contains(name) ? Table.PACKED.get(name) : null;
        return packed == null ? null : Table.KNOWN.computeIfAbsent(name, key -> Table.unpack(packed));
    }

    /**
     * The name that a loose spelling means, as Rust and ANTLR read it: case, {@code _}, {@code -} and spaces do not matter, and a script needs no
     * {@code Script=}. Null if there is none.
     */
    public static @Nullable String named(String spelling) {
        return Table.LOOSE.get(loosely(spelling));
    }

    private static String loosely(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** All names, in order. */
    public static NavigableSet<String> names() {
        return Collections.unmodifiableNavigableSet(Table.NAMES);
    }

    /** The shortest text that completes a beginning to a name; null if no name begins like this. Cost: linear in the names. */
    public static @Nullable String completion(String beginning) {
        String best = null;
        for (String name : Table.NAMES.tailSet(beginning)) {
            if (!name.startsWith(beginning)) {
                break;
            }
            if (best == null || name.length() < best.length()) {
                best = name;
            }
        }
        return best == null ? null : best.substring(beginning.length());
    }

    /** By character that is folded to another, that one. */
    static Map<Integer, Integer> foldings() {
        int[] numbers = Table.numbers(Table.PACKED.getOrDefault(FOLDING, new byte[0]));
        Map<Integer, Integer> foldings = new HashMap<>();
        int from = 0;
        for (int i = 0; i < numbers.length; i += 2) {
            from += numbers[i];
            foldings.put(from, numbers[i + 1]);
        }
        return foldings;
    }
}
