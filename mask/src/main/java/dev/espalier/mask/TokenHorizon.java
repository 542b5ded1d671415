package dev.espalier.mask;

import dev.espalier.automata.Horizon;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the tokens of a vocabulary can be, for states that forget what no token can tell apart. What was asked once is
 * remembered; a first question looks at all bytes of all tokens, about a millisecond. Thread-safe.
 */
final class TokenHorizon implements Horizon {

    private final TokenTable table;
    private final Map<String, Integer> longest = new ConcurrentHashMap<>();
    private final Map<String, Boolean> runs = new ConcurrentHashMap<>();

    TokenHorizon(TokenTable table) {
        this.table = table;
    }

    @Override
    public int bytes() {
        return table.longest();
    }

    @Override
    public int longestWith(String inOrder) {
        Integer known = longest.get(inOrder);
        if (known == null) {
            known = find(inOrder.getBytes(StandardCharsets.US_ASCII));
            longest.put(inOrder, known);
        }
        return known;
    }

    @Override
    public boolean hasRun(String symbols) {
        Boolean known = runs.get(symbols);
        if (known == null) {
            known = findRun(symbols.getBytes(StandardCharsets.US_ASCII));
            runs.put(symbols, known);
        }
        return known;
    }

    private boolean findRun(byte[] symbols) {
        for (int id = 0; id < table.count(); id++) {
            int end = table.offset(id) + table.length(id);
            for (int at = table.offset(id); at < end; at++) {
                if (table.blob()[at] == symbols[0] && isRun(at + 1, end, symbols)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isRun(int from, int end, byte[] symbols) {
        int at = from;
        for (int i = 1; i < symbols.length; i++) {
            while (at < end && BlankTokens.BLANKS.contains(table.blob()[at] & 0xff)) {
                at++;
            }
            if (at == end || table.blob()[at++] != symbols[i]) {
                return false;
            }
        }
        return true;
    }

    private int find(byte[] inOrder) {
        int most = 0;
        for (int id = 0; id < table.count(); id++) {
            int length = table.length(id);
            if (length > most && length >= inOrder.length && has(table.offset(id), length, inOrder)) {
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
