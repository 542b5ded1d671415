// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.encoder.split.PreTokenizer;
import dev.espalier.mask.encoder.split.Split;
import dev.espalier.mask.encoder.split.SplitBehavior;
import dev.espalier.mask.pattern.PatternDialect;
import dev.espalier.mask.pattern.TextPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pre-tokenizers of published models by the names that GGUF files have for them ({@code tokenizer.ggml.pre}). */
final class PublishedPatterns {

    private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String BEHIND_NUMBERS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String LETTERS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    private static final String LLAMA3 = CONTRACTION + "|" + LETTERS + "|\\p{N}{1,3}" + BEHIND_NUMBERS;
    private static final String QWEN2 = CONTRACTION + "|" + LETTERS + "|\\p{N}" + BEHIND_NUMBERS;
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String BEHIND_DIGITS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String IDEOGRAPHS = "[\\u4e00-\\u9fa5\\u0800-\\u4e00\\uac00-\\ud7ff]+";
    private static final String WORDS = " ?[^(\\s|.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c)]+";

    private static final Map<String, List<String>> PATTERNS = new HashMap<>();

    static {
        put(
                List.of(PreTokenizers.GPT2),
                "gpt-2",
                "mpt",
                "olmo",
                "jais",
                "phi-2",
                "exaone4",
                "trillion",
                "granite-docling");
        put(
                List.of(LLAMA3),
                "llama3",
                "llama-v3",
                "llama-bpe",
                "falcon3",
                "falcon-h1",
                "lfm2",
                "midm-2.0",
                "pixtral",
                "dbrx",
                "smaug-bpe",
                "chatglm-bpe",
                "glm4");
        put(List.of(QWEN2), "qwen2", "stablelm2", "deepseek-r1-qwen", "hunyuan", "grok-2");
        put(
                List.of("\\p{N}", PreTokenizers.GPT2),
                "smollm",
                "starcoder",
                "refact",
                "command-r",
                "codeshell",
                "exaone",
                "minerva-7b");
        put(List.of(cased("(?:" + CONTRACTION + ")?", "\\p{N}{1,3}")), "gpt-4o", "llama4");
        put(List.of(cased("", "\\p{N}")), "tekken");
        put(List.of("[\\p{P}$+<=>^~|]+", PreTokenizers.GPT2, "\\p{N}+", "[0-9][0-9][0-9]"), "default");
        put(List.of("[\\p{P}$+<=>^~|`]+", PreTokenizers.GPT2, "[0-9][0-9][0-9]"), "falcon");
        put(List.of("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", IDEOGRAPHS, "\\p{N}"), "deepseek-coder");
        put(
                List.of(
                        "\\p{N}{1,3}",
                        "[\\u4e00-\\u9fa5\\u3040-\\u309f\\u30a0-\\u30ff]+",
                        "[!-/:-@\\[-`{-~][A-Za-z]+|[^\\r"
                                + "\\n"
                                + "\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r"
                                + "\\n"
                                + "]*|\\s*[\\r"
                                + "\\n"
                                + "]+|\\s+(?!\\S)|\\s+"),
                "deepseek-v3",
                "hunyuan-dense");
        put(List.of(WORDS), "bloom", "poro-chat", "gpt3-finnish");
        put(List.of(WORDS, "\\p{N}"), "viking");
    }

    /** Names of those whose words are tokens as they stand, whatever merges say. */
    private static final Set<String> IGNORING_MERGES =
            Set.of("llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "lfm2", "midm-2.0", "pixtral", "tekken");

    private PublishedPatterns() {}

    private static void put(List<String> patterns, String... names) {
        for (String name : names) {
            PATTERNS.put(name, patterns);
        }
    }

    /** Words that end in small letters before words that only begin with capitals. */
    private static String cased(String contraction, String numbers) {
        String before = "[^\\r\\n\\p{L}\\p{N}]?";
        return before + UPPER + "*" + LOWER + "+" + contraction + "|" + before + UPPER + "+" + LOWER + "*" + contraction
                + "|" + numbers + BEHIND_DIGITS;
    }

    /**
     * The steps that a name stands for.
     *
     * @throws UnsupportedFeatureException if the name is unknown
     */
    static List<PreTokenizer> of(String name, Place place) {
        List<String> patterns = PATTERNS.get(name);
        if (patterns == null) {
            throw new UnsupportedFeatureException(
                    name,
                    "the pre-tokenizer " + name + " is unknown; a tokenizer.json of the same model can be used instead",
                    place);
        }
        List<PreTokenizer> steps = new ArrayList<>();
        for (String pattern : patterns) {
            steps.add(new Split(TextPattern.of(pattern, PatternDialect.RUST, place), SplitBehavior.ISOLATED, false));
        }
        return steps;
    }

    /** Whether words that are tokens are encoded as they stand. */
    static boolean ignoresMerges(String name) {
        return IGNORING_MERGES.contains(name);
    }
}
