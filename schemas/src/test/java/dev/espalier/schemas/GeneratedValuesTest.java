// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.error.EspalierException;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random walks through the frames of random schemas end, and another validator accepts what they wrote. */
class GeneratedValuesTest {

    private static final long SEED = 97;
    private static final int LENGTH = 60;
    private static final Pattern HUGE = Pattern.compile("[eE][+-]?[0-9]{4}");

    @Test
    void whatRandomWalksWriteIsValidToAnotherValidator() {
        OtherValidators others = new OtherValidators();
        List<Object> values = new ArrayList<>(Arrays.asList(null, true, "a", "ab"));
        values.addAll(List.of(BigDecimal.ONE, BigDecimal.TEN));
        int walks = 0;
        for (int i = 0; i < 120; i++) {
            long seed = SEED + i;
            Map<String, Object> root =
                    new LinkedHashMap<>(new RandomSchemas(new Random(seed), values, false).root(Map.of(), 3));
            String schema = RandomSchemas.json(root);
            Recogniser recogniser;
            try {
                recogniser = Recogniser.of(schema, SchemaOptions.CHECKING.withWhiteSpace(new WhiteSpace(1)));
            } catch (EspalierException e) {
                continue;
            }
            OtherValidators.Judge judge = others.first(schema);
            for (int walk = 0; walk < 5; walk++) {
                String text = walk(recogniser, new Random(seed * 31 + walk));
                if (HUGE.matcher(text).find()) {
                    // too many digits for the other validator's arithmetic
                    continue;
                }
                walks++;
                assertEquals(true, judge.accepts(text), "seed " + seed + ", " + schema + " of " + text);
            }
        }
        System.out.println("random walks judged by another validator: " + walks);
        assertTrue(walks > 200, "too few walks: " + walks);
    }

    /** Goes anywhere at first, and by the shortest way to an end from some length on. */
    private static String walk(Recogniser recogniser, Random random) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        StackSet set = StackSet.of(recogniser.start());
        while (recogniser.stepper().distance(set) > 0 || (text.size() < LENGTH && random.nextInt(3) > 0)) {
            List<Integer> live = new ArrayList<>();
            int best = Integer.MAX_VALUE;
            for (int symbol = 0; symbol < 256; symbol++) {
                StackSet next = recogniser.stepper().step(set, symbol);
                if (!next.isEmpty()) {
                    int distance = recogniser.stepper().distance(next);
                    if (text.size() >= LENGTH && distance < best) {
                        best = distance;
                        live.clear();
                    }
                    if (text.size() < LENGTH || distance == best) {
                        live.add(symbol);
                    }
                }
            }
            if (live.isEmpty()) {
                break;
            }
            int symbol = live.get(random.nextInt(live.size()));
            text.write(symbol);
            set = recogniser.stepper().step(set, symbol);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
