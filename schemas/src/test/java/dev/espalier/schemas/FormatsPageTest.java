// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.schemas.format.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of formats says what the code does. */
class FormatsPageTest {

    @Test
    void thePageListsTheFormatsThatAreAsserted() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "formats.md"));
        String table = page.substring(page.indexOf("## Asserted"), page.indexOf("## Annotations"));
        Set<String> listed = new TreeSet<>();
        for (String line : table.lines().filter(l -> l.startsWith("| `")).toList()) {
            Matcher names = Pattern.compile("`([^`]+)`").matcher(line.substring(0, line.indexOf('|', 1)));
            while (names.find()) {
                listed.add(names.group(1));
            }
        }
        assertEquals(new TreeSet<>(Format.KNOWN.keySet()), listed);
    }

    @Test
    void annotationsAreNotAsserted() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "formats.md"));
        String table = page.substring(page.indexOf("## Annotations"), page.indexOf("## Contents"));
        Matcher names = Pattern.compile("`([^`]+)`").matcher(table);
        while (names.find()) {
            assertEquals(null, Format.of(names.group(1)), names.group(1));
        }
    }
}
