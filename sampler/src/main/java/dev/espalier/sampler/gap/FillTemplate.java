// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.gap;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The prompt format for gaps of a family of models: control tokens around the text before and after the gap, or just the
 * text before it. Immutable. A model of another make has a template of its own.
 *
 * <p>The order is prefix, suffix, middle (Bavarian et al., "Efficient Training of Language Models to Fill in the Middle", 2022).
 *
 * @param name a short name for messages
 * @param prefixMark the name of the token before the text before the gap; empty if there are no control tokens
 * @param suffixMark the name of the token before the text after the gap
 * @param middleMark the name of the token after which the model writes
 * @param stopMarks the names of tokens with which the model ends a gap, next to the vocabulary's end tokens; those that a
 *     vocabulary does not have, or that spell text, do not count
 */
public record FillTemplate(
        String name, String prefixMark, String suffixMark, String middleMark, List<String> stopMarks) {

    /** StarCoder and StarCoder2, SantaCoder's successors. */
    public static final FillTemplate STAR_CODER = new FillTemplate(
            "starcoder", "<fim_prefix>", "<fim_suffix>", "<fim_middle>", List.of("<|endoftext|>", "<file_sep>"));

    /** CodeGemma. */
    public static final FillTemplate CODE_GEMMA = new FillTemplate(
            "codegemma", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", List.of("<|file_separator|>", "<eos>"));

    /** DeepSeek-Coder. */
    public static final FillTemplate DEEP_SEEK = new FillTemplate(
            "deepseek",
            "<\uff5cfim\u2581begin\uff5c>",
            "<\uff5cfim\u2581hole\uff5c>",
            "<\uff5cfim\u2581end\uff5c>",
            List.of("<\uff5cend\u2581of\u2581sentence\uff5c>"));

    /** Qwen2.5-Coder. */
    public static final FillTemplate QWEN = new FillTemplate(
            "qwen",
            "<|fim_prefix|>",
            "<|fim_suffix|>",
            "<|fim_middle|>",
            List.of("<|endoftext|>", "<|fim_pad|>", "<|file_sep|>", "<|repo_name|>"));

    /** For models without such training: they read the text before the gap, and only the mask knows the text after it. */
    public static final FillTemplate CONTINUATION = new FillTemplate("continuation", "", "", "", List.of());

    /** Copies the list. */
    public FillTemplate {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(prefixMark, "prefixMark");
        Objects.requireNonNull(suffixMark, "suffixMark");
        Objects.requireNonNull(middleMark, "middleMark");
        Objects.requireNonNull(stopMarks, "stopMarks");
        stopMarks = List.copyOf(stopMarks);
    }

    /** Whether a model is asked by control tokens that it was trained on, and not just by the text before a gap. */
    public boolean isMarked() {
        return !prefixMark.isEmpty();
    }

    /**
     * The prompt for a gap. The model's own control tokens, such as one for the beginning of a text, come first, as {@link
     * LanguageModel#encodePrompt} puts them before an empty prompt.
     *
     * @param before all that is before the gap
     * @param after the text after it, up to the next gap
     * @throws InvalidInputException if the model does not have one of the control tokens
     */
    public int[] prompt(LanguageModel model, String before, String after) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        return prefixMark.isEmpty() ? model.encodePrompt(before) : prompt(model, model.encodePrompt(""), before, after);
    }

    /**
     * The prompt for a gap of a text that itself follows other tokens.
     *
     * @param head tokens before all of it, the model's own control tokens among them
     * @throws InvalidInputException as above
     */
    public int[] prompt(LanguageModel model, int[] head, String before, String after) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        IntStream text = IntStream.of(model.encoder().encode(before));
        if (prefixMark.isEmpty()) {
            return IntStream.concat(IntStream.of(head), text).toArray();
        }
        IntStream prefix =
                IntStream.concat(IntStream.concat(IntStream.of(head), IntStream.of(mark(model, prefixMark))), text);
        IntStream suffix = IntStream.concat(
                IntStream.of(mark(model, suffixMark)),
                IntStream.of(model.encoder().encode(after)));
        return IntStream.concat(IntStream.concat(prefix, suffix), IntStream.of(mark(model, middleMark)))
                .toArray();
    }

    private int mark(LanguageModel model, String mark) {
        return model.vocabulary()
                .specialId(mark)
                .orElseThrow(() -> new InvalidInputException("the model " + model.name() + " has no token " + mark
                        + ", which the template " + name + " needs; take the template of this model"));
    }

    /** The tokens with which a model ends a gap: the vocabulary's end tokens and these; sorted. */
    public int[] stopTokens(Vocabulary vocabulary) {
        Objects.requireNonNull(vocabulary, "vocabulary");
        IntStream marks = stopMarks.stream()
                .flatMapToInt(mark -> vocabulary.specialId(mark).stream())
                .filter(id -> vocabulary.bytes(id).length() == 0);
        return IntStream.concat(IntStream.of(vocabulary.endIds()), marks)
                .sorted()
                .distinct()
                .toArray();
    }
}
