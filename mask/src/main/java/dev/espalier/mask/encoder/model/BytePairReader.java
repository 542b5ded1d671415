// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes byte-pair models of vocabularies and merges.
 *
 * @param source the name of the file, for messages
 * @param vocabulary tokens by their text
 * @param control the tokens that no text may become
 */
public record BytePairReader(String source, Map<String, Integer> vocabulary, Set<Integer> control) {

    /** A model over the bytes of words. */
    public BytePairModel overBytes(List<String> merges, Unknown unknown, boolean ignoresMerges) {
        Map<String, Integer> whole = ignoresMerges ? ByteTokens.spelled(readable()) : Map.of();
        SymbolReader reader = new ByteSymbols(ByteTokens.level(vocabulary), unknown);
        return new BytePairModel(reader, table(merges, ""), whole, Optional.empty());
    }

    /** A model over the code points of words. */
    public BytePairModel overCharacters(
            List<String> merges, Unknown unknown, boolean ignoresMerges, boolean byteFallback) {
        Optional<int[]> bytes = byteFallback ? Optional.of(ByteTokens.named(vocabulary)) : Optional.empty();
        CharacterSymbols reader = new CharacterSymbols(vocabulary, Integer.MAX_VALUE, bytes, unknown);
        Optional<WordCuts> cuts = ignoresMerges ? Optional.empty() : Optional.of(cuts(reader, vocabulary, control));
        return new BytePairModel(reader, table(merges, ""), ignoresMerges ? readable() : Map.of(), cuts);
    }

    /** A model over code points with marks that say where they stand. */
    public BytePairModel withAffixes(
            List<String> merges, Unknown unknown, boolean ignoresMerges, String prefix, String suffix) {
        SymbolReader reader = new AffixSymbols(vocabulary, prefix, suffix, unknown);
        MergeTable table = table(merges, prefix);
        return new BytePairModel(reader, table, ignoresMerges ? readable() : Map.of(), Optional.empty());
    }

    /** A model whose merges are all ways to make a token of two, by score: SentencePiece's. */
    public static BytePairModel byScore(
            Map<String, Integer> vocabulary, Set<Integer> control, float[] scores, Unknown unknown) {
        Map<String, Integer> symbols = withCharacters(vocabulary, scores.length);
        Optional<int[]> bytes = Optional.of(ByteTokens.named(vocabulary));
        CharacterSymbols reader = new CharacterSymbols(symbols, scores.length, bytes, unknown);
        MergeTable table = new MergeTable(symbols.size());
        table.addByScore(symbols, id -> !control.contains(id), scores);
        return new BytePairModel(reader, table, Map.of(), Optional.of(cuts(reader, vocabulary, control)));
    }

    /** Where no token stands: what merges make is a token. */
    private static WordCuts cuts(CharacterSymbols reader, Map<String, Integer> vocabulary, Set<Integer> control) {
        WordCuts cuts = new WordCuts(reader);
        vocabulary.forEach((text, id) -> {
            if (!control.contains(id)) {
                cuts.add(text);
            }
        });
        return cuts;
    }

    /** A model over bytes whose merges are all ways to make a token of two, least id first: tiktoken's. Each byte of a text is a character. */
    public static BytePairModel byRank(Map<String, Integer> tokens) {
        int[] bytes = new int[256];
        for (int b = 0; b < bytes.length; b++) {
            bytes[b] = tokens.getOrDefault(String.valueOf((char) b), -1);
        }
        float[] scores = new float
                [tokens.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
        for (int id = 0; id < scores.length; id++) {
            scores[id] = -id;
        }
        MergeTable table = new MergeTable(tokens.size());
        table.addByScore(tokens, id -> true, scores);
        Map<String, Integer> whole = new HashMap<>();
        tokens.forEach((text, id) -> {
            String plain = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            if (plain.indexOf('\ufffd') < 0) {
                whole.put(plain, id);
            }
        });
        return new BytePairModel(new ByteSymbols(bytes, new Unknown(-1, false)), table, whole, Optional.empty());
    }

    /** The symbols with those characters of tokens that are no tokens themselves, which tokens can be made of all the same. */
    private static Map<String, Integer> withCharacters(Map<String, Integer> vocabulary, int tokens) {
        Map<String, Integer> symbols = new HashMap<>(vocabulary);
        for (String text : vocabulary.keySet()) {
            for (int i = 0; i < text.length(); ) {
                int end = i + Character.charCount(text.codePointAt(i));
                String character = text.substring(i, end);
                if (!symbols.containsKey(character)) {
                    symbols.put(character, tokens + symbols.size());
                }
                i = end;
            }
        }
        return symbols;
    }

    private Map<String, Integer> readable() {
        Map<String, Integer> readable = new HashMap<>(vocabulary);
        readable.values().removeAll(control);
        return readable;
    }

    private MergeTable table(List<String> merges, String prefix) {
        MergeTable table = new MergeTable(merges.size() / 2);
        for (int i = 0; i < merges.size(); i += 2) {
            String left = merges.get(i);
            String right = merges.get(i + 1);
            String made = left + (right.startsWith(prefix) ? right.substring(prefix.length()) : right);
            int result = id(made, i / 2);
            if (!control.contains(result)) {
                table.add(id(left, i / 2), id(right, i / 2), i / 2, result);
            }
        }
        return table;
    }

    private int id(String text, int merge) {
        Integer id = vocabulary.get(text);
        if (id == null) {
            String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
            throw new InvalidInputException(
                    source + ": merge " + merge + " needs the token " + shown + ", which the vocabulary does not have");
        }
        return id;
    }
}
