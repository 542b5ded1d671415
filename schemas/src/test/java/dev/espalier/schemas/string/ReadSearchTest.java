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

/** Shortest texts that are regular expressions and have a length, held to all texts of few letters. */
class ReadSearchTest {

    private static final List<String> ALL = SlowTexts.all("(a)*", 7);
    private static final String REGEX = "{\"format\":\"regex\"}";

    @RandomTrials(8)
    void theShortestTextIsTheShortestOfAll(long seed, Random random) {
        TextKind kind = new TextKind.Regexes();
        int least = random.nextInt(6);
        int most = random.nextBoolean() ? 7 : Math.max(least, 3) + random.nextInt(2);
        String lengths = "\"type\":\"string\",\"minLength\":" + least + ",\"maxLength\":" + most;
        Predicate<String> fits = text -> text.length() >= least && text.length() <= most;
        int edge = random.nextInt(1, 4);
        String schema;
        Predicate<String> isGood;
        switch ((int) (seed % 3)) {
            case 0 -> {
                schema = "{" + lengths + ",\"format\":\"regex\"}";
                isGood = text -> fits.test(text) && kind.contains(text);
            }
            case 1 -> {
                schema = "{" + lengths + ",\"oneOf\":[" + REGEX + ",{\"minLength\":" + edge + "}]}";
                isGood = text -> fits.test(text) && kind.contains(text) != text.length() >= edge;
            }
            default -> {
                schema = "{" + lengths + ",\"not\":" + REGEX + "}";
                isGood = text -> fits.test(text) && !kind.contains(text);
            }
        }
        if (ALL.stream().noneMatch(isGood)) {
            return;
        }
        List<String> beginnings = new ArrayList<>(SlowTexts.all("(a)*", 4));
        Collections.shuffle(beginnings, random);
        SlowTexts.compare(
                Recogniser.of(schema, SchemaOptions.CHECKING), beginnings.subList(0, 25), ALL, isGood, "seed " + seed + ": " + schema);
    }
}
