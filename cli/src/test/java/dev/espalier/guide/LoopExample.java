// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.core.Limits;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

final class LoopExample {

    // guide: begin
    static String decode(Vocabulary vocabulary, String gbnf, ToIntFunction<long[]> sampleUnderMask) {
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary, Limits.DEFAULT)) {
            CompiledGrammar grammar = compiler.compile(new GbnfReader().read(gbnf)); // for many sequences and threads
            Matcher matcher = grammar.matcher(); // for one sequence
            long[] mask = new long[(vocabulary.size() + 63) / 64];
            while (!matcher.isTerminated()) {
                matcher.fillMask(mask); // bit id & 63 of word id >> 6
                matcher.accept(sampleUnderMask.applyAsInt(mask)); // logits, mask, choice
            }
            return new String(vocabulary.decode(matcher.tokens()), StandardCharsets.UTF_8);
        }
    }
    // guide: end

    private LoopExample() {}
}
