// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.automata.stack.OpenMarks;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.mask.stack.MaskWorker;
import dev.espalier.mask.stats.MaskStats;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One text on its way: which tokens may come next, and what follows when one does. For one thread at a time; forks are
 * independent and may go to other threads.
 *
 * <p>"Allowed" means that the text can be completed in bytes, hence in tokens wherever every byte is a token. A call
 * that throws leaves the matcher as it was.
 *
 * <p>Calls end soon with a {@link CancelledException} when the matcher's {@link Cancellation} asks for it, or the thread is
 * interrupted (its flag stays set): masks and what looks ahead at once, reading a token only where that takes long.
 */
public final class Matcher {

    /** The most bytes that {@link #forced()} answers at once. */
    public static final int MAX_FORCED = 4_096;

    private static final int TEXT_PIECE = 1_024;

    private final CompiledGrammar grammar;
    private final Vocabulary vocabulary;
    private final int window;
    private final Cancellation cancellation;
    private final StackSet start;
    private StackSet current;
    private int[] tokens;
    private int length;
    /** The sets before the last tokens, in a ring: the one before token i at i modulo its length. */
    private StackSet[] before;

    private int kept;
    private boolean terminated;
    private MaskStats lastStats = MaskStats.NONE;
    private long lastWork;
    /** One object, so that a mask that is known allocates nothing. */
    private final Function<MaskWorker, TokenMask> making = this::made;

    Matcher(CompiledGrammar grammar, StackSet start, Cancellation cancellation) {
        this.cancellation = cancellation;
        this.grammar = grammar;
        this.vocabulary = grammar.vocabulary();
        this.window = grammar.limits().rollbackWindow();
        this.start = start;
        this.current = start;
        this.tokens = new int[16];
        this.before = new StackSet[Math.min(window, 16)];
    }

    private Matcher(Matcher other, Cancellation cancellation) {
        this.cancellation = cancellation;
        grammar = other.grammar;
        vocabulary = other.vocabulary;
        window = other.window;
        start = other.start;
        current = other.current;
        tokens = Arrays.copyOf(other.tokens, Math.max(16, other.length + 16));
        length = other.length;
        before = other.before.clone();
        kept = other.kept;
        terminated = other.terminated;
        lastStats = other.lastStats;
    }

    /**
     * The tokens that are allowed next: shared, immutable, to be kept as long as one likes. Empty after an end token, and
     * where a complete text cannot go on and the vocabulary has no end token.
     *
     * @throws DeadEndException if no token is allowed though the text is not complete
     * @throws LimitExceededException past {@code stepDeadline} or {@code maxCompileBytes}
     * @throws CancelledException when cancelled or interrupted
     */
    public TokenMask mask() {
        return made(cancellation);
    }

    private TokenMask made(Cancellation until) {
        if (terminated) {
            return none();
        }
        TokenMask mask = grammar.work(until, making);
        if (isDeadEnd(mask)) {
            throw new DeadEndException("no token of the vocabulary continues the text after token " + length
                    + ", though bytes could: the vocabulary does not have every byte as a token");
        }
        return mask;
    }

    private TokenMask made(MaskWorker worker) {
        TokenMask made = worker.mask(current);
        lastStats = worker.stats();
        lastWork = worker.spent();
        return made;
    }

    /** Units of work that the last {@link #mask()} took. */
    long lastWork() {
        return lastWork;
    }

    /** {@link #mask()}, also ended by a switch of the caller. */
    TokenMask mask(Cancellation also) {
        return made(cancellation.or(also));
    }

    /**
     * The tokens that are allowed next and after which the text can still be completed within a budget: those after which
     * {@link #leastTokensToEnd()} is at most {@code remaining - 1}. Far from the end it costs what {@link #mask()} costs; where the
     * budget binds, searches of which all is remembered. Tokens that these have not decided about within {@link
     * dev.espalier.core.Limits#budgetDeadline()} are left out, and {@link MaskStats#undecided()} counts them; with none, the mask
     * is {@link #exactMask(int)}. If none was decided, one token is looked for until the step's deadline.
     *
     * @param remaining how many more tokens there may be, the next one included, an end token not counted
     * @throws DeadEndException if there is none, though the text is not complete
     * @throws LimitExceededException as {@link #mask()}
     */
    public TokenMask mask(int remaining) {
        return made(remaining, false, cancellation);
    }

    /** {@link #mask(int)}, also ended by a switch of the caller. */
    TokenMask mask(int remaining, Cancellation also) {
        return made(remaining, false, cancellation.or(also));
    }

    /**
     * All tokens that are allowed next and after which the text can still be completed within a budget, as {@link #mask(int)}, but
     * that none is left out: what is undecided past the step's deadline is refused.
     *
     * @param remaining how many more tokens there may be, the next one included, an end token not counted
     * @throws DeadEndException if there is none, though the text is not complete
     * @throws LimitExceededException as {@link #mask()}
     */
    public TokenMask exactMask(int remaining) {
        return made(remaining, true, cancellation);
    }

    private TokenMask made(int remaining, boolean isExact, Cancellation until) {
        if (terminated) {
            return none();
        }
        TokenMask mask = grammar.work(until, worker -> {
            TokenMask made = worker.mask(current, remaining, isExact);
            lastStats = worker.stats();
            return made;
        });
        if (isDeadEnd(mask)) {
            int least = grammar.work(
                    cancellation, worker -> worker.fits(current, remaining) ? 0 : worker.knownLeastTokens(current));
            throw new DeadEndException("no token completes the text within " + remaining + " more tokens; "
                    + (least == Integer.MAX_VALUE ? "no number of tokens does" : "it needs at least " + least));
        }
        return mask;
    }

    private boolean isDeadEnd(TokenMask mask) {
        return mask.isEmpty() && !isAccepting();
    }

    private TokenMask none() {
        lastStats = MaskStats.NONE;
        return TokenMask.none(vocabulary.size());
    }

    /**
     * Writes {@link #mask()} as bits.
     *
     * @param words receives bit {@code i % 64} of word {@code i / 64} for token {@code i}; words past the vocabulary are
     *     cleared
     * @throws InvalidInputException if there are fewer words than the vocabulary needs; else as {@link #mask()}
     */
    public void fillMask(long[] words) {
        mask().copyTo(words);
    }

    /** Whether a token is allowed next, without making a mask. Throws nothing for ids outside the vocabulary. */
    public boolean allows(int token) {
        return !terminated && (after(current, token) != null || ends(current, token));
    }

    /**
     * Reads a token.
     *
     * @throws InvalidTokenException if it is not allowed here, or there is no such token
     * @throws LimitExceededException past {@code stepDeadline} or {@code maxCompileBytes}
     */
    public void accept(int token) {
        StackSet next = terminated ? null : after(current, token);
        if (next != null) {
            append(token, next);
        } else if (!terminated && ends(current, token)) {
            append(token, current);
            terminated = true;
        } else {
            throw new InvalidTokenException(refusal(token));
        }
    }

    /**
     * Reads text that is there already, such as the beginning of an answer, whatever its tokens are. It counts as part of the token before it: {@link #rollback}
     * of that token takes it back, too. Cost: linear in the text.
     *
     * @throws InvalidInputException if the grammar does not allow it here; it names the first byte that is refused, and the matcher is where it was
     * @throws LimitExceededException as {@link #accept}, for each {@value #TEXT_PIECE} bytes
     */
    public void acceptText(byte[] text) {
        StackSet place = current;
        for (int from = 0; from < text.length; from += TEXT_PIECE) {
            byte[] piece = Arrays.copyOfRange(text, from, Math.min(text.length, from + TEXT_PIECE));
            StackSet next = terminated ? null : after(place, piece);
            if (next == null) {
                throw new InvalidInputException(
                        "byte " + (from + refusedByte(place, piece)) + " of a text of " + text.length
                                + " bytes was refused after " + length + " tokens: "
                                + (terminated ? "the text has ended" : "the grammar does not allow it here"));
            }
            place = next;
        }
        current = place;
    }

    private @Nullable StackSet after(StackSet place, byte[] text) {
        return grammar.<@Nullable StackSet>work(cancellation, worker -> worker.after(place, text));
    }

    /** The index of the first byte that is refused, of a text that is. */
    private int refusedByte(StackSet place, byte[] text) {
        int read = 0;
        int dead = text.length;
        while (!terminated && dead - read > 1) {
            int middle = (read + dead) >>> 1;
            if (after(place, Arrays.copyOf(text, middle)) == null) {
                dead = middle;
            } else {
                read = middle;
            }
        }
        return read;
    }

    private boolean ends(StackSet place, int token) {
        return vocabulary.isEnd(token) && grammar.work(cancellation, worker -> worker.mayEnd(place));
    }

    private @Nullable StackSet after(StackSet place, int token) {
        if (token < 0 || token >= vocabulary.size()) {
            return null;
        }
        return grammar.<@Nullable StackSet>work(cancellation, worker -> worker.after(place, token));
    }

    private String refusal(int token) {
        if (token < 0 || token >= vocabulary.size()) {
            return "token id " + token + " is outside the vocabulary of " + vocabulary.size() + " ids";
        }
        String text = vocabulary.text(token);
        String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        String why = terminated ? "the text has ended" : "the grammar does not allow it here";
        return "token " + token + " (" + shown + ") was refused after " + length + " tokens: " + why;
    }

    private void append(int token, StackSet next) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
        }
        if (window > 0) {
            if (kept == before.length && kept < window) {
                widen();
            }
            before[length % before.length] = current;
            kept = Math.min(kept + 1, before.length);
        }
        tokens[length++] = token;
        current = next;
    }

    private void widen() {
        StackSet[] wider = new StackSet[(int) Math.min(window, 2L * before.length)];
        for (int i = length - kept; i < length; i++) {
            wider[i % wider.length] = before[i % before.length];
        }
        before = wider;
    }

    /**
     * Takes back the last tokens, an end token included.
     *
     * @throws InvalidInputException if there are fewer, or {@code count} is negative
     * @throws LimitExceededException past the {@code rollbackWindow} of the limits
     */
    public void rollback(int count) {
        if (count < 0 || count > length) {
            throw new InvalidInputException("cannot take back " + count + " of " + length + " tokens");
        }
        if (count > kept) {
            throw new LimitExceededException("rollbackWindow", window, count, Place.UNKNOWN);
        }
        if (count > 0) {
            length -= count;
            kept -= count;
            current = before[length % before.length];
            terminated = false;
        }
    }

    /** Takes back all tokens: the matcher is where the grammar begins. */
    public void reset() {
        length = 0;
        kept = 0;
        current = start;
        terminated = false;
    }

    /**
     * The tokens that must come next, whatever the model says: each is the only one that its mask allows, an end token included if the
     * vocabulary has one alone. Nothing is read. Where
     * {@link #forced() bytes} are forced there may still be several tokens that spell them. Cost: a mask for each token.
     *
     * @param most how many at most
     * @throws LimitExceededException as {@link #mask()}
     */
    public int[] forcedTokens(int most) {
        Matcher ahead = fork();
        int[] forced = {};
        while (forced.length < most && !ahead.isTerminated()) {
            int only = ahead.onlyToken();
            if (only < 0) {
                break;
            }
            forced = Arrays.copyOf(forced, forced.length + 1);
            forced[forced.length - 1] = only;
            ahead.accept(only);
        }
        return forced;
    }

    /** The only token that is allowed; -1 if there are others, or none. */
    private int onlyToken() {
        TokenMask mask = grammar.work(cancellation, making);
        return mask.count() == 1 ? mask.sortedIds()[0] : -1;
    }

    /**
     * How many of the first tokens of a draft would be accepted one after the other. Nothing is read.
     *
     * @throws LimitExceededException as {@link #accept}
     */
    public int validate(int... draft) {
        StackSet place = current;
        boolean ended = terminated;
        for (int i = 0; i < draft.length; i++) {
            StackSet next = ended ? null : after(place, draft[i]);
            boolean ends = !ended && next == null && ends(place, draft[i]);
            if (next == null && !ends) {
                return i;
            }
            place = next == null ? place : next;
            ended = ends;
        }
        return draft.length;
    }

    /**
     * The masks along a tree of drafts, as they are needed to verify it in one forward pass. Nothing is read.
     *
     * @param draft the tokens of the tree's nodes
     * @param parents the node before each, a smaller index, or -1 for one that follows the text
     * @return {@link #mask()} at index 0, and after node {@code i} at index {@code i + 1}: empty where the node or one before it is not allowed, and where
     *     nothing can follow
     * @throws InvalidInputException if there are not as many parents as nodes, or a parent does not come before its node
     * @throws LimitExceededException as {@link #mask()}
     */
    public TokenMask[] masks(int[] draft, int[] parents) {
        if (parents.length != draft.length) {
            throw new InvalidInputException(draft.length + " nodes cannot have " + parents.length + " parents");
        }
        StackSet[] places = new StackSet[draft.length + 1];
        places[0] = terminated ? null : current;
        TokenMask[] masks = new TokenMask[draft.length + 1];
        masks[0] = mask();
        for (int i = 0; i < draft.length; i++) {
            if (parents[i] < -1 || parents[i] >= i) {
                throw new InvalidInputException("node " + i + " cannot have the parent " + parents[i]);
            }
            StackSet before = places[parents[i] + 1];
            StackSet place = before == null ? null : after(before, draft[i]);
            places[i + 1] = place;
            masks[i + 1] = place == null
                    ? TokenMask.none(vocabulary.size())
                    : grammar.work(cancellation, worker -> worker.mask(place));
        }
        return masks;
    }

    /**
     * An independent matcher at the same place, ended by the same cancellation. Cost: a copy of the token ids and of the rollback
     * window's pointers.
     */
    public Matcher fork() {
        return new Matcher(this, cancellation);
    }

    /**
     * An independent matcher at the same place, for somebody else. Cost: as {@link #fork()}.
     *
     * @param other ends its calls soon, in place of what ends this one's
     */
    public Matcher fork(Cancellation other) {
        return new Matcher(this, Objects.requireNonNull(other, "other"));
    }

    /** The switch that cancels its calls. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Whether the text is complete as it stands. True after an end token. */
    public boolean isAccepting() {
        return terminated || grammar.work(cancellation, worker -> worker.mayEnd(current));
    }

    /** Whether an end token was read: nothing may follow. */
    public boolean isTerminated() {
        return terminated;
    }

    /**
     * The bytes that must come next, as long as there is only one continuation: at most {@link #MAX_FORCED}. Empty where
     * the text is complete, several bytes or a special token may follow.
     */
    public byte[] forced() {
        return terminated ? new byte[0] : grammar.work(cancellation, worker -> worker.forced(current, MAX_FORCED));
    }

    /**
     * The least number of tokens that complete the text, an end token not counted; 0 if it is complete. {@link
     * Integer#MAX_VALUE} if the vocabulary has no tokens for what must come.
     *
     * @throws LimitExceededException as {@link #mask()}
     */
    public int leastTokensToEnd() {
        return terminated ? 0 : grammar.work(cancellation, worker -> worker.leastTokens(current));
    }

    /**
     * Whether so many tokens, an end token not counted, are enough to complete the text. Answers sooner than {@link
     * #leastTokensToEnd()} where the number is far from it.
     *
     * @throws LimitExceededException as {@link #mask()}
     */
    public boolean canEndWithin(int tokens) {
        return terminated || grammar.work(cancellation, worker -> worker.fits(current, tokens));
    }

    /**
     * The bytes of the shortest completion of the text, a special token that the grammar names counting as one; 0 if it is
     * complete. So many tokens are enough where every byte is a token.
     */
    public int leastBytesToEnd() {
        return terminated ? 0 : grammar.work(cancellation, worker -> worker.distance(current));
    }

    /**
     * The innermost named part of the text to which the next token belongs, where the grammar has {@linkplain dev.espalier.automata.state.MarkState marks}: that which goes on, if it may
     * also end here. Empty where there is none, where it is not certain which one it is, and at the end. Cost: that of a look, and of the sets of stacks that are new.
     */
    public Optional<String> part() {
        Set<String> marks = terminated ? Set.of() : OpenMarks.innermost(current);
        return marks.size() == 1
                ? marks.stream().filter(mark -> !mark.equals(OpenMarks.NONE)).findFirst()
                : Optional.empty();
    }

    /** The grammar whose texts it reads. */
    public CompiledGrammar grammar() {
        return grammar;
    }

    /** The number of tokens read, an end token included. */
    public int length() {
        return length;
    }

    /** The tokens read; a copy. */
    public int[] tokens() {
        return Arrays.copyOf(tokens, length);
    }

    /** Statistics of the last {@link #mask()}. */
    public MaskStats lastStats() {
        return lastStats;
    }
}
