package dev.espalier.automata;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A language of byte strings as a start state whose frames call each other. Immutable to its users and thread-safe;
 * rows of its tables are worked out when they are first needed, under the limits it was compiled with.
 *
 * <p>Compilation is linear in the grammar's text for ordinary grammars (Thompson's construction; left recursion becomes
 * loops; bounded repetitions become counters), so that the first mask comes at once.
 */
public final class PushdownAutomaton {

    private final State start;
    private final List<Expression.SpecialToken> specialTokens;

    private final LongSupplier bytes;

    private PushdownAutomaton(State start, List<Expression.SpecialToken> specialTokens, LongSupplier bytes) {
        this.start = start;
        this.bytes = bytes;
        this.specialTokens = List.copyOf(specialTokens);
    }

    /**
     * The automaton of a grammar.
     *
     * @param externals frames for {@link Expression.External}, by name
     * @throws UnsatisfiableException when the grammar has no sentence at all
     * @throws dev.espalier.core.error.ReferenceException when a rule or an external frame is missing
     * @throws dev.espalier.core.error.UnsupportedFeatureException when a construct cannot be compiled exactly
     * @throws dev.espalier.core.error.LimitExceededException past a limit of the budget
     * @throws dev.espalier.core.error.CompileTimeoutException past the deadline
     * @throws dev.espalier.core.error.CancelledException when cancelled or interrupted
     */
    public static PushdownAutomaton compile(Grammar grammar, Map<String, State> externals, WorkBudget budget) {
        ExpressionCompiler compiled = new ExpressionCompiler(grammar, externals, false, budget);
        LeftRecursion.remove(compiled, budget);
        Lengths lengths = new Lengths(compiled, budget);
        boolean mayBeEmpty = compiled.mayBeEmpty(grammar.rule(grammar.root()));
        if (!mayBeEmpty && lengths.shortest(0) == Lengths.NEVER) {
            throw new UnsatisfiableException(
                    "the grammar has no sentence: rule \"" + grammar.root() + "\" never ends", Place.UNKNOWN);
        }
        budget.poll();
        Frames frames = new Frames(compiled, lengths, budget);
        return new PushdownAutomaton(
                frames.ruleFrame(0).start(mayBeEmpty), compiled.specialTokens(), frames::estimatedBytes);
    }

    /** A frame as a whole language; it ends with any result of its goal. */
    public static PushdownAutomaton of(State start) {
        return new PushdownAutomaton(start, List.of(), () -> 0);
    }

    /** The state in which nothing has been read. */
    public State start() {
        return start;
    }

    /**
     * Estimated bytes that the rules of the grammar hold now, with the rows that were needed so far; 0 for {@link #of frames} of
     * other kinds. Safe for any thread. Cost: constant.
     */
    public long estimatedBytes() {
        return bytes.getAsLong();
    }

    /** The special tokens of the grammar: symbol {@code State.SPECIAL + n} is the n-th of them. */
    public List<Expression.SpecialToken> specialTokens() {
        return specialTokens;
    }
}
