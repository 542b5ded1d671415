// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.json.Blanks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A profile of the texts of a horizon with respect to JSON: which marks follow which, and what stands between quotation marks. Answers
 * are cached; the first question about a symbol looks at all bytes of all texts, about a millisecond for a vocabulary. Thread-safe.
 */
@FastPath(oracle = "JsonTextsTest")
public interface JsonTexts {

    /** The profile of a horizon. */
    static JsonTexts of(Horizon horizon) {
        return horizon.learned(JsonTexts.class, asked -> {
            Horizon.Texts texts = asked.texts();
            return texts == null ? new OfLength(asked.bytes()) : new Listed(texts);
        });
    }

    /**
     * The length of the longest text that has some symbols in this order, whatever stands between them; 0 if none has.
     *
     * @param inOrder ASCII characters, each standing for its byte
     */
    int longestWith(String inOrder);

    /**
     * True if some text has the symbols in a row, with nothing but white space between them.
     *
     * @param symbols ASCII characters, each standing for its byte; no white space
     */
    boolean hasRun(String symbols);

    /**
     * The greatest number of bytes that a text has between quotation marks after a run of symbols (see {@link #hasRun}): from the mark
     * right after them to the next one that is not escaped; -1 if no text has that.
     *
     * @param symbols as for {@link #hasRun}, without the mark
     */
    int longestQuoted(String symbols);

    /**
     * The rests of texts after a run of symbols (see {@link #hasRun}), a char for each byte; null if there are too many to list.
     *
     * @param symbols as for {@link #hasRun}
     */
    @Nullable
    Set<String> behind(String symbols);

    /**
     * The length in characters of the longest suffix of {@code contents} that some text has right before a closing quotation mark, in
     * any JSON spelling (RFC 8259, section 7); 0 if there is none.
     *
     * @param contents the string, without marks and escapes
     */
    int longestEnd(String contents);

    /** The most bytes of a number without exponent that a text has in a row: a sign, digits, a point, digits. */
    int longestNumber();

    /** The profile of all texts of at most a number of bytes. */
    record OfLength(int bytes) implements JsonTexts {

        @Override
        public int longestWith(String inOrder) {
            return inOrder.length() <= bytes ? bytes : 0;
        }

        @Override
        public boolean hasRun(String symbols) {
            return symbols.length() <= bytes;
        }

        @Override
        public int longestQuoted(String symbols) {
            return Math.max(-1, bytes - symbols.length() - 2);
        }

        @Override
        public @Nullable Set<String> behind(String symbols) {
            return null;
        }

        @Override
        public int longestNumber() {
            return bytes;
        }

        /** The whole length, since distances count within all texts of a length. */
        @Override
        public int longestEnd(String contents) {
            return contents.codePointCount(0, contents.length());
        }
    }

    /** The profile of some texts, such as the tokens of a vocabulary. */
    final class Listed implements JsonTexts {

        private static final int MAX_LISTED = 256;

        private final Horizon.Texts texts;
        private final Map<String, Integer> longest = new ConcurrentHashMap<>();
        private final Map<String, Boolean> runs = new ConcurrentHashMap<>();
        private final Map<String, Integer> quoted = new ConcurrentHashMap<>();
        private final Map<Byte, int[]> places = new ConcurrentHashMap<>();
        private final Map<String, Optional<Set<String>>> behind = new ConcurrentHashMap<>();
        private volatile @Nullable Set<String> ends;
        private volatile int longestNumber = -1;

        Listed(Horizon.Texts texts) {
            this.texts = texts;
        }

        @Override
        public int longestWith(String inOrder) {
            return longest.computeIfAbsent(inOrder, all -> find(all.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public boolean hasRun(String symbols) {
            return runs.computeIfAbsent(symbols, all -> most(all, (open, end) -> 0) >= 0);
        }

        @Override
        public int longestQuoted(String symbols) {
            return quoted.computeIfAbsent(symbols, all -> most(all + '"', this::quotedBytes));
        }

        @Override
        public @Nullable Set<String> behind(String symbols) {
            return behind.computeIfAbsent(symbols, this::findBehind).orElse(null);
        }

        @Override
        public int longestEnd(String contents) {
            Set<String> known = ends;
            if (known == null) {
                known = StringEnds.of(texts);
                ends = known;
            }
            int most = 0;
            int from = contents.length();
            while (from > 0) {
                from = contents.offsetByCodePoints(from, -1);
                if (!known.contains(contents.substring(from))) {
                    return most;
                }
                most++;
            }
            return most;
        }

        @Override
        public int longestNumber() {
            int known = longestNumber;
            if (known < 0) {
                known = findLongestNumber();
                longestNumber = known; // any thread finds the same
            }
            return known;
        }

        private int findLongestNumber() {
            byte[] blob = texts.blob();
            int most = 0;
            for (int text = 0; text < texts.count(); text++) {
                int end = texts.offset(text) + texts.length(text);
                int from = texts.offset(text);
                int point = -1;
                for (int at = from; at < end; at++) {
                    boolean isDigit = blob[at] >= '0' && blob[at] <= '9';
                    if (blob[at] == '.') {
                        from = point < from ? from : point + 1;
                        point = at;
                    } else if (!isDigit) {
                        from = blob[at] == '-' ? at : at + 1;
                    }
                    most = Math.max(most, at + 1 - from);
                }
            }
            return most;
        }

        private Optional<Set<String>> findBehind(String symbols) {
            Set<String> found = new HashSet<>();
            int unused = most(symbols, (open, end) -> {
                if (found.size() <= MAX_LISTED) {
                    found.add(new String(texts.blob(), open, end - open, StandardCharsets.ISO_8859_1));
                }
                return 0;
            });
            return found.size() > MAX_LISTED ? Optional.empty() : Optional.of(Set.copyOf(found));
        }

        /** The most that a measure makes of where symbols end in a text that stand as in a run, and where the text ends; -1. */
        private int most(String symbols, IntBinaryOperator measure) {
            byte[] run = symbols.getBytes(StandardCharsets.US_ASCII);
            int[] places = places(run[0]);
            int most = -1;
            for (int i = 0; i < places.length; i += 2) {
                int end = places[i + 1];
                int open = behindRun(places[i] + 1, end, run);
                most = open < 0 ? most : Math.max(most, measure.applyAsInt(open, end));
            }
            return most;
        }

        /** Where a byte stands in the texts, and where the text ends, in turn. */
        private int[] places(byte symbol) {
            return places.computeIfAbsent(symbol, this::findPlaces);
        }

        private int[] findPlaces(byte symbol) {
            byte[] blob = texts.blob();
            int[] found = new int[64];
            int size = 0;
            for (int text = 0; text < texts.count(); text++) {
                int end = texts.offset(text) + texts.length(text);
                for (int at = texts.offset(text); at < end; at++) {
                    if (blob[at] == symbol) {
                        found = size == found.length ? Arrays.copyOf(found, 2 * size) : found;
                        found[size++] = at;
                        found[size++] = end;
                    }
                }
            }
            return Arrays.copyOf(found, size);
        }

        /** The index after all symbols but the first, if they follow an index with only white space between them; -1 if not. */
        private int behindRun(int from, int end, byte[] symbols) {
            int at = from;
            for (int i = 1; i < symbols.length; i++) {
                while (at < end && Blanks.isBlank(texts.blob()[at])) {
                    at++;
                }
                if (at == end || texts.blob()[at++] != symbols[i]) {
                    return -1;
                }
            }
            return at;
        }

        /** The bytes from an index to the next quotation mark that is not escaped; -1 if there is none. */
        private int quotedBytes(int from, int end) {
            int at = from;
            while (at < end && texts.blob()[at] != '"') {
                at += texts.blob()[at] == '\\' ? 2 : 1;
            }
            return at < end ? at - from : -1;
        }

        private int find(byte[] inOrder) {
            int most = 0;
            for (int text = 0; text < texts.count(); text++) {
                int length = texts.length(text);
                if (length > most && length >= inOrder.length && has(texts.offset(text), length, inOrder)) {
                    most = length;
                }
            }
            return most;
        }

        private boolean has(int offset, int length, byte[] inOrder) {
            byte[] blob = texts.blob();
            int found = 0;
            for (int at = offset; at < offset + length && found < inOrder.length; at++) {
                if (blob[at] == inOrder[found]) {
                    found++;
                }
            }
            return found == inOrder.length;
        }
    }
}
