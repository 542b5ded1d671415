// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.MemberView;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One text on its way, byte by byte: what must come next, and which members of an object can no longer come. It shares what is known of the grammar with
 * the {@link Matcher}s of tokens. For one thread at a time.
 */
public final class TextMatcher {

    private static final int MAX_FORCED = 4_096;

    private final CompiledGrammar grammar;
    private final Cancellation cancellation;
    private final byte[] one = new byte[1];
    private StackSet current;
    private long position;

    /**
     * A matcher at the beginning of a text.
     *
     * @param cancellation ends its calls soon
     */
    public TextMatcher(CompiledGrammar grammar, Cancellation cancellation) {
        this.grammar = Objects.requireNonNull(grammar, "grammar");
        this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
        this.current = grammar.start();
    }

    /**
     * Reads a byte.
     *
     * @throws InvalidInputException if no sentence has it there; the matcher is where it was
     * @throws LimitExceededException past {@code stepDeadline} or {@code maxCompileBytes}
     * @throws CancelledException when cancelled or interrupted
     */
    public void read(byte symbol) {
        one[0] = symbol;
        StackSet next = grammar.<@Nullable StackSet>work(cancellation, worker -> worker.after(current, one));
        if (next == null) {
            throw new InvalidInputException(
                    "byte " + position + " of the text was refused: the grammar does not allow it here");
        }
        current = next;
        position++;
    }

    /**
     * The bytes that must come next, as long as there is only one continuation; not more than some thousand at once. Empty where the text is
     * complete, or several bytes or a special token may follow. Nothing is read. Errors: as {@link #read}.
     */
    public byte[] forced() {
        return grammar.work(cancellation, worker -> worker.forced(current, MAX_FORCED));
    }

    /**
     * What is known of the members of the object that was opened last: one view for each way to read the text so far. A key cannot come if no view
     * that names it lets it come, and all name it.
     *
     * @return empty if some way of reading knows nothing, as within keys and values
     */
    public List<MemberView> members() {
        List<MemberView> views = new ArrayList<>();
        for (StackSet part : current.parts()) {
            for (int i = 0; i < part.size(); i++) {
                MemberView view = part.top(i).memberView();
                if (view == null) {
                    return List.of();
                }
                views.add(view);
            }
        }
        return views;
    }

    /** The bytes read so far. */
    public long position() {
        return position;
    }
}
