// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.antlr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.antlr.AntlrReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grammar files of ANTLR beside ANTLR's own lexers and parsers. */
class AntlrReaderTest implements CountedTrials {

    private static final int LONGEST = 5;

    /** As deep as the texts nest. */
    private static final int NESTING = 5;

    /** So many texts have at most four of four characters. */
    private static final int SHORT = 341;

    @TempDir
    private Path folder = Path.of(".");

    private final AntlrReader reader = new AntlrReader();
    private int compared;
    private int sentences;
    private int nested;

    /** A grammar, the characters of its texts, and some longer texts. */
    private record Case(String name, String grammar, String alphabet, List<String> texts) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(
                        "keywords and names",
                        """
                        grammar G;
                        s : ('if' NAME | NAME '=' NAME) ';' ;
                        NAME : [a-z]+ ;
                        BLANK : ' '+ -> skip ;
                        """,
                        "if =;",
                        List.of("if x;", "ifx;", "ifx=if;", "x=iffy;", "if if;", "a = b ;")),
                new Case(
                        "comments end as soon as they can",
                        """
                        grammar G;
                        s : 'a'* EOF ;
                        COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;
                        LINE : '//' ~[\\n]* -> skip ;
                        """,
                        "a/*\n",
                        List.of("/**/a/***/", "/*a*/a*/", "//*a\na", "/*/a*/a", "a//\n/**/a")),
                new Case(
                        "an operator of every kind",
                        """
                        grammar G;
                        s : e EOF ;
                        e : e '!' | '-' e | <assoc=right> e '^' e | e '+' e | e '?' e ':' e | 'x' | '(' e ')' ;
                        """,
                        "x-+!",
                        List.of("-x^-x+x!", "x?x:x?x:x", "(x?-x!:x)^x", "x+-x^x", "x^", "-!x", "(x?x)")),
                new Case("any token, and any but some", """
                        grammar G;
                        s : . ~('a' | B) 'a'? EOF ;
                        B : 'b' ;
                        C : 'c' 'c'? ;
                        """, "abc", List.of("acca", "ccb", "bccca")),
                new Case(
                        "the end of the text in the middle of rules",
                        """
                        grammar G;
                        s : l+ t? ;
                        l : 'a' ('\\n' 'c'? | EOF) ;
                        t : 'b' 'b'? | EOF ;
                        """, // not in sets of tokens: there the interpreter does not know it
                        "abc\n",
                        List.of("a\na", "a\na\n", "a\nab", "a\nb")),
                new Case(
                        "comments that end with the line or the text",
                        """
                        grammar G;
                        s : (A | '/' | HASH | LAST)* EOF ;
                        A : 'a' ;
                        LINE : '//' .*? ('\\n' | EOF) -> skip ;
                        HASH : '#' 'a'* ;
                        HASHES : '#' 'a'* '#' EOF -> channel(HIDDEN) ;
                        LAST : '/a' ('/' | EOF) ;
                        """,
                        "a/#\n",
                        List.of("a//\na//", "#a#", "#a#a", "//aa//", "/a//a")),
                new Case(
                        "case, sets and escapes",
                        """
                        grammar G;
                        options { caseInsensitive = true; }
                        s : ('let' | ID | X)* EOF ;
                        ID : [a-c\\u{e9}\\-\\]]+ ;
                        X options { caseInsensitive = false; } : 'x' ~[a-z\\p{Lu}] ;
                        """,
                        "leTÉ",
                        List.of("LEt", "É-]", "x1", "X1", "xA", "xÉ", "Let-let")),
                new Case(
                        "case that is ignored between the ends of ranges only",
                        """
                        grammar G;
                        options { caseInsensitive = true; }
                        s : (A | B | C | D)* EOF ;
                        A : '1' [ -a] ;
                        B : '2' [\\p{Lu}à-ÿ] ;
                        C : '3' 'X'..'z' ;
                        D : '4' ~[à-å] ;
                        """,
                        "1bBX",
                        List.of(
                                "1a", "1A", "2A", "2a", "2é", "2É", "2Ā", "2ÿ", "2Ÿ", "3_", "3y", "3Y", "3a", "4Á",
                                "4á")),
                new Case(
                        "strings that are rules, and strings that are not",
                        """
                        grammar G;
                        s : ('a' | A '!' | 'b' B | C? 'c' | '\\u0064' 'd' D?)* EOF ;
                        A options { caseInsensitive = true; } : 'a' ;
                        B : 'b' ;
                        C : 'c' -> skip ;
                        D : '\\u{64}' ;
                        """,
                        "aAb!",
                        List.of("aA!bb", "a!", "c", "d", "dd", "ddd")),
                new Case(
                        "rules of the lexer that end with themselves",
                        """
                        grammar G;
                        s : (WORD | NUMBER | LINE)* EOF ;
                        WORD : [ab] WORD | [ab] ;
                        NUMBER : '1' (D | NUMBER '!')? ;
                        fragment D : [0-9] E | '.' ;
                        fragment E : [0-9] D | 'e' | NUMBER ;
                        LINE : '#' (~'\\n' LINE_REST)? ;
                        fragment LINE_REST : (~'\\n' LINE_REST | ~'\\n')? ;
                        """,
                        "ab1.",
                        List.of("abba", "10.", "100.", "1001e", "10001.b1", "#a1.#", "##\na", "11!", "1111!!")),
                new Case(
                        "comments in comments",
                        """
                        grammar G;
                        s : 'a'* EOF ;
                        C : '/*' (C | .)*? '*/' -> skip ;
                        """,
                        "a/*",
                        List.of(
                                "/*/**/*/",
                                "/*/**/",
                                "/*/**/a*/a",
                                "/*/*/**/*/*/a",
                                "/**/*/",
                                "/*/*/**/a*/*/*/",
                                "/*/*/*/*/*/*/*/",
                                "a/*a/*b*/c/*d*/e*/",
                                "/*/*/*/**/*/a",
                                "/*/**/a/**/",
                                "/*/**/a/*a",
                                "/***/",
                                "/*/*/*/*")),
                new Case(
                        "brackets in brackets, of two kinds",
                        """
                        grammar G;
                        s : (X | '[' | 'a')* EOF ;
                        X : '[' (X | Y | ~[[()\\]])* ']' ;
                        fragment Y : '(' (X | Y | ~[[()\\]])+ ')' ;
                        """,
                        "[]()a",
                        List.of("[[]]", "[([a])]", "[(a(a))[]]", "[[[[a]]]]", "[(]", "[[a]", "[a[", "[(()a)]")),
                new Case(
                        "brackets that are also other characters",
                        """
                        grammar G;
                        s : (X | '[' | ']' | 'a')* EOF ;
                        X : '[' (X | ~']')* ']' ;
                        """,
                        "[]a",
                        List.of("[[]]", "[[]", "[[[[]]]", "[[][]]]", "[a[a]a]a")),
                new Case(
                        "strings with expressions that have strings",
                        """
                        grammar G;
                        s : (S | 'a' | '+')* EOF ;
                        S : '"' (~["$] | '${' E '}')*? '"' ;
                        fragment E : ('a' | S) ('+' E)? ;
                        """,
                        "\"$a",
                        List.of(
                                "\"${a}\"",
                                "\"${\"a\"}\"",
                                "\"${a+\"${a}\"+a}\"",
                                "\"${\"}\"",
                                "\"a${\"${\"${a}\"}\"}\"+a",
                                "\"$")),
                new Case(
                        "surrogates are no characters, but two of them are one",
                        """
                        grammar G;
                        s : (WORD | SMILE)* EOF ;
                        WORD : ~[\\u0000-\\u007F\\uD800-\\uDBFF😀] | [\\uD800-\\uDBFF] [\\uDC00-\\uDFFF] | 'a' ;
                        SMILE : '\\uD83D\\uDE00' '!' ;
                        """,
                        "a",
                        List.of("😀", "😀!", "é", "€a", "😁!", "😁")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void textsAreThoseThatAntlrAccepts(Case given) {
        AntlrVerdicts verdicts = Objects.requireNonNull(AntlrVerdicts.of(given.grammar, "s"), given.name);
        List<String> texts = new ArrayList<>(texts(given.alphabet));
        texts.addAll(given.texts);
        compare(given.grammar, verdicts, texts);
        assertTrue(sentences > 0, given.grammar);
    }

    /** Whole files in which the start rule is s, with ways to write that decide nothing, or nothing that is not written elsewhere as well. */
    static List<String> spellings() {
        return List.of(
                "grammar G; s: 'a' (: 'b')? EOF;",
                "grammar G; s: 'a' (options { k = 1; } : 'b' | 'a')* EOF;",
                "grammar G; s: (() | 'a') ('b' | ) EOF; ",
                "grammar G; s locals [String[] a] : 'a' 'b'? EOF;",
                "grammar G; s returns [int[] a = new int[] {']'}, String b = \"]\"] : 'a' x[new int[] {1}] EOF; x[int[] y] : 'b'?;",
                "grammar G; s: x[a[0]] EOF; x [int[] y] returns [int z] locals [int[][] w] : 'a' | 'b';",
                "grammar G; s: 'a' <a.b> 'b'<x=y>? EOF<> ;",
                "grammar G; s: <p=3> 'a' {act();} <fail='no'> EOF;",
                "grammar G; tokens { A, B } s: 'a' 'b'? EOF ;",
                "grammar G; tokens { } channels { } s: 'a' 'b'? EOF ;".replace("channels { } ", ""),
                "grammar G; options { } s: 'a' 'b'? EOF ;",
                "grammar G; options { superClass = a.b.C; language = 'Java'; k = 2; x = {y}; } s: 'a' 'b'? EOF ;"
                        .replace("k = 2; x = {y}; ", ""),
                "grammar G; @parser::members { /* } */ // }\n } @lexer::header { '}' \"}\" } s @init { \\{ } @after { {} } : 'a' EOF ;",
                "grammar G; s: x+='a' (y+='b' | y+=('a' | 'b'))* z=. EOF ;",
                "grammar G; s: x=('a' | 'b') y=~'b'* EOF ;",
                "grammar G; s: ~('c' | B) ~A? EOF ; A: 'a' ; B: 'b' ; C: 'c' ;",
                "grammar G; s: 'a' # one | 'b' 'b' # two ;",
                "grammar G; s throws e, f : 'a' EOF ; catch [e e] { } finally { }",
                "grammar G; s: 'a' | ; finally { }",
                "/** doc */ grammar G; /** doc */ s: 'a' /* c */ // d\n 'b'? EOF ;",
                "grammar G; s: A* EOF ; fragment X : 'a' ; A options { caseInsensitive = true; } : (options { k = 1; } : X | 'b') ;"
                        .replace("(options { k = 1; } : X | 'b')", "(X | 'b')"),
                "grammar G; s: A EOF ; A : ('a' | 'b' | ) 'b' | 'a'..'b' 'a' ;",
                "grammar G; s: A EOF ; A : ([a] | 'b'..'b')+ -> channel(0) ;",
                "grammar G; s: (A | B) EOF ; A : 'a' -> mode(DEFAULT_MODE), channel(DEFAULT_TOKEN_CHANNEL) ; B : 'b' -> more ;");
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void allThatAntlrCanWriteIsRead(String grammar) {
        AntlrVerdicts verdicts = Objects.requireNonNull(AntlrVerdicts.of(grammar, "s"), grammar);
        compare(grammar, verdicts, texts("ab"));
        assertTrue(sentences > 0, grammar);
    }

    @Test
    void filesMayImportEachOther(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.g4"), "grammar a; import b, c; s: x EOF; y: 'y';");
        Files.writeString(folder.resolve("b.g4"), "grammar b; import a, d; x: y z? w; y: 'z';");
        Files.writeString(folder.resolve("c.g4"), "grammar c; import d, c; z: 'c'; w: 'd'?; x: 'c';");
        Files.writeString(folder.resolve("d.g4"), "grammar d; import b; w: 'w'; z: 'd';");
        String text = Files.readString(folder.resolve("a.g4"));
        AntlrVerdicts verdicts = Objects.requireNonNull(AntlrVerdicts.of(folder, text, "s"));
        compare(text, GrammarOptions.DEFAULT.withFolder(folder), verdicts, texts("yzwcd"));
        assertTrue(sentences > 1, sentences + " sentences");
    }

    /** ANTLR refuses these rules; they are those of the same grammar without them. */
    @Test
    void rulesOfTheLexerThatBeginWithThemselvesAreRegular() {
        String[][] pairs = {
            {"A: A [a-b] | 'c';", "A: 'c' [a-b]*;"},
            {"A: (A | 'a') 'b' | 'c' 'c';", "A: ('a' 'b' | 'c' 'c') 'b'*;"},
            {"A: A? 'a' | 'b';", "A: ('a' | 'b') 'a'*;"},
            {
                "A: B 'a' | 'c'; fragment B: A 'b' | C | 'b'; fragment C: C 'c' | B 'a' | A 'a' 'a' | 'b';",
                "A: ('c' | X 'a') ('b' Y 'a' | 'a' 'a' 'c'* Y 'a')*; fragment X: ('b' | 'b' 'c'*) Y; fragment Y: ('a' 'c'*)*;"
            },
        };
        for (String[] pair : pairs) {
            String grammar = "grammar G; s: (A 'x'?)* EOF;";
            AntlrVerdicts verdicts = Objects.requireNonNull(AntlrVerdicts.of(grammar + pair[1], "s"));
            compare(grammar + pair[0], verdicts, texts("abcx"));
        }
        assertTrue(sentences > 100, sentences + " sentences");
    }

    @Test
    void rulesOfTheLexerThatBeginWithThemselvesAndCallThemselvesElsewhereAreRefused() {
        for (String rules :
                List.of("A: A A | 'a';", "A: 'b'? A 'a' | 'c';", "A: B 'a'; fragment B: A | '(' A ')' | 'x';")) {
            assertThrows(
                    UnsupportedFeatureException.class,
                    () -> reader.read("grammar G; s: A; " + rules, GrammarOptions.DEFAULT, WorkBudget.standard()),
                    rules);
        }
    }

    @Test
    void aParserReadsItsLexerAndModesLieOnEachOther(@TempDir Path folder) throws IOException {
        String lexer = """
                lexer grammar L;
                OPEN : '"' -> more, pushMode(TEXT) ;
                A : 'a' ;
                B : 'b' -> popMode ;
                C : 'c' -> mode(OTHER) ;
                mode TEXT;
                CLOSE : '"' -> type(STRING), popMode ;
                ESCAPE : '\\\\' . -> more ;
                ANY : . -> more ;
                mode OTHER;
                BACK : 'b' -> mode(DEFAULT_MODE) ;
                A2 : 'a' -> type(A) ;
                """.replace("lexer grammar L;", "lexer grammar L;\ntokens { STRING }");
        String parser = "parser grammar P; options { tokenVocab = L; } s : (A | STRING | C | BACK)* EOF ;";
        Files.writeString(folder.resolve("L.g4"), lexer);
        GrammarOptions options = GrammarOptions.DEFAULT.withFolder(folder);
        AntlrVerdicts verdicts =
                Objects.requireNonNull(AntlrVerdicts.of(lexer, parser.replace("options { tokenVocab = L; }", ""), "s"));
        compare(parser, options, verdicts, texts("ab\"c\\"));
        assertTrue(sentences > 100, sentences + " sentences");
    }

    @Test
    void modesLieOnEachOtherWithoutBoundUpToALimit(@TempDir Path folder) throws IOException {
        String lexer = """
                lexer grammar L;
                OPEN : '"' -> pushMode(TEXT) ;
                A : 'a' ;
                BRACE : '{' -> pushMode(DEFAULT_MODE) ;
                CLOSE_BRACE : '}' -> popMode ;
                mode TEXT;
                CLOSE : '"' -> popMode ;
                ESCAPE : '{' -> pushMode(DEFAULT_MODE) ;
                ANY : 'a' ;
                """;
        String parser = "parser grammar P; options { tokenVocab = L; } s : e* EOF ; e : A | BRACE e* CLOSE_BRACE"
                + " | OPEN (ANY | ESCAPE e* CLOSE_BRACE)* CLOSE ;";
        Files.writeString(folder.resolve("L.g4"), lexer);
        GrammarOptions options = GrammarOptions.DEFAULT.withFolder(folder);
        AntlrVerdicts verdicts =
                Objects.requireNonNull(AntlrVerdicts.of(lexer, parser.replace("options { tokenVocab = L; }", ""), "s"));
        List<String> texts = texts("a\"{}");
        texts.addAll(List.of("\"{\"a\"}\"", "{{{a}}}", "\"{\"{a}\"}{a}\"", "{\"{a}}\""));
        compare(parser, options, verdicts, texts);
        assertTrue(sentences > 20, sentences + " sentences");
        LexedGrammar grammar = reader.read(parser, options, WorkBudget.standard());
        int levels = grammar.stackedModes().orElseThrow();
        PushdownAutomaton automaton = AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard());
        assertTrue(accepts(automaton, "{".repeat(levels) + "}".repeat(levels)));
        assertFalse(accepts(automaton, "{".repeat(levels + 1) + "}".repeat(levels + 1)));
    }

    private void compare(String grammar, AntlrVerdicts verdicts, List<String> texts) {
        compare(grammar, GrammarOptions.DEFAULT, verdicts, texts);
    }

    private void compare(String grammar, GrammarOptions options, AntlrVerdicts verdicts, List<String> texts) {
        WorkBudget budget = new WorkBudget(Limits.DEFAULT.withMaxLexerNesting(NESTING), new Cancellation());
        PushdownAutomaton automaton;
        try {
            automaton = AutomatonCompiler.compile(reader.read(grammar, options, budget), Map.of(), budget);
        } catch (UnsatisfiableException none) {
            texts.forEach(text -> assertEquals(verdicts.accepts(text), false, text + " of " + grammar));
            return;
        }
        for (String text : texts) {
            boolean expected = verdicts.accepts(text);
            assertEquals(expected, accepts(automaton, text), "\"" + text + "\" of " + grammar);
            compared++;
            sentences += expected ? 1 : 0;
        }
    }

    private static boolean accepts(PushdownAutomaton automaton, String text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(automaton.start());
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, value & 0xff);
            if (set.isEmpty()) {
                return false;
            }
        }
        return stepper.results(set).length > 0;
    }

    private static List<String> texts(String alphabet) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < LONGEST; i++) {
            for (char c : alphabet.toCharArray()) {
                texts.add(texts.get(i) + c);
            }
        }
        return texts;
    }

    @RandomTrials(80)
    void randomGrammarsAreReadAsAntlrReadsThem(long seed) throws IOException {
        RandomAntlr random = new RandomAntlr(new Random(seed));
        String parser = random.parser();
        String lexer = random.isSplit() ? random.lexer() : "";
        AntlrVerdicts verdicts =
                random.isSplit() ? AntlrVerdicts.of(lexer, parser, "r0") : AntlrVerdicts.of(parser, "r0");
        if (verdicts == null) {
            return;
        }
        Files.writeString(folder.resolve("L.g4"), lexer);
        String whole = parser.replace("parser grammar P;", "parser grammar P; options { tokenVocab = L; }");
        compare(
                whole,
                GrammarOptions.DEFAULT.withFolder(folder),
                verdicts,
                texts("abcB").subList(0, SHORT));
    }

    /** Texts that need more than one level are refused, or judged as ANTLR judges them. */
    @RandomTrials(60)
    void noTextIsAcceptedBeyondTheNestingOfTheLexer(long seed) {
        RandomAntlr random = new RandomAntlr(new Random(seed));
        String grammar = random.parser();
        AntlrVerdicts verdicts = random.isSplit() ? null : AntlrVerdicts.of(grammar, "r0");
        if (verdicts == null) {
            return;
        }
        WorkBudget budget = new WorkBudget(Limits.DEFAULT.withMaxLexerNesting(1), new Cancellation());
        PushdownAutomaton automaton;
        try {
            automaton =
                    AutomatonCompiler.compile(reader.read(grammar, GrammarOptions.DEFAULT, budget), Map.of(), budget);
        } catch (UnsatisfiableException none) {
            return;
        }
        for (int i = 0; i < 60; i++) {
            StringBuilder text = new StringBuilder();
            String half = "ab".repeat(2) + "cB";
            for (int length = new Random(seed + i).nextInt(9); text.length() < length; ) {
                text.append(half.charAt(new Random(seed * 31 + i * 7 + text.length()).nextInt(half.length())));
            }
            if (accepts(automaton, text.toString())) {
                nested++;
                assertTrue(verdicts.accepts(text.toString()), "\"" + text + "\" of " + grammar);
            }
        }
    }

    @Override
    public void afterTrials() {
        boolean isNesting = compared == 0;
        assertTrue(
                isNesting ? nested > 50 : compared > 8_000 && sentences > 300,
                compared + " texts, " + sentences + " sentences, " + nested + " within the nesting");
    }
}
