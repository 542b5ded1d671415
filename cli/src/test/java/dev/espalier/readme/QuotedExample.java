// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.schemas.options.SpanMatch;
import dev.espalier.type.FromSource;
import java.util.List;

final class QuotedExample {

    // README: quoted
    record Order(
            @FromSource(words = true) String customer,
            @FromSource(match = SpanMatch.FOLDED) List<String> items) {}

    static Generation<Order> order(Generator generator, String mail) {
        return generator.generate(Request.of(mail, Output.of(Order.class)).withSource(mail));
    }
    // end

    private QuotedExample() {}
}
