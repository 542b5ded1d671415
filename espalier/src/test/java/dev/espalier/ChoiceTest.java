// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Texts that are chosen from. */
class ChoiceTest {

    @Test
    void halvesOfCharactersAreRefused() {
        for (String half : new String[] {"\ud800", "a\udc00", "\udc00\ud800", "\ud83d\ud83d\ude00"}) {
            String message = assertThrows(InvalidInputException.class, () -> Output.choice("a", half))
                    .getMessage();
            assertTrue(String.valueOf(message).startsWith("text 1 of a choice has half of a surrogate pair"), message);
        }
        Output.choice("\ud83d\ude00");
    }
}
