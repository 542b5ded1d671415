// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fewest slots that do, against trying all sizes. */
class LeastSlotsTest {

    private static final int MOST = 4;

    @Test
    void aBlankCanvasForJsonNeedsAsManySlotsAsItsShortestText() {
        Toy toy = Toy.jsonWithBytes("{}[]\":");
        CanvasParser parser = toy.parser();
        Canvas one = Canvas.blank(parser.grammar().vocabulary(), 1);
        assertEquals(OptionalInt.of(2), parser.neededSlots(one, 10, WorkBudget.standard()));
        assertEquals(OptionalInt.empty(), parser.neededSlots(one, 0, WorkBudget.standard()));
    }

    @Test
    void aCanvasOfFixedSlotsAloneCannotGrow() {
        Toy toy = Toy.jsonWithBytes("{}");
        Canvas open = Canvas.of(toy.grammar().vocabulary(), 0);
        assertEquals(OptionalInt.empty(), toy.parser().neededSlots(open, 10, WorkBudget.standard()));
    }

    @Test
    void theFewestSlotsAreThoseThatTryingAllSizesFinds() {
        List<CanvasParser> parsers = List.of(
                Toy.jsonWithBytes("{}[],1", "[1,", "]]").parser(),
                Toy.jsonWithBytes("{}[],1\":a", "\":", Toy.END).parser());
        int found = 0;
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            CanvasParser parser = parsers.get(random.nextInt(parsers.size()));
            Canvas canvas = random(parser, random);
            Optional<Canvas> least = parser.least(canvas, MOST, WorkBudget.standard());
            assertEquals(tried(parser, canvas), least.map(Canvas::size), "seed " + seed + " " + canvas);
            least.ifPresent(exact -> assertTrue(parser.parse(exact).isCompletable(), exact.toString()));
            found += least.isPresent() ? 1 : 0;
        }
        assertTrue(found > 100, found + " completable");
    }

    private static Canvas random(CanvasParser parser, Random random) {
        int tokens = parser.grammar().vocabulary().size();
        int[] kinds = {Canvas.FREE, Canvas.OPTIONAL, Canvas.ENDLESS};
        int[] slots = random.ints(1 + random.nextInt(5), 0, 5)
                .map(kind -> kind < kinds.length ? kinds[kind] : random.nextInt(tokens))
                .toArray();
        return Canvas.of(parser.grammar().vocabulary(), slots);
    }

    private static Optional<Integer> tried(CanvasParser parser, Canvas canvas) {
        for (int more = 0; more <= MOST; more++) {
            for (int[] counts : counts(canvas, more)) {
                Canvas exact = canvas.withCounts(counts);
                if (parser.parse(exact).isCompletable()) {
                    return Optional.of(exact.size());
                }
            }
        }
        return Optional.empty();
    }

    /** All numbers of tokens in the slots with so many in those that may be absent. */
    private static List<int[]> counts(Canvas canvas, int more) {
        List<int[]> all = new ArrayList<>();
        spread(canvas, new int[canvas.size()], 0, more, all);
        return all;
    }

    private static void spread(Canvas canvas, int[] counts, int slot, int more, List<int[]> all) {
        if (slot == canvas.size()) {
            if (more == 0) {
                all.add(counts.clone());
            }
            return;
        }
        int kind = canvas.token(slot);
        int least = canvas.mayBeAbsent(slot) ? 0 : 1;
        int most = kind == Canvas.ENDLESS ? more : kind == Canvas.OPTIONAL ? Math.min(1, more) : 1;
        for (int count = least; count <= most; count++) {
            counts[slot] = count;
            spread(canvas, counts, slot + 1, canvas.mayBeAbsent(slot) ? more - count : more, all);
        }
    }
}
