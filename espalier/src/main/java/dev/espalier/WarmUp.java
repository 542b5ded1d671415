// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import java.util.Random;

/**
 * Lets the Java machine compile what masks take, by writing texts of some outputs that use most of it: objects, arrays, strings with
 * patterns, formats and lengths, numbers, choices, a regular expression and a grammar. Each round compiles them anew and starts without a
 * single mask. One thread.
 */
final class WarmUp {

    private static final int TOKENS = 60;
    private static final int BUDGETED = 8;
    private static final int BUDGET = 200;

    private static final List<Output<String>> OUTPUTS = List.of(
            Output.jsonSchema("""
                    {"type":"object","properties":{"name":{"type":"string","maxLength":60},
                    "date":{"type":"string","format":"date"},"paid":{"type":"boolean"},"total":{"type":"number","minimum":0},
                    "items":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},
                    "unit":{"enum":["piece","kg","m"]}},"required":["id"],"additionalProperties":false}}},
                    "required":["name","items"],"additionalProperties":false}"""),
            Output.jsonSchema("""
                    {"type":"object","patternProperties":{"^x-":{"type":["string","null"]}},
                    "additionalProperties":{"type":"array","items":{"type":"string"},"uniqueItems":true}}"""),
            Output.jsonSchema("""
                    {"type":"array","items":{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"},"size":{"type":"integer"}},
                    "required":["kind"]},{"type":"object","properties":{"kind":{"const":"b"},"text":{"type":"string"}},
                    "required":["kind"]},{"type":"string","pattern":"^[a-z]+-[0-9]{1,4}$"}]}}"""),
            Output.jsonSchema("{}"),
            Output.regex("[A-Z][a-z]{1,20}( [a-z0-9_]{1,30}){0,40}"),
            Output.grammar("""
                    root ::= sum
                    sum ::= term (" + " term)*
                    term ::= [0-9]+ | "(" sum ")" | [a-z] [a-z0-9]*
                    """));

    private final Vocabulary vocabulary;
    private final Cancellation cancellation;

    WarmUp(Vocabulary vocabulary, Cancellation cancellation) {
        this.vocabulary = vocabulary;
        this.cancellation = cancellation;
    }

    void run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            try (OutputCompiler compiler = new OutputCompiler(vocabulary)) {
                for (Output<String> output : OUTPUTS) {
                    write(compiler.compile(output, cancellation).grammar().matcher(cancellation), new Random(round));
                }
            }
        }
    }

    /** Writes a text of tokens that are allowed, drawn at random, and asks for some masks under a budget. */
    private void write(Matcher matcher, Random random) {
        for (int step = 0; step < TOKENS && !matcher.isTerminated(); step++) {
            TokenMask mask = matcher.mask();
            if (step % BUDGETED == 0) {
                TokenMask unused = matcher.mask(BUDGET);
            }
            if (mask.isEmpty()) {
                return;
            }
            int[] ids = mask.ids();
            matcher.accept(ids[random.nextInt(ids.length)]);
        }
    }
}
