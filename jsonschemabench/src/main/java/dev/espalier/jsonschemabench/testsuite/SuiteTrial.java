// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.judge.Recogniser;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.testsuite.SuiteResult.Verdict;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.ExtraKeyword;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the documents of one group after another. A schema that allows nothing at all is, to the engine, an error; as a
 * recogniser it accepts no document. Keywords that the engine can only check when a text is finished are let pass: its
 * verdict is right all the same. Thread-safe.
 */
final class SuiteTrial {

    private final SchemaCompiler schemas = new SchemaCompiler();
    private final Map<String, String> remotes;
    private final Limits limits;

    SuiteTrial(Map<String, String> remotes, Limits limits) {
        this.remotes = remotes;
        this.limits = limits;
    }

    /** The results of a group's tests; whatever is thrown becomes part of them. */
    List<SuiteResult> run(SuiteGroup group) {
        SchemaOptions options = SchemaOptions.CHECKING
                .withDefaultDraft(group.draft())
                .withFormats(group.assertsFormats())
                .withContents(group.assertsContents())
                .withExtraKeywords(
                        group.keepsDependencies()
                                ? new ExtraKeyword[] {ExtraKeyword.DEPENDENCIES}
                                : new ExtraKeyword[0])
                .withDocuments(remotes)
                .withLimits(limits)
                .allow(Enforcement.CHECKED_AT_END);
        Optional<Recogniser> language;
        try {
            language = Optional.of(
                    new Recogniser(schemas.compile(group.schema(), options).automaton()));
        } catch (UnsatisfiableException nothing) {
            language = Optional.empty();
        } catch (EspalierException | StackOverflowError e) {
            List<Reason> reasons = new Obstacles(schemas, options).of(group.schema(), e);
            return group.tests().stream()
                    .map(test -> new SuiteResult(group, test, Verdict.REFUSED, reasons))
                    .toList();
        }
        List<SuiteResult> results = new ArrayList<>();
        for (SuiteGroup.Test test : group.tests()) {
            results.add(judged(group, test, language));
        }
        return results;
    }

    private static SuiteResult judged(SuiteGroup group, SuiteGroup.Test test, Optional<Recogniser> language) {
        try {
            boolean accepted =
                    language.isPresent() && language.get().accepts(test.data().getBytes(StandardCharsets.UTF_8));
            Verdict wrong = accepted ? Verdict.WRONG_ACCEPT : Verdict.WRONG_REFUSE;
            return new SuiteResult(group, test, accepted == test.valid() ? Verdict.PASS : wrong, List.of());
        } catch (EspalierException | StackOverflowError e) {
            return new SuiteResult(group, test, Verdict.REFUSED, List.of(Obstacles.reason(e)));
        }
    }
}
