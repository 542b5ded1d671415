// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A grammar of {@code grammars.txt}.
 *
 * @param name its name
 * @param source its GBNF
 * @param texts some of its texts
 */
record SampleGrammar(String name, String source, List<String> texts) {

    /** All of them. */
    static List<SampleGrammar> all() {
        List<SampleGrammar> grammars = new ArrayList<>();
        for (String block : resource().split("(?m)^=== ")) {
            if (!block.isEmpty()) {
                int title = block.indexOf('\n');
                int middle = block.indexOf("\n---\n");
                List<String> texts = block.substring(middle)
                        .lines()
                        .skip(2)
                        .map(line -> line.replace("\\n", "\n"))
                        .toList();
                grammars.add(new SampleGrammar(block.substring(0, title), block.substring(title + 1, middle), texts));
            }
        }
        return grammars;
    }

    private static String resource() {
        try (InputStream stream =
                Objects.requireNonNull(SampleGrammar.class.getResourceAsStream("grammars.txt"), "grammars.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
