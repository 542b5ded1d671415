// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.TestData;
import dev.espalier.mask.stats.MaskStats;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mask inside a JSON string costs with real vocabularies: counted in trie nodes, so that no machine matters. */
class JsonStringTest {

    @ParameterizedTest
    @CsvSource({"gpt2, 56", "llama2, 69", "llama3_1, 576", "qwen3, 577", "gemma3, 317"})
    void stringsVisitFewNodesAndOtherGrammarsNone(String name, int residualStrings) {
        Vocabulary vocabulary = Vocabulary.read(TestData.tokenizer(name));
        GrammarCompiler compiler = new GrammarCompiler(vocabulary);
        Matcher any = compiler.compile(JsonText.grammar(JsonText.ANY)).matcher();
        JsonText.read(any, "{\"name\": \"Ada");
        TokenMask inside = any.mask();
        MaskStats first = any.lastStats();
        assertTrue(first.visited() <= 1_000, first + " nodes");
        assertEquals(1, first.storeMisses());

        Matcher person = compiler.compile(JsonText.grammar(JsonText.PERSON)).matcher();
        JsonText.read(person, "{\"age\":36,\"name\":\"Ada");
        TokenMask other = person.mask();
        MaskStats second = person.lastStats();
        assertEquals(0, second.nodes());
        assertEquals(1, second.storeHits());
        assertTrue(other.count() < inside.count());
        assertSame(other, person.mask());
        assertTrue(person.lastStats().remembered());
        System.out.println(name + ": inside a JSON string " + inside.count() + " tokens, " + first.nodes() + " + "
                + first.residualNodes() + " nodes; in another grammar " + second.nodes() + " + "
                + second.residualNodes());
    }
}
