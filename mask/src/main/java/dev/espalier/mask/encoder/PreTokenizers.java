// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.error.Place;
import dev.espalier.mask.encoder.split.Metaspace;
import dev.espalier.mask.encoder.split.PreTokenizer;
import dev.espalier.mask.encoder.split.PrefixSpace;
import dev.espalier.mask.encoder.split.Split;
import dev.espalier.mask.encoder.split.SplitBehavior;
import dev.espalier.mask.file.JsonTree;
import dev.espalier.mask.pattern.PatternDialect;
import dev.espalier.mask.pattern.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the {@code pre_tokenizer} of a {@code tokenizer.json}: steps in their order. */
final class PreTokenizers {

    /** The pattern of GPT-2, which the type ByteLevel has. */
    static final String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private static final String PUNCTUATION = "[!-/:-@\\[-`{-~\\p{P}]";

    private static final int MOST_STEPS = 100;

    private final List<PreTokenizer> steps = new ArrayList<>();
    private boolean byteLevel;

    private PreTokenizers() {}

    /** The steps of a file; none without the member. */
    static PreTokenizers read(Optional<JsonTree> tree) {
        PreTokenizers read = new PreTokenizers();
        tree.ifPresent(read::add);
        return read;
    }

    List<PreTokenizer> steps() {
        return steps;
    }

    /** Whether the model reads bytes. */
    boolean isByteLevel() {
        return byteLevel;
    }

    private void add(JsonTree tree) {
        String type = tree.type();
        if (byteLevel) {
            throw tree.refused(type, "a pre-tokenizer behind ByteLevel is not supported");
        }
        if (steps.size() > MOST_STEPS) {
            throw tree.refused(type, "more than " + MOST_STEPS + " steps are not supported");
        }
        switch (type) {
            case "Sequence" -> tree.children("pretokenizers").forEach(this::add);
            case "ByteLevel" -> byteLevel(tree);
            case "Split" -> split(pattern(tree), tree, "Isolated");
            case "Punctuation" -> split(pattern(PUNCTUATION, PatternDialect.RUST), tree, "Isolated");
            case "Digits" -> split("\\p{N}", tree.flag("individual_digits", false) ? "Isolated" : "Contiguous");
            case "WhitespaceSplit" -> split("\\s", "Removed");
            case "Whitespace" ->
                steps.add(new Split(pattern("\\w+|[^\\w\\s]+", PatternDialect.RUST), SplitBehavior.REMOVED, true));
            case "BertPreTokenizer" -> {
                split("\\s", "Removed");
                split(PUNCTUATION, "Isolated");
            }
            case "CharDelimiterSplit" ->
                steps.add(new Split(
                        TextPattern.literal(
                                tree.text("delimiter").orElseThrow(() -> tree.wrong("delimiter", "a string"))),
                        SplitBehavior.REMOVED,
                        false));
            case "Metaspace" -> metaspace(tree);
            default -> throw tree.refused(type, "the pre-tokenizer " + type + " is not supported");
        }
    }

    private void byteLevel(JsonTree tree) {
        if (tree.flag("add_prefix_space", true)) {
            steps.add(new PrefixSpace());
        }
        if (tree.flag("use_regex", true)) {
            split(GPT2, "Isolated");
        }
        byteLevel = true;
    }

    private void metaspace(JsonTree tree) {
        String mark = tree.text("replacement").orElse("\u2581");
        boolean legacy = tree.flag("add_prefix_space", true);
        String scheme = tree.text("prepend_scheme").orElse(legacy ? "always" : "never");
        Metaspace.Prepend prepend = switch (scheme) {
            case "first" -> Metaspace.Prepend.FIRST;
            case "never" -> Metaspace.Prepend.NEVER;
            case "always" -> Metaspace.Prepend.ALWAYS;
            default -> throw tree.wrong("prepend_scheme", "first, never or always");
        };
        Optional<PreTokenizer> split = tree.flag("split", true)
                ? Optional.of(new Split(TextPattern.literal(mark), SplitBehavior.MERGED_WITH_NEXT, false))
                : Optional.empty();
        steps.add(new Metaspace(mark, prepend, split));
    }

    private void split(String pattern, String behavior) {
        steps.add(new Split(
                pattern(pattern, PatternDialect.ONIGURUMA), behavior(behavior).orElseThrow(), false));
    }

    private void split(TextPattern pattern, JsonTree tree, String otherwise) {
        String name = tree.text("behavior").orElse(otherwise);
        SplitBehavior behavior =
                behavior(name).orElseThrow(() -> tree.refused(name, "the behavior " + name + " is not supported"));
        steps.add(new Split(pattern, behavior, tree.flag("invert", false)));
    }

    private static Optional<SplitBehavior> behavior(String name) {
        String constant = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
        for (SplitBehavior behavior : SplitBehavior.values()) {
            if (behavior.name().equals(constant)) {
                return Optional.of(behavior);
            }
        }
        return Optional.empty();
    }

    private static TextPattern pattern(String pattern, PatternDialect dialect) {
        return TextPattern.of(pattern, dialect, Place.UNKNOWN);
    }

    /** The member {@code pattern}: a regular expression, or a text. */
    static TextPattern pattern(JsonTree tree) {
        JsonTree pattern = tree.child("pattern").orElseThrow(() -> tree.wrong("pattern", "an object"));
        Optional<String> literal = pattern.text("String");
        return literal.isPresent()
                ? TextPattern.literal(literal.get())
                : TextPattern.of(
                        pattern.text("Regex").orElseThrow(() -> pattern.wrong("Regex", "a pattern")),
                        PatternDialect.ONIGURUMA,
                        pattern.place());
    }
}
