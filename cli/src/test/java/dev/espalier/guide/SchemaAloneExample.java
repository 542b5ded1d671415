// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;

final class SchemaAloneExample {

    // guide: begin
    static CompiledGrammar compile(GrammarCompiler masks, SchemaCompiler schemas, String schema) {
        return masks.compile(schemas.compile(schema, SchemaOptions.DEFAULT).automaton());
    }
    // guide: end

    private SchemaAloneExample() {}
}
