// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** A generator of texts: scripts of all planes, white space, code, joiners, what looks like special tokens. {@code encodings.py} has the same. */
final class Texts {

    private static final int[] LENGTHS = {0, 1, 1, 2, 3, 5, 8, 13};

    private final List<int[]> blocks = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private long state;

    Texts(long seed) {
        state = seed;
        for (String line : lines("texts.txt")) {
            String[] parts = line.split(" ");
            int[] numbers = Arrays.stream(parts, 1, parts.length)
                    .mapToInt(part -> Integer.parseInt(part, 16))
                    .toArray();
            if (parts[0].equals("block")) {
                blocks.add(numbers);
            } else {
                pieces.add(new String(numbers, 0, numbers.length));
            }
        }
    }

    /** The lines of a resource of this package, plain or gzipped. */
    static List<String> lines(String name) {
        try (InputStream in = open(name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A resource of this package. */
    static InputStream open(String name) {
        return Objects.requireNonNull(Texts.class.getResourceAsStream(name), name);
    }

    private int below(int bound) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (int) ((state >>> 33) % bound);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        for (int i = LENGTHS[below(LENGTHS.length)]; i > 0; i--) {
            if (below(2) == 0) {
                text.append(pieces.get(below(pieces.size())));
                continue;
            }
            int[] block = blocks.get(below(blocks.size()));
            for (int j = 1 + below(6); j > 0; j--) {
                text.appendCodePoint(block[0] + below(block[1] - block[0] + 1));
            }
            text.append(below(2) == 0 ? " " : "");
        }
        return text.toString();
    }
}
