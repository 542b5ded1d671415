// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Bundled;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * All hard cases, always the same. Immutable.
 *
 * @param cases the cases, no two of one name
 */
public record HardCases(List<HardCase> cases) {

    /** Copies the list. */
    public HardCases {
        cases = List.copyOf(cases);
    }

    /** All of them. Cost: some megabytes of text are read. */
    public static HardCases all() {
        return new HardCases(Bundled.text(HardCases.class, "cases.jsonl.gz")
                .lines()
                .map(line -> ResultJson.read(JsonMapper.shared().readTree(line), HardCase.class))
                .toList());
    }

    /**
     * Those whose names contain one of some parts.
     *
     * @throws InvalidInputException if a part is in no name
     */
    public HardCases named(List<String> parts) {
        for (String part : parts) {
            if (cases.stream().noneMatch(each -> each.name().contains(part))) {
                List<String> names = cases.stream().map(HardCase::name).toList();
                throw new InvalidInputException("no case is called " + part + "; there are " + names);
            }
        }
        return new HardCases(cases.stream()
                .filter(each -> parts.stream().anyMatch(each.name()::contains))
                .toList());
    }

    /**
     * Writes a file {@code NAME.json} for each.
     *
     * @throws InvalidInputException if that fails
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (HardCase each : cases) {
                Files.writeString(folder.resolve(each.name() + ".json"), ResultJson.write(each) + "\n");
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        }
    }
}
