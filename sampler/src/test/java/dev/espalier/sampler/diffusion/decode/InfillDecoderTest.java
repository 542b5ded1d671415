// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.InfillListener;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillStep;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.ToyCanvas;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.policy.BlockSchedule;
import dev.espalier.sampler.diffusion.policy.CanvasGrowth;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.CommitPolicy;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decoding loop with made-up models. */
class InfillDecoderTest {

    private static final String END = ToyCanvas.END;

    private final ToyCanvas toy = ToyCanvas.json();
    private final CanvasParser parser = new CanvasParser(toy.grammar);

    private InfillRequest.Builder request(CanvasLayout layout) {
        return InfillRequest.builder(toy.grammar, layout).parser(parser);
    }

    private InfillResult decode(MaskedDiffusionModel model, InfillRequest.Builder request) {
        return new InfillDecoder(model).decode(request.build());
    }

    @Test
    void everyCanvasOnTheWayIsCompletableAndTheResultIsASentence() {
        Random random = new Random(25);
        for (int run = 0; run < 150; run++) {
            int seed = random.nextInt();
            MaskedDiffusionModel model = toy.model((canvas, slot, token) ->
                    new Random(seed + 31L * slot + 1009L * token + canvas.freeSlots()).nextInt(8));
            List<String> policies = List.of(
                    "fixed:1,random",
                    "fixed:4",
                    "threshold:0.5",
                    "even:3,entropy",
                    "time:4,margin",
                    "credit:0.4",
                    "consistent:2+fixed:3",
                    "remask:0.6,2+fixed:3",
                    "gap:2,1,0.5+fixed:2",
                    "neighbourhood:0.6,0.2,2",
                    "entropy-bound:1");
            CommitPolicy policy = CommitPolicies.parse(policies.get(run % policies.size()));
            InfillResult result = decode(
                    model,
                    request(CanvasLayout.blank(1 + random.nextInt(14)))
                            .policy(policy)
                            .replacing(random.nextBoolean())
                            .blocks(random.nextBoolean() ? BlockSchedule.of(4) : BlockSchedule.whole())
                            .growth(random.nextInt(3) == 0 ? CanvasGrowth.DAEDAL : CanvasGrowth.NONE)
                            .maxSlots(20)
                            .parameters(SamplingParameters.DEFAULT
                                    .withTemperature(random.nextInt(2))
                                    .withSeed(run)
                                    .withForcedText(ForcedText.values()[random.nextInt(3)])));
            String where = "run " + run + ", seed 25, " + policy.name();
            assertTrue(result.isComplete(), where + result.outcome());
            assertTrue(parser.parse(result.canvas()).isCompletable(), where);
            Canvas before = result.steps().get(0).before();
            for (InfillStep step : result.steps()) {
                assertEquals(before, step.before(), where);
                assertTrue(parser.parse(step.after()).isCompletable(), where + " " + step);
                assertEquals(step.after(), replayed(step), where);
                before = step.after();
            }
            assertEquals(result.canvas(), before, where);
        }
    }

    /** What the changes of a step make of the canvas before it. */
    private Canvas replayed(InfillStep step) {
        List<Integer> tokens = new ArrayList<>();
        for (int token : step.before().tokens()) {
            tokens.add(token);
        }
        step.changes().stream()
                .filter(change -> change.kind() == SlotChange.Kind.INSERTED)
                .forEach(change -> tokens.add(change.slot(), Canvas.FREE));
        step.changes().stream()
                .filter(change -> change.kind() != SlotChange.Kind.INSERTED)
                .forEach(change -> tokens.set(change.slot(), change.token()));
        return Canvas.of(
                toy.grammar.vocabulary(),
                tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void slotsThatCannotStandTogetherAreNotCommittedTogether() {
        ToyCanvas brackets = ToyCanvas.of(ToyCanvas.JSON, "{", "}", "[", "]");
        MaskedDiffusionModel model = brackets.model((canvas, slot, token) ->
                slot == 0 && token == brackets.id("{") ? 5 : slot == 1 && token == brackets.id("]") ? 4 : 0);
        InfillRequest.Builder request = InfillRequest.builder(brackets.grammar, CanvasLayout.blank(2))
                .policy(CommitPolicies.fixed(2))
                .parameters(SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN));
        InfillResult left = decode(model, request);
        assertEquals("{}", left.text());
        assertEquals(2, left.forwardPasses());
        assertEquals(1, left.rejections());
        InfillResult replaced = decode(model, request.replacing(true));
        assertEquals("{}", replaced.text());
        assertEquals(1, replaced.forwardPasses());
    }

    @Test
    void behindACommittedEndTokenEverythingEnds() {
        MaskedDiffusionModel model = toy.model((canvas, slot, token) -> slot == 1 && token == toy.id(END) ? 9 : 0);
        InfillResult result = decode(model, request(CanvasLayout.blank(6)).policy(CommitPolicies.fixed(1)));
        InfillStep first = result.steps().get(0);
        assertEquals("_ <end> <end> <end> <end> <end>", toy.text(first.after()));
        assertTrue(result.isComplete());
        assertEquals(1, result.tokens().size());
    }

    @Test
    void slotsWithOnePossibleTokenNeedNoPass() {
        InfillResult result = decode(
                toy.uniform(),
                request(CanvasLayout.of(
                        CanvasSegment.fixed(toy.ids("{\"", "a")),
                        CanvasSegment.gap(1),
                        CanvasSegment.fixed(toy.ids("0", "}")))));
        assertEquals("{\"a\":0}", result.text());
        assertEquals(0, result.forwardPasses());
        assertEquals(
                SlotChange.Kind.FORCED, result.steps().get(0).changes().get(0).kind());
    }

    @Test
    void anUncompletableCanvasSaysHowManySlotsItNeedsBeforeAnyPass() {
        ToyCanvas.ToyModel model = toy.uniform();
        CanvasLayout layout = CanvasLayout.of(
                CanvasSegment.fixed(toy.ids("{\"", "a")),
                CanvasSegment.gap(1),
                CanvasSegment.fixed(toy.ids("[", "1", "}")));
        assertEquals(
                new InfillOutcome.Uncompletable(OptionalInt.empty()),
                decode(model, request(layout).maxSlots(12)).outcome());
        CanvasLayout shorter = CanvasLayout.of(CanvasSegment.fixed(toy.ids("{\"", "a")), CanvasSegment.gap(1));
        assertEquals(
                new InfillOutcome.Uncompletable(OptionalInt.of(5)),
                decode(model, request(shorter)).outcome());
        assertEquals(List.of(), model.seen);
    }

    @Test
    void aGapBeginsWithTheFewestSlotsThatLeaveACompletion() {
        CanvasLayout layout = CanvasLayout.of(
                CanvasSegment.fixed(toy.ids("[", "[")),
                CanvasSegment.gapFrom(0),
                CanvasSegment.fixed(toy.ids(",")),
                CanvasSegment.gap(0, 9));
        InfillResult result = decode(toy.uniform(), request(layout));
        assertTrue(result.isComplete(), result.toString());
        assertEquals(6, result.canvas().size());
    }

    @Test
    void theFirstSizeIsTheLeastOfAllThatWouldDo() {
        Random random = new Random(12);
        for (int run = 0; run < 60; run++) {
            List<CanvasSegment> segments = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                segments.add(CanvasSegment.gap(random.nextInt(2), 1 + random.nextInt(6)));
                if (random.nextInt(3) > 0) {
                    segments.add(CanvasSegment.fixed(random.nextInt(17)));
                }
            }
            CanvasLayout layout = CanvasLayout.of(segments);
            InfillResult result = decode(toy.uniform(), request(layout));
            int least = leastSlots(layout, 0);
            assertEquals(least < Integer.MAX_VALUE, result.isComplete(), "seed 12, run " + run + " " + layout);
            assertTrue(!result.isComplete() || result.canvas().size() == least, "seed 12, run " + run + " " + layout);
        }
    }

    /** By trying all sizes of the gaps from some segment on. */
    private int leastSlots(CanvasLayout layout, int segment) {
        if (segment == layout.segments().size()) {
            Canvas canvas = layout.canvas(toy.grammar.vocabulary());
            return parser.parse(canvas).isCompletable() ? canvas.size() : Integer.MAX_VALUE;
        }
        int least = leastSlots(layout, segment + 1);
        for (int more = layout.room(segment); more > 0; more--) {
            least = Math.min(least, leastSlots(layout.grown(segment, more), segment + 1));
        }
        return least;
    }

    @Test
    void aThousandFillsInRandomOrderEndInTheLanguageWithoutTakingBack() {
        SlowRecognizer oracle = new SlowRecognizer(new GbnfReader().read(ToyCanvas.JSON));
        for (int fill = 0; fill < 1_000; fill++) {
            InfillResult result = decode(
                    toy.uniform(),
                    request(CanvasLayout.blank(1 + fill % 8))
                            .policy(CommitPolicies.parse("fixed:1,random"))
                            .parameters(SamplingParameters.MODEL.withSeed(fill)));
            String where = "seed " + fill + " " + result.text();
            assertTrue(result.isComplete(), where);
            assertTrue(oracle.accepts(result.bytes().toByteArray()), where);
            assertEquals(0, result.rejections(), where);
            assertTrue(
                    result.steps().stream()
                            .flatMap(step -> step.changes().stream())
                            .noneMatch(change -> change.kind() == SlotChange.Kind.REVOKED),
                    where);
        }
    }

    @Test
    void theSameSeedGivesTheSameCanvases() {
        MaskedDiffusionModel model = toy.uniform();
        InfillRequest.Builder request = request(CanvasLayout.blank(12))
                .policy(CommitPolicies.parse("fixed:2,random"))
                .parameters(SamplingParameters.MODEL.withSeed(7));
        InfillResult one = decode(model, request);
        InfillResult same = decode(model, request);
        assertEquals(
                one.steps().stream().map(InfillStep::changes).toList(),
                same.steps().stream().map(InfillStep::changes).toList());
        long others = new Random(8)
                .longs(20)
                .filter(seed -> !decode(model, request.parameters(SamplingParameters.MODEL.withSeed(seed)))
                        .canvas()
                        .equals(one.canvas()))
                .count();
        assertTrue(others > 10, others + " others");
    }

    @Test
    void blocksAreFilledFromTheLeft() {
        ToyCanvas.ToyModel model = toy.uniform();
        InfillResult result = decode(
                model,
                request(CanvasLayout.blank(9))
                        .blocks(BlockSchedule.of(3))
                        .policy(CommitPolicies.parse("fixed:1,random"))
                        .parameters(SamplingParameters.MODEL.withForcedText(ForcedText.DRAWN)));
        assertTrue(result.isComplete());
        for (InfillStep step : result.steps()) {
            for (SlotChange change : step.changes()) {
                assertTrue(change.kind() == SlotChange.Kind.ENDED || change.slot() < step.blockEnd(), step.toString());
            }
            if (step.blockEnd() > 3) {
                assertTrue(!step.before().isFree(0) && !step.before().isFree(2), step.toString());
            }
        }
        for (int[] slots : model.asked) {
            assertTrue(slots.length <= 3);
        }
    }

    @Test
    void theCanvasGrowsUntilTheModelExpectsTheEnd() {
        MaskedDiffusionModel model =
                toy.model((canvas, slot, token) -> token == toy.id(END) ? (slot >= 10 ? 9 : -9) : slot % 3);
        InfillResult result = decode(
                model,
                request(CanvasLayout.of(CanvasSegment.gapFrom(2)))
                        .growth(new CanvasGrowth(4, 4, 0.5, 0, 1))
                        .policy(CommitPolicies.fixed(2)));
        assertTrue(result.isComplete());
        assertEquals(14, result.canvas().size());
        assertTrue(
                result.steps().get(0).changes().stream().allMatch(change -> change.kind() == SlotChange.Kind.INSERTED));
    }

    @Test
    void revokedSlotsAreFreeAgainAndTheCanvasStaysCompletable() {
        CommitPolicy policy = CommitPolicies.parse("remask:0.99,1+fixed:1");
        InfillResult result = decode(
                toy.uniform(),
                request(CanvasLayout.blank(6))
                        .policy(policy)
                        .parameters(SamplingParameters.MODEL.withForcedText(ForcedText.DRAWN)));
        assertTrue(result.isComplete());
        long revoked = result.steps().stream()
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.kind() == SlotChange.Kind.REVOKED)
                .count();
        assertTrue(revoked > 0);
        assertEquals(result.commits() - revoked, committed(result));
    }

    private static long committed(InfillResult result) {
        return result.steps().stream()
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.kind() == SlotChange.Kind.COMMITTED)
                .map(SlotChange::slot)
                .distinct()
                .count();
    }

    @Test
    void slotsThatTheModelIsVeryUnsureOfBecomeSeveral() {
        InfillResult result = decode(
                toy.uniform(),
                request(CanvasLayout.of(
                                CanvasSegment.fixed(toy.ids("[")),
                                CanvasSegment.gap(3, 12),
                                CanvasSegment.fixed(toy.ids("]"))))
                        .growth(new CanvasGrowth(4, 8, 0, 0.3, 1))
                        .policy(CommitPolicies.fixed(1)));
        assertTrue(result.isComplete());
        assertTrue(result.canvas().size() > 5, toy.text(result.canvas()));
        assertTrue(result.canvas().size() <= 14, toy.text(result.canvas()));
        assertEquals("]", toy.tokens.get(result.canvas().token(result.canvas().size() - 1)));
    }

    @Test
    void passesAreLimited() {
        InfillResult result = decode(
                toy.uniform(),
                request(CanvasLayout.of(
                                CanvasSegment.fixed(toy.ids("[")),
                                CanvasSegment.gap(9),
                                CanvasSegment.fixed(toy.ids("]"))))
                        .policy(CommitPolicies.fixed(1))
                        .parameters(SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN))
                        .maxPasses(2));
        assertInstanceOf(InfillOutcome.Unfinished.class, result.outcome());
        assertEquals(2, result.forwardPasses());
        assertTrue(parser.parse(result.canvas()).isCompletable());
    }

    @Test
    void withoutAConstraintTheResultIsSaidToBeInvalid() {
        MaskedDiffusionModel model = toy.model((canvas, slot, token) -> token == toy.id("]") ? 9 : 0);
        InfillResult result = decode(model, request(CanvasLayout.blank(4)).strategy(InfillStrategy.unconstrained()));
        assertInstanceOf(InfillOutcome.Invalid.class, result.outcome());
        assertEquals("]]]]", result.text());
    }

    @Test
    void failuresAreOutcomes() {
        MaskedDiffusionModel nan = toy.model((canvas, slot, token) -> Double.NaN);
        assertInstanceOf(
                InfillOutcome.ModelFailed.class,
                decode(nan, request(CanvasLayout.blank(4))).outcome());
        MaskedDiffusionModel broken = toy.model((canvas, slot, token) -> {
            throw new IllegalStateException("broken");
        });
        InfillOutcome.ModelFailed failed = assertInstanceOf(
                InfillOutcome.ModelFailed.class,
                decode(broken, request(CanvasLayout.blank(4))).outcome());
        assertInstanceOf(ModelException.class, failed.cause());
        Cancellation cancellation = new Cancellation();
        InfillListener cancelling = new InfillListener() {
            @Override
            public void onStep(InfillStep step) {
                cancellation.cancel();
            }
        };
        InfillResult cancelled = decode(
                toy.uniform(),
                request(CanvasLayout.blank(9))
                        .policy(CommitPolicies.fixed(1))
                        .cancellation(cancellation)
                        .listener(cancelling));
        assertInstanceOf(InfillOutcome.Cancelled.class, cancelled.outcome());
        assertTrue(parser.parse(cancelled.canvas()).isCompletable());
        InfillListener throwing = new InfillListener() {
            @Override
            public void onStep(InfillStep step) {
                throw new IllegalStateException("tired");
            }
        };
        assertInstanceOf(
                InfillOutcome.Refused.class,
                decode(toy.uniform(), request(CanvasLayout.blank(4)).listener(throwing))
                        .outcome());
    }

    @Test
    void policiesCannotCommitWhatIsNotPossible() {
        CommitPolicy wrong = new CommitPolicy() {
            @Override
            public Run start() {
                return view -> CommitPlan.of(List.of(new Commit(0, toy.id("]"), 1)));
            }

            @Override
            public String name() {
                return "wrong";
            }
        };
        assertInstanceOf(
                InfillOutcome.Refused.class,
                decode(toy.uniform(), request(CanvasLayout.blank(4)).policy(wrong))
                        .outcome());
    }

    @Test
    void requestsThatDoNotFitTheModelAreRefused() {
        ToyCanvas.ToyModel model = toy.uniform();
        model.contextLength = 5;
        assertThrows(
                InvalidInputException.class,
                () -> decode(model, request(CanvasLayout.blank(4)).prompt(0, 0)));
        ToyCanvas other = ToyCanvas.of(ToyCanvas.JSON, "1");
        assertThrows(InvalidInputException.class, () -> decode(other.uniform(), request(CanvasLayout.blank(4))));
    }
}
