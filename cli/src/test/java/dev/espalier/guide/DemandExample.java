// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.ValueStream;
import dev.espalier.guide.ElementsExample.Invoice;
import dev.espalier.guide.ElementsExample.Item;

final class DemandExample {

    // guide: begin
    static Invoice untilSmall(Generator generator, String mail) {
        try (ValueStream<Invoice> stream = generator.stream(Request.of(mail, Output.of(Invoice.class)))) {
            for (Item item : stream.elements(Invoice::items)) {
                if (item.quantity() < 10) {
                    stream.finishSoon(); // seen enough: the rest in the fewest tokens
                }
            }
            return stream.await().orElseThrow();
        }
    }
    // guide: end

    private DemandExample() {}
}
