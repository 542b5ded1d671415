package dev.espalier.mask;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.Grammar;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What masks cost with a real vocabulary, found through ESPALIER_DATA. Run by the profile {@code jmh}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MaskBenchmark {

    private static final String TEXT =
            """
            {"invoice": {"number": "2026-00417", "date": "2026-11-20", "currency": "EUR", "paid": false},
             "seller": {"name": "Baumschule Spalier GmbH", "city": "Bühl", "tags": ["pear", "apple", "quince"]},
             "lines": [{"text": "Espalier pear, 3 tiers, \\"Conference\\"", "count": 12, "price": 48.50, "total": 582.00},
                       {"text": "Oak stakes 2.5 m", "count": 24, "price": 4.25, "total": 102.00}],
             "note": "Delivered on 18 November; please pay within 14 days.\\nThank you.", "vat": 1.9e1, "ref": null}
            """;

    /** One mask and one accepted token of a text of about 200 tokens, over and over. */
    @Benchmark
    public TokenMask maskAndCommit(Steady steady) {
        if (steady.at == steady.tokens.length) {
            steady.at = 0;
            steady.running = steady.compiled.matcher();
        }
        TokenMask mask = steady.running.mask();
        steady.running.accept(steady.tokens[steady.at++]);
        return mask;
    }

    /** A mask that was made before. */
    @Benchmark
    public TokenMask rememberedMask(Steady steady) {
        return steady.insideString.mask();
    }

    /** The first mask inside a string, nothing being known but the vocabulary. */
    @Benchmark
    public TokenMask newPermissiveState(Fresh fresh) {
        return fresh.insideString.mask();
    }

    /** All masks of the text, nothing being known but the vocabulary: the sum for about 200 tokens. */
    @Benchmark
    public int firstText(Steady steady) {
        Matcher matcher = new GrammarCompiler(steady.vocabulary).compile(steady.grammar).matcher();
        int sum = 0;
        for (int token : steady.tokens) {
            sum += matcher.mask().count();
            matcher.accept(token);
        }
        return sum;
    }

    /** From a grammar's expressions to its first mask, with an empty store. */
    @Benchmark
    public TokenMask compileToFirstMask(Steady steady) {
        return new GrammarCompiler(steady.vocabulary).compile(steady.grammar).matcher().mask();
    }

    private static void accept(Matcher matcher, int[] tokens) {
        for (int token : tokens) {
            matcher.accept(token);
        }
    }

    /** A grammar that has been in use. */
    @State(Scope.Thread)
    public static class Steady {

        /** The tokenizer. */
        @Param("llama3_1")
        public String tokenizer = "llama3_1";

        Vocabulary vocabulary = Vocabulary.builder().token(0, "a").build();
        Grammar grammar = new GbnfReader().read(Tokenizers.JSON);
        CompiledGrammar compiled = new GrammarCompiler(vocabulary).compile(grammar);
        Matcher running = compiled.matcher();
        Matcher insideString = compiled.matcher();
        int[] tokens = {};
        int at;

        /** Reads the vocabulary and cuts the text into tokens. */
        @Setup
        public void read() {
            vocabulary = Tokenizers.read(tokenizer);
            compiled = new GrammarCompiler(vocabulary).compile(grammar);
            tokens = Tokenizers.encode(vocabulary, TEXT);
            running = compiled.matcher();
            insideString = compiled.matcher();
            accept(insideString, Tokenizers.encode(vocabulary, "{\"name\": \"Ada"));
        }
    }

    /** A grammar that nobody has used, with an empty store, standing inside a string. */
    @State(Scope.Thread)
    public static class Fresh {

        Matcher insideString = new Steady().insideString;

        /** Opens it anew before each call. */
        @Setup(Level.Invocation)
        public void open(Steady steady) {
            insideString = new GrammarCompiler(steady.vocabulary).compile(steady.grammar).matcher();
            accept(insideString, Tokenizers.encode(steady.vocabulary, "{\"name\": \"Ada"));
        }
    }
}
