// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

import dev.espalier.tag.TagFormat.Mark;
import dev.espalier.tag.TagFormat.TokenName;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes formats as structural tags in JSON, which {@link TagReader} reads back. */
public final class TagWriter {

    private TagWriter() {}

    /**
     * The structural tag of a format, on one line.
     *
     * @throws dev.espalier.core.error.SyntaxException if the schema of a format is not JSON, or has a key twice in an object
     */
    public static String write(TagFormat format) {
        ObjectNode top = JsonNodeFactory.instance.objectNode().put("type", "structural_tag");
        top.set("format", node(format));
        return top.toString();
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static ObjectNode node(TagFormat format) {
        if (format instanceof TagFormat.ConstString text) {
            return typed("const_string").put("value", text.value());
        } else if (format instanceof TagFormat.JsonSchema schema) {
            return schema(schema);
        } else if (format instanceof TagFormat.Regex regex) {
            return typed("regex").put("pattern", regex.pattern());
        } else if (format instanceof TagFormat.Grammar grammar) {
            return typed("grammar").put("grammar", grammar.ebnf());
        } else if (format instanceof TagFormat.Part part) {
            return typed("output").put("output", part.name());
        } else if (format instanceof TagFormat.AnyText any) {
            ObjectNode node = typed("any_text");
            strings(node, "excludes", any.excludes());
            any.maxChars().ifPresent(most -> node.put("max_chars", most));
            any.maxTokens().ifPresent(most -> node.put("max_tokens", most));
            return node;
        } else if (format instanceof TagFormat.OneToken token) {
            ObjectNode node = typed("token");
            node.set("token", token(token.token()));
            return node;
        } else if (format instanceof TagFormat.OtherTokens other) {
            return otherTokens(other);
        } else if (format instanceof TagFormat.Sequence sequence) {
            return elements("sequence", sequence.elements());
        } else if (format instanceof TagFormat.Span span) {
            ObjectNode node = typed("span").put("name", span.name());
            node.set("content", node(span.content()));
            return node;
        } else if (format instanceof TagFormat.Or or) {
            return elements("or", or.elements());
        } else if (format instanceof TagFormat.Repeat repeat) {
            ObjectNode node = typed("repeat").put("min", repeat.min()).put("max", repeat.max());
            node.set("content", node(repeat.content()));
            return node;
        } else if (format instanceof TagFormat.Tag tag) {
            return tag(tag);
        } else if (format instanceof TagFormat.TriggeredTags tags) {
            return triggered(tags);
        } else if (format instanceof TagFormat.SeparatedTags tags) {
            ObjectNode node = typed("tags_with_separator");
            tags(node, tags.tags());
            node.put("separator", tags.separator()).put("at_least_one", tags.isAtLeastOne());
            if (tags.maxTags() != TagFormat.UNBOUNDED) {
                node.put("max_tags", tags.maxTags());
            }
            return node;
        }
        return dispatch((TagFormat.Dispatch) format);
    }

    private static ObjectNode schema(TagFormat.JsonSchema schema) {
        ObjectNode node = typed("json_schema");
        node.set("json_schema", TagReader.parsed(schema.schema(), ""));
        node.put("style", schema.style().id()).put("any_order", schema.isAnyOrder());
        schema.maxWhiteSpace().ifPresent(most -> node.put("max_whitespace_cnt", most));
        strings(node, "excludes", schema.excludes());
        return node;
    }

    private static ObjectNode otherTokens(TagFormat.OtherTokens other) {
        ObjectNode any = typed("any_tokens");
        tokens(any, "exclude_tokens", other.excluded());
        if (other.min() == 1 && other.max() == 1) {
            return any.put("type", "exclude_token");
        }
        if (other.min() == 0) {
            if (other.max() != TagFormat.UNBOUNDED) {
                any.put("max_tokens", other.max());
            }
            return any;
        }
        ObjectNode repeat = typed("repeat").put("min", other.min()).put("max", other.max());
        repeat.set("content", any.put("type", "exclude_token"));
        return repeat;
    }

    private static ObjectNode tag(TagFormat.Tag tag) {
        ObjectNode node = typed("tag");
        node.set("begin", mark(tag.begin()));
        node.set("content", node(tag.content()));
        if (tag.ends().size() == 1) {
            node.set("end", mark(tag.ends().get(0)));
        } else {
            ArrayNode ends = node.putArray("end");
            tag.ends().forEach(end -> ends.add(mark(end)));
        }
        return node;
    }

    private static ObjectNode triggered(TagFormat.TriggeredTags tags) {
        boolean isTokens = tags.triggers().stream().anyMatch(Mark.Token.class::isInstance);
        ObjectNode node = typed(isTokens ? "token_triggered_tags" : "triggered_tags");
        ArrayNode triggers = node.putArray(isTokens ? "trigger_tokens" : "triggers");
        tags.triggers()
                .forEach(trigger ->
                        triggers.add(trigger instanceof Mark.Token token ? token(token.token()) : mark(trigger)));
        tags(node, tags.tags());
        node.put("at_least_one", tags.isAtLeastOne()).put("stop_after_first", tags.isOne());
        excludes(node, tags.excludes(), isTokens);
        return node;
    }

    private static ObjectNode dispatch(TagFormat.Dispatch dispatch) {
        boolean isTokens = dispatch.rules().stream().anyMatch(rule -> rule.mark() instanceof Mark.Token);
        ObjectNode node = typed(isTokens ? "token_dispatch" : "dispatch");
        ArrayNode rules = node.putArray("rules");
        dispatch.rules()
                .forEach(rule -> rules.addArray()
                        .add(rule.mark() instanceof Mark.Token token ? token(token.token()) : mark(rule.mark()))
                        .add(node(rule.then())));
        node.put("loop", dispatch.isLoop());
        excludes(node, dispatch.excludes(), isTokens);
        return node;
    }

    private static void excludes(ObjectNode node, TagFormat.Excludes excludes, boolean isTokens) {
        if (isTokens) {
            tokens(node, "exclude_tokens", excludes.tokens());
        } else {
            strings(node, "excludes", excludes.texts());
        }
    }

    private static ObjectNode elements(String type, List<TagFormat> elements) {
        ObjectNode node = typed(type);
        ArrayNode array = node.putArray("elements");
        elements.forEach(element -> array.add(node(element)));
        return node;
    }

    private static void tags(ObjectNode node, List<TagFormat.Tag> tags) {
        ArrayNode array = node.putArray("tags");
        tags.forEach(tag -> array.add(tag(tag)));
    }

    private static void strings(ObjectNode node, String member, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(member);
            texts.forEach(array::add);
        }
    }

    private static void tokens(ObjectNode node, String member, List<TokenName> tokens) {
        if (!tokens.isEmpty()) {
            ArrayNode array = node.putArray(member);
            tokens.forEach(token -> array.add(token(token)));
        }
    }

    private static JsonNode mark(Mark mark) {
        if (mark instanceof Mark.Text text) {
            return JsonNodeFactory.instance.stringNode(text.text());
        }
        ObjectNode node = typed("token");
        node.set("token", token(((Mark.Token) mark).token()));
        return node;
    }

    private static JsonNode token(TokenName token) {
        return token.text().isEmpty()
                ? JsonNodeFactory.instance.numberNode(token.id())
                : JsonNodeFactory.instance.stringNode(token.text());
    }
}
