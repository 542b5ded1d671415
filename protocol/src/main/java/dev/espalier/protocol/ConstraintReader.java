// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.Output;
import dev.espalier.core.error.EspalierException;
import dev.espalier.grammar.dialect.GrammarDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an answer must be, in all spellings: OpenAI's {@code response_format}, vLLM's {@code structured_outputs} and {@code guided_*}, SGLang's {@code regex} and {@code ebnf}, llama.cpp's {@code grammar} and {@code json_schema}. */
final class ConstraintReader {

    /**
     * A constraint.
     *
     * @param output what the answer must be
     * @param param the member that says so
     */
    record Constraint(Output<String> output, String param) {}

    private static final String OBJECT = "{\"type\":\"object\"}";

    private ConstraintReader() {}

    /** The constraint of a request; empty for free text. */
    static Optional<Constraint> read(Members request) {
        List<Constraint> found = new ArrayList<>();
        request.object("response_format").flatMap(ConstraintReader::format).ifPresent(found::add);
        found.addAll(others(request));
        return only(found);
    }

    /** The one constraint of those that were found; empty if there is none. */
    static Optional<Constraint> only(List<Constraint> found) {
        if (found.size() > 1) {
            throw ProtocolException.invalid(
                    found.get(1).param(),
                    "two-constraints",
                    found.get(1).param() + ": there is another constraint, "
                            + found.get(0).param() + "; an answer has one");
        }
        return found.stream().findFirst();
    }

    /** The constraints beside OpenAI's. */
    static List<Constraint> others(Members request) {
        List<Constraint> found = new ArrayList<>();
        request.object("structured_outputs").ifPresent(outputs -> found.add(structured(outputs)));
        schema(request, "guided_json").ifPresent(found::add);
        text(request, "guided_regex", Output::regex).ifPresent(found::add);
        text(request, "guided_grammar", Notation::read).ifPresent(found::add);
        choice(request, "guided_choice").ifPresent(found::add);
        text(request, "regex", Output::regex).ifPresent(found::add);
        text(request, "ebnf", text -> Output.grammar(GrammarDialect.EBNF_XGRAMMAR, text))
                .ifPresent(found::add);
        text(request, "grammar", Notation::read).ifPresent(found::add);
        schema(request, "json_schema").ifPresent(found::add);
        request.dropped(Set.of("guided_decoding_backend"));
        return found;
    }

    private static Optional<Constraint> format(Members format) {
        String type = format.required("type");
        Optional<Constraint> constraint = switch (type) {
            case "text" -> Optional.empty();
            case "json_object" ->
                schema(format, "schema")
                        .or(() -> Optional.of(constraint(format.param("type"), () -> Output.jsonSchema(OBJECT))));
            case "json_schema" -> Optional.of(envelope(format));
            case "grammar" ->
                Optional.of(text(format, "grammar", Notation::read)
                        .orElseThrow(() -> format.fault("grammar", "missing", "is missing")));
            case "structural_tag" ->
                Optional.of(constraint(format.param("type"), () -> Output.structuralTag(allOf(format))));
            default ->
                throw format.fault(
                        "type",
                        "unknown-value",
                        "expected text, json_object, json_schema, grammar or structural_tag, but not \"" + type + "\"");
        };
        format.end();
        return constraint;
    }

    /** A format of {@code /v1/responses}, where the members of the envelope stand beside the type. */
    static Optional<Constraint> flat(Members format) {
        if (!format.required("type").equals("json_schema")) {
            return format(format);
        }
        Constraint constraint = inside(format);
        format.end();
        return Optional.of(constraint);
    }

    /** A structural tag, whose members the engine reads itself. */
    private static String allOf(Members format) {
        format.node().propertyNames().forEach(format::any);
        return format.node().toString();
    }

    private static Constraint tag(JsonNode tag, String param) {
        JsonNode read = tag.isString() ? JsonTree.read(tag.stringValue(), param) : tag;
        return constraint(param, () -> Output.structuralTag(read.toString()));
    }

    /** A schema with its name, or without as llama.cpp takes it. */
    private static Constraint envelope(Members format) {
        Optional<Members> envelope = format.object("json_schema");
        if (envelope.isEmpty()) {
            return schema(format, "schema").orElseThrow(() -> format.fault("json_schema", "missing", "is missing"));
        }
        Constraint constraint = inside(envelope.get());
        envelope.get().end();
        return constraint;
    }

    private static Constraint inside(Members inside) {
        String name = inside.required("name");
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw inside.fault("name", "bad-name", "expected 1 to 64 letters, digits, _ and -");
        }
        inside.text("description");
        inside.flag("strict", true); // all schemas are kept, whether they are strict or not
        return schema(inside, "schema")
                .orElseGet(() -> constraint(inside.param("schema"), () -> Output.jsonSchema(OBJECT)));
    }

    private static Constraint structured(Members outputs) {
        List<Constraint> found = new ArrayList<>();
        schema(outputs, "json").ifPresent(found::add);
        text(outputs, "regex", Output::regex).ifPresent(found::add);
        choice(outputs, "choice").ifPresent(found::add);
        text(outputs, "grammar", Notation::read).ifPresent(found::add);
        if (outputs.flag("json_object", false)) {
            found.add(constraint(outputs.param("json_object"), () -> Output.jsonSchema(OBJECT)));
        }
        outputs.any("structural_tag").ifPresent(tag -> found.add(tag(tag, outputs.param("structural_tag"))));
        outputs.usual("disable_any_whitespace", Set.of("false", "true")); // white space is what the schema's form has
        outputs.usual("disable_additional_properties", Set.of("false"));
        outputs.end();
        return only(found)
                .orElseThrow(() -> ProtocolException.invalid(
                        outputs.param(),
                        "missing",
                        outputs.param()
                                + ": expected one of json, regex, choice, grammar, json_object and structural_tag"));
    }

    private static Optional<Constraint> schema(Members members, String name) {
        return members.any(name).map(schema -> {
            if (!schema.isObject() && !schema.isBoolean() && !schema.isString()) {
                throw members.fault(name, "wrong-type", "expected a JSON Schema");
            }
            String param = members.param(name);
            JsonNode read = schema.isString() ? JsonTree.read(schema.stringValue(), param) : schema;
            if (!read.isObject() && !read.isBoolean()) {
                throw members.fault(name, "wrong-type", "expected the text of a JSON Schema");
            }
            // a text is handed on as it is, so that places in it are those of the client
            String text = schema.isString() ? schema.stringValue() : schema.toString();
            return constraint(param, () -> Output.jsonSchema(text));
        });
    }

    private static Optional<Constraint> text(Members members, String name, Function<String, Output<String>> output) {
        return members.text(name).map(text -> constraint(members.param(name), () -> output.apply(text)));
    }

    private static Optional<Constraint> choice(Members members, String name) {
        return members.array(name).map(items -> {
            List<String> texts = new ArrayList<>();
            for (JsonNode item : items) {
                if (!item.isString()) {
                    throw members.fault(name, "wrong-type", "expected strings");
                }
                texts.add(item.stringValue());
            }
            return constraint(members.param(name), () -> Output.choice(texts));
        });
    }

    private static Constraint constraint(String param, Supplier<Output<String>> output) {
        try {
            return new Constraint(output.get(), param);
        } catch (EspalierException e) {
            throw ProtocolException.of(e, param);
        }
    }

    /** A schema of objects that have nothing. */
    static ObjectNode nothing() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        schema.putObject("properties");
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Which notation a grammar is in that comes without a name for it: Lark as llguidance reads it, or GBNF. The sign of the first definition tells. */
    private static final class Notation {

        private final String text;
        private int at;

        private Notation(String text) {
            this.text = text;
        }

        /** A sentence of a grammar in Lark where it begins with {@code name:} or a directive, {@code %ignore}; else in GBNF. */
        static Output<String> read(String text) {
            return new Notation(text).isLark() ? Output.grammar(GrammarDialect.LLGUIDANCE, text) : Output.grammar(text);
        }

        private boolean isLark() {
            skipBlanks();
            if (is('%')) {
                return true;
            }
            while (is('?') || is('!')) {
                at++;
            }
            int name = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "_-.".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            if (at == name) {
                return false;
            }
            while (is('[') || is('{')) { // attributes and parameters of a rule
                int end = text.indexOf(is('[') ? ']' : '}', at);
                at = end < 0 ? text.length() : end + 1;
            }
            skipBlanks();
            return is(':') && !text.startsWith("::=", at);
        }

        private boolean is(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        /** Skips white space, and comments of both notations. */
        private void skipBlanks() {
            while (at < text.length()) {
                if (is('#') || text.startsWith("//", at)) {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                } else if (Character.isWhitespace(text.charAt(at))) {
                    at++;
                } else {
                    return;
                }
            }
        }
    }
}
