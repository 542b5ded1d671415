// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.GrammarCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What decides the results of a run, by option name: kept beside the results, so that results of different settings never
 * get into one file. Immutable.
 */
public final class Settings {

    private static final String FILE = "settings.json";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** No setting that matters. */
    public static Settings none() {
        return new Settings(Map.of());
    }

    /** These with one more. */
    public Settings with(String option, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(option, value.toString());
        return new Settings(more);
    }

    /** These with the engine that makes the results: Espalier, in the version of its jar. */
    public Settings withEngine() {
        String version = GrammarCompiler.class.getPackage().getImplementationVersion();
        return with("engine", "espalier " + (version == null ? "(built from classes)" : version));
    }

    /**
     * These with a file, which is known again by its name and what is in it.
     *
     * @throws InvalidInputException if it cannot be read
     */
    public Settings withFile(String option, Path file) {
        CRC32 crc = new CRC32();
        try {
            crc.update(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e, e);
        }
        return with(option, String.format(Locale.ROOT, "%s (CRC-32 %08x)", file.getFileName(), crc.getValue()));
    }

    /**
     * The settings that the results in a folder are of, by option name; empty if it does not say.
     *
     * @throws InvalidInputException if they cannot be read
     */
    public static Map<String, String> of(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return Files.exists(file)
                    ? JsonMapper.shared().readValue(Files.readString(file), new TypeReference<>() {})
                    : Map.of();
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Takes a folder for runs with these settings.
     *
     * @throws InvalidInputException if it holds results of other settings, or of unknown ones, or cannot be used
     */
    void claim(Path folder) {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            compare(of(folder), folder);
            return;
        }
        Path results = folder.resolve(ResultsFile.NAME);
        try {
            if (Files.exists(results) && Files.size(results) > 0) {
                throw new InvalidInputException(folder + " has results, but no " + FILE
                        + " that says what they are of: name another folder, or delete this one");
            }
            new JsonLines(file).replace(List.of(JsonMapper.shared().writeValueAsString(values)));
        } catch (IOException e) {
            throw new InvalidInputException("cannot use " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that a folder has no results that a run could go on from.
     *
     * @throws InvalidInputException if it has
     */
    public static void refuseUnfinished(Path folder) {
        if (Files.exists(folder.resolve(FILE))) {
            throw new InvalidInputException(
                    folder + " has results of a run that can go on: name another folder, or delete" + " this one");
        }
    }

    private void compare(Map<String, String> before, Path folder) {
        values.forEach((option, value) -> {
            String old = before.getOrDefault(option, "");
            if (!old.equals(value)) {
                throw new InvalidInputException(folder + " has results of a run with " + option + " " + old + ", not "
                        + value + ": name another folder, or delete this one");
            }
        });
    }
}
