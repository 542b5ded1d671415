// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.diffusion.ToyCanvas;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.diffusion.plan.StepView;
import dev.espalier.sampler.draw.MaskedLaw;
import dev.espalier.sampler.law.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What policies choose, on laws made by hand. */
class CommitPolicyTest {

    private final ToyCanvas toy = ToyCanvas.of(ToyCanvas.JSON, "a", "b", "c", "d");

    /** A slot with these probabilities of four tokens. */
    private static SlotScore slot(int slot, double... probabilities) {
        float[] logits = new float[4];
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < probabilities.length; i++) {
            logits[i] = (float) Math.log(probabilities[i]);
        }
        MaskedLaw law = MaskedLaw.of(logits, TokenMask.of(4, 0, 1, 2, 3));
        return new SlotScore(slot, law.best(), law);
    }

    private StepView view(int totalFree, int blockFree, int step, SlotScore... slots) {
        return new StepView(
                Canvas.blank(toy.grammar.vocabulary(), totalFree),
                List.of(slots),
                List.of(),
                totalFree,
                blockFree,
                step,
                Choices.seeded(5));
    }

    private List<Integer> chosen(String policy, SlotScore... slots) {
        return slots(CommitPolicies.parse(policy).start().choose(view(slots.length, slots.length, 0, slots)));
    }

    private static List<Integer> slots(CommitPlan plan) {
        return plan.commits().stream().map(Commit::slot).toList();
    }

    /** How many slots a policy commits in each pass, of so many that are all alike. */
    private List<Integer> counts(String policy, int slots) {
        CommitPolicy.Run run = CommitPolicies.parse(policy).start();
        List<Integer> counts = new ArrayList<>();
        for (int left = slots, step = 0; left > 0; step++) {
            SlotScore[] free = IntStream.range(slots - left, slots)
                    .mapToObj(slot -> slot(slot, 0.5, 0.5))
                    .toArray(SlotScore[]::new);
            int count = run.choose(view(slots, slots, step, free)).commits().size();
            counts.add(count);
            left -= count;
        }
        return counts;
    }

    @Test
    void transferCountsAreEven() {
        assertEquals(List.of(3, 3, 2, 2), counts("even:4", 10));
        assertEquals(List.of(1, 1, 1), counts("even:3", 3));
        assertEquals(List.of(1, 1, 1), counts("even:8", 3));
        assertEquals(List.of(4, 4, 2), counts("fixed:4", 10));
    }

    @Test
    void blocksGetPassesInProportion() {
        CommitPolicy.Run run = CommitPolicies.even(8).start();
        SlotScore[] block =
                IntStream.range(0, 10).mapToObj(slot -> slot(slot, 0.5, 0.5)).toArray(SlotScore[]::new);
        assertEquals(3, run.choose(view(20, 10, 0, block)).commits().size());
        assertEquals(3, run.choose(view(20, 10, 1, block)).commits().size());
        assertEquals(2, run.choose(view(20, 10, 2, block)).commits().size());
        assertEquals(2, run.choose(view(20, 10, 3, block)).commits().size());
    }

    @Test
    void timeStepsAreThoseOfDream() {
        // int(masks · (1 − s/t)) for the times 1, 0.75025, 0.5005, 0.25075, 0.001, and all in the last step
        assertEquals(List.of(24, 25, 25, 26), counts("time:4", 100));
        assertEquals(List.of(2, 2, 2, 4), counts("time:4", 10));
        assertEquals(List.of(1, 1), counts("time:9", 2));
    }

    @Test
    void ordersAreByProbabilityEntropyAndMargin() {
        // the first is the most probable, the second has the least entropy, the third ... in between, with the largest
        // margin
        SlotScore probable = slot(0, 0.60, 0.14, 0.13, 0.13);
        SlotScore sharp = slot(1, 0.55, 0.45);
        SlotScore flat = slot(2, 0.30, 0.25, 0.25, 0.20);
        assertEquals(List.of(0, 1, 2), chosen("fixed:3,probability", flat, sharp, probable));
        assertEquals(List.of(1, 0, 2), chosen("fixed:3,entropy", flat, sharp, probable));
        assertEquals(List.of(0, 1, 2), chosen("fixed:3,margin", flat, sharp, probable));
        SlotScore close = slot(3, 0.59, 0.41);
        SlotScore apart = slot(4, 0.50, 0.20, 0.20, 0.10);
        assertEquals(List.of(3, 4), chosen("fixed:2,probability", close, apart));
        assertEquals(List.of(4, 3), chosen("fixed:2,margin", close, apart));
        assertEquals(List.of(0, 1, 2), chosen("fixed:3,left", flat, sharp, probable));
    }

    @Test
    void aLawIsThatOfThePossibleTokens() {
        float[] logits = {(float) Math.log(0.7), (float) Math.log(0.2), (float) Math.log(0.06), (float) Math.log(0.04)};
        MaskedLaw law = MaskedLaw.of(logits, TokenMask.of(4, 1, 2, 3));
        assertEquals(1, law.best());
        assertEquals(0.2 / 0.3, law.probability(1), 1e-6);
        assertEquals(0, law.probability(0));
        assertEquals(0.14 / 0.3, law.margin(), 1e-6);
        assertEquals(Math.log(0.2 / 0.06), law.gap(), 1e-6);
        assertEquals(0.3, law.allowedMass(), 1e-6);
        assertEquals(0.2, law.rawProbability(1), 1e-6);
        assertEquals(0.7, law.rawProbability(0), 1e-6);
        double entropy = 0;
        for (double p : new double[] {0.2 / 0.3, 0.06 / 0.3, 0.04 / 0.3}) {
            entropy -= p * Math.log(p);
        }
        assertEquals(entropy, law.entropy(), 1e-6);
    }

    @Test
    void aThresholdCommitsAllThatReachItAndAtLeastNoneByItself() {
        assertEquals(List.of(1, 0), chosen("threshold:0.8", slot(0, 0.85, 0.15), slot(1, 0.9, 0.1), slot(2, 0.7, 0.3)));
        assertEquals(List.of(), chosen("threshold:0.95", slot(0, 0.85, 0.15), slot(1, 0.9, 0.1)));
    }

    @Test
    void nearAnAnchorLessConfidenceWillDo() {
        SlotScore anchor = slot(3, 0.95, 0.05);
        SlotScore near = slot(5, 0.8, 0.2);
        SlotScore far = slot(8, 0.8, 0.2);
        assertEquals(List.of(3, 5), chosen("neighbourhood:0.9,0.75,4", anchor, near, far));
        assertEquals(List.of(), chosen("neighbourhood:0.9,0.75,4", near, far));
    }

    @Test
    void aLargeGapCommitsEverythingAndTheBoundFalls() {
        SlotScore clear = slot(0, 1 - 1e-4, 1e-4);
        SlotScore doubtful = slot(1, 0.9, 0.1);
        assertEquals(List.of(0, 1), chosen("gap:5,3,1+fixed:1", clear, doubtful));
        assertEquals(List.of(0), chosen("gap:6,3,1+fixed:1", clear, doubtful));
        StepView late = new StepView(
                Canvas.of(toy.grammar.vocabulary(), 0, 0, 0, 0, -1, -1),
                List.of(clear, doubtful),
                List.of(),
                6,
                6,
                4,
                Choices.seeded(0));
        assertEquals(
                2,
                CommitPolicies.parse("gap:9,8,5+fixed:1")
                        .start()
                        .choose(late)
                        .commits()
                        .size());
    }

    @Test
    void creditRaisesTheConfidenceOfWhatLeadsPassAfterPass() {
        CommitPolicy.Run run = CommitPolicies.parse("credit:0.72,0.65,0.7,0.5").start();
        StepView view = view(2, 2, 0, slot(0, 0.7, 0.3), slot(1, 0.6, 0.4));
        Commit first = run.choose(view).commits().get(0);
        double boost = Math.pow(1 + Math.sqrt(0.7), 0.7);
        assertEquals(0.7 * boost / (0.7 * boost + 0.3), first.confidence(), 1e-6);
        List<Commit> second = run.choose(view).commits();
        double credit = 0.65 * Math.sqrt(0.7) + Math.sqrt(0.7);
        double more = Math.pow(1 + credit, 0.7);
        assertEquals(0.7 * more / (0.7 * more + 0.3), second.get(0).confidence(), 1e-6);
        assertEquals(List.of(0, 1), second.stream().map(Commit::slot).toList());
    }

    @Test
    void creditFollowsItsSlotWhenSlotsAreInserted() {
        CommitPolicy.Run run = CommitPolicies.parse("credit:0,0.65,0.7,0.5").start();
        run.choose(view(3, 3, 0, slot(2, 0.7, 0.3)));
        run.inserted(1, 4);
        double moved =
                run.choose(view(9, 9, 1, slot(6, 0.7, 0.3))).commits().get(0).confidence();
        double fresh = CommitPolicies.parse("credit:0,0.65,0.7,0.5")
                .start()
                .choose(view(9, 9, 1, slot(6, 0.7, 0.3)))
                .commits()
                .get(0)
                .confidence();
        assertTrue(moved > fresh);
    }

    @Test
    void creditCanKeepATokenThatNoLongerLeads() {
        CommitPolicy.Run run = CommitPolicies.parse("credit:0,0.9,2,0.5").start();
        run.choose(view(1, 1, 0, slot(0, 0.8, 0.2)));
        run.choose(view(1, 1, 1, slot(0, 0.8, 0.2)));
        assertEquals(
                0,
                run.choose(view(1, 1, 2, slot(0, 0.45, 0.55))).commits().get(0).token());
    }

    @Test
    void changesOfMindAreRejected() {
        CommitPolicy.Run run = CommitPolicies.parse("consistent:2+fixed:2").start();
        assertEquals(List.of(0, 1), slots(run.choose(view(2, 2, 0, slot(0, 0.9, 0.1), slot(1, 0.6, 0.4)))));
        assertEquals(List.of(1), slots(run.choose(view(2, 2, 1, slot(0, 0.1, 0.9), slot(1, 0.6, 0.4)))));
        assertEquals(List.of(0, 1), slots(run.choose(view(2, 2, 2, slot(0, 0.1, 0.9), slot(1, 0.6, 0.4)))));
    }

    @Test
    void theBoundOnEntropyLeavesOutTheLargest() {
        double[] even = {0.5, 0.5};
        assertEquals(List.of(0, 1), chosen("entropy-bound:0", slot(0, 1), slot(1, even), slot(2, even)));
        assertEquals(List.of(0, 1, 2), chosen("entropy-bound:0.7", slot(0, 1), slot(1, even), slot(2, even)));
    }

    @Test
    void slotsThatWereCommittedWithLittleConfidenceAreRevokedOnce() {
        CommitPolicy.Run run = CommitPolicies.parse("remask:0.5,1+fixed:1").start();
        StepView view = new StepView(
                Canvas.of(toy.grammar.vocabulary(), 0, 0, -1),
                List.of(slot(2, 0.9, 0.1)),
                List.of(new Commit(0, 0, 0.3), new Commit(1, 0, 0.8)),
                3,
                3,
                2,
                Choices.seeded(0));
        CommitPlan plan = run.choose(view);
        assertEquals(List.of(0), plan.revoked());
        assertEquals(List.of(2), slots(plan));
        assertEquals(List.of(), run.choose(view).revoked());
    }

    @Test
    void namesAreReadBack() {
        for (String name : List.of(
                "fixed:4,probability",
                "fixed:1,random",
                "even:32,entropy",
                "time:8,margin",
                "threshold:0.9",
                "neighbourhood:0.9,0.75,4",
                "credit:0.9,0.65,0.7,0.5",
                "entropy-bound:0.1",
                "gap:7.5,5.0,2.5+even:32,probability",
                "consistent:2+threshold:0.9",
                "remask:0.5,1+consistent:2+fixed:4,left")) {
            assertEquals(name, CommitPolicies.parse(name).name());
        }
        assertEquals("threshold:0.9", CommitPolicies.parse("threshold").name());
        for (String wrong : List.of("", "fixed:x", "fixed:0", "threshold:2", "best", "fixed:1+fixed:2", "fixed:1,up")) {
            assertThrows(InvalidInputException.class, () -> CommitPolicies.parse(wrong), wrong);
        }
        assertEquals("adaptive:32,0.3", BlockSchedule.parse("adaptive").name());
        assertEquals("even:8", BlockSchedule.parse("8").name());
        assertEquals("whole", BlockSchedule.parse("whole").name());
        assertThrows(InvalidInputException.class, () -> BlockSchedule.parse("many"));
        assertEquals("grow:8,32,0.5,0.1,0.9", CanvasGrowth.parse("grow").name());
        assertEquals("none", CanvasGrowth.parse("none").name());
        assertThrows(InvalidInputException.class, () -> CanvasGrowth.parse("grow:a"));
    }

    @Test
    void adaptiveBlocksEndBehindTheSurestDelimiter() {
        ToyCanvas lines = ToyCanvas.of("root ::= [a\\n]*", "a", "\n", "\n\n", "b");
        BlockSchedule blocks = BlockSchedule.parse("adaptive:3,0.3");
        assertEquals(7, blocks.window(1, 9));
        List<SlotScore> seen = List.of(slot(1, 1), slot(2, 0, 0.6, 0.4), slot(3, 0, 0.1, 0.9), slot(4, 0, 0.5, 0, 0.5));
        assertEquals(4, blocks.end(1, 9, seen, lines.grammar.vocabulary()));
        assertEquals(4, blocks.end(1, 9, List.of(slot(1, 1), slot(2, 1)), lines.grammar.vocabulary()));
        assertEquals(2, BlockSchedule.parse("adaptive:1,0.95").end(1, 9, seen, lines.grammar.vocabulary()));
    }
}
