// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.Syntax;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.Map;

/** Compiles one case with readers, compilers and a store that have seen nothing before, as the first of a process. One thread. */
public final class CaseCompiler implements AutoCloseable {

    private final Limits limits;
    private final GrammarCompiler grammars;

    /** A compiler with an empty store. */
    public CaseCompiler(Vocabulary vocabulary, Limits limits) {
        this.limits = limits;
        this.grammars = new GrammarCompiler(vocabulary, limits);
    }

    /** The language of a case, members of objects in any order; throws what the readers and compilers of its kind throw. */
    public CompiledGrammar compile(HardCase source) {
        return switch (source.kind()) {
            case SCHEMA ->
                grammars.compile(
                        new SchemaCompiler().compile(source.source(), options()).automaton());
            case SPANS -> spans("exact", source.source());
            case FOLDED_SPANS -> spans("folded", source.source());
            case REGEX -> grammars.compile(Grammar.of(new RegexReader().read(source.source(), RegexReader.Mode.FULL)));
            default -> grammar(source.kind().dialect().newReader().read(source.source(), budget()));
        };
    }

    private CompiledGrammar spans(String match, String source) {
        String schema = "{\"type\":\"string\",\"x-from-source\":{\"match\":\"" + match + "\"}}";
        return grammars.compile(new SchemaCompiler()
                .compile(schema, options().withSource(source))
                .automaton());
    }

    private CompiledGrammar grammar(Syntax grammar) {
        return grammars.compile(AutomatonCompiler.compile(grammar, Map.of(), budget()));
    }

    private WorkBudget budget() {
        return new WorkBudget(limits, new Cancellation());
    }

    private SchemaOptions options() {
        return InstanceText.OFFICIAL.options().withMemberOrder(MemberOrder.ANY).withLimits(limits);
    }

    /** Estimated bytes of the caches now. */
    long cacheBytes() {
        return grammars.cacheBytes();
    }

    /** Empties the caches. */
    @Override
    public void close() {
        grammars.close();
    }
}
