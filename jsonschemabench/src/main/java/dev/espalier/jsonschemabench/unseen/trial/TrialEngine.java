// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Kind;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Reading;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The compilers that all inputs of one machine share, as requests to a server do. Thread-safe. */
final class TrialEngine {

    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader patterns = new RegexReader();
    private final SchemaCompiler schemas = new SchemaCompiler();
    private final GrammarCompiler grammars;
    private final Limits limits;

    TrialEngine(Vocabulary vocabulary, TrialSettings settings) {
        limits = Limits.DEFAULT
                .withCompileDeadline(Duration.ofMillis(settings.compileMillis()))
                .withStepDeadline(Duration.ofMillis(settings.stepMillis()));
        grammars = new GrammarCompiler(vocabulary, limits);
    }

    Limits limits() {
        return limits;
    }

    /** How a schema is read. */
    SchemaOptions options(Reading reading) {
        SchemaOptions options = switch (reading) {
            case DECLARED -> SchemaOptions.DEFAULT;
            case ANY_ORDER ->
                SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY).withWhiteSpace(WhiteSpace.ANY.around());
            case CHECKING -> SchemaOptions.CHECKING;
        };
        return options.allow(Enforcement.CHECKED_AT_END).withLimits(limits);
    }

    /** Whether nothing of an input is left to a check when a text is finished. */
    boolean isExact(TrialRequest request) {
        if (request.kind() != Kind.SCHEMA) {
            return true;
        }
        try {
            SchemaOptions all = options(request.reading()).allow(Enforcement.EXACT);
            schemas.compile(request.source(), all, new WorkBudget(limits, new Cancellation()));
            return true;
        } catch (UnsupportedFeatureException e) {
            return false;
        }
    }

    /**
     * The language of an input.
     *
     * @throws dev.espalier.core.error.EspalierException as the readers and compilers say
     */
    CompiledGrammar compile(TrialRequest request, Reading reading, WorkBudget budget) {
        String source = request.source();
        return switch (request.kind()) {
            case SCHEMA ->
                grammars.compile(
                        schemas.compile(source, options(reading), budget).automaton());
            case GRAMMAR ->
                grammars.compile(AutomatonCompiler.compile(
                        gbnf.read("", source.getBytes(StandardCharsets.UTF_8), budget), Map.of(), budget));
            case PATTERN ->
                grammars.compile(AutomatonCompiler.compile(
                        Grammar.of(patterns.read(source, RegexReader.Mode.FULL, budget)), Map.of(), budget));
        };
    }
}
