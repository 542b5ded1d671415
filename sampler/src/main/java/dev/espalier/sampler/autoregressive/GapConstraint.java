// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasBuilder;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.gap.Gap;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that may come next in gaps that are filled one after the other, each from left to right, with the texts after
 * them known. Exact: a token is allowed if and only if some filling of the rest of its gap and of all later gaps, within
 * their numbers of tokens, gives a text of the grammar with it; and so for ending the gap. Who keeps to it never has to take
 * anything back. Used by one thread.
 *
 * <p>Each question is one canvas: what is fixed so far, the rest of the gap, what is given, the later gaps. Its cost is that
 * of {@link CanvasParser#parse}, for as many slots as there are tokens and open places; a gap without upper bound is two slots, one
 * with an upper bound as many as it has places left.
 */
@FastPath(oracle = "GapConstraintTest")
public final class GapConstraint {

    /**
     * What may come next.
     *
     * @param tokens the tokens that the gap may go on with
     * @param mayEnd whether the gap may end here
     */
    public record Allowed(TokenMask tokens, boolean mayEnd) {}

    private final CanvasParser parser;
    private final List<int[]> texts;
    private final List<Gap> gaps;
    private final Cancellation cancellation;
    private int[] before;
    private int current;
    private int written;
    private @Nullable Allowed allowed;

    /**
     * A constraint before its first gap.
     *
     * @param parser reads canvases {@linkplain CanvasParser#withoutEnds without end tokens}; it may be shared by
     *     constraints of the same thread
     * @param texts the tokens of each given text, one text more than there are gaps; only their bytes matter
     * @param cancellation ends a question under way
     * @throws InvalidInputException unless there is one more text than gaps, and the parser reads no end tokens
     * @throws InvalidTokenException if a token is not in the vocabulary
     */
    public GapConstraint(CanvasParser parser, List<int[]> texts, List<Gap> gaps, Cancellation cancellation) {
        Objects.requireNonNull(parser, "parser");
        Objects.requireNonNull(texts, "texts");
        Objects.requireNonNull(gaps, "gaps");
        Objects.requireNonNull(cancellation, "cancellation");
        if (texts.size() != gaps.size() + 1) {
            throw new InvalidInputException(
                    texts.size() + " texts have " + (texts.size() - 1) + " gaps between them, not " + gaps.size());
        }
        if (parser.padsWithEnds()) {
            throw new InvalidInputException(
                    "gaps are ended by asking, not by end tokens; make the parser with CanvasParser.withoutEnds");
        }
        this.parser = parser;
        this.texts = texts.stream().map(int[]::clone).toList();
        this.gaps = List.copyOf(gaps);
        this.cancellation = cancellation;
        this.before = this.texts.get(0);
        texts.forEach(text -> Canvas.of(parser.grammar().vocabulary(), text));
    }

    /** The gap that is being filled, counted from 0; the number of gaps when all are filled. */
    public int gap() {
        return current;
    }

    /** The number of tokens of the gap that is being filled, so far. */
    public int written() {
        return written;
    }

    /** Whether all gaps are filled. */
    public boolean isDone() {
        return current == gaps.size();
    }

    /** All tokens up to here, given ones and written ones; a copy. */
    public int[] tokens() {
        return before.clone();
    }

    /**
     * Whether what is there can be completed. True for good if it was at the beginning.
     *
     * @throws dev.espalier.core.error.EspalierException as {@link CanvasParser#parse(Canvas, WorkBudget)}
     */
    public boolean isCompletable() {
        if (isDone()) {
            return parse(Canvas.builder(parser.grammar().vocabulary())
                            .tokens(before)
                            .build())
                    .isCompletable();
        }
        Allowed next = allowed();
        return next.mayEnd() || next.tokens().count() > 0;
    }

    /**
     * What may come next in the gap.
     *
     * @throws InvalidInputException if all gaps are filled
     * @throws dev.espalier.core.error.EspalierException as {@link CanvasParser#parse(Canvas, WorkBudget)}: past a limit
     *     there is an error, never an answer that forbids too much or too little
     */
    public Allowed allowed() {
        if (isDone()) {
            throw new InvalidInputException("all " + gaps.size() + " gaps are filled");
        }
        Allowed known = allowed;
        if (known == null) {
            known = ask();
            allowed = known;
        }
        return known;
    }

    private Allowed ask() {
        CompiledGrammar grammar = parser.grammar();
        Gap gap = gaps.get(current);
        int needed = Math.max(0, gap.least() - written);
        CanvasBuilder builder = Canvas.builder(grammar.vocabulary()).tokens(before);
        int next = builder.size();
        if (gap.isUnlimited() && needed == 0) {
            builder.gap(0, 1).gapFrom(0);
        } else {
            new Gap(needed, gap.isUnlimited() ? Gap.UNLIMITED : gap.most() - written).addTo(builder);
        }
        int behind = builder.size();
        Canvas canvas = addRest(builder).build();
        CanvasChart chart = parse(canvas);
        if (behind == next) {
            return new Allowed(TokenMask.of(grammar.vocabulary().size()), chart.isCompletable());
        }
        return new Allowed(chart.mask(next), needed == 0 && mayEnd(chart, next, behind));
    }

    /** Slots in a row are filled from the left, so that the first is absent if the gap ends, unless the next gap leans on it. */
    private boolean mayEnd(CanvasChart chart, int next, int behind) {
        Canvas canvas = chart.canvas();
        boolean leans = behind < canvas.size() && canvas.mayBeAbsent(behind);
        return leans ? parse(canvas.withRemoved(next, behind)).isCompletable() : chart.mayBeAbsent(next);
    }

    private CanvasBuilder addRest(CanvasBuilder canvas) {
        for (int later = current + 1; later < gaps.size(); later++) {
            gaps.get(later).addTo(canvas.tokens(texts.get(later)));
        }
        return canvas.tokens(texts.get(gaps.size()));
    }

    private CanvasChart parse(Canvas canvas) {
        return parser.parse(canvas, new WorkBudget(parser.grammar().limits(), cancellation));
    }

    /**
     * Writes a token into the gap.
     *
     * @throws InvalidTokenException if it is not allowed; nothing changes then
     */
    public void accept(int token) {
        if (!allowed().tokens().allows(token)) {
            throw new InvalidTokenException("token " + token + " is not allowed in gap " + current + " after " + written
                    + " tokens: no filling of the rest gives a text of the grammar");
        }
        append(token);
        written++;
        allowed = null;
    }

    /**
     * Ends the gap: the text after it follows, and the next gap.
     *
     * @throws InvalidInputException if it may not end here; nothing changes then
     */
    public void endGap() {
        if (!allowed().mayEnd()) {
            throw new InvalidInputException("gap " + current + " may not end after " + written
                    + " tokens: no filling of the later gaps gives a text of the grammar");
        }
        current++;
        written = 0;
        append(texts.get(current));
        allowed = null;
    }

    private void append(int... tokens) {
        int[] longer = Arrays.copyOf(before, before.length + tokens.length);
        System.arraycopy(tokens, 0, longer, before.length, tokens.length);
        before = longer;
    }
}
