package dev.espalier.mask;

import dev.espalier.automata.Horizon;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of a vocabulary can be, for states that forget what no token can tell apart. What was asked once is
 * remembered; the first question about a symbol looks at all bytes of all tokens, about a millisecond. Thread-safe.
 */
final class TokenHorizon implements Horizon {

    private static final int MAX_LISTED = 256;

    private final TokenTable table;
    private final IntPredicate tokens;
    private final IntSupplier bytes;
    /** Plain text has no quotation marks: nothing must be looked for to answer questions about them. */
    private final boolean isPlain;

    private final Map<String, Integer> longest = new ConcurrentHashMap<>();
    private final Map<String, Boolean> runs = new ConcurrentHashMap<>();
    private final Map<String, Integer> quoted = new ConcurrentHashMap<>();

    private final Map<Byte, int[]> places = new ConcurrentHashMap<>();
    private final Map<String, Optional<Set<String>>> behind = new ConcurrentHashMap<>();
    private volatile @Nullable Set<String> ends;

    /** Of all tokens. */
    TokenHorizon(TokenTable table) {
        this(table, id -> true, table::longest, false);
    }

    private TokenHorizon(TokenTable table, IntPredicate tokens, IntSupplier bytes, boolean isPlain) {
        this.table = table;
        this.tokens = tokens;
        this.bytes = bytes;
        this.isPlain = isPlain;
    }

    /** Of the tokens that are plain text. */
    static TokenHorizon ofPlainText(TokenTable table) {
        TokenMask plain = table.plainText().all();
        int most = Arrays.stream(plain.ids()).map(table::length).max().orElse(0);
        return new TokenHorizon(table, plain::allows, () -> most, true);
    }

    @Override
    public int bytes() {
        return bytes.getAsInt();
    }

    @Override
    public int longestWith(String inOrder) {
        return isPlain && inOrder.indexOf('"') >= 0
                ? 0
                : longest.computeIfAbsent(inOrder, all -> find(all.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public boolean hasRun(String symbols) {
        return !(isPlain && symbols.indexOf('"') >= 0)
                && runs.computeIfAbsent(symbols, all -> most(all, (open, end) -> 0) >= 0);
    }

    @Override
    public int longestQuoted(String symbols) {
        return isPlain ? -1 : quoted.computeIfAbsent(symbols, all -> most(all + '"', this::quotedBytes));
    }

    @Override
    public @Nullable Set<String> behindQuote(String symbols) {
        return behind(symbols + '"');
    }

    @Override
    public @Nullable Set<String> behind(String symbols) {
        return isPlain && symbols.indexOf('"') >= 0
                ? Set.of()
                : behind.computeIfAbsent(symbols, this::findBehind).orElse(null);
    }

    private Optional<Set<String>> findBehind(String symbols) {
        Set<String> found = new HashSet<>();
        int unused = most(symbols, (open, end) -> {
            if (found.size() <= MAX_LISTED) {
                found.add(new String(table.blob(), open, end - open, StandardCharsets.ISO_8859_1));
            }
            return 0;
        });
        return found.size() > MAX_LISTED ? Optional.empty() : Optional.of(Set.copyOf(found));
    }

    @Override
    public int longestEnd(String contents) {
        if (isPlain) {
            return 0;
        }
        Set<String> known = ends;
        if (known == null) {
            known = StringEnds.of(table);
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

    /** The most that a measure makes of where symbols end in a token that stand as in a run, and where the token ends; -1. */
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

    /** Where a byte stands in the tokens, and where the token ends, in turn. */
    private int[] places(byte symbol) {
        return places.computeIfAbsent(symbol, this::findPlaces);
    }

    private int[] findPlaces(byte symbol) {
        byte[] blob = table.blob();
        int[] found = new int[64];
        int size = 0;
        for (int id = 0; id < table.count(); id++) {
            int end = table.offset(id) + table.length(id);
            for (int at = tokens.test(id) ? table.offset(id) : end; at < end; at++) {
                if (blob[at] == symbol) {
                    found = size == found.length ? Arrays.copyOf(found, 2 * size) : found;
                    found[size++] = at;
                    found[size++] = end;
                }
            }
        }
        return Arrays.copyOf(found, size);
    }

    /** Where the symbols behind the first one end that stand from an index on, but for white space; -1 if they do not. */
    private int behindRun(int from, int end, byte[] symbols) {
        int at = from;
        for (int i = 1; i < symbols.length; i++) {
            while (at < end && BlankTokens.BLANKS.contains(table.blob()[at] & 0xff)) {
                at++;
            }
            if (at == end || table.blob()[at++] != symbols[i]) {
                return -1;
            }
        }
        return at;
    }

    /** The bytes from an index to the next quotation mark that is not escaped; -1 if there is none. */
    private int quotedBytes(int from, int end) {
        int at = from;
        while (at < end && table.blob()[at] != '"') {
            at += table.blob()[at] == '\\' ? 2 : 1;
        }
        return at < end ? at - from : -1;
    }

    private int find(byte[] inOrder) {
        int most = 0;
        for (int id = 0; id < table.count(); id++) {
            int length = table.length(id);
            if (length > most
                    && length >= inOrder.length
                    && tokens.test(id)
                    && has(table.offset(id), length, inOrder)) {
                most = length;
            }
        }
        return most;
    }

    private boolean has(int offset, int length, byte[] inOrder) {
        byte[] blob = table.blob();
        int found = 0;
        for (int at = offset; at < offset + length && found < inOrder.length; at++) {
            if (blob[at] == inOrder[found]) {
                found++;
            }
        }
        return found == inOrder.length;
    }
}
