// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A page of the documentation as its blocks of code, in order. */
record Page(String name, List<Page.Block> blocks) {

    static final Path DOCS = Path.of("..", "docs");

    private static final String FENCE = "```";
    private static final String PARSED_ONLY = "<!-- parsed only -->";

    /**
     * A block of code.
     *
     * @param language what stands behind the fence
     * @param lines the lines between the fences
     * @param parsedOnly whether the page says that its commands need what is not here, such as a model's directory
     */
    record Block(String language, List<String> lines, boolean parsedOnly) {

        String text() {
            return String.join("\n", lines);
        }
    }

    static List<Page> below(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(DOCS.resolve(folder))) {
            List<Page> pages = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(read(file));
            }
            return pages;
        }
    }

    static Page read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> open = null;
        String language = "";
        String last = "";
        boolean parsedOnly = false;
        for (String line : Files.readAllLines(file)) {
            if (open == null && line.startsWith(FENCE)) {
                open = new ArrayList<>();
                language = line.substring(FENCE.length());
                parsedOnly = last.equals(PARSED_ONLY);
            } else if (open != null && line.equals(FENCE)) {
                blocks.add(new Block(language, List.copyOf(open), parsedOnly));
                open = null;
            } else if (open != null) {
                open.add(line);
            }
            last = line.isEmpty() ? last : line;
        }
        return new Page(DOCS.relativize(file).toString(), blocks);
    }

    /** What a block is shown to give: the block behind it, if that is no code. */
    Optional<String> shown(Block block) {
        int next = blocks.indexOf(block) + 1;
        return next < blocks.size()
                        && List.of("text", "json").contains(blocks.get(next).language())
                ? Optional.of(blocks.get(next).text())
                : Optional.empty();
    }
}
