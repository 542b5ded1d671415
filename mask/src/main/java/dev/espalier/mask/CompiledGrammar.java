package dev.espalier.mask;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.StackInterner;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.WorkMeter;
import dev.espalier.grammar.error.EspalierException;
import dev.espalier.grammar.error.PreparedFileException;
import dev.espalier.mask.file.TableReader;
import dev.espalier.mask.file.TableWriter;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.SpecialSymbols;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.stack.GrammarMemory;
import dev.espalier.mask.stack.MaskWorker;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A grammar or schema ready for one vocabulary: opens {@link Matcher}s. Immutable and thread-safe; masks that one
 * matcher needed are at hand for all others. Made by a {@link GrammarCompiler}, whose caches it uses.
 */
public final class CompiledGrammar {

    /** Shared by all matchers that nobody cancels; nobody has it. */
    private static final Cancellation NEVER = new Cancellation();

    private final Vocabulary vocabulary;
    private final PushdownAutomaton automaton;
    private final SpecialSymbols specials;
    private final GrammarMemory memory;
    private final Limits limits;
    private final Tuning tuning;
    private final StackInterner interner = new StackInterner(10);
    /** One object, so that a mask that is known allocates nothing. */
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

    /** The tokens that the grammar names, by id, each with the symbols that it is to the automaton; not to be modified. */
    public Map<Integer, List<Integer>> namedTokens() {
        return Collections.unmodifiableMap(specials.byId());
    }

    /**
     * Adds masks of frame states to a prepared file: those of states that a breadth-first walk meets, and of those along
     * some texts, made now where they are not known yet. States whose masks cost less than reading them are left out. The
     * grammar itself is not in the file: {@link #readMasks} is for the same grammar compiled anew.
     *
     * @param maxStates how many frame states of the walk to look at
     * @param examples texts whose states matter; each as far as the grammar allows it
     * @param cancellation ends the walk soon; what was found by then is written
     * @return the number of states whose masks were added
     * @throws EspalierException as {@link Matcher#mask()}
     */
    public int writeMasks(TableWriter out, int maxStates, List<byte[]> examples, Cancellation cancellation) {
        Reachable reachable = new Reachable(this);
        reachable.search(maxStates, cancellation);
        examples.forEach(reachable::follow);
        return new SavedMasks(this).write(reachable, out);
    }

    /**
     * Takes the masks of a prepared file, so that they need not be made. Cost: a step for each state, and a copy of its
     * mask.
     *
     * @return the number of states whose masks are now known; less than were written only if this grammar has no such state
     * @throws PreparedFileException if the file is damaged, or was written for other tokens, another number of ids, or by
     *     another version of the engine
     */
    public int readMasks(TableReader in) {
        return new SavedMasks(this).read(in);
    }

    /** The mask of a state, made if need be; null if it is so cheap that it is not kept. */
    @Nullable
    FrameMask mask(State state) {
        this.<@Nullable Void>work(worker -> {
            worker.prepare(state);
            return null;
        });
        State far = state.within(vocabulary.tokens().horizon());
        return memory.get(sharedKey(far), key(far));
    }

    /** Keeps the mask of a state that was made elsewhere. */
    void keep(State state, FrameMask mask) {
        State far = state.within(vocabulary.tokens().horizon());
        FrameMask unused = memory.put(sharedKey(far), key(far), mask);
    }

    /** A stepper whose sets are those of the workers. */
    Stepper newStepper() {
        return new Stepper(limits, interner);
    }

    /** Where a text begins. */
    StackSet start() {
        return StackSet.of(automaton.start());
    }

    /** What it remembers beside the shared store. */
    GrammarMemory memory() {
        return memory;
    }

    private MaskWorker newWorker() {
        return new MaskWorker(vocabulary, memory, specials, limits, interner, tuning);
    }

    /** Lends a worker for what nobody cancels. */
    <T extends @Nullable Object> T work(Function<MaskWorker, T> task) {
        return work(NEVER, task);
    }

    /** Lends a worker. A worker that failed is not used again. */
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

    private Object key(State far) {
        return far.key(vocabulary.tokens().horizon());
    }

    private @Nullable Object sharedKey(State far) {
        return far.sharedKey(vocabulary.tokens().horizon());
    }
}
