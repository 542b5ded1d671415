// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.mask.Matcher;

final class SchemaMaskExample {

    // guide: begin
    static Matcher matcher(OutputCompiler compiler, String schema) {
        return compiler.compile(Output.jsonSchema(schema)).grammar().matcher();
    }
    // guide: end

    private SchemaMaskExample() {}
}
