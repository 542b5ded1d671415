// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.schemas.SourceSpan;
import dev.espalier.schemas.SourceSpans;
import dev.espalier.schemas.options.SchemaOptions;

final class EvidenceExample {

    // guide: begin
    static String evidence(String schema, String mail, String json) {
        SchemaOptions options = SchemaOptions.DEFAULT.withSource(mail);
        StringBuilder lines = new StringBuilder();
        SourceSpans.of(schema, options, json).forEach((pointer, places) -> {
            SourceSpan first = places.get(0);
            lines.append(pointer + " " + first.start() + " to " + first.end() + "\n");
        });
        return lines.toString();
    }
    // guide: end

    private EvidenceExample() {}
}
