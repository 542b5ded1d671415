package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.jsonschemabench.corpus.RawJson;
import dev.espalier.schemas.options.Draft;
import java.util.ArrayList;
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
    public record Test(String description, String data, boolean valid) {}

    /** Copies the list. */
    public SuiteGroup {
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
        List<SuiteGroup> groups = new ArrayList<>();
        RawJson.read(text, file, json -> json.items(() -> groups.add(new Reader(json).group(draft, file))));
        return groups;
    }

    private static final class Reader {

        private final RawJson json;
        private String description = "";
        private String schema = "true";
        private final List<Test> tests = new ArrayList<>();
        private String test = "";
        private String data = "null";
        private boolean valid;

        Reader(RawJson json) {
            this.json = json;
        }

        SuiteGroup group(Draft draft, String file) {
            json.members(name -> {
                switch (name) {
                    case "description" -> description = json.string();
                    case "schema" -> schema = json.slice();
                    case "tests" -> json.items(this::test);
                    default -> {}
                }
            });
            return new SuiteGroup(draft, file, description, schema, tests);
        }

        private void test() {
            json.members(name -> {
                switch (name) {
                    case "description" -> test = json.string();
                    case "data" -> data = json.slice();
                    case "valid" -> valid = json.isTrue();
                    default -> {}
                }
            });
            tests.add(new Test(test, data, valid));
        }
    }
}
