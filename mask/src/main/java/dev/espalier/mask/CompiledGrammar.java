// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.PrefixState;
import dev.espalier.automata.state.State;
import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.mask.frame.SpecialSymbols;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.stack.GrammarMemory;
import dev.espalier.mask.stack.MaskWorker;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A grammar or schema ready for one vocabulary: opens {@link Matcher}s. Immutable and thread-safe; masks made for one matcher are
 * cached for all others. Made by a {@link GrammarCompiler}, whose caches it uses.
 */
public final class CompiledGrammar {

    /** The cancellation of all matchers that were opened without one; it is never cancelled. */
    private static final Cancellation NEVER = new Cancellation();

    private final Vocabulary vocabulary;
    private final PushdownAutomaton automaton;
    private final SpecialSymbols specials;
    private final GrammarMemory memory;
    private final Limits limits;
    private final Tuning tuning;
    private final StackInterner interner = new StackInterner(10);
    /** One object, so that a cached mask allocates nothing. */
    private final Supplier<MaskWorker> workers = this::newWorker;

    CompiledGrammar(
            Vocabulary vocabulary, PushdownAutomaton automaton, GrammarMemory memory, Limits limits, Tuning tuning) {
        this.tuning = tuning;
        this.vocabulary = vocabulary;
        this.automaton = automaton;
        this.specials = new SpecialSymbols(automaton.specialTokens(), vocabulary);
        this.memory = memory;
        this.limits = limits;
    }

    /** A matcher at the beginning of a text, cancelled by nobody. Cost: constant. */
    public Matcher matcher() {
        return matcher(NEVER);
    }

    /**
     * A matcher at the beginning of a text. Cost: constant.
     *
     * @param cancellation ends its calls soon, and those of its forks
     */
    public Matcher matcher(Cancellation cancellation) {
        return new Matcher(this, StackSet.of(automaton.start()), Objects.requireNonNull(cancellation, "cancellation"));
    }

    /**
     * A matcher of texts that begin with some bytes, and go on as the grammar says: for a prompt whose last token is taken back, so that the model may choose a
     * token that is longer. The first tokens spell these bytes, and may go past them. Cost: constant, but masks within the prefix are its own.
     *
     * @param prefix the bytes; none for {@link #matcher(Cancellation)}
     * @param cancellation ends its calls soon, and those of its forks
     */
    public Matcher matcherAfter(byte[] prefix, Cancellation cancellation) {
        State first = PrefixState.of(ByteString.of(prefix), automaton.start());
        return new Matcher(this, StackSet.of(first), Objects.requireNonNull(cancellation, "cancellation"));
    }

    /** {@link #matcherAfter(byte[], Cancellation)} of a text in UTF-8, cancelled by nobody. */
    public Matcher matcherAfter(String prefix) {
        return matcherAfter(prefix.getBytes(StandardCharsets.UTF_8), NEVER);
    }

    /** The vocabulary whose tokens the masks are over. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The limits that masks are made under. */
    public Limits limits() {
        return limits;
    }

    /** The automaton of the grammar, for what works on bytes rather than tokens. */
    public PushdownAutomaton automaton() {
        return automaton;
    }

    /** The special tokens that the grammar names, by id, each with its symbols in the automaton; not to be modified. */
    public Map<Integer, List<Integer>> namedTokens() {
        return Collections.unmodifiableMap(specials.byId());
    }

    /** A stepper whose sets are those of the workers. */
    Stepper newStepper() {
        return new Stepper(limits, interner);
    }

    /** The set of stacks at the beginning of a text. */
    StackSet start() {
        return StackSet.of(automaton.start());
    }

    /** The cache of this grammar, beside the shared store. */
    GrammarMemory memory() {
        return memory;
    }

    private MaskWorker newWorker() {
        return new MaskWorker(vocabulary, memory, specials, limits, interner, tuning);
    }

    /** Runs a task with a worker; it cannot be cancelled. */
    <T extends @Nullable Object> T work(Function<MaskWorker, T> task) {
        return work(NEVER, task);
    }

    /** Runs a task with a worker. A worker whose task failed is not used again. */
    <T extends @Nullable Object> T work(Cancellation cancellation, Function<MaskWorker, T> task) {
        MaskWorker worker = memory.take(workers);
        WorkMeter outer = worker.enter(cancellation);
        T result;
        try {
            result = task.apply(worker);
        } finally {
            worker.leave(outer);
        }
        memory.give(worker);
        return result;
    }
}
