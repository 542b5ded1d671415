// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.jsonschemabench.corpus.RawJson;
import dev.espalier.schemas.options.Draft;
import java.util.Arrays;
import java.util.List;

/**
 * Tests of one schema.
 *
 * @param draft the draft whose folder they are in
 * @param file their file below that folder, {@code optional/format/date.json}
 * @param description what the schema is about
 * @param schema its text
 * @param tests documents with their expected verdicts
 */
public record SuiteGroup(Draft draft, String file, String description, String schema, List<Test> tests) {

    /**
     * A test.
     *
     * @param description what the document is about
     * @param data its text as it stands in the file
     * @param valid whether the schema allows it
     */
    public record Test(String description, @RawJson.Text String data, boolean valid) {

        /** What is not there is {@code null}. */
        public Test {
            data = data.isEmpty() ? "null" : data;
        }
    }

    private record Parsed(String description, @RawJson.Text String schema, List<Test> tests) {}

    /** Copies the list; a schema that is not there is {@code true}. */
    public SuiteGroup {
        schema = schema.isEmpty() ? "true" : schema;
        tests = List.copyOf(tests);
    }

    /** Whether the file's tests take {@code format} for an assertion. */
    boolean assertsFormats() {
        return file.startsWith("optional/format/");
    }

    /** Whether the file's tests take {@code contentEncoding} and {@code contentMediaType} for assertions. */
    boolean assertsContents() {
        return file.equals("optional/content.json");
    }

    /** Whether the file's tests take {@code dependencies} for a keyword also where the draft has replaced it. */
    boolean keepsDependencies() {
        return file.equals("optional/dependencies-compatibility.json");
    }

    /** Which part of the suite it is of: {@code required}, {@code optional} or {@code optional/format}. */
    String part() {
        return assertsFormats() ? "optional/format" : file.startsWith("optional/") ? "optional" : "required";
    }

    /**
     * The groups of one file.
     *
     * @throws dev.espalier.core.error.InvalidInputException if it is no test file
     */
    public static List<SuiteGroup> read(Draft draft, String file, String text) {
        return Arrays.stream(RawJson.read(text, file, Parsed[].class))
                .map(group -> new SuiteGroup(draft, file, group.description, group.schema, group.tests))
                .toList();
    }
}
