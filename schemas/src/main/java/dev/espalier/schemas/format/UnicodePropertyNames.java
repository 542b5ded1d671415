// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that may stand between the braces of {@code \p{…}} in ECMA-262: names and values of Unicode properties, spelled as the standard's
 * tables and the Unicode Character Database spell them. Unicode 17.
 */
final class UnicodePropertyNames {

    private static final String CATEGORIES = """
            Lu Uppercase_Letter Ll Lowercase_Letter Lt Titlecase_Letter LC Cased_Letter Lm Modifier_Letter Lo Other_Letter
            L Letter Mn Nonspacing_Mark Mc Spacing_Mark Me Enclosing_Mark M Mark Combining_Mark Nd Decimal_Number digit
            Nl Letter_Number No Other_Number N Number Pc Connector_Punctuation Pd Dash_Punctuation Ps Open_Punctuation
            Pe Close_Punctuation Pi Initial_Punctuation Pf Final_Punctuation Po Other_Punctuation P Punctuation punct
            Sm Math_Symbol Sc Currency_Symbol Sk Modifier_Symbol So Other_Symbol S Symbol Zs Space_Separator
            Zl Line_Separator Zp Paragraph_Separator Z Separator Cc Control cntrl Cf Format Co Private_Use Cs Surrogate
            Cn Unassigned C Other
            """;

    private static final String BINARY = """
            ASCII ASCII_Hex_Digit AHex Alphabetic Alpha Any Assigned Bidi_Control Bidi_C Bidi_Mirrored Bidi_M
            Case_Ignorable CI Cased Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM Changes_When_Lowercased CWL
            Changes_When_NFKC_Casefolded CWKCF Changes_When_Titlecased CWT Changes_When_Uppercased CWU Dash
            Default_Ignorable_Code_Point DI Deprecated Dep Diacritic Dia Emoji Emoji_Component EComp Emoji_Modifier EMod
            Emoji_Modifier_Base EBase Emoji_Presentation EPres Extended_Pictographic ExtPict Extender Ext Grapheme_Base
            Gr_Base Grapheme_Extend Gr_Ext Hex_Digit Hex IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST ID_Continue
            IDC ID_Start IDS Ideographic Ideo Join_Control Join_C Logical_Order_Exception LOE Lowercase Lower Math
            Noncharacter_Code_Point NChar Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS Quotation_Mark QMark Radical
            Regional_Indicator RI Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term Unified_Ideograph
            UIdeo Uppercase Upper Variation_Selector VS White_Space space XID_Continue XIDC XID_Start XIDS
            """;

    private static final String SCRIPTS = """
            Adlam Adlm Ahom Anatolian_Hieroglyphs Hluw Arabic Arab Armenian Armn Avestan Avst Balinese Bali Bamum Bamu
            Bassa_Vah Bass Batak Batk Bengali Beng Bhaiksuki Bhks Bopomofo Bopo Brahmi Brah Braille Brai Buginese Bugi
            Buhid Buhd Canadian_Aboriginal Cans Carian Cari Caucasian_Albanian Aghb Chakma Cakm Cham Chorasmian Chrs
            Cherokee Cher Common Zyyy Coptic Copt Qaac Cuneiform Xsux Cypriot Cprt Cypro_Minoan Cpmn Cyrillic Cyrl
            Deseret Dsrt Devanagari Deva Dives_Akuru Diak Dogra Dogr Duployan Dupl Egyptian_Hieroglyphs Egyp Elbasan Elba
            Elymaic Elym Ethiopic Ethi Georgian Geor Glagolitic Glag Gothic Goth Grantha Gran Greek Grek Gujarati Gujr
            Gunjala_Gondi Gong Gurmukhi Guru Han Hani Hangul Hang Hanifi_Rohingya Rohg Hanunoo Hano Hatran Hatr Hebrew
            Hebr Hiragana Hira Imperial_Aramaic Armi Inherited Zinh Qaai Inscriptional_Pahlavi Phli
            Inscriptional_Parthian Prti Javanese Java Kaithi Kthi Kannada Knda Katakana Kana Kawi Kayah_Li Kali
            Kharoshthi Khar Khitan_Small_Script Kits Khmer Khmr Khojki Khoj Khudawadi Sind Lao Laoo Latin Latn Lepcha
            Lepc Limbu Limb Linear_A Lina Linear_B Linb Lisu Lycian Lyci Lydian Lydi Mahajani Mahj Makasar Maka Malayalam
            Mlym Mandaic Mand Manichaean Mani Marchen Marc Masaram_Gondi Gonm Medefaidrin Medf Meetei_Mayek Mtei
            Mende_Kikakui Mend Meroitic_Cursive Merc Meroitic_Hieroglyphs Mero Miao Plrd Modi Mongolian Mong Mro Mroo
            Multani Mult Myanmar Mymr Nabataean Nbat Nag_Mundari Nagm Nandinagari Nand New_Tai_Lue Talu Newa Nko Nkoo
            Nushu Nshu Nyiakeng_Puachue_Hmong Hmnp Ogham Ogam Ol_Chiki Olck Old_Hungarian Hung Old_Italic Ital
            Old_North_Arabian Narb Old_Permic Perm Old_Persian Xpeo Old_Sogdian Sogo Old_South_Arabian Sarb Old_Turkic
            Orkh Old_Uyghur Ougr Oriya Orya Osage Osge Osmanya Osma Pahawh_Hmong Hmng Palmyrene Palm Pau_Cin_Hau Pauc
            Phags_Pa Phag Phoenician Phnx Psalter_Pahlavi Phlp Rejang Rjng Runic Runr Samaritan Samr Saurashtra Saur
            Sharada Shrd Shavian Shaw Siddham Sidd SignWriting Sgnw Sinhala Sinh Sogdian Sogd Sora_Sompeng Sora Soyombo
            Soyo Sundanese Sund Syloti_Nagri Sylo Syriac Syrc Tagalog Tglg Tagbanwa Tagb Tai_Le Tale Tai_Tham Lana
            Tai_Viet Tavt Takri Takr Tamil Taml Tangsa Tnsa Tangut Tang Telugu Telu Thaana Thaa Thai Tibetan Tibt
            Tifinagh Tfng Tirhuta Tirh Toto Ugaritic Ugar Vai Vaii Vithkuqi Vith Wancho Wcho Warang_Citi Wara Yezidi Yezi
            Yi Yiii Zanabazar_Square Zanb Beria_Erfe Berf Garay Gara Gurung_Khema Gukh Kirat_Rai Krai Ol_Onal Onao Sidetic
            Sidt Sunuwar Sunu Tai_Yo Tayo Todhri Todr Tolong_Siki Tols Tulu_Tigalari Tutg Unknown Zzzz
            """;

    private static final TreeSet<String> NAMES = names();

    private UnicodePropertyNames() {}

    private static TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (String category : CATEGORIES.split("\\s+")) {
            names.add(category);
            names.add("gc=" + category);
            names.add("General_Category=" + category);
        }
        for (String property : BINARY.split("\\s+")) {
            names.add(property);
        }
        for (String script : SCRIPTS.split("\\s+")) {
            for (String name : new String[] {"sc=", "Script=", "scx=", "Script_Extensions="}) {
                names.add(name + script);
            }
        }
        return names;
    }

    /** Whether a text may stand between the braces. */
    static boolean isName(String text) {
        return NAMES.contains(text);
    }

    /** The shortest text that completes a beginning to such a name; null if no name begins like this. Cost: linear in the names. */
    static @Nullable String completion(String beginning) {
        String best = null;
        for (String name : NAMES.tailSet(beginning)) {
            if (!name.startsWith(beginning)) {
                break;
            }
            if (best == null || name.length() < best.length()) {
                best = name;
            }
        }
        return best == null ? null : best.substring(beginning.length());
    }
}
