// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cases in a resource: {@code === title}, an input, {@code ---}, and what is expected of it. */
public final class CaseFile {

    /** One case; the input and the expectation without their last line end. */
    public record Case(String title, String input, String expectation) {

        @Override
        public String toString() {
            return title;
        }
    }

    private CaseFile() {}

    public static List<Case> read(String name) {
        List<Case> cases = new ArrayList<>();
        for (String block : ("\n" + text(name)).split("\n=== ")) {
            int title = block.indexOf('\n');
            int middle = block.indexOf("\n---\n");
            if (middle >= 0) {
                String input = middle <= title ? "" : block.substring(title + 1, middle);
                cases.add(new Case(
                        block.substring(0, title),
                        input,
                        block.substring(middle + 5).stripTrailing()));
            }
        }
        return cases;
    }

    private static String text(String name) {
        try (InputStream stream = CaseFile.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
