// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpliedBoundsTest {

    private static final Expression A = new Expression.CharacterClass(CodePoints.of('a'));

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^(?=.{1,9}$)([a-z]{1,3}\\.){1,4}$ ^(?=.{1,9}$)([a-z]{1,3}\\.)+$",
                "^(?=.{1,9}$)([a-z]{1,3}\\.){1,3}$ ^(?=.{1,9}$)([a-z]{1,3}\\.){1,3}$",
                "^(?=.{1,9}$)([a-z]{1,3}\\.){1,3}abc$ ^(?=.{1,9}$)([a-z]{1,3}\\.)+abc$",
                "^(?=.{1,9}$)x{0,9}$ ^(?=.{1,9}$)x{0,9}$",
                "^(?=.{1,9}$)x{0,10}$ ^(?=.{1,9}$)x{0,}$",
                "^(?=.{1,9}$)(ab|cde){0,5}$ ^(?=.{1,9}$)(ab|cde)*$",
                "^(?=.{1,9}$)(ab){3,5}x{0,4}$ ^(?=.{1,9}$)(ab){3,}x*$",
                "^(?=.{1,9}$)(?!(ab){5,6}$)x*$ ^(?=.{1,9}$)(?!(ab){5,}$)x*$"
            })
    void whatTheLengthImpliesIsLeftOut(String pattern, String simpler) {
        RegexReader reader = new RegexReader();
        assertEquals(reader.read(simpler, RegexReader.Mode.FULL), reader.read(pattern, RegexReader.Mode.FULL));
    }

    @Test
    void theSideThatBoundsTheLengthStays() {
        Expression five = new Expression.Repeat(A, 0, 5);
        Expression both = new Expression.Intersection(five, new Expression.Repeat(A, 0, 5));
        assertEquals(5, ImpliedBounds.most(ImpliedBounds.relaxed(both)));
        assertEquals(five, ((Expression.Intersection) ImpliedBounds.relaxed(both)).left());
        Expression nested =
                new Expression.Intersection(five, new Expression.Intersection(five, new Expression.Repeat(A, 0, 6)));
        assertNotEquals(nested, ImpliedBounds.relaxed(nested));
        assertEquals(5, ImpliedBounds.most(ImpliedBounds.relaxed(nested)));
    }

    @Test
    void lengthsAreThoseOfTheTexts() {
        Expression words = new RegexReader().read("(ab|cde\u00e9){2,3}x?", RegexReader.Mode.FULL);
        assertEquals(4, ImpliedBounds.least(words));
        assertEquals(13, ImpliedBounds.most(words));
        Expression far = A;
        for (int i = 0; i < 8; i++) { // past the range of long
            far = new Expression.Repeat(far, 1_000_000, 1_000_000);
        }
        assertTrue(ImpliedBounds.least(far) > 1L << 60);
        assertEquals(ImpliedBounds.least(far), ImpliedBounds.most(far));
        Expression both = new Expression.Intersection(far, new Expression.Repeat(A, 0, 5));
        assertEquals(5, ImpliedBounds.most(ImpliedBounds.relaxed(both)));
    }

    @Test
    void noTextIsWonOrLost() {
        Random random = new Random(714);
        int changed = 0;
        for (int round = 0; round < 400; round++) {
            Expression some = some(random, 4);
            Expression relaxed = ImpliedBounds.relaxed(some);
            changed += relaxed.equals(some) ? 0 : 1;
            for (int i = 0; i < 40; i++) {
                String text = "abbaabababbbab".substring(random.nextInt(7), 7 + random.nextInt(7));
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                assertEquals(
                        SlowRecognizer.of(some).accepts(bytes),
                        SlowRecognizer.of(relaxed).accepts(bytes),
                        () -> some + " " + text);
            }
        }
        assertTrue(changed > 50, changed + " changed");
    }

    private static Expression some(Random random, int depth) {
        if (depth == 0) {
            return Expression.Literal.of(random.nextBoolean() ? "a" : random.nextBoolean() ? "b" : "ab");
        }
        Expression one = some(random, depth - 1);
        Expression two = some(random, depth - 1);
        int min = random.nextInt(3);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Expression.Intersection(one, two);
            case 2 -> new Expression.Difference(one, two);
            case 3 -> new Expression.Choice(List.of(one, two));
            case 4 -> Expression.Sequence.of(one, two);
            default -> new Expression.Repeat(one, min, min + random.nextInt(4));
        };
    }
}
