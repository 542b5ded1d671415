package dev.espalier.mask;

import dev.espalier.grammar.ByteString;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.vocabulary.PlainText;
import dev.espalier.mask.vocabulary.TokenTable;
import dev.espalier.mask.vocabulary.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is left of tokens, each once: as nodes of one of the vocabulary's own tries, or as tokens with the bytes that are left of
 * each: parts of other tries become one that way. One thread.
 */
final class ResidualPool {

    private final TokenTable table;
    private final List<TokenTrie> own;
    private final Map<ByteString, Integer> numbers = new LinkedHashMap<>();
    private final List<Residual> residuals = new ArrayList<>();

    /** An empty pool of one vocabulary. */
    ResidualPool(Vocabulary vocabulary) {
        this.table = vocabulary.tokens();
        PlainText plain = table.plainText();
        this.own = List.of(table.trie(), plain.rest(), plain.stemsAtOnce(), plain.stemsAfterText());
    }

    /** The number of a residual, which is added if it is new. */
    int number(Residual residual) {
        CompactWriter written = new CompactWriter();
        write(residual, written);
        return numbers.computeIfAbsent(ByteString.of(written.toBytes()), bytes -> numbers.size());
    }

    Residual get(int number) {
        return residuals.get(number);
    }

    void write(CompactWriter out) {
        out.number(numbers.size());
        numbers.keySet().forEach(bytes -> out.bytes(bytes.toByteArray()));
    }

    private void write(Residual residual, CompactWriter out) {
        int[] nodes = residual.nodes();
        TokenTrie trie = residual.trie();
        out.number(residual.result());
        int number = 1 + indexOf(nodes == null ? TokenTrie.EMPTY : trie);
        out.number(number);
        if (nodes == null) {
            out.number(trie.tokenCount());
            write(trie, -1, out);
        } else if (number > 0) {
            out.rising(nodes);
        } else {
            out.number(IntStream.of(nodes).map(node -> tokensBelow(trie, node)).sum());
            for (int node : nodes) {
                write(trie, node, out);
            }
        }
    }

    private static int tokensBelow(TokenTrie trie, int node) {
        return node < 0 ? trie.tokenCount() : trie.firstToken(trie.end(node)) - trie.firstToken(node + 1);
    }

    /** All tokens below a node, each with what is left of it behind the node. */
    private static void write(TokenTrie trie, int root, CompactWriter out) {
        int[] tokens = trie.tokens();
        int depth = root < 0 ? 0 : trie.label(root) >>> 8;
        int end = root < 0 ? trie.nodeCount() : trie.end(root);
        for (int node = root + 1; node < end; node++) {
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                out.number(tokens[i]);
                out.number((trie.label(node) >>> 8) - depth);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the vocabulary's own tries, not equal ones
    private int indexOf(TokenTrie trie) {
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i) == trie) {
                return i;
            }
        }
        return -1;
    }

    /** Adds what {@link #write(CompactWriter)} wrote to a pool that is empty. */
    void read(CompactReader all) {
        int count = all.number();
        for (int i = 0; i < count; i++) {
            CompactReader in = new CompactReader(all.bytes());
            int result = in.number();
            int trie = in.number();
            residuals.add(
                    trie == 0
                            ? new Residual(result, merged(in), null)
                            : new Residual(result, own.get(trie - 1), nodes(own.get(trie - 1), in)));
        }
    }

    private static int[] nodes(TokenTrie trie, CompactReader in) {
        int[] nodes = in.rising();
        for (int i = 0; i < nodes.length; i++) {
            check(nodes[i] >= -1 && nodes[i] < trie.nodeCount() && (i == 0 || nodes[i] > nodes[i - 1]));
        }
        return nodes;
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IndexOutOfBoundsException("nothing that can be left of tokens");
        }
    }

    private TokenTrie merged(CompactReader in) {
        int count = in.number();
        check(count >= 0 && count <= in.left());
        TokenTrie.Builder builder = new TokenTrie.Builder(table.blob(), count);
        for (int i = 0; i < count; i++) {
            int id = in.number();
            int left = in.number();
            check(left >= 1 && left <= table.length(id));
            builder.add(table.offset(id) + table.length(id) - left, left, id);
        }
        return builder.build();
    }
}
