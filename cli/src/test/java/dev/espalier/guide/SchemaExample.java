// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;

final class SchemaExample {

    // guide: begin
    static String weakened(OutputCompiler compiler, String schema) {
        SchemaOptions options = SchemaOptions.DEFAULT
                .withMemberOrder(MemberOrder.ANY)
                .withWhiteSpace(WhiteSpace.pretty(2))
                .allow(Enforcement.CHECKED_AT_END);
        Output<String> output = Output.jsonSchema(schema, options);
        CompileReport report = compiler.compile(output).report().orElseThrow();
        StringBuilder text = new StringBuilder();
        for (CompileReport.Entry entry : report.inexact()) {
            text.append(entry.pointer()).append(": ").append(entry.reason()).append('\n');
        }
        return text.toString();
    }
    // guide: end

    private SchemaExample() {}
}
