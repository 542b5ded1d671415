// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.ValueStream;
import dev.espalier.guide.ElementsExample.Invoice;
import dev.espalier.guide.ElementsExample.Item;
import dev.espalier.stream.PartialValue;

final class SnapshotExample {

    // guide: begin
    static String whileItems(Generator generator, String mail) {
        StringBuilder seen = new StringBuilder();
        try (ValueStream<Invoice> stream = generator.stream(Request.of(mail, Output.of(Invoice.class)))) {
            stream.onElement("/items/1", Item.class, second -> {
                PartialValue now = stream.snapshot();
                seen.append(now.get("/customer")).append('\n');
                seen.append(now.get("/items").state()).append('\n');
                seen.append(stream.field(Invoice::total)).append('\n');
            });
            stream.await();
            seen.append(stream.field(Invoice::total));
        }
        return seen.toString();
    }
    // guide: end

    private SnapshotExample() {}
}
