// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.check;

import dev.espalier.core.error.EspalierException;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import dev.espalier.source.SchemaFaults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says in words of a schema what is wrong with a text that its automaton refuses: all faults of the value, each with its byte. The verdict
 * is the automaton's alone; where the text is no JSON, or the validator sees nothing wrong with the value, there is nothing to say.
 */
public final class ValueCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ValueCheck() {}

    /**
     * A fault of a value.
     *
     * @param offset bytes before the value, or before the name of the member that ought not to be there
     * @param pointer the value, as a JSON pointer in a URI fragment
     * @param member the name of the member that ought not to be there; empty for all other faults
     * @param keyword the keyword that it breaks
     * @param message what is wrong
     */
    public record Fault(int offset, String pointer, Optional<String> member, String keyword, String message) {

        /** What is wrong with which value. */
        @Override
        public String toString() {
            return member.isPresent() ? message : pointer + ": " + message;
        }
    }

    /** The faults of a text that a schema refuses, in the order of their bytes; none for all other outputs. */
    public static List<Fault> faults(CompiledSource source, byte[] text) {
        if (!(source.source() instanceof OutputSource.Schema schema)
                || source.report().isEmpty()) {
            return List.of();
        }
        try {
            Map<String, Integer> places = places(text);
            CompileReport report = source.report().get();
            String value = new String(text, StandardCharsets.UTF_8);
            List<Fault> faults = new ArrayList<>();
            for (SchemaFaults.Fault fault : inTime(new FutureTask<>(() ->
                    SchemaFaults.of(schema, report.draft(), schema.options().formats(), value)))) {
                String place = fault.member().isEmpty()
                        ? fault.pointer()
                        : name(fault.pointer(), fault.member().get());
                int offset = places.getOrDefault(place, places.getOrDefault(fault.pointer(), 0));
                faults.add(new Fault(offset, "#" + fault.pointer(), fault.member(), fault.keyword(), fault.message()));
            }
            faults.sort(Comparator.comparingInt(Fault::offset));
            return faults;
        } catch (JacksonException | EspalierException notJson) {
            return List.of();
        }
    }

    /** What a validator says; nothing if it takes too long: some of its regular expressions never end. */
    private static List<SchemaFaults.Fault> inTime(FutureTask<List<SchemaFaults.Fault>> task) {
        Thread thread = new Thread(task, "explaining");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException unexplained) {
            return List.of();
        }
    }

    /** The bytes before each value, by its pointer, and before each name, as {@link #name} has it. */
    private static Map<String, Integer> places(byte[] text) {
        Map<String, Integer> places = new HashMap<>();
        try (JsonParser parser = JsonMapper.shared().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int offset = (int) parser.currentTokenLocation().getByteOffset();
                JsonPointer at = parser.streamReadContext().pathAsPointer();
                if (token == JsonToken.PROPERTY_NAME) {
                    places.put(name(String.valueOf(at.head()), parser.currentName()), offset);
                } else if (!token.isStructEnd()) {
                    places.putIfAbsent(at.toString(), offset);
                }
            }
        }
        return places;
    }

    private static String name(String object, String member) {
        return object + " " + member;
    }
}
