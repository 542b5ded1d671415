// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.schemas.options.MemberOrder;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The option that says in which order members may come. */
public final class OrderOption {

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "any",
            description = "declared or any: order of members (default: ${DEFAULT-VALUE})")
    private MemberOrder order;

    public MemberOrder value() {
        return order;
    }

    /** Its name as the option takes it. */
    public String label() {
        return order.name().toLowerCase(Locale.ROOT);
    }
}
