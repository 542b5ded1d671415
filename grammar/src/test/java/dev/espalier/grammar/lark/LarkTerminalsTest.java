// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LarkTerminalsTest {

    @Test
    void aBackReferenceIsRefusedWithItsTerminalAndItsPlaceInTheFile() {
        UnsupportedFeatureException refused = assertThrows(
                UnsupportedFeatureException.class,
                () -> new LarkReader().read("start: A\nA: /<<(?P<end>[a-z]+).*(?P=end)/\n"));
        assertEquals(2, refused.place().line());
        assertTrue(
                Objects.requireNonNull(refused.getMessage()).contains("the terminal A "),
                Objects.requireNonNull(refused.getMessage()));
        assertTrue(
                Objects.requireNonNull(refused.getMessage()).contains("(?P="),
                Objects.requireNonNull(refused.getMessage()));
    }

    @Test
    void aLookBehindHasTextsOfOneLength() {
        SyntaxException refused =
                assertThrows(SyntaxException.class, () -> new LarkReader().read("start: A\n\nA: /a(?<=ab|c)/\n"));
        assertEquals(3, refused.place().line());
        assertTrue(
                Objects.requireNonNull(refused.getMessage()).contains("texts of several lengths"),
                Objects.requireNonNull(refused.getMessage()));
    }
}
