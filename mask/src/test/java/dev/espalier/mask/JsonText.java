// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;

/** JSON as a GBNF grammar, and ways to put text through a matcher, for tests. */
public final class JsonText {

    /** Any JSON value, white space as in RFC 8259. */
    public static final String ANY = """
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

    /** An object with three members: another schema, which shares nothing with {@link #ANY} but strings. */
    static final String PERSON = """
            root   ::= "{\\"age\\":" [0-9]+ ",\\"name\\":" string ",\\"city\\":" string "}"
            string ::= "\\"" char* "\\""
            char   ::= [^"\\\\\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})
            """;

    private JsonText() {}

    public static Grammar grammar(String gbnf) {
        return new GbnfReader().read(gbnf);
    }

    /** Puts text through a matcher, each time the longest token that is allowed. */
    static void read(Matcher matcher, String text) {
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; ) {
            int token = longest(vocabulary, matcher, bytes, at);
            matcher.accept(token);
            at += vocabulary.bytes(token).length();
        }
    }

    private static int longest(Vocabulary vocabulary, Matcher matcher, byte[] bytes, int at) {
        TokenTrie trie = vocabulary.index().trie();
        int best = -1;
        int from = 0;
        int to = trie.nodeCount();
        for (int i = at; i < bytes.length; i++) {
            int node = from;
            while (node < to && (trie.label(node) & 0xff) != (bytes[i] & 0xff)) {
                node = trie.end(node);
            }
            if (node >= to) {
                break;
            }
            for (int t = trie.firstToken(node); t < trie.firstToken(node + 1); t++) {
                best = matcher.allows(trie.tokens()[t]) ? trie.tokens()[t] : best;
            }
            from = node + 1;
            to = trie.end(node);
        }
        if (best < 0) {
            throw new AssertionError("no token reads byte " + at);
        }
        return best;
    }
}
