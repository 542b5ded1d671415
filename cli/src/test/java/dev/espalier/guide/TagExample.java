// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Output;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.Tags;
import java.util.List;

final class TagExample {

    // guide: begin
    static Output<List<String>> quoted() {
        TagFormat.Tag quotation = Tags.tag("<q>", Tags.span("quotation", Tags.anyText()), "</q>");
        return Output.tags(Tags.triggered("<q>", quotation))
                .readBy((text, spans) -> spans.stream()
                        .map(span -> text.substring(span.start(), span.end()))
                        .toList());
    }
    // guide: end

    private TagExample() {}
}
