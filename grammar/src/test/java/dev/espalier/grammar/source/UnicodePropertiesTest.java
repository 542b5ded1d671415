// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.antlr.AntlrReader;
import dev.espalier.grammar.regex.PatternDialect;
import dev.espalier.grammar.regex.PatternReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.grammar.regex.tree.RegexTree;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Unicode properties of each notation that has them. */
class UnicodePropertiesTest {

    private static CodePoints known(String name) {
        return Objects.requireNonNull(UnicodeTable.members(name));
    }

    private static RegexTree rust(String pattern) {
        return new PatternReader(PatternDialect.RUST).tree("", pattern, WorkBudget.standard());
    }

    @Test
    void everyNameOfEcma262IsAClassOfAPattern() {
        RegexReader reader = new RegexReader();
        for (String name : UnicodeTable.names()) {
            CodePoints members = known(name);
            assertEquals(
                    new Expression.CharacterClass(members),
                    reader.read("\\p{" + name + "}", RegexReader.Mode.FULL),
                    name);
            assertEquals(
                    new Expression.CharacterClass(members.complement()),
                    reader.read("[^\\p{" + name + "}]", RegexReader.Mode.FULL),
                    name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Greek", "greek", "sc=greek", "Script:Greek", "script=Grek"})
    void rustAndAntlrReadLooseNames(String name) {
        CodePoints greek = known("Script=Greek");
        assertTrue(rust("\\p{" + name + "}").toString().contains(greek.toString()));
        String grammar = "grammar g; s: A EOF; A: [\\p{" + name + "}];";
        assertTrue(new AntlrReader()
                .read(grammar, GrammarOptions.DEFAULT, WorkBudget.standard())
                .toString()
                .contains(greek.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ID_Start", "White_Space", "Emoji", "Extended_Pictographic", "XIDC", "id-start", "Letter", "gc=L"
            })
    void antlrHasAllOfThem(String name) {
        String grammar = "grammar g; s: (A | B) EOF; A: [\\p{" + name + "}]; B: [\\P{" + name + "}x];";
        String read = new AntlrReader()
                .read(grammar, GrammarOptions.DEFAULT, WorkBudget.standard())
                .toString();
        CodePoints members = known(Objects.requireNonNull(UnicodeTable.named(name)));
        assertTrue(read.contains(members.toString()));
        assertTrue(read.contains(members.complement().union(CodePoints.of('x')).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Mathx", "Scirpt=Greek", "gc=Lx", "scx=", "", "id_start", "Extended_Pictographics", "Letters"})
    void misspeltNamesAreSyntaxErrors(String name) {
        RegexReader reader = new RegexReader();
        String pattern = "a\\p{" + name + "}";
        SyntaxException found =
                assertThrows(SyntaxException.class, () -> reader.read(pattern, RegexReader.Mode.SEARCH));
        assertTrue(String.valueOf(found.getMessage()).contains("column 2"), found.getMessage());
        assertThrows(SyntaxException.class, () -> reader.tree(pattern, WorkBudget.standard()));
    }

    @Test
    void propertiesOfOtherNotationsAreRefusedByName() {
        assertThrows(UnsupportedFeatureException.class, () -> rust("\\p{age=5.0}"));
        assertThrows(SyntaxException.class, () -> rust("\\p{nonsense}"));
    }

    @Test
    void caseIsFoldedByTheTable() {
        assertEquals(CodePoints.ofRanges('K', 'K', 'k', 'k', 0x212A, 0x212A), CaseFolding.closure(CodePoints.of('k')));
        assertEquals('s', CaseFolding.fold(0x17F));
        assertEquals(0x130, CaseFolding.fold(0x130));
        assertEquals(0x131, CaseFolding.fold(0x131));
        assertEquals(0x1F80, CaseFolding.fold(0x1F88));
        assertEquals(0x3C3, CaseFolding.fold(0x3C2));
        for (int c = 0; c < 0x80; c++) {
            assertEquals(Character.toLowerCase(c), CaseFolding.fold(c));
        }
    }
}
