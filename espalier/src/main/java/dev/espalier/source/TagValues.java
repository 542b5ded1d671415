// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.grammar.Expression;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.tag.TagFormat;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Values of schemas in structural tags. */
final class TagValues {

    private TagValues() {}

    /** The values of a schema in a style that is not JSON, as formats whose places are below its own. */
    static TagFormat parts(TagFormat.JsonSchema format, String at) {
        return format.style().isPython() ? PythonArguments.of(format, at) : TagElements.of(format, at);
    }

    /** The schema by itself, whatever its style. */
    static OutputSource inJson(TagFormat.JsonSchema format) {
        return new OutputSource.Schema(format.schema(), SchemaOptions.DEFAULT);
    }

    /**
     * The values of a schema in JSON.
     *
     * @param part what makes a part of a source, which its place names
     */
    static Expression of(TagFormat.JsonSchema format, String at, BiFunction<String, OutputSource, Expression> part) {
        JsonNode schema = TagSchemas.closed(TagSchemas.MAPPER.readTree(format.schema()));
        JsonNode clear = TagSchemas.excluding(schema, format.excludes(), at + "/excludes");
        WhiteSpace space = format.maxWhiteSpace().isPresent()
                ? new WhiteSpace(format.maxWhiteSpace().getAsInt())
                : WhiteSpace.FLEXIBLE;
        SchemaOptions options = SchemaOptions.DEFAULT
                .withWhiteSpace(space)
                .withMemberOrder(format.isAnyOrder() ? MemberOrder.ANY : MemberOrder.DECLARED);
        return part.apply(at, new OutputSource.Schema(clear.toString(), options));
    }
}
