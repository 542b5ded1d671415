// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The results of one run. Immutable.
 *
 * @param name what the engine is called
 * @param settings what decided the results, by option name
 * @param byId the results of schemas or cases, by id
 */
public record EngineResults(String name, Map<String, String> settings, Map<String, SchemaResult> byId) {

    /** Settings that results must share to be compared, if both runs name them. */
    private static final List<String> SHARED = List.of("--tokenizer", "--text", "--schema", "--repeat");

    /** Copies the maps. */
    public EngineResults {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        byId = Collections.unmodifiableMap(new TreeMap<>(byId));
    }

    /**
     * Reads a {@code results.jsonl}.
     *
     * @param source the file or its folder, or {@code NAME=FILE}; without a name the engine is called as its settings call
     *     it, or else as the folder is
     * @throws InvalidInputException if it cannot be read, or has no results
     */
    public static EngineResults read(String source) {
        int equals = source.indexOf('=');
        boolean named = equals > 0 && !Files.exists(Path.of(source));
        Path given = Path.of(named ? source.substring(equals + 1) : source).toAbsolutePath();
        Path file = Files.isDirectory(given) ? given.resolve(ResultsFile.NAME) : given;
        Path folder = file.resolveSibling("").normalize();
        Map<String, SchemaResult> results = results(file);
        if (results.isEmpty()) {
            throw new InvalidInputException(file + ": there are no results of schemas in it");
        }
        Map<String, String> settings = Settings.of(folder);
        String called = settings.getOrDefault("engine", String.valueOf(folder.getFileName()));
        return new EngineResults(named ? source.substring(0, equals) : called, settings, results);
    }

    private static Map<String, SchemaResult> results(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + ": there is no such file");
        }
        Map<String, SchemaResult> results = new TreeMap<>();
        try {
            for (JsonNode line : new JsonLines(file).read()) {
                if (line.has("id")) {
                    SchemaResult result = line.has("end")
                            ? ResultJson.read(line, CaseLine.class).result()
                            : ResultJson.read(line, SchemaResult.class);
                    results.put(result.id(), result);
                }
            }
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new InvalidInputException(file + ": not results of schemas: " + e.getMessage(), e);
        }
        return results;
    }

    /**
     * Makes sure that results can be compared: that no two have the same name, and what they are of is the same.
     *
     * @throws InvalidInputException if not
     */
    static void requireComparable(List<EngineResults> all) {
        List<String> names = new ArrayList<>();
        for (EngineResults one : all) {
            if (names.contains(one.name)) {
                throw new InvalidInputException("two results are called " + one.name + ": name them, NAME=FILE");
            }
            names.add(one.name);
            for (String option : SHARED) {
                String mine = one.shared(option);
                String first = all.get(0).shared(option);
                if (!mine.equals(first) && !mine.isEmpty() && !first.isEmpty()) {
                    throw new InvalidInputException("not to be compared: " + option + " is " + first + " of "
                            + all.get(0).name + ", and " + mine + " of " + one.name);
                }
            }
        }
    }

    /** A setting; who does not say how often a text was read has read it once. */
    private String shared(String option) {
        return settings.getOrDefault(option, option.equals("--repeat") ? "1" : "");
    }

    /** The settings in words. */
    String described() {
        String parts = settings.entrySet().stream()
                .filter(option ->
                        !option.getKey().equals("engine") && !option.getValue().isEmpty())
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining("; "));
        return parts.isEmpty() ? "settings unknown" : parts;
    }

    /** The result of an id that there is. */
    SchemaResult of(String id) {
        return Objects.requireNonNull(byId.get(id), id);
    }

    /** Whether a schema compiled and has a value. */
    static boolean ran(SchemaResult result) {
        return result.schema().isCompiled() && !result.allowsNothing();
    }

    Collection<SchemaResult> results() {
        return byId.values();
    }

    /** Only the results of some ids. */
    EngineResults only(Collection<String> ids) {
        Map<String, SchemaResult> kept = new TreeMap<>(byId);
        kept.keySet().retainAll(ids);
        return new EngineResults(name, settings, kept);
    }
}
