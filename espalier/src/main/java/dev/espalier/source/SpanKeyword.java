// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.DefaultDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectRegistry;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import dev.espalier.schemas.SourceSpans;
import dev.espalier.schemas.options.SpanMatch;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The keyword for strings that are quoted from a source, as the validator sees it. */
final class SpanKeyword extends AbstractKeyword {

    static final String NAME = "x-from-source";

    private final Map<String, String> sources;

    SpanKeyword(Map<String, String> sources) {
        super(NAME);
        this.sources = sources;
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode rule, Schema parent, SchemaContext context) {
        return new Validator(this, location, rule, parent, context);
    }

    /** All dialects, with the keyword in each. */
    DialectRegistry dialects() {
        return new Registry(this);
    }

    private static final class Validator extends BaseKeywordValidator {

        private final JsonNode rule;
        private final String source;

        Validator(SpanKeyword keyword, SchemaLocation location, JsonNode rule, Schema parent, SchemaContext context) {
            super(keyword, rule, location, parent, context);
            this.rule = rule;
            this.source = keyword.sources.getOrDefault(rule.path("source").asString(""), "");
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode value, JsonNode root, NodePath place) {
            boolean isAsked = rule.isObject() || rule.asBoolean(false);
            if (!isAsked || !value.isString()) {
                return;
            }
            SpanMatch match = rule.path("match").asString("").equals("folded") ? SpanMatch.FOLDED : SpanMatch.EXACT;
            boolean words = rule.path("words").asBoolean(false);
            if (SourceSpans.places(source, value.asString(), match, words).isEmpty()) {
                execution.addError(Error.builder()
                        .keyword(NAME)
                        .schemaNode(rule)
                        .instanceNode(value)
                        .instanceLocation(place)
                        .evaluationPath(execution.getEvaluationPath())
                        .schemaLocation(getSchemaLocation())
                        .message("not quoted")
                        .build());
            }
        }
    }

    private static final class Registry implements DialectRegistry {

        private final Keyword keyword;
        private final Map<String, Dialect> known = new HashMap<>();

        Registry(Keyword keyword) {
            this.keyword = keyword;
        }

        @Override
        public Dialect getDialect(String id, SchemaRegistry registry) {
            Dialect dialect = known.get(id);
            if (dialect == null) {
                Dialect plain = DefaultDialectRegistry.getInstance().getDialect(id, registry);
                dialect = Dialect.builder(plain).keyword(keyword).build();
                known.put(id, dialect);
            }
            return dialect;
        }
    }
}
