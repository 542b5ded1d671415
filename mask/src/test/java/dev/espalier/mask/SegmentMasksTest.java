// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Masks that are put together from upper parts of sets of stacks, bit for bit against every token read byte by byte from the whole
 * set: tokens that end many frames, stacks much deeper than any upper part, upper parts of few sets.
 */
class SegmentMasksTest implements CountedTrials {

    private record Language(String name, String alphabet, String grammar) {}

    private static final List<Language> LANGUAGES = List.of(
            new Language("operators", "ab+*-(),[] .", """
                    root    ::= call (";" call)*
                    call    ::= sum
                    sum     ::= product (sp ("+" | "-") sp product)*
                    product ::= power (sp "*" sp power)*
                    power   ::= postfix ("**" power)?
                    postfix ::= atom ("." word | "(" sp (args sp)? ")" | "[" sum "]")*
                    args    ::= arg (sp "," sp arg)*
                    arg     ::= word "=" sum | sum
                    atom    ::= word | "(" sp sum (sp "," sp sum)* sp ")" | "[" (sum sp)? "]"
                    word    ::= "a" ("b" [ab]+)? | "b" [ab]*
                    sp      ::= " "*
                    """),
            new Language("left recursion", "ab+*()!", """
                    root ::= e "!"?
                    e    ::= e "+" t | t
                    t    ::= t "*" f | f
                    f    ::= "(" e ")" | n | "a" f
                    n    ::= [ab]+ | n "!" n
                    """),
            new Language("ambiguity", "ab()+", """
                    root ::= e
                    e    ::= e "+" e | e e | "(" e ")" | "a" | b
                    b    ::= "b" b? | "b"
                    """),
            new Language("alternatives below", "ab(){}, ", """
                    root  ::= value
                    value ::= one | two | leaf
                    one   ::= "(" value ("," " "? value)* ")"
                    two   ::= "(" value " "* ")" | "{" value "}" tail?
                    tail  ::= " " leaf
                    leaf  ::= "a"+ | "a" "b"* | one
                    """),
            new Language("counters", "ab(),", """
                    root ::= list
                    list ::= "(" item{1,40} ")" | "(" (item ","){2,30} "b"? ")"
                    item ::= word | list
                    word ::= [ab]{1,60} | ("ab" "a"?){3,50}
                    """),
            new Language("right recursion", "ab?:(", """
                    root ::= c
                    c    ::= w ("?" c ":" c)? | "(" c ")"?
                    w    ::= "a" w? | "b"
                    """));

    private static final List<Integer> SETS = List.of(1, 2, 3, 5, 64);
    private static final List<Integer> STORED = List.of(1, 3, 256);
    private static final List<Integer> MERGED = List.of(0, 5, 4_000);

    private static final int TRIALS = 80;

    private long masks;

    @RandomTrials(TRIALS)
    void masksOfUpperPartsAreThoseOfWholeSets(long seed) {
        masks += walk(LANGUAGES.get((int) (seed % LANGUAGES.size())), seed, 80);
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 10 * TRIALS, "only " + masks + " masks");
    }

    private static int walk(Language language, long seed, int steps) {
        Random random = new Random(seed);
        Vocabulary vocabulary = RandomVocabulary.complete(random, 150, language.alphabet(), 2 + random.nextInt(12));
        Tuning tuning = new Tuning(
                random.nextInt(2) * 100,
                MERGED.get(random.nextInt(MERGED.size())),
                1 + random.nextInt(9),
                random.nextInt(4) > 0,
                STORED.get(random.nextInt(STORED.size())),
                SETS.get(random.nextInt(SETS.size())),
                random.nextInt(3) == 0 ? 1 : 24L << 20);
        CompiledGrammar grammar = new GrammarCompiler(
                        vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning)
                .compile(new GbnfReader().read(language.grammar()));
        Stepper stepper = new Stepper(Limits.DEFAULT);
        Matcher matcher = grammar.matcher();
        StackSet set = grammar.start();
        String opening = language.alphabet().replaceAll("[^(\\[{a]", "");
        for (int step = 0; step < steps; step++) {
            String where = language.name() + ", seed " + seed + ", step " + step + ", " + tuning;
            int[] expected = allowed(vocabulary, stepper, set);
            assertArrayEquals(expected, matcher.mask().ids(), where);
            int[] words = IntStream.of(expected)
                    .filter(id -> !vocabulary.isSpecial(id))
                    .toArray();
            if (words.length == 0) {
                return step + 1;
            }
            int token = words[random.nextInt(words.length)];
            for (int i = 0; i < 3 && step < steps / 2 && !opens(vocabulary, token, opening); i++) {
                token = words[random.nextInt(words.length)];
            }
            matcher.accept(token);
            set = after(vocabulary, stepper, set, token);
            assertEquals(stepper.results(set).length > 0, matcher.isAccepting(), where);
        }
        return steps;
    }

    private static boolean opens(Vocabulary vocabulary, int token, String opening) {
        ByteString bytes = vocabulary.bytes(token);
        return opening.indexOf(bytes.at(bytes.length() - 1)) >= 0;
    }

    private static int[] allowed(Vocabulary vocabulary, Stepper stepper, StackSet set) {
        boolean mayEnd = stepper.results(set).length > 0;
        return IntStream.range(0, vocabulary.size())
                .filter(id -> vocabulary.isSpecial(id)
                        ? mayEnd && vocabulary.isEnd(id)
                        : vocabulary.bytes(id).length() > 0
                                && !after(vocabulary, stepper, set, id).isEmpty())
                .toArray();
    }

    private static StackSet after(Vocabulary vocabulary, Stepper stepper, StackSet set, int token) {
        ByteString bytes = vocabulary.bytes(token);
        StackSet after = set;
        for (int i = 0; i < bytes.length() && !after.isEmpty(); i++) {
            after = stepper.step(after, bytes.at(i));
        }
        return after;
    }
}
