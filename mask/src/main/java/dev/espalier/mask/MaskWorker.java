package dev.espalier.mask;

import dev.espalier.automata.StackInterner;
import dev.espalier.automata.StackSegment;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.WorkMeter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scratch space and memory of one thread at a time for one grammar: makes whole masks of stack sets, reads tokens. All
 * it remembers may be forgotten at any call; see {@code docs/masks.md}. One thread.
 */
final class MaskWorker {

    private static final int MAX_FRAMES = 8_192;

    /** Through so many sets of stacks that may end at once masks are put together set by set: of more, all are read together. */
    private static final int MAX_ENDING = 64;

    private final Vocabulary vocabulary;
    private final TokenTable table;
    private final GrammarMemory memory;
    private final WorkerReference reference = new WorkerReference(this);
    private final SpecialSymbols specials;
    private final int[] endIds;
    private final Stepper stepper;
    private final LazyAutomaton automaton;
    private final LazyAutomaton near;
    private final StepClock clock;
    private final CalleeMasks callees;
    private final FrameWalk frameWalk;
    private final ResidualWalk residualWalk;
    private final SegmentMasks segments;
    private final ResidualMasks residuals;
    private final PackedMasks packed;
    private final StackInterner interner;
    private final int segmentSets;
    private final ReachBound bound;
    private final BudgetMasks budgets;
    private final TokenSet whole;
    private final Map<State, FrameMask> frames = new HashMap<>();
    private final long maxBytes;
    private long frameBytes;

    private long nodes;
    private long residualNodes;
    private int storeHits;
    private int storeMisses;
    private int local;

    MaskWorker(
            Vocabulary vocabulary,
            GrammarMemory memory,
            SpecialSymbols specials,
            Limits limits,
            StackInterner interner,
            Tuning tuning) {
        this.maxBytes = tuning.workerBytes();
        this.vocabulary = vocabulary;
        this.table = vocabulary.tokens();
        this.memory = memory;
        this.specials = specials;
        this.endIds = vocabulary.endIds();
        this.clock = new StepClock(limits);
        this.stepper = new Stepper(limits, interner, clock::worked, tuning.mergedStacks());
        this.automaton = new LazyAutomaton(stepper, clock);
        this.near = new LazyAutomaton(stepper, clock, table.horizon());
        this.whole = new TokenSet(vocabulary.size());
        this.callees = new CalleeMasks(vocabulary, near, stepper, clock, memory, tuning);
        this.frameWalk = new FrameWalk(table, near, callees, tuning);
        this.residualWalk = new ResidualWalk(automaton, clock);
        this.interner = interner;
        this.segmentSets = tuning.segmentSets();
        this.segments = new SegmentMasks(vocabulary, callees, stepper, interner, memory, whole, this::frame);
        this.residuals =
                new ResidualMasks(vocabulary, segments, callees, residualWalk, clock, stepper, interner, whole, tuning);
        this.packed = new PackedMasks(
                vocabulary, this::frame, segments, segmentSets > 0, interner, residuals, residualWalk, clock, stepper);
        this.budgets = new BudgetMasks(automaton, table, specials, stepper, clock);
        this.bound = new ReachBound(
                automaton,
                stepper,
                new TokenReach(table, automaton, clock),
                new TokenReach(table, budgets.relaxed(), clock),
                residualWalk,
                this::frame,
                table.horizon());
    }

    /** The worker as it is kept at rest. */
    WorkerReference reference() {
        return reference;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return 4096
                + automaton.bytes()
                + near.bytes()
                + callees.bytes()
                + frameWalk.bytes()
                + frameBytes
                + 200L * frames.size()
                + residuals.bytes()
                + segments.bytes()
                + budgets.bytes()
                + 2L * 8 * (vocabulary.size() >>> 6);
    }

    /** Forgets what only helps to make new masks: those that are known stay known. */
    void slim() {
        automaton.forgetRows();
        near.trim(0);
        callees.trim(0);
        frameWalk.forget();
        segments.trim(0);
    }

    /** Begins what a switch may end: its work counts on this worker's clock until {@link #leave}. Returns what ran before. */
    @Nullable
    WorkMeter enter(Cancellation cancellation) {
        return clock.enter(cancellation);
    }

    void leave(@Nullable WorkMeter outer) {
        clock.leave(outer);
    }

    /** Units of work that the last call took. */
    long spent() {
        return clock.spent();
    }

    private void begin() {
        table.trie(); // laid out once for the vocabulary: no step's time
        clock.start();
        automaton.trim(maxBytes / 2);
        near.trim(maxBytes / 2);
        callees.trim(maxBytes / 4);
        if (frames.size() > MAX_FRAMES || frameBytes > maxBytes) {
            frames.clear();
            frameBytes = 0;
        }
        residuals.trim(maxBytes / 4);
        segments.trim(maxBytes / 2);
        bound.trim();
        budgets.trim(maxBytes / 4);
    }

    /** The mask of a set of stacks. */
    TokenMask mask(StackSet set) {
        begin();
        clock.look();
        return mask(automaton.of(set));
    }

    private TokenMask mask(int code) {
        nodes = 0;
        residualNodes = 0;
        storeHits = 0;
        storeMisses = 0;
        local = 0;
        if (code == LazyAutomaton.DEAD) {
            return TokenMask.sparse(vocabulary.size(), new int[0]);
        }
        TokenMask known = automaton.mask(code);
        if (known != null) {
            local = -1;
            return known;
        }
        List<TokenMask> parts = new ArrayList<>();
        StackSet set = automaton.set(code);
        if (set.reachesPacked() || !addFrames(set, parts)) {
            addPart(packed.of(set), parts);
        }
        addSpecials(code, parts);
        TokenMask mask = join(parts);
        TokenMask shared = parts.size() == 1 || mask.isSparse() ? mask : memory.shared(mask);
        automaton.remember(code, shared, parts.size() > 1 && shared == mask);
        return shared;
    }

    /** How the last mask was made. */
    MaskStats stats() {
        return local < 0
                ? MaskStats.REMEMBERED
                : new MaskStats(nodes, residualNodes, storeHits, storeMisses, local, false);
    }

    /** Tokens that a frame left over, to be read below it. */
    private record Left(Residual residual, StackSet below, int result) {}

    /**
     * The masks of all top states, of what their residuals may be read by, and of what follows where they may end at once.
     *
     * @return false where that is put together from too many sets; some parts may have been added
     */
    private boolean addFrames(StackSet set, List<TokenMask> parts) {
        List<StackSet> pending = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        pending.add(set);
        Set<StackSet> seen = new HashSet<>();
        while (!pending.isEmpty()) {
            StackSet next = pending.remove(pending.size() - 1);
            if (!seen.add(next)) {
                continue;
            }
            if (seen.size() > MAX_ENDING) {
                return false;
            }
            StackSegment segment = StackSegment.of(next, segmentSets, interner);
            if (segment != null) {
                addSegment(segment, parts, left, pending);
            } else {
                addTops(next, parts, left, pending);
            }
        }
        for (Left one : left) {
            TokenMask read = residuals.of(one.residual, stepper.resume(one.below, one.result));
            residualNodes += residuals.visited() + segments.takeVisited();
            if (read == null) {
                return false;
            }
            addPart(read, parts);
        }
        return true;
    }

    private void addTops(StackSet set, List<TokenMask> parts, List<Left> left, List<StackSet> pending) {
        for (int i = 0; i < set.size(); i++) {
            FrameMask frame = frame(set.top(i));
            addPart(frame.accepted(), parts);
            StackSet below = set.below(i);
            for (Residual residual : frame.residuals()) {
                addLeft(residual, below, residual.result(), left);
            }
            for (int result : frame.endsBefore()) {
                addAfter(below, result, pending);
            }
        }
    }

    private void addSegment(StackSegment segment, List<TokenMask> parts, List<Left> left, List<StackSet> pending) {
        FrameMask upper = segments.of(segment.upper());
        residualNodes += segments.takeVisited();
        addPart(upper.accepted(), parts);
        for (Residual residual : upper.residuals()) {
            addLeft(residual, segment.below(residual.result()), 0, left);
        }
        for (int cut : upper.endsBefore()) {
            addAfter(segment.below(cut), 0, pending);
        }
    }

    private static void addLeft(Residual residual, StackSet below, int result, List<Left> left) {
        if (below.hasStates()) {
            left.add(new Left(residual, below, result));
        }
    }

    private void addAfter(StackSet below, int result, List<StackSet> pending) {
        StackSet after = stepper.resume(below, result);
        if (after.size() > 0) {
            pending.add(after);
        }
    }

    private static void addPart(TokenMask part, List<TokenMask> parts) {
        if (!part.isEmpty() && !parts.contains(part)) {
            parts.add(part);
        }
    }

    private void addSpecials(int code, List<TokenMask> parts) {
        if ((code & 1) == 0 && specials.isEmpty()) {
            return;
        }
        whole.clear();
        if ((code & 1) != 0) {
            whole.addAll(endIds, 0, endIds.length);
        }
        specials.byId().forEach((id, symbols) -> {
            for (int symbol : symbols) {
                if (!stepper.step(automaton.set(code), symbol).isEmpty()) {
                    whole.add(id);
                }
            }
        });
        addPart(whole.toMask(), parts);
    }

    private TokenMask join(List<TokenMask> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        whole.clear();
        for (TokenMask part : parts) {
            if (!part.isSparse()) {
                whole.addAll(part);
            }
        }
        for (TokenMask part : parts) {
            if (part.isSparse()) {
                whole.addAll(part);
            }
        }
        return whole.toMask();
    }

    /** The context-independent mask of a state: at hand, cheap, stored, or made now. */
    FrameMask frame(State state) {
        State far = state.within(table.horizon());
        FrameMask known = frames.get(far);
        if (known == null) {
            State standIn = far.standIn(table.horizon());
            known = frames.get(standIn);
            if (known == null) {
                known = find(standIn);
                frames.put(standIn, known);
            } else {
                local++;
            }
            frames.put(far, known);
        } else {
            local++;
        }
        return known;
    }

    private FrameMask find(State far) {
        Object shared = far.sharedKey(table.horizon());
        FrameMask stored = shared == null ? null : memory.get(shared);
        if (stored != null) {
            storeHits++;
            return stored;
        }
        FrameMask made = make(far);
        return shared == null ? made : memory.put(shared, made);
    }

    private FrameMask make(State far) {
        FrameMask few = frameWalk.ofFew(far);
        nodes += frameWalk.visited();
        if (few != null) {
            local++;
            frameBytes += few.bytes();
            return few;
        }
        Object key = far.key();
        FrameMask found = memory.get(key);
        if (found == null) {
            FrameMask made = frameWalk.of(far);
            nodes += made.nodes();
            storeMisses++;
            found = memory.put(key, made);
        } else {
            storeHits++;
        }
        return found;
    }

    /** Makes the mask of a state, so that it is in the store or cheap. */
    void prepare(State state) {
        begin();
        frame(state);
    }

    /** The set after a token, read as text and as what the grammar names; null if it can be neither. */
    @Nullable
    StackSet after(StackSet from, int token) {
        begin();
        StackSet read = readBytes(from, token);
        for (int symbol : specials.of(token)) {
            StackSet named = stepper.step(from, symbol);
            if (!named.isEmpty()) {
                read = read == null ? named : stepper.union(read, named);
            }
        }
        return read;
    }

    /** The set after some bytes; null if they are dead. */
    @Nullable
    StackSet after(StackSet from, byte[] bytes) {
        begin();
        return read(from, bytes, 0, bytes.length);
    }

    private @Nullable StackSet readBytes(StackSet from, int token) {
        int length = token < table.count() ? table.length(token) : 0;
        return length == 0 ? null : read(from, table.blob(), table.offset(token), length);
    }

    private @Nullable StackSet read(StackSet from, byte[] bytes, int offset, int length) {
        int code = automaton.of(from);
        for (int i = offset; i < offset + length && code != LazyAutomaton.DEAD; i++) {
            code = automaton.next(code, bytes[i] & 0xff);
        }
        return code == LazyAutomaton.DEAD ? null : automaton.set(code);
    }

    /** Which bytes are live, as 256 bits. */
    long[] liveBytes(StackSet set) {
        begin();
        int code = automaton.of(set);
        long[] live = new long[4];
        for (int symbol = 0; symbol < 256 && code != LazyAutomaton.DEAD; symbol++) {
            if (automaton.next(code, symbol) != LazyAutomaton.DEAD) {
                live[symbol >> 6] |= 1L << symbol;
            }
        }
        return live;
    }

    /** Whether everything may end. */
    boolean mayEnd(StackSet set) {
        begin();
        int code = automaton.of(set);
        return code != LazyAutomaton.DEAD && (code & 1) != 0;
    }

    /** The least number of symbols until everything may end. */
    int distance(StackSet set) {
        begin();
        clock.look();
        return automaton.distance(automaton.of(set));
    }

    /** The bytes that must come next, at most so many. */
    byte[] forced(StackSet set, int most) {
        begin();
        clock.look();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int code = automaton.of(set);
        while (bytes.size() < most && code != LazyAutomaton.DEAD && (code & 1) == 0 && !namesSpecial(code)) {
            int only = automaton.onlyByte(code);
            if (only < 0) {
                break;
            }
            bytes.write(only);
            code = automaton.next(code, only);
        }
        return bytes.toByteArray();
    }

    private boolean namesSpecial(int code) {
        for (List<Integer> symbols : specials.byId().values()) {
            for (int symbol : symbols) {
                if (!stepper.step(automaton.set(code), symbol).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The tokens of the mask after which so many more tokens, the first one included, are enough to end everything. */
    TokenMask mask(StackSet set, int remaining) {
        begin();
        clock.look();
        int code = automaton.of(set);
        TokenMask mask = mask(code);
        int after = remaining - 1;
        if (code == LazyAutomaton.DEAD || isFar(code, after)) {
            return mask;
        }
        whole.clear();
        if (after >= 0 && budgets.addWithin(code, after, whole)) {
            automaton.rememberReach(code, after);
            return mask;
        }
        if ((code & 1) != 0) {
            whole.addAll(endIds, 0, endIds.length);
        }
        return whole.toMask();
    }

    /** Whether the end of the budget is so far that every token of the mask fits, as is known at once. */
    private boolean isFar(int code, int after) {
        int known = automaton.reach(code);
        return (known >= 0 && known <= after)
                || (after >= 0
                        && budgets.everyByte()
                        && bound.of(code) <= after
                        && namedReach(automaton.set(code)) <= after);
    }

    /** The greatest distance to the end after a token that the grammar names. */
    private int namedReach(StackSet set) {
        int most = 0;
        for (List<Integer> symbols : specials.byId().values()) {
            for (int symbol : symbols) {
                StackSet after = stepper.step(set, symbol);
                most = after.isEmpty() ? most : Math.max(most, stepper.distance(after));
            }
        }
        return most;
    }

    /** Whether so many tokens are enough to end everything. */
    boolean fits(StackSet set, int tokens) {
        begin();
        int code = automaton.of(set);
        return code != LazyAutomaton.DEAD && budgets.fits(code, tokens);
    }

    /** The least number of tokens until everything may end; {@link LeastTokens#NONE} if there is none. */
    int leastTokens(StackSet set) {
        begin();
        int code = automaton.of(set);
        return code == LazyAutomaton.DEAD ? LeastTokens.NONE : budgets.least(code);
    }

    /** Tokens of which it is known that fewer are not enough; to be asked at once after another question. */
    int knownLeastTokens(StackSet set) {
        return budgets.lower(automaton.of(set));
    }
}
