// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.schema;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.cli.options.LimitOptions;
import dev.espalier.cli.options.SourceOptions;
import dev.espalier.cli.schema.ServerTable.Known;
import dev.espalier.cli.schema.ServerTable.Server;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier schema response-format}. */
@Command(
        name = "response-format",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the response_format of a request that asks a server for values of a schema.",
            "Reports the keywords that this server does not enforce, as far as that is documented."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier schema response-format examples/invoice.schema.json --for openai",
            "  espalier schema response-format schema.json --for vllm --own",
            "  espalier schema response-format schema.json --for llama.cpp --json"
        })
public final class ResponseFormatCommand implements Callable<Integer> {

    private static final int LONGEST_NAME = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Console console;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "A JSON Schema, - for standard input, or the schema itself if it starts with {.")
    private String file = "";

    @Option(
            names = "--for",
            required = true,
            paramLabel = "SERVER",
            description = "openai, vllm (its backend xgrammar), vllm-guidance, sglang or llama.cpp.")
    private String target = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the format. Default: made of the schema's title, or output.")
    private @Nullable String name;

    @Option(names = "--own", description = "Write the server's own fields instead of a response_format.")
    private boolean own;

    @Option(names = "--json", description = "Write the request and the report as one JSON object.")
    private boolean json;

    public ResponseFormatCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        boolean isInline = file.startsWith("{");
        String text = isInline ? file : console.readText(file);
        String source = isInline ? "schema" : file;
        ServerTable table = ServerTable.read();
        Server server = table.named(target);
        SchemaOptions options =
                sources.in(SchemaOptions.DEFAULT.allow(Enforcement.NOT_ENFORCED).withLimits(limits.limits()), console);
        CompileReport report = SourceFailure.in(
                source, () -> new SchemaCompiler().compile(text, options).report());
        JsonNode schema = parsed(source, text);
        JsonNode request = filled(own ? server.own() : server.responseFormat(), schema);
        ArrayNode losses = losses(table, server, report, schema);
        if (json) {
            console.out().println(MAPPER.writeValueAsString(described(server, request, losses)));
        } else {
            console.out().println(MAPPER.writeValueAsString(request));
            print(server, losses);
        }
        return ExitCode.DONE;
    }

    private static JsonNode parsed(String source, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidInputException(source + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The template of a request with the schema and its name. */
    private JsonNode filled(JsonNode template, JsonNode schema) {
        if (template instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> filled.set(field.getKey(), filled(field.getValue(), schema)));
            return filled;
        }
        return switch (template.asString("")) {
            case "$name" -> JsonNodeFactory.instance.stringNode(name(schema));
            case "$schema" -> schema;
            case "$text" -> JsonNodeFactory.instance.stringNode(schema.toString());
            default -> template;
        };
    }

    private String name(JsonNode schema) {
        if (name != null) {
            if (!name.matches("[A-Za-z0-9_-]{1," + LONGEST_NAME + "}")) {
                throw new InvalidInputException("--name is 1 to " + LONGEST_NAME
                        + " of the characters A-Z, a-z, 0-9, _ and -, not \"" + name + "\"");
            }
            return name;
        }
        String title = schema.path("title").asString("").replaceAll("[^A-Za-z0-9_-]+", "_");
        String cut = title.substring(0, Math.min(LONGEST_NAME, title.length()));
        return cut.isEmpty() ? "output" : cut;
    }

    /** The keywords that are not enforced, in the order in which they were met. */
    private static ArrayNode losses(ServerTable table, Server server, CompileReport report, JsonNode schema) {
        ArrayNode losses = JsonNodeFactory.instance.arrayNode();
        for (CompileReport.Entry entry : report.entries()) {
            String pointer = entry.pointer();
            JsonNode value = pointer.startsWith("#/")
                    ? schema.at(URLDecoder.decode(pointer.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8))
                    : JsonNodeFactory.instance.missingNode();
            Known known = table.known(server, entry.keyword(), value);
            if (known.support() != Support.ENFORCED) {
                losses.addObject()
                        .put("pointer", pointer)
                        .put("keyword", entry.keyword())
                        .put("support", known.support().text())
                        .put("detail", Objects.requireNonNullElse(known.detail(), ""))
                        .put("source", known.source());
            }
        }
        return losses;
    }

    private ObjectNode described(Server server, JsonNode request, ArrayNode losses) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("server", target).put("version", server.version()).put("source", server.source());
        object.set(own ? "request" : "response_format", request);
        object.set("keywords", losses);
        ArrayNode notes = object.putArray("notes");
        notes(server).forEach(notes::add);
        return object;
    }

    private static List<String> notes(Server server) {
        return Objects.requireNonNullElse(server.notes(), List.of());
    }

    private void print(Server server, ArrayNode losses) {
        console.err()
                .println("espalier: " + server.title() + " (" + server.version() + ") "
                        + (losses.isEmpty() ? "enforces all keywords" : "does not enforce all keywords:"));
        Set<String> sources = new LinkedHashSet<>();
        for (JsonNode loss : losses) {
            String detail = loss.path("detail").asString("");
            console.err()
                    .println("  " + loss.path("pointer").asString("") + ": "
                            + loss.path("support").asString("") + (detail.isEmpty() ? "" : ": " + detail));
            sources.add(loss.path("source").asString(""));
        }
        notes(server).forEach(note -> console.err().println("  note: " + note));
        if (sources.isEmpty()) {
            sources.add(server.source());
        }
        sources.forEach(source -> console.err().println("  source: " + source));
    }
}
