package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.schemas.options.Draft;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of one test.
 *
 * @param group the schema's group
 * @param test the test
 * @param verdict how it ended
 * @param reasons why it was refused
 */
record SuiteResult(SuiteGroup group, SuiteGroup.Test test, Verdict verdict, List<Reason> reasons) {

    /** How a test ended. */
    enum Verdict {
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

    SuiteResult {
        reasons = List.copyOf(reasons);
    }

    /** One line of JSON. */
    String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("draft", folder(group.draft())).put("file", group.file()).put("group", group.description());
        node.put("test", test.description()).put("valid", test.valid()).put("verdict", verdict.text());
        Reason.write(reasons, node.putArray("reasons"));
        if (verdict.isWrong()) {
            node.put("schema", group.schema()).put("data", test.data());
        }
        return node.toString();
    }

    /** The name of a draft as the suite's folders have it. */
    static String folder(Draft draft) {
        return draft.name().toLowerCase(Locale.ROOT).replace("draft_", "draft").replace('_', '-');
    }
}
