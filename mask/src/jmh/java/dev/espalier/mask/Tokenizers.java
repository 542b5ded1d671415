package dev.espalier.mask;

import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real vocabularies, found through ESPALIER_DATA, and the grammar of JSON: what benchmarks are run on. */
public final class Tokenizers {

    /** JSON in GBNF. */
    public static final String JSON =
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

    private Tokenizers() {}

    /** The vocabulary of a {@code tokenizer.json} by its name. */
    public static Vocabulary read(String name) {
        String data = System.getenv("ESPALIER_DATA");
        if (data == null) {
            throw new IllegalStateException("set ESPALIER_DATA to the folder that has tokenizers/");
        }
        return Vocabulary.read(Path.of(data, "tokenizers", name + ".json.gz"));
    }

    /** Text cut into the longest tokens, from left to right. */
    public static int[] encode(Vocabulary vocabulary, String text) {
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
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
