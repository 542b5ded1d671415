package dev.espalier.automata;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the texts that a state will be asked about before a new state is asked for: the tokens of a vocabulary.
 * States that no such text can tell apart share masks ({@link State#within}). Implementations are thread-safe.
 */
public interface Horizon {

    /** The symbols of the longest text. */
    int bytes();

    /**
     * The length of the longest text that has some symbols in this order, whatever stands between them; 0 if none has.
     *
     * @param inOrder ASCII characters, each standing for its byte
     */
    int longestWith(String inOrder);

    /**
     * Whether some text has some symbols one behind the other, with nothing but white space between them.
     *
     * @param symbols ASCII characters, each standing for its byte; no white space
     */
    boolean hasRun(String symbols);

    /**
     * The most bytes that a text has between quotation marks behind symbols that stand as in {@link #hasRun}: from the mark right
     * behind them to the next one that is not escaped; -1 if no text has that.
     *
     * @param symbols as for {@link #hasRun}, without the mark
     */
    int longestQuoted(String symbols);

    /**
     * What texts have behind a quotation mark behind symbols that stand as in {@link #hasRun}, up to their ends, a char for each byte;
     * null where that is too much to list.
     *
     * @param symbols as for {@link #hasRun}, without the mark
     */
    @Nullable
    Set<String> behindQuote(String symbols);

    /**
     * What texts have behind symbols that stand as in {@link #hasRun}, up to their ends, a char for each byte; null where that is too
     * much to list, or not known.
     *
     * @param symbols as for {@link #hasRun}
     */
    default @Nullable Set<String> behind(String symbols) {
        return null;
    }

    /**
     * The most characters at the end of a string that some text has right before a quotation mark that closes it, spelled in any way of
     * JSON (RFC 8259, section 7); 0 if texts have none of them there.
     *
     * @param contents the string, without marks and escapes
     */
    int longestEnd(String contents);

    /** All texts of at most so many symbols. */
    static Horizon of(int bytes) {
        return new Horizon() {
            @Override
            public int bytes() {
                return bytes;
            }

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
            public @Nullable Set<String> behindQuote(String symbols) {
                return null;
            }

            /** All of it, since distances count within all texts of a length. */
            @Override
            public int longestEnd(String contents) {
                return contents.codePointCount(0, contents.length());
            }
        };
    }
}
