// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Regular expressions of which a pattern leaves few, held to all texts of few letters. */
@org.jspecify.annotations.NullUnmarked
class ReadProductTest {

    private static final String LETTERS = "(a)*|";
    private static final List<String> ALL = SlowTexts.all(LETTERS, 5);

    private static String letters(Random random) {
        StringBuilder some = new StringBuilder();
        for (char letter : LETTERS.toCharArray()) {
            some.append(random.nextInt(3) > 0 ? "" + letter : "");
        }
        return "[" + (some.isEmpty() ? "a" : some) + "]";
    }

    @RandomTrials(12)
    void whatAPatternLeavesIsReadAsItIs(long seed, Random random) {
        TextKind kind = new TextKind.Regexes();
        String pattern = "^" + letters(random) + "{0," + random.nextInt(1, 4) + "}" + letters(random) + "{"
                + random.nextInt(2) + ",2}$";
        boolean isNot = random.nextInt(3) == 0;
        Pattern compiled = Pattern.compile(pattern);
        Predicate<String> isGood = text -> compiled.matcher(text).find() && kind.contains(text) != isNot;
        if (ALL.stream().noneMatch(isGood)) {
            return;
        }
        String schema = "{\"type\":\"string\",\"pattern\":\"" + pattern + "\","
                + (isNot ? "\"not\":{\"format\":\"regex\"}}" : "\"format\":\"regex\"}");
        List<String> beginnings = new ArrayList<>(ALL);
        Collections.shuffle(beginnings, random);
        SlowTexts.compare(
                Recogniser.of(schema, SchemaOptions.CHECKING),
                beginnings.subList(0, 400),
                ALL,
                isGood,
                "seed " + seed + ": " + schema);
    }
}
