// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.decode;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillStep;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.constraint.CanvasConstraint;
import dev.espalier.sampler.diffusion.constraint.CanvasConstraints;
import dev.espalier.sampler.diffusion.constraint.CanvasReader;
import dev.espalier.sampler.diffusion.constraint.CanvasSizing;
import dev.espalier.sampler.diffusion.constraint.EndTokens;
import dev.espalier.sampler.diffusion.constraint.GapSizing;
import dev.espalier.sampler.diffusion.constraint.JointProposal;
import dev.espalier.sampler.diffusion.constraint.ModelPass;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotMemory;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.diffusion.plan.StepView;
import dev.espalier.sampler.diffusion.policy.CanvasGrowth;
import dev.espalier.sampler.diffusion.policy.CommitPolicy;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.law.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The decoding of one canvas, from layout to outcome. Used by one thread. */
final class CanvasDecoding {

    /** A slot is revoked at most so often on average, so that every run ends. */
    private static final int REVOCATIONS = 8;

    private final InfillRequest request;
    private final int maxSlots;
    private final CanvasReader reader;
    private final EndTokens ends;
    private final Choices choices;
    private final ModelPasses passes;
    private final CommitPolicy.Run policy;
    private final List<InfillStep> steps = new ArrayList<>();
    private final long started = System.nanoTime();

    private CanvasLayout layout;
    private Canvas canvas;
    private CanvasConstraint constraint;
    private final SlotMemory<Optional<Commit>> committed = new SlotMemory<>(Optional::empty);
    private int totalFree;
    private int blockEnd;
    private int blockFree;
    private int blockStep;
    private int revocations;
    private int sizingPasses;
    private long constraintBefore;

    CanvasDecoding(InfillRequest request, MaskedDiffusionModel model, int maxSlots) {
        this.request = request;
        this.maxSlots = maxSlots;
        this.reader = new CanvasReader(request.parser(), request.cancellation());
        this.ends = new EndTokens(request.grammar());
        this.choices = Choices.seeded(request.parameters().seed());
        this.passes = new ModelPasses(
                model,
                request.prompt(),
                new ModelPass.Proposer(
                        request.parameters(),
                        choices,
                        new TokenSampler(request.grammar().vocabulary().size())));
        this.policy = request.policy().start();
        this.layout = request.layout();
        this.canvas = layout.canvas(request.grammar().vocabulary());
        this.constraint = CanvasConstraints.none(reader);
    }

    InfillResult run() {
        InfillOutcome outcome;
        try {
            outcome = decode();
        } catch (EspalierException failure) {
            outcome = outcomeOf(failure);
        } catch (RuntimeException unexpected) {
            outcome = outcomeOf(foreign(unexpected));
        }
        InfillResult result = result(outcome);
        try {
            request.listener().onFinish(result);
        } catch (RuntimeException thrown) {
            return result(new InfillOutcome.Refused(foreign(thrown)));
        }
        return result;
    }

    private InfillOutcome decode() {
        CanvasSizing sizing = new CanvasSizing(reader, maxSlots);
        Optional<CanvasSizing.Sized> sized = sizing.least(layout);
        if (sized.isEmpty()) {
            return new InfillOutcome.Uncompletable(sizing.neededSlots(layout));
        }
        begin(new GapSizing(reader, this::sizingPass, maxSlots, request.sizeTrials()).best(sized.get()));
        growTail();
        fillAtStart();
        while (canvas.freeSlots() > 0) {
            poll();
            if (passCount() >= request.maxPasses()) {
                return new InfillOutcome.Unfinished("the limit of " + request.maxPasses() + " passes was reached");
            }
            if (!step()) {
                return new InfillOutcome.Unfinished("none of the proposed tokens could stand");
            }
        }
        return constraint.isSentence(canvas) ? new InfillOutcome.Complete() : new InfillOutcome.Invalid();
    }

    private ModelPass sizingPass(Canvas tried, List<Integer> slots) {
        poll();
        sizingPasses++;
        return passes.run(tried, slots);
    }

    private int passCount() {
        return sizingPasses + steps.stream().mapToInt(InfillStep::passes).sum();
    }

    private void begin(CanvasSizing.Sized sized) {
        layout = sized.layout();
        canvas = sized.chart().canvas();
        totalFree = canvas.freeSlots();
        constraint = CanvasConstraints.of(request.strategy(), reader, sized.chart(), request.replacing(), choices);
        request.listener().onStart(canvas);
    }

    private void poll() {
        if (request.cancellation().isRequested() || Thread.currentThread().isInterrupted()) {
            throw new CancelledException("the infilling was cancelled");
        }
    }

    private void fillAtStart() {
        Canvas before = canvas;
        List<SlotChange> changes = new ArrayList<>();
        fillForced(changes);
        if (!changes.isEmpty()) {
            record(before, changes, 0, null);
        }
    }

    /** Fixes slots with one possible token: they have it in every completion, so that no mask changes. */
    private void fillForced(List<SlotChange> changes) {
        if (!constraint.isExact() || request.parameters().forcedText() != ForcedText.COMMITTED) {
            return;
        }
        int[] tokens = canvas.tokens();
        for (int slot = 0; slot < tokens.length; slot++) {
            if (tokens[slot] == Canvas.FREE) {
                TokenMask mask = constraint.mask(slot);
                if (mask.count() == 1) {
                    tokens[slot] = mask.ids()[0];
                    changes.add(new SlotChange(slot, SlotChange.Kind.FORCED, tokens[slot], 1, Double.NaN));
                }
            }
        }
        canvas = Canvas.of(request.grammar().vocabulary(), tokens);
    }

    /** One pass and what the policy makes of it; false if nothing could be committed. */
    private boolean step() {
        Canvas before = canvas;
        boolean opening = free(blockEnd).isEmpty();
        int first = free(canvas.size()).get(0);
        int seen = opening ? request.blocks().window(first, canvas.size()) : blockEnd;
        ModelPass pass = passes.run(canvas, with(free(seen), tail()));
        List<SlotScore> scores = proposals(free(seen), pass);
        if (opening) {
            open(first, scores);
        }
        int end = blockEnd;
        StepView view = view(scores.stream().filter(score -> score.slot() < end).toList());
        CommitPlan plan = policy.choose(view);
        List<SlotChange> changes = new ArrayList<>();
        Canvas from = revoke(plan.revoked(), changes);
        List<Commit> commits = plan.commits().isEmpty()
                ? List.of(SlotOrder.PROBABILITY.sorted(view).get(0).commit())
                : plan.commits();
        check(commits);
        CanvasConstraint.Placement placed = constraint.place(from, commits, pass);
        canvas = placed.canvas();
        blockStep++;
        changes.addAll(placed.changes());
        remember(placed.changes());
        fillForced(changes);
        expand(view, pass, changes);
        record(before, changes, placed.rejected(), pass);
        return placed.changes().stream().anyMatch(change -> change.kind() == SlotChange.Kind.COMMITTED);
    }

    private List<SlotScore> proposals(List<Integer> slots, ModelPass pass) {
        if (request.posteriorNodes() > 0) {
            JointProposal.condition(reader, canvas, slots, constraint::mask, pass, request.posteriorNodes());
        }
        return request.jointExpansions() > 0
                ? JointProposal.of(reader, canvas, slots, constraint::mask, pass, request.jointExpansions())
                : slots.stream()
                        .map(slot -> pass.propose(slot, constraint.mask(slot)))
                        .toList();
    }

    /** The free slots before some slot. */
    private List<Integer> free(int end) {
        return IntStream.range(0, end).filter(canvas::isFree).boxed().toList();
    }

    private static List<Integer> with(List<Integer> some, List<Integer> others) {
        return IntStream.concat(
                        some.stream().mapToInt(Integer::intValue),
                        others.stream().mapToInt(Integer::intValue))
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private void open(int first, List<SlotScore> scores) {
        blockEnd = request.blocks()
                .end(first, canvas.size(), scores, request.grammar().vocabulary());
        blockFree = free(blockEnd).size();
        blockStep = 0;
    }

    private StepView view(List<SlotScore> scores) {
        List<Commit> standing = IntStream.range(0, canvas.size())
                .boxed()
                .flatMap(slot -> committed.of(slot).stream()
                        .map(commit -> new Commit(slot, commit.token(), commit.confidence())))
                .toList();
        return new StepView(canvas, scores, standing, totalFree, blockFree, blockStep, choices);
    }

    private void check(List<Commit> commits) {
        for (Commit commit : commits) {
            if (commit.slot() < 0 || commit.slot() >= blockEnd || !canvas.isFree(commit.slot())) {
                throw new InvalidInputException("the policy committed slot " + commit.slot()
                        + ", which is not a free slot of the active block");
            }
        }
    }

    private Canvas revoke(List<Integer> slots, List<SlotChange> changes) {
        Canvas from = canvas;
        for (int slot : slots) {
            if (committed.of(slot).isEmpty()) {
                throw new InvalidInputException("the policy revoked slot " + slot + ", which it had not committed");
            }
            if (++revocations <= (long) REVOCATIONS * totalFree) {
                from = from.withFree(slot);
                committed.forget(slot);
                changes.add(new SlotChange(slot, SlotChange.Kind.REVOKED, Canvas.FREE, 1, Double.NaN));
            }
        }
        return from;
    }

    private void remember(List<SlotChange> changes) {
        for (SlotChange change : changes) {
            if (change.kind() == SlotChange.Kind.COMMITTED) {
                committed.put(
                        change.slot(), Optional.of(new Commit(change.slot(), change.token(), change.confidence())));
            }
        }
    }

    /** The last slots of a gap at the end that are free, if the canvas may grow there. */
    private List<Integer> tail() {
        int last = layout.segments().size() - 1;
        boolean grows = request.growth().isOn()
                && last >= 0
                && layout.segments().get(last) instanceof CanvasSegment.Gap
                && request.grammar().vocabulary().endIds().length > 0;
        int from = canvas.size()
                - Math.min(request.growth().window(), grows ? layout.sizes().get(last) : 0);
        return IntStream.range(from, canvas.size())
                .filter(canvas::isFree)
                .boxed()
                .toList();
    }

    /** Before the first commit: more slots while the model does not expect the end in the last ones. */
    private void growTail() {
        int last = layout.segments().size() - 1;
        for (List<Integer> tail = tail(); !tail.isEmpty() && room(last) > 0; tail = tail()) {
            poll();
            ModelPass pass = passes.run(canvas, tail);
            boolean enough = endConfidence(tail, pass) >= request.growth().endConfidence();
            Canvas before = canvas;
            List<SlotChange> changes = new ArrayList<>();
            boolean grown = !enough
                    && insert(last, canvas.size(), Math.min(request.growth().slots(), room(last)), changes);
            record(before, changes, 0, pass);
            if (!grown) {
                return;
            }
        }
    }

    private double endConfidence(List<Integer> tail, ModelPass pass) {
        return tail.stream()
                .mapToDouble(slot -> ends.probability(pass.law(slot, constraint.mask(slot))))
                .average()
                .orElse(1);
    }

    private int room(int segment) {
        return Math.min(layout.room(segment), maxSlots - canvas.size());
    }

    /** After a pass: the least sure slot becomes several. */
    private void expand(StepView view, ModelPass pass, List<SlotChange> changes) {
        CanvasGrowth growth = request.growth();
        Optional<SlotScore> least = view.slots().stream()
                .filter(score -> canvas.isFree(score.slot()) && score.confidence() < growth.expandBelow())
                .min((one, other) -> Double.compare(one.confidence(), other.confidence()));
        if (!growth.isOn() || least.isEmpty()) {
            return;
        }
        List<Integer> tail = tail().stream().filter(pass::knows).toList();
        if (!tail.isEmpty() && endConfidence(tail, pass) >= growth.settled()) {
            return;
        }
        int slot = least.get().slot();
        int segment = layout.segmentOf(slot);
        int more = Math.min(growth.slots() - 1, room(segment));
        if (more > 0 && insert(segment, slot + 1, more, changes)) {
            fillForced(changes);
        }
    }

    /** Inserts free slots; nothing happens if the canvas could not be completed then. */
    private boolean insert(int segment, int at, int count, List<SlotChange> changes) {
        Canvas longer = canvas.withInserted(at, count);
        if (!constraint.grow(longer, at, count)) {
            return false;
        }
        IntUnaryOperator moved = slot -> slot < at ? slot : slot + count;
        changes.replaceAll(change -> new SlotChange(
                moved.applyAsInt(change.slot()),
                change.kind(),
                change.token(),
                change.confidence(),
                change.rawConfidence()));
        IntStream.range(at, at + count)
                .forEach(slot ->
                        changes.add(new SlotChange(slot, SlotChange.Kind.INSERTED, Canvas.FREE, 1, Double.NaN)));
        canvas = longer;
        layout = layout.grown(segment, count);
        policy.inserted(at, count);
        committed.inserted(at, count);
        totalFree += count;
        blockEnd += at < blockEnd ? count : 0;
        return true;
    }

    private void record(Canvas before, List<SlotChange> changes, int rejected, @Nullable ModelPass pass) {
        long spent = reader.nanos() - constraintBefore;
        constraintBefore = reader.nanos();
        InfillStep step = new InfillStep(
                steps.size(),
                before,
                canvas,
                changes,
                rejected,
                pass == null ? 0 : 1,
                blockEnd,
                pass == null ? 0 : pass.nanos(),
                spent);
        steps.add(step);
        request.listener().onStep(step);
    }

    private InfillResult result(InfillOutcome outcome) {
        boolean full = canvas.freeSlots() == 0;
        int[] text = full ? Arrays.copyOf(canvas.tokens(), ends.textSlots(canvas)) : new int[0];
        return new InfillResult(
                outcome,
                canvas,
                Arrays.stream(text).boxed().toList(),
                ByteString.of(request.grammar().vocabulary().decode(text)),
                passCount(),
                (int) steps.stream()
                        .flatMap(step -> step.changes().stream())
                        .filter(change -> change.kind() == SlotChange.Kind.COMMITTED)
                        .count(),
                steps.stream().mapToInt(InfillStep::rejected).sum(),
                steps,
                new Timings(0, passes.nanos(), reader.nanos(), 0, 0, System.nanoTime() - started));
    }

    private static InfillOutcome outcomeOf(EspalierException failure) {
        if (failure instanceof CancelledException) {
            return new InfillOutcome.Cancelled();
        }
        return failure instanceof ModelException || failure instanceof InvalidLogitsException
                ? new InfillOutcome.ModelFailed(failure)
                : new InfillOutcome.Refused(failure);
    }

    private static InvalidInputException foreign(RuntimeException thrown) {
        return new InvalidInputException("a listener, a policy or a frame of the grammar threw " + thrown, thrown);
    }
}
