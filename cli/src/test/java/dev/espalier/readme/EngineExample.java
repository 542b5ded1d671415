// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.core.Limits;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

final class EngineExample {

    // README: engine
    static byte[] decode(Path tokenizerJson, String gbnf, ToIntFunction<long[]> sampleUnderMask) {
        Vocabulary vocabulary = Vocabulary.read(tokenizerJson);
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary, Limits.DEFAULT)) {
            CompiledGrammar grammar = compiler.compile(new GbnfReader().read(gbnf));
            Matcher matcher = grammar.matcher(); // one sequence; fork() copies it, rollback(n) takes tokens back
            long[] mask = new long[(vocabulary.size() + 63) / 64];
            while (!matcher.isTerminated()) {
                matcher.fillMask(mask); // bit id & 63 of word id >> 6
                matcher.accept(sampleUnderMask.applyAsInt(mask)); // your engine: logits, mask, choice
            }
            return vocabulary.decode(matcher.tokens());
        }
    }
    // end

    private EngineExample() {}
}
