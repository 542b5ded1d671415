package dev.espalier.mask;

import dev.espalier.mask.vocabulary.TokenMask;
import dev.espalier.mask.vocabulary.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.grammar.GbnfReader;
import dev.espalier.grammar.Grammar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static final String JSON =
            """
            root   ::= ws value
            value  ::= (object | array | string | number | "true" | "false" | "null") ws
            object ::= "{" ws (member ("," ws member)*)? "}"
            member ::= string ws ":" ws value
            array  ::= "[" ws (value ("," ws value)*)? "]"
            string ::= "\\"" char* "\\""
            char   ::= [^"\\\\\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})
            number ::= "-"? ("0" | [1-9] [0-9]*) ("." [0-9]+)? ([eE] [-+]? [0-9]+)?
            ws     ::= [ \\t\\n\\r]*
            """;

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
        Grammar grammar = new GbnfReader().read(JSON);
        CompiledGrammar compiled = new GrammarCompiler(vocabulary).compile(grammar);
        Matcher running = compiled.matcher();
        Matcher insideString = compiled.matcher();
        int[] tokens = {};
        int at;

        /** Reads the vocabulary and cuts the text into tokens. */
        @Setup
        public void read() {
            String data = System.getenv("ESPALIER_DATA");
            if (data == null) {
                throw new IllegalStateException("set ESPALIER_DATA to the folder that has tokenizers/");
            }
            vocabulary = Vocabulary.read(Path.of(data, "tokenizers", tokenizer + ".json.gz"));
            compiled = new GrammarCompiler(vocabulary).compile(grammar);
            tokens = GreedyEncoder.encode(vocabulary, TEXT);
            running = compiled.matcher();
            insideString = compiled.matcher();
            accept(insideString, GreedyEncoder.encode(vocabulary, "{\"name\": \"Ada"));
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
            accept(insideString, GreedyEncoder.encode(steady.vocabulary, "{\"name\": \"Ada"));
        }
    }

    /** Cuts text into the longest tokens, from left to right. */
    private static final class GreedyEncoder {

        private GreedyEncoder() {}

        static int[] encode(Vocabulary vocabulary, String text) {
            byte[] bytes = text.strip().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            List<Integer> tokens = new ArrayList<>();
            TokenTrie trie = vocabulary.index().trie();
            for (int at = 0; at < bytes.length; ) {
                int best = -1;
                int from = 0;
                int to = trie.nodeCount();
                for (int i = at; i < bytes.length && from < to; i++) {
                    int node = from;
                    while (node < to && (trie.label(node) & 0xff) != (bytes[i] & 0xff)) {
                        node = trie.end(node);
                    }
                    if (node < to && trie.firstToken(node) < trie.firstToken(node + 1)) {
                        best = node;
                    }
                    from = node < to ? node + 1 : to;
                    to = node < to ? trie.end(node) : to;
                }
                tokens.add(trie.tokens()[trie.firstToken(best)]);
                at += trie.label(best) >>> 8;
            }
            return tokens.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
