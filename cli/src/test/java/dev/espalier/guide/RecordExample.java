// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import java.util.List;
import java.util.Optional;

final class RecordExample {

    // guide: begin
    enum Priority {
        low,
        medium,
        high
    }

    record Ticket(
            String ticketNumber, String reporter, Priority priority, Optional<List<String>> tags, boolean urgent) {}

    static Ticket read(Generator generator, String mail) {
        return generator.generate(mail, Output.of(Ticket.class));
    }
    // guide: end

    private RecordExample() {}
}
