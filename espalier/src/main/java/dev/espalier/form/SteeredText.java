// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.Recognizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * JSON text that is written piece by piece, as far as an automaton allows each. Whatever is written can be completed, since the automaton reads
 * nothing that cannot. One use, one thread.
 */
final class SteeredText {

    /** Bytes of white space before a mark: more than any layout has. */
    private static final int MOST_BLANKS = 4_096;

    private static final int MOST_BYTES = 1 << 16;
    private static final String BLANKS = "\n ";
    private static final String ENDS = ",]} \n";

    private Recognizer recognizer;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    SteeredText(PushdownAutomaton automaton, Limits limits) {
        this.recognizer = new Recognizer(automaton, limits);
    }

    /** What has been written. */
    String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    int length() {
        return text.size();
    }

    /** Whether it is a whole value of the language. */
    boolean isWhole() {
        return recognizer.isAccepting();
    }

    /** Writes all of some pieces, with such white space before each as the layout asks for; or nothing. */
    boolean write(String... pieces) {
        Recognizer next = recognizer.fork();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            for (int blanks = 0; !reads(next, bytes); blanks++) {
                int blank = blanks < MOST_BLANKS ? blank(next) : -1;
                if (blank < 0) {
                    return false;
                }
                written.write(blank);
            }
            next.read(bytes);
            written.writeBytes(bytes);
        }
        if (next.leastBytesToEnd() == Integer.MAX_VALUE) {
            return false;
        }
        if (text.size() + written.size() > MOST_BYTES) {
            throw new LimitExceededException(
                    "bytes of an example", MOST_BYTES, text.size() + written.size(), "take another form of the schema");
        }
        recognizer = next;
        text.writeBytes(written.toByteArray());
        return true;
    }

    /** Writes a literal or a number that may end there; or nothing. */
    boolean writeScalar(String literal) {
        Recognizer before = recognizer;
        int length = text.size();
        if (!write(literal)) {
            return false;
        }
        if (mayEnd()) {
            return true;
        }
        byte[] kept = text.toByteArray();
        text.reset();
        text.write(kept, 0, length);
        recognizer = before;
        return false;
    }

    /** Whether nothing may come but the end of an array. */
    boolean isOnlyClosing() {
        BitSet allowed = recognizer.allowedBytes();
        return allowed.cardinality() == 1 && allowed.get(']');
    }

    private static boolean reads(Recognizer from, byte[] bytes) {
        return from.fork().read(bytes) == bytes.length;
    }

    private static int blank(Recognizer next) {
        for (int i = 0; i < BLANKS.length(); i++) {
            if (next.read(new byte[] {(byte) BLANKS.charAt(i)}) == 1) {
                return BLANKS.charAt(i);
            }
        }
        return -1;
    }

    /** Whether the value before may end here. */
    private boolean mayEnd() {
        return recognizer.isAccepting() || ENDS.chars().anyMatch(c -> reads(recognizer, new byte[] {(byte) c}));
    }

    /**
     * Writes the shortest text up to the end of a value.
     *
     * @param open how many objects and arrays of it are open already
     * @throws UnsupportedFeatureException if no end is found
     */
    void finish(int open) {
        boolean quoted = false;
        int depth = open;
        for (boolean isBegun = open > 0; depth > 0 || quoted || !isBegun || !mayEnd(); isBegun = true) {
            int next = nearest(isBegun);
            append(next);
            if (next == '\\' && quoted) {
                append(nearest(true));
            } else {
                quoted ^= next == '"';
                depth += quoted ? 0 : next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
            }
        }
    }

    private void append(int symbol) {
        if (recognizer.read(new byte[] {(byte) symbol}) != 1 || text.size() >= MOST_BYTES) {
            throw none();
        }
        text.write(symbol);
    }

    static UnsupportedFeatureException none() {
        return new UnsupportedFeatureException(
                "example", "no example of this schema was found; take another form of the schema", Place.pointer("#"));
    }

    /**
     * The next byte of a shortest text; of several the one that continues a run such as {@code abc} or {@code 123}.
     *
     * @param mayClose whether an array may end here: it does not where an item is to begin
     */
    private int nearest(boolean mayClose) {
        BitSet allowed = recognizer.allowedBytes();
        if (!mayClose) {
            allowed.clear(']');
        }
        int least = Integer.MAX_VALUE;
        BitSet nearest = new BitSet(256);
        for (int symbol = allowed.nextSetBit(0); symbol >= 0; symbol = allowed.nextSetBit(symbol + 1)) {
            Recognizer after = recognizer.fork();
            after.read(new byte[] {(byte) symbol});
            int distance = after.leastBytesToEnd();
            if (distance < least) {
                least = distance;
                nearest.clear();
            }
            if (distance == least) {
                nearest.set(symbol);
            }
        }
        if (least == Integer.MAX_VALUE) {
            throw none();
        }
        int last = text.size() == 0 ? 0 : text.toByteArray()[text.size() - 1] & 0xff;
        if (Character.isLetterOrDigit(last)
                && last < 0x7f
                && nearest.get(last + 1)
                && Character.isLetterOrDigit(last + 1)) {
            return last + 1;
        }
        for (int preferred : new int[] {'a', 'A', '1'}) {
            if (nearest.get(preferred)) {
                return preferred;
            }
        }
        return nearest.nextSetBit(0);
    }
}
