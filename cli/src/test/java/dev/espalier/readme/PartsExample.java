package dev.espalier.readme;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.readme.TypesExample.Invoice;
import java.util.Map;

final class PartsExample {

    // README: parts
    static String reply(Generator generator, String mail, String gbnf) {
        return generator.generate(mail, Output.grammar(gbnf, Map.of("invoice", Output.of(Invoice.class))));
    }
    // end

    private PartsExample() {}
}
