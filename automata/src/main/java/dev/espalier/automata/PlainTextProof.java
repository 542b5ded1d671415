package dev.espalier.automata;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Proves that a row of a byte table reads all plain text ({@link State#plainTextBound}): in the product of the table
 * with a UTF-8 decoder, no pair that plain text reaches is dead. Stops at the first dead pair, and gives up past a
 * number of pairs, so that a failing proof costs next to nothing.
 */
final class PlainTextProof {

    private static final int MAX_PAIRS = 96;

    /** Decoder states: expecting a leading byte, or so many continuation bytes, the first perhaps in a narrower range. */
    private static final int LEAD = 0;

    private static final int ONE_MORE = 1;
    private static final int TWO_MORE = 2;
    private static final int THREE_MORE = 3;
    private static final int AFTER_E0 = 4;
    private static final int AFTER_ED = 5;
    private static final int AFTER_F0 = 6;
    private static final int AFTER_F4 = 7;
    private static final int STATES = 8;

    private PlainTextProof() {}

    static boolean holds(RuleState row) {
        if (row.table() == null || row.ruleMoves().next('a') < 0) {
            return false;
        }
        ByteTable table = row.frame();
        Set<Long> seen = new HashSet<>();
        ArrayDeque<Long> pending = new ArrayDeque<>();
        meet(row.row(), LEAD, seen, pending);
        while (!pending.isEmpty()) {
            long pair = pending.remove();
            int from = (int) (pair / STATES);
            if (seen.size() > MAX_PAIRS
                    || !table.isPlain(from)
                    || !reads(table, from, (int) (pair % STATES), seen, pending)) {
                return false;
            }
        }
        return true;
    }

    private static boolean reads(ByteTable table, int row, int decoder, Set<Long> seen, ArrayDeque<Long> pending) {
        for (int value = 0x20; value <= 0xf4; value++) {
            int after = decode(decoder, value);
            if (after >= 0) {
                int next = table.next(row, value);
                if (next < 0) {
                    return false;
                }
                meet(next, after, seen, pending);
            }
        }
        return true;
    }

    private static void meet(int row, int decoder, Set<Long> seen, ArrayDeque<Long> pending) {
        long pair = (long) row * STATES + decoder;
        if (seen.add(pair)) {
            pending.add(pair);
        }
    }

    /** The decoder's state after a byte of plain text; -1 where plain text cannot have that byte. */
    private static int decode(int decoder, int value) {
        return switch (decoder) {
            case LEAD -> lead(value);
            case ONE_MORE -> isIn(value, 0x80, 0xbf) ? LEAD : -1;
            case TWO_MORE -> isIn(value, 0x80, 0xbf) ? ONE_MORE : -1;
            case THREE_MORE -> isIn(value, 0x80, 0xbf) ? TWO_MORE : -1;
            case AFTER_E0 -> isIn(value, 0xa0, 0xbf) ? ONE_MORE : -1;
            case AFTER_ED -> isIn(value, 0x80, 0x9f) ? ONE_MORE : -1;
            case AFTER_F0 -> isIn(value, 0x90, 0xbf) ? TWO_MORE : -1;
            default -> isIn(value, 0x80, 0x8f) ? TWO_MORE : -1;
        };
    }

    private static int lead(int value) {
        if (value < 0x80) {
            return value == '"' || value == '\\' || value < 0x20 ? -1 : LEAD;
        } else if (value < 0xc2 || value > 0xf4) {
            return -1;
        } else if (value < 0xe0) {
            return ONE_MORE;
        } else if (value < 0xf0) {
            return value == 0xe0 ? AFTER_E0 : value == 0xed ? AFTER_ED : TWO_MORE;
        }
        return value == 0xf0 ? AFTER_F0 : value == 0xf4 ? AFTER_F4 : THREE_MORE;
    }

    private static boolean isIn(int value, int low, int high) {
        return low <= value && value <= high;
    }
}
