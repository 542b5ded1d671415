// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.CodePoints;
import java.util.Locale;
import java.util.Set;

/** The Unicode properties of {@code \\p{…}}, by {@link UnicodeTable}. */
public final class UnicodeProperties {

    /** Properties of texts of several characters, for which ECMA-262 wants the {@code v} flag. */
    private static final Set<String> OF_STRINGS = Set.of(
            "Basic_Emoji",
            "Emoji_Keycap_Sequence",
            "RGI_Emoji",
            "RGI_Emoji_Flag_Sequence",
            "RGI_Emoji_Modifier_Sequence",
            "RGI_Emoji_Tag_Sequence",
            "RGI_Emoji_ZWJ_Sequence");

    /** Properties of Unicode that Rust or ANTLR know and ECMA-262 does not. */
    private static final Set<String> OTHERS = Set.of(
            "age",
            "blk",
            "block",
            "gcb",
            "graphemeclusterbreak",
            "wb",
            "wordbreak",
            "sb",
            "sentencebreak",
            "lb",
            "linebreak",
            "ccc",
            "canonicalcombiningclass",
            "bc",
            "bidiclass",
            "ea",
            "eastasianwidth",
            "nt",
            "numerictype",
            "emojipresentation");

    private UnicodeProperties() {}

    /**
     * The characters that have a property.
     *
     * @param written what stands between the braces, as ECMA-262 spells it: {@code Lu}, {@code gc=Lu}, {@code Script=Greek}, {@code ASCII}
     * @throws SyntaxException if there is no such property
     */
    public static CodePoints members(String written, SourceText source, int offset) {
        CodePoints found = UnicodeTable.members(written);
        if (found == null) {
            throw source.error(complaint(written), offset);
        }
        return found;
    }

    private static String complaint(String written) {
        String unknown = "there is no Unicode property \"" + written + "\"";
        if (OF_STRINGS.contains(written)) {
            return "the Unicode property \"" + written
                    + "\" is one of texts of several characters, which need the v flag";
        }
        return UnicodeTable.members("Script=" + written) != null
                ? unknown + "; did you mean Script=" + written + "?"
                : unknown + NearestName.question(written, UnicodeTable.names());
    }

    /**
     * The same in the loose spelling of Rust and ANTLR: case, {@code _}, {@code -} and spaces do not matter, the name may end at {@code :} as
     * at {@code =}, and a script may stand alone.
     *
     * @throws SyntaxException if there is no such property
     * @throws UnsupportedFeatureException if it is one that ECMA-262 does not know
     */
    public static CodePoints loose(String written, SourceText source, int offset) {
        String name = UnicodeTable.named(written.replace(':', '='));
        CodePoints found = name == null ? null : UnicodeTable.members(name);
        if (found != null) {
            return found;
        }
        String asked = written.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        if (OTHERS.contains(asked.split("[=:]", 2)[0]) || asked.startsWith("in") || asked.startsWith("emojirk")) {
            throw new UnsupportedFeatureException(
                    "\\p",
                    "the Unicode property \"" + written
                            + "\" is unknown here; general categories, scripts and the binary"
                            + " properties of ECMA-262 are known",
                    source.place(offset));
        }
        throw source.error(
                "there is no Unicode property \"" + written + "\""
                        + NearestName.question(written, UnicodeTable.names()),
                offset);
    }
}
