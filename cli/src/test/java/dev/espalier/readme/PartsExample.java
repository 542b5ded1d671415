// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Generator;
import dev.espalier.Output;
import java.util.Map;

final class PartsExample {

    // README: parts
    record Ticket(String number, String reporter, boolean urgent) {}

    static String reply(Generator generator, String mail, String gbnf) {
        return generator.generate(mail, Output.grammar(gbnf, Map.of("ticket", Output.of(Ticket.class))));
    }
    // end

    private PartsExample() {}
}
