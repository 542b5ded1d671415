// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.VersionInfo;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the resource of {@link UnicodeTable} from ICU4J. After an update of ICU4J: {@code java UnicodeTableWriter PATH} with the path of {@code
 * unicode.bin}, and the version in {@code UnicodeTable}.
 */
final class UnicodeTableWriter {

    private static final String CATEGORIES =
            "Lu Ll Lt LC Lm Lo L Mn Mc Me M Nd Nl No N Pc Pd Ps Pe Pi Pf Po P Sm Sc Sk So S Zs Zl Zp Z Cc Cf Co Cs Cn C";

    /** The binary properties of ECMA-262's table by their long names, but for the three that are not Unicode's. */
    private static final String BINARY = """
            ASCII_Hex_Digit Alphabetic Bidi_Control Bidi_Mirrored Case_Ignorable Cased Changes_When_Casefolded
            Changes_When_Casemapped Changes_When_Lowercased Changes_When_NFKC_Casefolded Changes_When_Titlecased
            Changes_When_Uppercased Dash Default_Ignorable_Code_Point Deprecated Diacritic Emoji Emoji_Component
            Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic Extender Grapheme_Base
            Grapheme_Extend Hex_Digit IDS_Binary_Operator IDS_Trinary_Operator ID_Continue ID_Start Ideographic
            Join_Control Logical_Order_Exception Lowercase Math Noncharacter_Code_Point Pattern_Syntax
            Pattern_White_Space Quotation_Mark Radical Regional_Indicator Sentence_Terminal Soft_Dotted
            Terminal_Punctuation Unified_Ideograph Uppercase Variation_Selector White_Space XID_Continue XID_Start
            """;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(records);
    private int count;

    private UnicodeTableWriter() {}

    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), table());
    }

    /** The resource. */
    static byte[] table() {
        try {
            return new UnicodeTableWriter().write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] write() throws IOException {
        categories();
        record('b', Set.of("ASCII"), new UnicodeSet(0, 0x7F));
        record('b', Set.of("Any"), new UnicodeSet(0, Character.MAX_CODE_POINT));
        record('b', Set.of("Assigned"), new UnicodeSet("[:^Cn:]"));
        for (String name : BINARY.split("\\s+")) {
            int property = UCharacter.getPropertyEnum(name);
            Set<String> names = names(property);
            names.remove("WSpace"); // Unicode's alone
            record('b', names, new UnicodeSet().applyIntPropertyValue(property, 1));
        }
        scripts();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream table = new DataOutputStream(whole);
        VersionInfo version = UCharacter.getUnicodeVersion();
        table.writeUTF(version.getMajor() + "." + version.getMinor());
        table.writeShort(count);
        records.writeTo(table);
        byte[] folding = folding();
        table.writeInt(folding.length);
        table.write(folding);
        return whole.toByteArray();
    }

    private void record(char kind, Set<String> names, UnicodeSet set) throws IOException {
        count++;
        byte[] packed = packed(set);
        out.writeChar(kind);
        out.writeUTF(String.join(" ", names));
        out.writeInt(packed.length);
        out.write(packed);
    }

    private void categories() throws IOException {
        Map<Integer, Set<String>> masks = new TreeMap<>();
        for (String category : CATEGORIES.split(" ")) {
            int mask = UCharacter.getPropertyValueEnum(UProperty.GENERAL_CATEGORY_MASK, category);
            masks.put(mask, valueNames(UProperty.GENERAL_CATEGORY_MASK, mask));
        }
        for (Map.Entry<Integer, Set<String>> entry : masks.entrySet()) {
            UnicodeSet set = new UnicodeSet().applyIntPropertyValue(UProperty.GENERAL_CATEGORY_MASK, entry.getKey());
            record('g', entry.getValue(), set);
        }
    }

    private static Set<String> valueNames(int property, int value) {
        Set<String> names = new LinkedHashSet<>();
        for (int choice = 0; choice < 8; choice++) {
            try {
                String name = UCharacter.getPropertyValueName(property, value, choice);
                if (name != null) {
                    names.add(name);
                }
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        return names;
    }

    private static Set<String> names(int property) {
        Set<String> names = new LinkedHashSet<>();
        for (int choice = 0; choice < 8; choice++) {
            try {
                String name = UCharacter.getPropertyName(property, choice);
                if (name != null) {
                    names.add(name);
                }
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        return names;
    }

    private void scripts() throws IOException {
        for (int script = 0; script <= UCharacter.getIntPropertyMaxValue(UProperty.SCRIPT); script++) {
            UnicodeSet set = new UnicodeSet().applyIntPropertyValue(UProperty.SCRIPT, script);
            if (!set.isEmpty()) {
                Set<String> names = valueNames(UProperty.SCRIPT, script);
                record('s', names, set);
                record('x', names, new UnicodeSet().applyPropertyAlias("scx", UScript.getName(script)));
            }
        }
    }

    /** Gaps and lengths of ranges. */
    private static byte[] packed(UnicodeSet set) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        int at = 0;
        for (int range = 0; range < set.getRangeCount(); range++) {
            number(set.getRangeStart(range) - at, packed);
            number(set.getRangeEnd(range) - set.getRangeStart(range), packed);
            at = set.getRangeEnd(range);
        }
        return packed.toByteArray();
    }

    private static byte[] folding() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        int at = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            int folded = UCharacter.foldCase(c, true);
            if (folded != c) {
                number(c - at, packed);
                number(folded, packed);
                at = c;
            }
        }
        return packed.toByteArray();
    }

    private static void number(int value, ByteArrayOutputStream packed) {
        int left = value;
        while (left >= 0x80) {
            packed.write(left & 0x7F | 0x80);
            left >>>= 7;
        }
        packed.write(left);
    }
}
