// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Cases of strings that are quoted from a text: spans of it that are drawn at random, always the same for the same text. */
public final class SpanCases {

    private static final int SPANS = 400;

    /** The most characters of a span. */
    private static final int LONGEST = 200;

    private SpanCases() {}

    /**
     * A case for each way to match.
     *
     * @param file the text, in UTF-8; of a folder all files below it, sorted, one after the other
     * @param most the characters that are read
     * @throws InvalidInputException if it cannot be read, or is short
     */
    public static HardCases read(Path file, int most) {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(file)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(text.length() < most ? Files.readString(each) : "");
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e, e);
        }
        if (text.length() <= LONGEST) {
            throw new InvalidInputException(file + " has too few characters to draw spans from");
        }
        String source = text.substring(0, Math.min(most, text.length()));
        Random random = new Random(0);
        List<String> spans =
                Stream.generate(() -> span(source, random)).limit(SPANS).toList();
        return new HardCases(List.of(
                new HardCase("spans", "strings of a text", HardCase.Kind.SPANS, source, spans, List.of()),
                new HardCase(
                        "spans-folded",
                        "the same up to case and white space",
                        HardCase.Kind.FOLDED_SPANS,
                        source,
                        spans,
                        List.of())));
    }

    private static String span(String source, Random random) {
        int from = source.offsetByCodePoints(0, random.nextInt(source.codePointCount(0, source.length() - LONGEST)));
        int to = source.offsetByCodePoints(from, 1 + random.nextInt(LONGEST / 2));
        return JsonMapper.shared().writeValueAsString(source.substring(from, to));
    }
}
