// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names that were probably meant. */
class NearestNameTest {

    private static final List<String> NAMES = List.of("--schema", "--stats", "--seed", "properties");

    @Test
    void aNameWithAFewWrongLettersIsFound() {
        assertEquals(Optional.of("--schema"), NearestName.of("--shema", NAMES));
        assertEquals(Optional.of("--stats"), NearestName.of("--STATS", NAMES));
        assertEquals(Optional.of("word"), NearestName.of("wrod", List.of("ward", "word")));
        assertEquals("; did you mean properties?", NearestName.question("propertys", NAMES));
    }

    @Test
    void farNamesAreNot() {
        assertEquals(Optional.empty(), NearestName.of("--particles", NAMES));
        assertEquals(Optional.empty(), NearestName.of("", NAMES));
        assertEquals(Optional.empty(), NearestName.of("id", List.of("if")));
        assertEquals("", NearestName.question("x".repeat(1_000_000), NAMES));
    }
}
