// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.schema;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.name.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of servers that take schemas: how a request says the schema, and what becomes of each keyword. It is all in the resource {@code servers.json}.
 *
 * @param engines what several servers rest on, by name
 * @param servers the servers, by name
 */
record ServerTable(Map<String, Engine> engines, Map<String, Server> servers) {

    /**
     * What is known of a keyword.
     *
     * @param support what becomes of it
     * @param detail in which cases, or instead of what; may be missing
     * @param source where it says so, if that is not the table's own source
     */
    record Known(
            Support support,
            @Nullable String detail,
            @Nullable String source) {}

    /**
     * What enforces schemas.
     *
     * @param version which one this is about
     * @param source where it says so
     * @param formats the values of {@code format} that it knows
     * @param otherFormats what becomes of other formats
     * @param keywords what is known of keywords, by name
     */
    record Engine(
            String version,
            String source,
            @Nullable List<String> formats,
            @Nullable Known otherFormats,
            Map<String, Known> keywords) {}

    /**
     * A server.
     *
     * @param title what it is called
     * @param engine what it rests on, whose facts hold where it has none of its own; may be missing
     * @param version which one this is about
     * @param source where it says so
     * @param responseFormat the value of {@code response_format}; {@code $name}, {@code $schema} and {@code $text}, the schema as a string, stand for themselves
     * @param own the fields of the server's own that say the same
     * @param formats as for engines
     * @param otherFormats as for engines
     * @param keywords what is known of keywords, by name
     * @param notes what else is asked of a schema
     */
    record Server(
            String title,
            @Nullable String engine,
            String version,
            String source,
            JsonNode responseFormat,
            JsonNode own,
            @Nullable List<String> formats,
            @Nullable Known otherFormats,
            Map<String, Known> keywords,
            @Nullable List<String> notes) {}

    /** The table. */
    static ServerTable read() {
        try (InputStream stream =
                Objects.requireNonNull(ServerTable.class.getResourceAsStream("servers.json"), "servers.json")) {
            return JsonMapper.builder()
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build()
                    .readValue(stream, ServerTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The server of a name.
     *
     * @throws InvalidInputException if there is none; with all names, and the one that was probably meant
     */
    Server named(String name) {
        Server server = servers.get(name);
        if (server == null) {
            throw new InvalidInputException("no server is called \"" + name + "\", but "
                    + String.join(", ", servers.keySet()) + NearestName.question(name, servers.keySet()));
        }
        return server;
    }

    /**
     * What a server does about a keyword, with the place where it says so.
     *
     * @param value the keyword's value in the schema
     */
    Known known(Server server, String keyword, JsonNode value) {
        Engine engine = engines.get(String.valueOf(server.engine()));
        if (keyword.equals("format") && value.isString()) {
            if (server.formats() != null
                    && server.otherFormats() != null
                    && !server.formats().contains(value.stringValue())) {
                return sourced(server.otherFormats(), server.source());
            } else if (server.formats() == null
                    && engine != null
                    && engine.formats() != null
                    && engine.otherFormats() != null
                    && !engine.formats().contains(value.stringValue())) {
                return sourced(engine.otherFormats(), engine.source());
            }
        }
        Known own = server.keywords().get(keyword);
        if (own != null) {
            return sourced(own, server.source());
        }
        Known shared = engine == null ? null : engine.keywords().get(keyword);
        return engine == null || shared == null
                ? new Known(Support.UNKNOWN, "the documentation does not say", server.source())
                : sourced(shared, engine.source());
    }

    private static Known sourced(Known known, String source) {
        return known.source() == null ? new Known(known.support(), known.detail(), source) : known;
    }
}
