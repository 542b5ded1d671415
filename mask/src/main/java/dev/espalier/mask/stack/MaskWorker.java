// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.budget.BudgetMasks;
import dev.espalier.mask.budget.LeastTokens;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.MaskMemory;
import dev.espalier.mask.frame.ResidualWalk;
import dev.espalier.mask.frame.SpecialSymbols;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import dev.espalier.mask.stats.MaskStats;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.mask.walk.CalleeMasks;
import dev.espalier.mask.walk.FrameMasks;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maker of whole masks for one grammar, with its scratch space and caches: computes masks of sets of stacks, and reads tokens. Any call
 * may drop what is cached; see {@code docs/design/masks.md}. One thread.
 */
@FastPath(oracle = "MatcherSessionTest")
public final class MaskWorker {

    private static final int STEPS_BETWEEN_TRIMS = 16;

    private final Vocabulary vocabulary;
    private final TokenIndex index;
    private final TokenTable table;
    private final MaskMemory memory;
    private final WorkerReference reference = new WorkerReference(this);
    private final SpecialSymbols specials;
    private final int[] endIds;
    private final Stepper stepper;
    private final LazyAutomaton automaton;
    private final LazyAutomaton near;
    private final StepClock clock;
    private final CalleeMasks callees;
    private final FrameMasks frames;
    private final ResidualWalk residualWalk;
    private final SegmentMasks segments;
    private final ResidualMasks residuals;
    private final LevelMasks levels;
    private final PackedMasks packed;
    private final ReachBound bound;
    private final BudgetMasks budgets;
    private final TokenSet whole;
    private final long maxBytes;

    private boolean isRemembered;
    private long residualNodes;
    private int undecided;
    private boolean cut;
    private int untilTrim;

    public MaskWorker(
            Vocabulary vocabulary,
            MaskMemory memory,
            SpecialSymbols specials,
            Limits limits,
            StackInterner interner,
            Tuning tuning) {
        this.maxBytes = tuning.workerBytes();
        this.vocabulary = vocabulary;
        this.index = vocabulary.index();
        this.table = index.table();
        this.memory = memory;
        this.specials = specials;
        this.endIds = vocabulary.endIds();
        this.clock = new StepClock(limits);
        this.stepper = new Stepper(limits, interner, clock::worked, tuning.mergedStacks());
        this.automaton = new LazyAutomaton(stepper, clock);
        this.near = new LazyAutomaton(stepper, clock, index.horizon());
        this.whole = new TokenSet(vocabulary.size());
        this.callees = new CalleeMasks(vocabulary, near, stepper, clock, memory, tuning);
        this.frames = new FrameMasks(index, memory, near, callees, stepper, clock, whole, tuning);
        this.residualWalk = new ResidualWalk(automaton, clock);
        this.segments = new SegmentMasks(vocabulary, callees, stepper, interner, memory, whole, frames::of);
        this.residuals =
                new ResidualMasks(vocabulary, segments, callees, residualWalk, clock, stepper, interner, whole, tuning);
        this.levels = new LevelMasks(frames::of, segments, tuning.segmentSets(), interner, residuals, stepper);
        this.packed = new PackedMasks(
                vocabulary,
                frames::of,
                segments,
                tuning.segmentSets() > 0,
                interner,
                residuals,
                residualWalk,
                clock,
                stepper);
        this.budgets = new BudgetMasks(automaton, index, specials, endIds, stepper, clock);
        this.bound = new ReachBound(
                automaton,
                stepper,
                new TokenReach(index, automaton, clock),
                new TokenReach(index, budgets.relaxed(), clock),
                residualWalk,
                frames::of,
                clock,
                index.horizon());
    }

    /** The reference that keeps this worker while it is idle. */
    WorkerReference reference() {
        return reference;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return 4096
                + automaton.bytes()
                + near.bytes()
                + callees.bytes()
                + frames.bytes()
                + residuals.bytes()
                + segments.bytes()
                + budgets.bytes()
                + 2L * 8 * (vocabulary.size() >>> 6);
    }

    /** Drops what only helps to make new masks; known masks stay. */
    void slim() {
        automaton.forgetRows();
        near.trim(0);
        callees.trim(0);
        frames.slim();
        segments.trim(0);
    }

    /**
     * Begins work that can be cancelled and is charged to this worker's clock until {@link #leave}. Returns the meter that ran before.
     */
    @Nullable
    public WorkMeter enter(Cancellation cancellation) {
        return clock.enter(cancellation);
    }

    public void leave(@Nullable WorkMeter outer) {
        clock.leave(outer);
    }

    /** The units of work of the last call. */
    public long spent() {
        return clock.spent();
    }

    private void begin() {
        index.trie(); // laid out once for the vocabulary: no step's time
        boolean isDue = clock.hasAllocated() || --untilTrim < 0;
        clock.start();
        if (isDue) {
            untilTrim = STEPS_BETWEEN_TRIMS;
            trim();
        }
    }

    private void trim() {
        automaton.trim(maxBytes / 2);
        near.trim(maxBytes / 2);
        callees.trim(maxBytes / 4);
        frames.trim(maxBytes);
        residuals.trim(maxBytes / 4);
        segments.trim(maxBytes / 2);
        bound.trim();
        budgets.trim(maxBytes / 4);
    }

    /** The mask of a set of stacks. */
    public TokenMask mask(StackSet set) {
        begin();
        clock.lookAtSwitches();
        return mask(automaton.of(set));
    }

    private TokenMask mask(int code) {
        frames.begin();
        isRemembered = false;
        residualNodes = 0;
        undecided = 0;
        cut = false;
        if (code == LazyAutomaton.DEAD) {
            return TokenMask.none(vocabulary.size());
        }
        TokenMask known = automaton.mask(code);
        if (known != null) {
            isRemembered = true;
            return known;
        }
        List<TokenMask> parts = new ArrayList<>();
        StackSet set = automaton.set(code);
        if (set.reachesPacked() || !levels.add(set, parts)) {
            LevelMasks.addPart(packed.of(set), parts);
        }
        residualNodes += set.reachesPacked() ? 0 : levels.residualNodes();
        addSpecials(code, parts);
        TokenMask mask = join(parts);
        TokenMask shared = parts.size() == 1 || mask.isSparse() ? mask : memory.shared(mask);
        automaton.remember(code, shared, parts.size() > 1 && shared == mask);
        return shared;
    }

    /** Statistics of the last mask. */
    public MaskStats stats() {
        MaskStats made = isRemembered ? MaskStats.REMEMBERED : frames.stats(residualNodes);
        return made.withBudget(cut, undecided);
    }

    private void addSpecials(int code, List<TokenMask> parts) {
        if ((code & 1) == 0 && specials.isEmpty()) {
            return;
        }
        whole.clear();
        if ((code & 1) != 0) {
            whole.addAll(endIds, 0, endIds.length);
        }
        for (SpecialSymbols.Group group : specials.groups()) {
            if (isAlive(code, group)) {
                whole.addAll(group.ids(), 0, group.ids().length);
            }
        }
        LevelMasks.addPart(whole.toMask(), parts);
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

    /** The set after a token, read as text and as a special token that the grammar names; null if it is dead as both. */
    @Nullable
    public StackSet after(StackSet from, int token) {
        begin();
        StackSet read = readBytes(from, token);
        for (int symbol : specials.of(token)) {
            StackSet named = stepper.step(from, symbol);
            if (!named.isEmpty()) {
                read = read == null ? named : stepper.union(read, named);
            }
        }
        return read == null ? null : stepper.afterToken(read);
    }

    /** The set after some bytes; null if they are dead. */
    @Nullable
    public StackSet after(StackSet from, byte[] bytes) {
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

    /** True if the whole text may end at a set. */
    public boolean mayEnd(StackSet set) {
        begin();
        int code = automaton.of(set);
        return code != LazyAutomaton.DEAD && (code & 1) != 0;
    }

    /** The least number of symbols until the whole text may end. */
    public int distance(StackSet set) {
        begin();
        clock.lookAtSwitches();
        return automaton.distance(automaton.of(set));
    }

    /** Forced text: the bytes that must come next, at most {@code most} of them. */
    public byte[] forced(StackSet set, int most) {
        begin();
        clock.lookAtSwitches();
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
        for (SpecialSymbols.Group group : specials.groups()) {
            if (isAlive(code, group)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAlive(int code, SpecialSymbols.Group group) {
        for (int symbol : group.symbols()) {
            if (!stepper.step(automaton.set(code), symbol).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The mask under a budget: the tokens after which the text can end within {@code remaining} tokens, this one included.
     *
     * @param isExact true if every token must be decided, however long it takes
     */
    public TokenMask mask(StackSet set, int remaining, boolean isExact) {
        begin();
        clock.lookAtSwitches();
        int code = automaton.of(set);
        TokenMask mask = mask(code);
        int after = remaining - 1;
        if (code == LazyAutomaton.DEAD || isFar(code, after)) {
            return mask;
        }
        whole.clear();
        if (after >= 0) {
            BudgetMasks.Fitting fitting = budgets.addWithin(code, after, mask, whole, isExact);
            if (fitting.all()) {
                automaton.rememberReach(code, after);
                return mask;
            }
            undecided = fitting.undecided();
            addAny(code, remaining);
        }
        if ((code & 1) != 0) {
            whole.addAll(endIds, 0, endIds.length);
        }
        cut = true;
        return whole.toMask();
    }

    /** Adds one token that fits, however long the search takes, if no token was decided to fit and the text may not end. */
    private void addAny(int code, int remaining) {
        int any = undecided == 0 || (code & 1) != 0 || whole.count() > 0 ? -1 : budgets.anyWithin(code, remaining);
        if (any >= 0) {
            whole.add(any);
            undecided--;
        }
    }

    /** True if quick bounds show that every token of the mask fits the budget. */
    private boolean isFar(int code, int after) {
        int known = automaton.reach(code);
        return (known >= 0 && known <= after)
                || (after >= 0
                        && budgets.everyByte()
                        && bound.of(code) <= after
                        && namedReach(automaton.set(code)) <= after);
    }

    /** The greatest distance to the end after a special token that the grammar names. */
    private int namedReach(StackSet set) {
        int most = 0;
        for (SpecialSymbols.Group group : specials.groups()) {
            for (int symbol : group.symbols()) {
                StackSet after = stepper.step(set, symbol);
                most = after.isEmpty() ? most : Math.max(most, stepper.distance(after));
            }
        }
        return most;
    }

    /** True if the text can end within the given number of tokens. */
    public boolean fits(StackSet set, int tokens) {
        begin();
        int code = automaton.of(set);
        return code != LazyAutomaton.DEAD && budgets.fits(code, tokens);
    }

    /** The least number of tokens until the text may end; {@link LeastTokens#NONE} if there is none. */
    public int leastTokens(StackSet set) {
        begin();
        int code = automaton.of(set);
        return code == LazyAutomaton.DEAD ? LeastTokens.NONE : budgets.least(code);
    }

    /** A known lower bound on {@link #leastTokens}. Must be asked right after another question about the set. */
    public int knownLeastTokens(StackSet set) {
        return budgets.lower(automaton.of(set));
    }
}
