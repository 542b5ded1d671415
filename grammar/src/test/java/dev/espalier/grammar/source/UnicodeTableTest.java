// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.UnicodeSet;
import dev.espalier.grammar.CodePoints;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeTableTest {

    @Test
    void theResourceIsWhatIcuKnows() throws IOException {
        try (InputStream resource = UnicodeTable.class.getResourceAsStream("unicode.bin")) {
            assertArrayEquals(
                    UnicodeTableWriter.table(), Objects.requireNonNull(resource).readAllBytes());
        }
    }

    /** Names of each kind, long and short, read back and compared with another way of asking ICU. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lu",
                "Uppercase_Letter",
                "gc=Lu",
                "General_Category=Uppercase_Letter",
                "LC",
                "punct",
                "digit",
                "cntrl",
                "Combining_Mark",
                "Cn",
                "C",
                "Script=Greek",
                "sc=Grek",
                "scx=Greek",
                "Script_Extensions=Deva",
                "scx=Zyyy",
                "sc=Qaai",
                "sc=Zzzz",
                "Alphabetic",
                "Alpha",
                "Emoji",
                "Extended_Pictographic",
                "ExtPict",
                "ID_Start",
                "IDS",
                "IDC",
                "White_Space",
                "space",
                "EPres",
                "EMod",
                "EBase",
                "EComp",
                "Upper",
                "Lower",
                "Math",
                "Dash",
                "Hex",
                "AHex",
                "Bidi_M",
                "Bidi_C",
                "CI",
                "CWCF",
                "CWCM",
                "CWKCF",
                "CWL",
                "CWT",
                "CWU",
                "Cased",
                "DI",
                "Dep",
                "Dia",
                "Ext",
                "Gr_Base",
                "Gr_Ext",
                "Ideo",
                "IDSB",
                "IDST",
                "Join_C",
                "LOE",
                "NChar",
                "Pat_Syn",
                "Pat_WS",
                "QMark",
                "Radical",
                "RI",
                "SD",
                "STerm",
                "Term",
                "UIdeo",
                "VS",
                "XIDC",
                "XIDS"
            })
    void propertiesAreThoseOfIcu(String name) {
        UnicodeSet set = new UnicodeSet("[\\p{" + name + "}-[:Cs:]]");
        int[] ranges = new int[2 * set.getRangeCount()];
        for (int i = 0; i < set.getRangeCount(); i++) {
            ranges[2 * i] = set.getRangeStart(i);
            ranges[2 * i + 1] = set.getRangeEnd(i);
        }
        assertEquals(CodePoints.ofRanges(ranges), UnicodeTable.members(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lu",
                "Mathx",
                "WSpace",
                "Greek",
                "Script=",
                "script=Greek",
                "Script=Greek ",
                "gc=Math",
                "sc=Lu",
                "RGI_Emoji",
                "IsGreek",
                "InBasic_Latin",
                "Block=Basic_Latin",
                "Age=5.0",
                "folding",
                "Any=Y",
                "Emoji=Yes",
                "Other_Math",
                "Grapheme_Link",
                "Hyphen",
                "gc=",
                "=Lu",
                "\u00e9"
            })
    void otherNamesAreNone(String name) {
        assertNull(UnicodeTable.members(name));
    }

    @ParameterizedTest
    @CsvSource({
        "greek,sc=Greek", "GREK,sc=Grek", "white space,White_Space", "id-start,ID_Start", "script=latin,Script=Latin",
        "SCX=Grek,scx=Grek", "lu,Lu", "UPPERCASE_LETTER,Uppercase_Letter", "l,L", "oldpersian,sc=Old_Persian"
    })
    void aLooseSpellingHasOneName(String spelling, String name) {
        assertEquals(name, UnicodeTable.named(spelling));
    }

    @Test
    void loosePropertiesAreBeforeScripts() {
        assertTrue(UnicodeTable.names().size() > 1700);
        assertEquals("Dash", UnicodeTable.named("dash"));
        assertNull(UnicodeTable.named("klingon"));
    }
}
