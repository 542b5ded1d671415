// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.time.Duration;
import java.util.Locale;

/** Ways to write values, and how the texts that are followed are written: all white space, orders and spellings come up. */
enum SampleOptions {
    /** For checking: the text as it stands. */
    CHECKING(SchemaOptions.CHECKING),
    /** Blanks within bounds, members in any order, any spelling and length, the text as Python writes it. */
    FLEXIBLE(SchemaOptions.DEFAULT
            .withWhiteSpace(WhiteSpace.FLEXIBLE.around())
            .withMemberOrder(MemberOrder.ANY)
            .withSpelling(Spelling.ANY)
            .withNumberSpelling(NumberSpelling.ANY)),
    /** For generating. */
    COMPACT(SchemaOptions.DEFAULT),
    /** One blank at most, members in order, any spelling. */
    NARROW(SchemaOptions.DEFAULT.withWhiteSpace(new WhiteSpace(1).around()).withSpelling(Spelling.ANY)),
    /** In lines, any spelling of characters. */
    PRETTY(SchemaOptions.DEFAULT
            .withWhiteSpace(WhiteSpace.pretty(2))
            .withMemberOrder(MemberOrder.ANY)
            .withSpelling(Spelling.ANY)),
    /** No blanks, any order, shortest spelling, bounds for what the schema lets grow. */
    BOUNDED(SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY).withBounds(GenerationBounds.USUAL));

    /** Deadlines that nothing reaches: a digest does not depend on the clock. */
    static final Limits LIMITS = Limits.DEFAULT
            .withCompileDeadline(Duration.ofMillis(Duration.ofHours(1).toMillis()))
            .withStepDeadline(Duration.ofMillis(Duration.ofHours(1).toMillis()));

    private final SchemaOptions options;

    SampleOptions(SchemaOptions options) {
        this.options = options;
    }

    /** The options. */
    SchemaOptions options() {
        return options.withLimits(LIMITS).allow(Enforcement.NOT_ENFORCED);
    }

    /** An instance in a form that these options have, as a rule. */
    String text(BenchSchema.Instance instance) {
        return switch (this) {
            case CHECKING -> instance.data();
            case FLEXIBLE -> InstanceText.OFFICIAL.of(instance.data());
            default -> InstanceText.COMPACT.of(instance.data());
        };
    }

    /** In lower case, as items are called. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
