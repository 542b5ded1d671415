// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.schemas.options.Draft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of one test.
 *
 * @param group the schema's group
 * @param test the test
 * @param verdict how it ended
 * @param reasons why it was refused
 */
public record SuiteResult(SuiteGroup group, SuiteGroup.Test test, Verdict verdict, List<Reason> reasons) {

    /** How a test ended. */
    public enum Verdict {
        /** The engine's verdict is the expected one. */
        PASS,
        /** The engine gave none: it cannot keep the schema exactly, or ran into a limit. */
        REFUSED,
        /** The engine accepts a document that the schema does not allow. */
        WRONG_ACCEPT,
        /** The engine does not accept a document that the schema allows. */
        WRONG_REFUSE;

        boolean isWrong() {
            return this == WRONG_ACCEPT || this == WRONG_REFUSE;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    public SuiteResult {
        reasons = List.copyOf(reasons);
    }

    /** One line of JSON. */
    String toJson() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("draft", folder(group.draft()));
        line.put("file", group.file());
        line.put("group", group.description());
        line.put("test", test.description());
        line.put("valid", test.valid());
        line.put("verdict", verdict);
        line.put("reasons", reasons);
        if (verdict.isWrong()) {
            line.put("schema", group.schema());
            line.put("data", test.data());
        }
        return ResultJson.write(line);
    }

    /** The test's file, below the folder of all drafts. */
    String path() {
        return folder(group.draft()) + "/" + group.file();
    }

    /** The name of a draft as the suite's folders have it. */
    static String folder(Draft draft) {
        return draft.name().toLowerCase(Locale.ROOT).replace("draft_", "draft").replace('_', '-');
    }
}
