// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.canvas.WeightedBlock;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillStep;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.ToyCanvas;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.policy.BlockSchedule;
import dev.espalier.sampler.diffusion.policy.CanvasGrowth;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.CommitPolicy;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Decoding with the tokens of a best completion in each pass. */
class JointProposalTest {

    private static final SamplingParameters DRAWN = SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN);

    private final ToyCanvas toy = ToyCanvas.json();
    private final CanvasParser parser = new CanvasParser(toy.grammar);

    private InfillRequest.Builder request(CanvasLayout layout) {
        return InfillRequest.builder(toy.grammar, layout).parser(parser).parameters(DRAWN);
    }

    @Test
    void tokensThatEachSlotLikesAndThatDoNotFitAreNotProposed() {
        ToyCanvas brackets = ToyCanvas.of(ToyCanvas.JSON, "{", "}", "[", "]");
        MaskedDiffusionModel model = brackets.model((canvas, slot, token) ->
                slot == 0 && token == brackets.id("{") ? 4 : slot == 1 && token == brackets.id("]") ? 5 : 0);
        InfillRequest.Builder request = InfillRequest.builder(brackets.grammar, CanvasLayout.blank(2))
                .policy(CommitPolicies.fixed(2))
                .parameters(DRAWN);
        InfillResult each = new InfillDecoder(model).decode(request.build());
        InfillResult joint = new InfillDecoder(model).decode(request.joint(100).build());
        assertEquals("[]", joint.text());
        assertEquals(1, joint.forwardPasses());
        assertEquals(0, joint.rejections());
        assertEquals(1, each.rejections());
    }

    @Test
    void onePassThatCommitsAllGivesTheBestCompletion() {
        Random random = new Random(22);
        for (int run = 0; run < 50; run++) {
            int seed = random.nextInt();
            int slots = 1 + random.nextInt(10);
            ToyCanvas.ToyModel model =
                    toy.model((canvas, slot, token) -> new Random(seed + 31L * slot + 1009L * token).nextInt(8));
            InfillResult result = new InfillDecoder(model)
                    .decode(request(CanvasLayout.blank(slots))
                            .policy(CommitPolicies.fixed(slots))
                            .joint(Long.MAX_VALUE)
                            .build());
            Canvas blank = Canvas.blank(toy.grammar.vocabulary(), slots);
            WeightedBlock block = WeightedBlock.whole(
                    blank,
                    slot -> model.forward(new int[0], blank, new int[] {slot})
                            .get(0)
                            .toArray());
            int[] best = parser.best(block, Long.MAX_VALUE, WorkBudget.standard())
                    .orElseThrow()
                    .tokens();
            assertEquals(1, result.forwardPasses(), "run " + run);
            assertEquals(0, result.rejections(), "run " + run);
            assertArrayEquals(best, result.canvas().tokens(), "run " + run);
        }
    }

    @Test
    void noTokenIsEverRejectedAndEveryResultIsASentence() {
        Random random = new Random(23);
        List<String> policies =
                List.of("fixed:4", "threshold:0.3", "even:3,entropy", "remask:0.6,2+fixed:3", "fixed:9,random");
        for (int run = 0; run < 100; run++) {
            int seed = random.nextInt();
            MaskedDiffusionModel model = toy.model((canvas, slot, token) ->
                    new Random(seed + 31L * slot + 1009L * token + canvas.freeSlots()).nextInt(8));
            CommitPolicy policy = CommitPolicies.parse(policies.get(run % policies.size()));
            InfillResult result = new InfillDecoder(model)
                    .decode(request(CanvasLayout.blank(1 + random.nextInt(14)))
                            .policy(policy)
                            .blocks(random.nextBoolean() ? BlockSchedule.of(4) : BlockSchedule.whole())
                            .growth(random.nextInt(3) == 0 ? CanvasGrowth.DAEDAL : CanvasGrowth.NONE)
                            .maxSlots(20)
                            .joint(1 + random.nextInt(40))
                            .build());
            String where = "run " + run + ", seed 23, " + policy.name();
            assertTrue(result.isComplete(), where + result.outcome());
            assertEquals(0, result.rejections(), where);
            for (InfillStep step : result.steps()) {
                assertTrue(parser.parse(step.after()).isCompletable(), where + " " + step);
            }
        }
    }

    @Test
    void posteriorsKnowWhatTheOtherSlotsOfTheBlockAreLikelyToHold() {
        ToyCanvas brackets = ToyCanvas.of(ToyCanvas.JSON, "{", "}", "[", "]");
        MaskedDiffusionModel model =
                brackets.model((canvas, slot, token) -> slot == 1 && token == brackets.id("]") ? 3 : 0);
        InfillRequest.Builder request = InfillRequest.builder(brackets.grammar, CanvasLayout.blank(2))
                .policy(CommitPolicies.fixed(2))
                .parameters(DRAWN);
        InfillResult alone = new InfillDecoder(model).decode(request.build());
        assertEquals(1, alone.rejections());
        InfillResult posterior =
                new InfillDecoder(model).decode(request.posteriors(100).build());
        assertEquals("[]", posterior.text());
        assertEquals(1, posterior.forwardPasses());
        SlotChange first = posterior.steps().get(0).changes().get(0);
        assertEquals(Math.exp(3) / (Math.exp(3) + 1), first.confidence(), 1e-6);
        double raw = first.slot() == 0 ? 0.25 : Math.exp(3) / (Math.exp(3) + 3);
        assertEquals(raw, first.rawConfidence(), 1e-6);
    }

    @Test
    void withPosteriorsEveryResultIsASentenceAtAnyTemperatureAndSize() {
        Random random = new Random(24);
        for (int run = 0; run < 60; run++) {
            int seed = random.nextInt();
            MaskedDiffusionModel model = toy.model((canvas, slot, token) ->
                    new Random(seed + 31L * slot + 1009L * token + canvas.freeSlots()).nextInt(8));
            int temperature = random.nextInt(2);
            InfillRequest.Builder request = request(CanvasLayout.blank(1 + random.nextInt(10)))
                    .policy(CommitPolicies.fixed(1 + random.nextInt(4)))
                    .blocks(random.nextBoolean() ? BlockSchedule.of(4) : BlockSchedule.whole())
                    .replacing(random.nextBoolean())
                    .parameters(SamplingParameters.DEFAULT
                            .withTemperature(temperature)
                            .withSeed(run))
                    .joint(temperature == 0 ? random.nextInt(2) * 20 : 0)
                    .posteriors(random.nextInt(3) == 0 ? 1 : 100_000);
            InfillResult result = new InfillDecoder(model).decode(request.build());
            assertTrue(result.isComplete(), "run " + run + ", seed 24 " + result.outcome());
            assertTrue(parser.parse(result.canvas()).isCompletable(), "run " + run + ", seed 24");
        }
    }

    @Test
    void otherStrategiesAndTemperaturesAreRefused() {
        InfillRequest.Builder random = request(CanvasLayout.blank(2)).joint(10).parameters(SamplingParameters.MODEL);
        assertThrows(InvalidInputException.class, random::build);
        InfillRequest.Builder other = request(CanvasLayout.blank(2)).joint(10).strategy(InfillStrategy.unconstrained());
        assertThrows(InvalidInputException.class, other::build);
        assertThrows(
                InvalidInputException.class, () -> other.joint(0).posteriors(9).build());
        assertThrows(
                InvalidInputException.class,
                () -> request(CanvasLayout.blank(2)).joint(-1).build());
    }
}
