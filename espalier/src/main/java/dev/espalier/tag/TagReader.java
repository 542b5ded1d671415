// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.tag.TagFormat.Excludes;
import dev.espalier.tag.TagFormat.Mark;
import dev.espalier.tag.TagFormat.TokenName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON form of structural tags, XGrammar's: {@code {"type": "structural_tag", "format": …}}, and the older one with {@code structures} and {@code triggers}. Members that
 * are not known are refused. Not thread-safe: one for each text.
 */
public final class TagReader {

    private static final int DEEPEST = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String TYPE = "type";

    private final String name;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private int depth;

    /** The members that a kind of format must have and may have, and what reads it. */
    private record Kind(Set<String> required, Set<String> optional, BiFunction<JsonNode, String, TagFormat> read) {

        boolean fits(JsonNode node) {
            return required.stream().allMatch(node::has)
                    && node.propertyNames().stream().allMatch(this::knows);
        }

        boolean knows(String member) {
            return required.contains(member) || optional.contains(member) || member.equals(TYPE);
        }
    }

    private TagReader(String name) {
        this.name = name;
        kind("tag", "begin content end", "", this::tag);
        kind("const_string", "value", "", (node, at) -> new TagFormat.ConstString(text(node, "value", at)));
        kind("json_schema", "json_schema", "style any_order max_whitespace_cnt excludes", this::schema);
        kind("regex", "pattern", "", (node, at) -> new TagFormat.Regex(text(node, "pattern", at)));
        kind("grammar", "grammar", "", (node, at) -> new TagFormat.Grammar(text(node, "grammar", at)));
        kind("span", "name content", "", (node, at) -> new TagFormat.Span(text(node, "name", at), content(node, at)));
        kind("output", "output", "", (node, at) -> new TagFormat.Part(text(node, "output", at)));
        kind("triggered_tags", "triggers tags", "at_least_one stop_after_first excludes", this::triggered);
        kind(
                "token_triggered_tags",
                "trigger_tokens tags",
                "at_least_one stop_after_first exclude_tokens",
                this::tokenTriggered);
        kind("tags_with_separator", "tags separator", "at_least_one stop_after_first max_tags", this::separated);
        kind("dispatch", "rules", "loop excludes", (node, at) -> dispatch(node, at, false));
        kind("token_dispatch", "rules", "loop exclude_tokens", (node, at) -> dispatch(node, at, true));
        kind("sequence", "elements", "", (node, at) -> new TagFormat.Sequence(formats(node, at)));
        kind("or", "elements", "", (node, at) -> new TagFormat.Or(formats(node, at)));
        kind("repeat", "content", "min max", this::repeat);
        kind("optional", "content", "", (node, at) -> new TagFormat.Repeat(content(node, at), 0, 1));
        kind("plus", "content", "", (node, at) -> new TagFormat.Repeat(content(node, at), 1, TagFormat.UNBOUNDED));
        kind("star", "content", "", (node, at) -> new TagFormat.Repeat(content(node, at), 0, TagFormat.UNBOUNDED));
        kind("token", "token", "", (node, at) -> new TagFormat.OneToken(token(node.get("token"), at + "/token")));
        kind("exclude_token", "exclude_tokens", "", (node, at) -> otherTokens(node, at, 1, OptionalInt.of(1)));
        kind(
                "any_tokens",
                "",
                "exclude_tokens max_tokens",
                (node, at) -> otherTokens(node, at, 0, count(node, "max_tokens", at)));
        kind("any_text", "", "excludes max_tokens max_chars", this::anyText);
        kind("qwen_xml_parameter", "json_schema", "", (node, at) -> schema(node, at, ValueStyle.QWEN_XML));
    }

    private void kind(String type, String required, String optional, BiFunction<JsonNode, String, TagFormat> read) {
        kinds.put(type, new Kind(words(required), words(optional), read));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(text.split(" ")));
    }

    /**
     * The format that a structural tag has.
     *
     * @param name what errors call the text, such as a file name
     * @throws SyntaxException if the text is not JSON, with line and column; or no structural tag, with a JSON pointer
     * @throws UnsupportedFeatureException if it asks for what is not enforced exactly; with a JSON pointer
     */
    public static TagFormat read(String json, String name) {
        return new TagReader(name).top(parsed(json, name));
    }

    /**
     * The value of a JSON text, numbers with all their digits.
     *
     * @throws SyntaxException if it is not exactly one value, or has a key twice in an object; with line and column
     */
    static JsonNode parsed(String json, String name) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            int column =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
            String why = Optional.ofNullable(e.getOriginalMessage())
                    .flatMap(text -> text.lines().findFirst())
                    .orElse("unreadable");
            throw new SyntaxException("this is not JSON: " + why, new Place(name, line, column, "", ""));
        } catch (NumberFormatException e) {
            throw new SyntaxException("a number has an exponent that is out of range", new Place(name, 0, 0, "", ""));
        }
    }

    private TagFormat top(JsonNode given) {
        requireObject(given, "#");
        JsonNode node = withoutNulls(given);
        if (!node.path(TYPE).asString("").equals("structural_tag")) {
            throw expected("\"structural_tag\"", "#/" + TYPE);
        }
        boolean isLegacy = node.has("structures");
        Set<String> members = isLegacy ? Set.of(TYPE, "structures", "triggers") : Set.of(TYPE, "format");
        requireMembers(node, members, "#");
        return isLegacy ? legacy(node) : format(member(node, "format", "#"), "#/format");
    }

    /** The older form: tags with schemas, and free text between them. */
    private TagFormat legacy(JsonNode node) {
        List<TagFormat.Tag> tags = new ArrayList<>();
        List<JsonNode> structures = items(node, "structures", "#");
        for (int i = 0; i < structures.size(); i++) {
            String at = "#/structures/" + i;
            JsonNode one = structures.get(i);
            requireObject(one, at);
            requireMembers(one, Set.of("begin", "schema", "end"), at);
            tags.add(new TagFormat.Tag(
                    new Mark.Text(text(one, "begin", at)),
                    new TagFormat.JsonSchema(
                            schemaText(one, "schema", at), ValueStyle.JSON, false, OptionalInt.empty(), List.of()),
                    List.of(new Mark.Text(text(one, "end", at)))));
        }
        return new TagFormat.TriggeredTags(marks(texts(node, "triggers", "#")), tags, false, false, Excludes.NONE);
    }

    private TagFormat format(JsonNode given, String at) {
        requireObject(given, at);
        JsonNode node = withoutNulls(given);
        if (++depth > DEEPEST) {
            throw new SyntaxException("formats are nested more than " + DEEPEST + " deep", place(at));
        }
        TagFormat format = kind(node, at).read.apply(node, at);
        depth--;
        return format;
    }

    /** An object without members that are null, which ask for nothing. */
    private static JsonNode withoutNulls(JsonNode object) {
        ObjectNode given = MAPPER.createObjectNode();
        object.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> given.set(member.getKey(), member.getValue()));
        return given;
    }

    private Kind kind(JsonNode node, String at) {
        if (!node.has(TYPE)) {
            return kinds.values().stream()
                    .filter(kind -> kind.fits(node))
                    .findFirst()
                    .orElseThrow(() -> expected("a member \"type\"", at));
        }
        String type = text(node, TYPE, at);
        Kind kind = kinds.get(type);
        if (kind == null) {
            throw new SyntaxException(
                    "there is no format \"" + type + "\"; the formats are " + String.join(", ", kinds.keySet()),
                    place(at + "/" + TYPE));
        }
        kind.required.forEach(required -> member(node, required, at));
        node.propertyNames().stream()
                .filter(name -> !kind.knows(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new SyntaxException("the format " + type + " has no member \"" + unknown + "\"", place(at));
                });
        return kind;
    }

    private TagFormat.Tag tag(JsonNode node, String at) {
        List<Mark> ends = new ArrayList<>();
        JsonNode end = member(node, "end", at);
        if (end.isArray()) {
            texts(node, "end", at).forEach(text -> ends.add(new Mark.Text(text)));
            if (ends.isEmpty()) {
                throw expected("at least one text", at + "/end");
            }
        } else {
            ends.add(mark(end, at + "/end"));
        }
        return new TagFormat.Tag(mark(member(node, "begin", at), at + "/begin"), content(node, at), ends);
    }

    /** A text, or a token as a format. */
    private Mark mark(JsonNode node, String at) {
        if (node.isString()) {
            return new Mark.Text(node.stringValue());
        }
        requireObject(node, at);
        requireMembers(node, Set.of(TYPE, "token"), at);
        return new Mark.Token(token(member(node, "token", at), at + "/token"));
    }

    private TagFormat schema(JsonNode node, String at) {
        ValueStyle style = ValueStyle.JSON;
        if (node.has("style")) {
            String asked = text(node, "style", at);
            style = Arrays.stream(ValueStyle.values())
                    .filter(each -> each.id().equals(asked))
                    .findFirst()
                    .orElseThrow(() -> new UnsupportedFeatureException(
                            asked, "values cannot be written in the style \"" + asked + "\"", place(at + "/style")));
        }
        return schema(node, at, style);
    }

    private TagFormat schema(JsonNode node, String at, ValueStyle style) {
        return new TagFormat.JsonSchema(
                schemaText(node, "json_schema", at),
                style,
                flag(node, "any_order", false, at),
                count(node, "max_whitespace_cnt", at),
                excludes(node, at));
    }

    private String schemaText(JsonNode node, String member, String at) {
        JsonNode schema = member(node, member, at);
        if (!schema.isObject() && !schema.isBoolean()) {
            throw expected("a JSON Schema", at + "/" + member);
        }
        return schema.toString();
    }

    private TagFormat triggered(JsonNode node, String at) {
        return new TagFormat.TriggeredTags(
                marks(texts(node, "triggers", at)),
                tags(node, at),
                flag(node, "at_least_one", false, at),
                flag(node, "stop_after_first", false, at),
                new Excludes(excludes(node, at), List.of()));
    }

    private TagFormat tokenTriggered(JsonNode node, String at) {
        List<Mark> triggers = tokens(node, "trigger_tokens", at).stream()
                .map(token -> (Mark) new Mark.Token(token))
                .toList();
        return new TagFormat.TriggeredTags(
                triggers,
                tags(node, at),
                flag(node, "at_least_one", false, at),
                flag(node, "stop_after_first", false, at),
                new Excludes(List.of(), tokens(node, "exclude_tokens", at)));
    }

    private TagFormat separated(JsonNode node, String at) {
        OptionalInt max = count(node, "max_tags", at);
        boolean isOne = flag(node, "stop_after_first", false, at);
        return new TagFormat.SeparatedTags(
                tags(node, at),
                text(node, "separator", at),
                flag(node, "at_least_one", false, at),
                isOne ? 1 : max.orElse(TagFormat.UNBOUNDED));
    }

    private TagFormat dispatch(JsonNode node, String at, boolean isTokens) {
        List<TagFormat.Dispatch.Rule> rules = new ArrayList<>();
        List<JsonNode> pairs = items(node, "rules", at);
        for (int i = 0; i < pairs.size(); i++) {
            String place = at + "/rules/" + i;
            JsonNode pair = pairs.get(i);
            if (!pair.isArray()
                    || pair.size() != 2
                    || (!isTokens && !pair.get(0).isString())) {
                throw expected(isTokens ? "a token and a format" : "a text and a format", place);
            }
            Mark mark = isTokens
                    ? new Mark.Token(token(pair.get(0), place + "/0"))
                    : new Mark.Text(pair.get(0).stringValue());
            rules.add(new TagFormat.Dispatch.Rule(mark, format(pair.get(1), place + "/1")));
        }
        Excludes excludes = new Excludes(excludes(node, at), tokens(node, "exclude_tokens", at));
        return new TagFormat.Dispatch(rules, flag(node, "loop", true, at), excludes);
    }

    private TagFormat repeat(JsonNode node, String at) {
        int min = node.has("min") ? number(node, "min", at) : 0;
        int max = node.has("max") ? number(node, "max", at) : TagFormat.UNBOUNDED;
        if (min < 0 || (max != TagFormat.UNBOUNDED && max < min)) {
            throw expected("0 ≤ min ≤ max, or max -1", at);
        }
        return new TagFormat.Repeat(content(node, at), min, max);
    }

    private TagFormat otherTokens(JsonNode node, String at, int min, OptionalInt max) {
        return new TagFormat.OtherTokens(tokens(node, "exclude_tokens", at), min, max.orElse(TagFormat.UNBOUNDED));
    }

    private TagFormat anyText(JsonNode node, String at) {
        OptionalInt tokens = count(node, "max_tokens", at);
        OptionalInt characters = count(node, "max_chars", at);
        if (tokens.isPresent() && characters.isPresent()) {
            throw new UnsupportedFeatureException(
                    "max_tokens", "a text has max_chars or max_tokens, but not both", place(at + "/max_tokens"));
        }
        return new TagFormat.AnyText(excludes(node, at), characters, tokens);
    }

    private List<TagFormat> formats(JsonNode node, String at) {
        List<TagFormat> formats = new ArrayList<>();
        List<JsonNode> items = items(node, "elements", at);
        for (int i = 0; i < items.size(); i++) {
            formats.add(format(items.get(i), at + "/elements/" + i));
        }
        if (formats.isEmpty()) {
            throw expected("at least one element", at + "/elements");
        }
        return formats;
    }

    private List<TagFormat.Tag> tags(JsonNode node, String at) {
        List<TagFormat.Tag> tags = new ArrayList<>();
        List<JsonNode> items = items(node, "tags", at);
        for (int i = 0; i < items.size(); i++) {
            if (!(format(items.get(i), at + "/tags/" + i) instanceof TagFormat.Tag tag)) {
                throw expected("a tag", at + "/tags/" + i);
            }
            tags.add(tag);
        }
        if (tags.isEmpty()) {
            throw expected("at least one tag", at + "/tags");
        }
        return tags;
    }

    private TagFormat content(JsonNode node, String at) {
        return format(member(node, "content", at), at + "/content");
    }

    private static List<Mark> marks(List<String> texts) {
        return texts.stream().map(text -> (Mark) new Mark.Text(text)).toList();
    }

    private List<String> excludes(JsonNode node, String at) {
        List<String> excludes = node.has("excludes") ? texts(node, "excludes", at) : List.of();
        if (excludes.contains("")) {
            throw expected("a text that is not empty", at + "/excludes/" + excludes.indexOf(""));
        }
        return excludes;
    }

    private List<TokenName> tokens(JsonNode node, String member, String at) {
        List<TokenName> tokens = new ArrayList<>();
        if (node.has(member)) {
            List<JsonNode> items = items(node, member, at);
            for (int i = 0; i < items.size(); i++) {
                tokens.add(token(items.get(i), at + "/" + member + "/" + i));
            }
        }
        return tokens;
    }

    private TokenName token(JsonNode node, String at) {
        if (node.isString() && !node.stringValue().isEmpty()) {
            return new TokenName(node.stringValue(), -1);
        } else if (node.isInt() && node.intValue() >= 0) {
            return new TokenName("", node.intValue());
        }
        throw expected("the text or the id of a token", at);
    }

    private List<String> texts(JsonNode node, String member, String at) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(node, member, at)) {
            if (!item.isString()) {
                throw expected("a string", at + "/" + member + "/" + texts.size());
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    private List<JsonNode> items(JsonNode node, String member, String at) {
        JsonNode array = member(node, member, at);
        if (!array.isArray()) {
            throw expected("an array", at + "/" + member);
        }
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }

    private String text(JsonNode node, String member, String at) {
        JsonNode text = member(node, member, at);
        if (!text.isString()) {
            throw expected("a string", at + "/" + member);
        }
        return text.stringValue();
    }

    private boolean flag(JsonNode node, String member, boolean unless, String at) {
        JsonNode flag = node.path(member);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            throw expected("true or false", at + "/" + member);
        }
        return flag.isMissingNode() ? unless : flag.booleanValue();
    }

    /** A number from 0 up; empty if there is none, or null. */
    private OptionalInt count(JsonNode node, String member, String at) {
        if (!node.hasNonNull(member)) {
            return OptionalInt.empty();
        }
        int number = number(node, member, at);
        if (number < 0) {
            throw expected("a number from 0 up", at + "/" + member);
        }
        return OptionalInt.of(number);
    }

    private int number(JsonNode node, String member, String at) {
        JsonNode number = member(node, member, at);
        if (!number.isInt()) {
            throw expected("a whole number", at + "/" + member);
        }
        return number.intValue();
    }

    private JsonNode member(JsonNode node, String member, String at) {
        JsonNode value = node.get(member);
        if (value == null) {
            throw expected("a member \"" + member + "\"", at);
        }
        return value;
    }

    private void requireObject(JsonNode node, String at) {
        if (!node.isObject()) {
            throw expected("an object", at);
        }
    }

    private void requireMembers(JsonNode node, Set<String> known, String at) {
        node.propertyNames().stream()
                .filter(member -> !known.contains(member))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new SyntaxException("there is no member \"" + unknown + "\" here", place(at));
                });
    }

    private SyntaxException expected(String what, String at) {
        return new SyntaxException("expected " + what, place(at));
    }

    private Place place(String at) {
        return new Place(name, 0, 0, at, "");
    }
}
