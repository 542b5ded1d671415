// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.List;
import java.util.Random;

/** Ways to write the values of schemas, drawn at random: all white space, orders and spellings. */
final class RandomLayout {

    private static final List<WhiteSpace> SPACES = List.of(
            WhiteSpace.COMPACT,
            WhiteSpace.ANY,
            WhiteSpace.FLEXIBLE,
            new WhiteSpace(1),
            new WhiteSpace(2),
            WhiteSpace.pretty(0),
            WhiteSpace.pretty(2));

    private RandomLayout() {}

    /** The usual options, written in a way of its own. */
    static SchemaOptions draw(Random random) {
        SchemaOptions options = SchemaOptions.DEFAULT
                .withWhiteSpace(SPACES.get(random.nextInt(SPACES.size())))
                .withMemberOrder(any(random, MemberOrder.values()))
                .withNumberSpelling(any(random, NumberSpelling.values()));
        SchemaOptions spelled = random.nextInt(3) == 0 ? options : options.withSpelling(any(random, Spelling.values()));
        return switch (random.nextInt(6)) {
            case 0 -> spelled.withBounds(GenerationBounds.USUAL);
            case 1 -> spelled.withBounds(GenerationBounds.NONE);
            default -> spelled;
        };
    }

    private static <T> T any(Random random, T[] some) {
        return some[random.nextInt(some.length)];
    }
}
