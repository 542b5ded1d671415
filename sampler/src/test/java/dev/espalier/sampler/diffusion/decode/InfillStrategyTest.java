// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.ToyCanvas;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The strategies beside the exact one: what they can do, what they cannot, and that they say so. */
class InfillStrategyTest {

    private static final String END = ToyCanvas.END;

    private final ToyCanvas toy = ToyCanvas.json();
    private final CanvasParser parser = new CanvasParser(toy.grammar);

    private InfillResult decode(
            MaskedDiffusionModel model, CanvasLayout layout, InfillStrategy strategy, String policy) {
        return new InfillDecoder(model)
                .decode(InfillRequest.builder(toy.grammar, layout)
                        .parser(parser)
                        .strategy(strategy)
                        .policy(CommitPolicies.parse(policy))
                        .parameters(SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN))
                        .build());
    }

    /** A model that is sure of a document. */
    private MaskedDiffusionModel sure(String... document) {
        return toy.model((canvas, slot, token) ->
                token == (slot < document.length ? toy.id(document[slot]) : toy.id(END)) ? 20 : 0);
    }

    @Test
    void allStrategiesWriteWhatASureModelWants() {
        String[] document = {"[", "{\"", "a", "\":", "1", "}", ",", "0", "]"};
        for (String name : List.of("exact", "unconstrained", "any-length", "look-ahead")) {
            InfillResult result = decode(sure(document), CanvasLayout.blank(12), InfillStrategy.parse(name), "fixed:3");
            assertInstanceOf(InfillOutcome.Complete.class, result.outcome(), name);
            assertEquals("[{\"a\":1},0]", result.text(), name);
            assertEquals(0, result.rejections(), name);
        }
        assertThrows(InvalidInputException.class, () -> InfillStrategy.parse("luck"));
    }

    @Test
    void theAnyLengthTestAcceptsWhatTheSlotsCannotComplete() {
        // four brackets cannot be closed in the two slots that are left
        MaskedDiffusionModel model = sure("[", "[", "[", "[", "a", "a");
        CanvasLayout layout = CanvasLayout.blank(6);
        InfillResult any = decode(model, layout, InfillStrategy.anyLength(), "fixed:1,left");
        assertTrue(!any.isComplete(), any.toString());
        assertTrue(any.steps().stream()
                .anyMatch(step -> !parser.parse(step.after()).isCompletable()));
        InfillResult exact = decode(model, layout, InfillStrategy.exact(), "fixed:1,left");
        assertTrue(exact.isComplete());
    }

    @Test
    void theAnyLengthTestGivesUpAfterItsRejections() {
        MaskedDiffusionModel model = sure("a", "a", "a", "a");
        InfillResult result = decode(model, CanvasLayout.blank(4), new InfillStrategy.AnyLength(0), "fixed:1,left");
        assertInstanceOf(InfillOutcome.Unfinished.class, result.outcome());
        assertTrue(result.rejections() > 0);
    }

    @Test
    void lookingAheadMissesCompletionsByUnlikelyTokens() {
        // the bracket in slot 2 can stand only if slot 1 holds a token that is not among the likeliest
        MaskedDiffusionModel model = toy.model((canvas, slot, token) -> {
            String wanted = toy.tokens.get(token);
            return switch (slot) {
                case 0 -> wanted.equals("[") ? 30 : 0;
                case 1 -> wanted.equals("0") ? -20 : wanted.equals("1") ? -21 : token;
                case 2 -> wanted.equals("]") ? 20 : 0;
                default -> wanted.equals(END) ? 10 : 0;
            };
        });
        CanvasLayout layout =
                CanvasLayout.of(CanvasSegment.gap(2), CanvasSegment.fixed(toy.id("]")), CanvasSegment.gap(1));
        InfillResult ahead = decode(model, layout, new InfillStrategy.LookAhead(1, 1, 0, 3), "fixed:1");
        assertTrue(ahead.rejections() > 0, ahead.toString());
        InfillResult exact = decode(model, layout, InfillStrategy.exact(), "fixed:1");
        assertEquals(0, exact.rejections());
        assertTrue(exact.isComplete());
    }

    @Test
    void lookingAheadDropsTheBlockAndGoesOnFromTheLeft() {
        // slot 1 is committed first, and then nothing that the model likes can stand in slot 0
        MaskedDiffusionModel model = toy.model((canvas, slot, token) -> {
            String wanted = toy.tokens.get(token);
            return slot == 1
                    ? (wanted.equals("]") ? 20 : 0)
                    : slot == 0
                            ? (wanted.equals("[") ? -9 : wanted.equals("{") ? 5 : token)
                            : wanted.equals(END) ? 9 : 0;
        });
        InfillResult result =
                decode(model, CanvasLayout.blank(4), new InfillStrategy.LookAhead(18, 5, 5, 2), "fixed:1");
        SlotChange dropped = result.steps().stream()
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.kind() == SlotChange.Kind.REVOKED)
                .findFirst()
                .orElseThrow();
        assertEquals(1, dropped.slot());
    }

    @Test
    void onlyTheExactStrategyNeverFailsAndAllSayWhatTheyDid() {
        enum Kind {
            EXACT,
            UNCONSTRAINED,
            ANY_LENGTH,
            LOOK_AHEAD
        }
        Map<Kind, Integer> complete = new EnumMap<>(Kind.class);
        Random random = new Random(30);
        int runs = 25;
        for (int run = 0; run < runs; run++) {
            int seed = random.nextInt();
            MaskedDiffusionModel model = toy.model((canvas, slot, token) ->
                    new Random(seed + 31L * slot + 1009L * token + canvas.freeSlots()).nextInt(8));
            CanvasLayout layout = CanvasLayout.blank(3 + random.nextInt(8));
            for (Kind kind : Kind.values()) {
                InfillStrategy strategy = InfillStrategy.parse(
                        kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
                InfillResult result = decode(model, layout, strategy, "fixed:2,random");
                complete.merge(kind, result.isComplete() ? 1 : 0, Integer::sum);
                boolean full = result.canvas().freeSlots() == 0;
                assertEquals(
                        full && parser.parse(result.canvas()).isCompletable(),
                        result.isComplete(),
                        "seed 30, run " + run + " " + kind + result.outcome());
                assertTrue(
                        full
                                ? result.isComplete() || result.outcome() instanceof InfillOutcome.Invalid
                                : result.outcome() instanceof InfillOutcome.Unfinished,
                        kind + " " + result.outcome());
            }
        }
        System.out.println("complete of " + runs + " with made-up logits: " + complete);
        assertEquals(runs, complete.get(Kind.EXACT));
        assertTrue(complete.getOrDefault(Kind.UNCONSTRAINED, 0) < runs);
    }
}
