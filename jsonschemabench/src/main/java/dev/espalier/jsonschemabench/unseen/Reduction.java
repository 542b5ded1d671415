// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.judge.KnownDisputes;
import dev.espalier.jsonschemabench.unseen.input.Json;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import dev.espalier.jsonschemabench.unseen.trial.Split;
import dev.espalier.jsonschemabench.unseen.trial.TrialRequest;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import dev.espalier.jsonschemabench.unseen.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes an input small that shows a fault, a dispute or a long step, with its text, so that it still does. */
final class Reduction {

    private static final int WALKS = 3;
    private static final int TOKENS = 80;
    private static final int LONG_MICROS = 1_000;

    private final UnseenSettings settings;
    private final Function<TrialRequest, TrialResult> machine;
    private final KnownDisputes disputes;

    /**
     * A reduction.
     *
     * @param machine tries an input
     * @param disputes explain what other validators say
     */
    Reduction(UnseenSettings settings, Function<TrialRequest, TrialResult> machine, KnownDisputes disputes) {
        this.settings = settings;
        this.machine = machine;
        this.disputes = disputes;
    }

    /** The smallest input found with a fault of the same kind and code. */
    Reduced of(String id, UnseenInput input, Fault fault) {
        if (fault.isVerdict()) {
            return pair(id, input, fault.text(), result -> has(input, result, fault::isLike), wrong(fault));
        }
        List<String> texts = new ArrayList<>(input.texts());
        texts.add(0, fault.text());
        JsonNode tree = reduced(input, texts, fault.text(), (one, result) -> has(one, result, fault::isLike));
        UnseenInput small = input.with(tree, texts);
        String text = Judgement.judged(small, tried(small, texts, fault.text())).faults().stream()
                .filter(fault::isLike)
                .findFirst()
                .map(Fault::text)
                .orElse(fault.text());
        return new Reduced(id, input.id(), small.source(), text, 0, "");
    }

    private static boolean has(UnseenInput input, TrialResult result, Predicate<Fault> wanted) {
        return Judgement.judged(input, result).faults().stream().anyMatch(wanted);
    }

    /** The smallest schema and text found of which the same validator says the same. */
    Reduced of(String id, UnseenInput input, Split split) {
        Predicate<TrialResult> same = result -> result.splits().stream()
                .anyMatch(one -> one.who().equals(split.who()) && one.accepted() == split.accepted());
        return pair(
                id, input, split.text(), same, (tree, text) -> explanation(split.who(), split.accepted(), tree, text));
    }

    /** What explains that both validators judge otherwise. */
    private BiFunction<JsonNode, String, Optional<String>> wrong(Fault fault) {
        boolean accept = fault.kind() == Fault.Kind.WRONG_REFUSAL;
        return (tree, text) -> explanation("networknt", accept, tree, text)
                .flatMap(first -> explanation("dev.harrel", accept, tree, text).map(second -> first + ", " + second));
    }

    private Optional<String> explanation(String who, boolean accepted, JsonNode tree, String text) {
        if (!(tree.deepCopy() instanceof ObjectNode bare)) {
            return Optional.empty();
        }
        JsonNode metaschema = bare.remove("$schema");
        bare.remove(List.of("definitions", "$defs"));
        String draft = metaschema == null ? "" : metaschema.asString("");
        return disputes.of(who, accepted, draft, bare.toString(), text);
    }

    /** A schema and one text, both made small. */
    private Reduced pair(
            String id,
            UnseenInput input,
            String text,
            Predicate<TrialResult> same,
            BiFunction<JsonNode, String, Optional<String>> explanation) {
        JsonNode tree = reduced(input, List.of(text), "", (one, result) -> same.test(result));
        UnseenInput small = input.with(tree, List.of(text));
        String shortest = text;
        try {
            JsonNode value = Json.read(text);
            JsonNode least = new TreeReducer(
                            settings.tries(),
                            settings.reductionMillis(),
                            candidate -> same.test(tried(small, List.of(candidate.toString()), "")))
                    .reduce(value);
            shortest = least.equals(value) ? text : least.toString();
        } catch (JacksonException | NumberFormatException noJson) {
            return new Reduced(id, input.id(), small.source(), text, 0, "");
        }
        return new Reduced(
                id,
                input.id(),
                small.source(),
                shortest,
                0,
                explanation.apply(tree, shortest).orElse(""));
    }

    /** The smallest input found whose longest step takes half the time or more. */
    Reduced slow(UnseenInput input, TrialResult slow) {
        String text = slow.longestText();
        JsonNode tree =
                reduced(input, List.of(), text, (one, result) -> result.longestNanos() > slow.longestNanos() / 2);
        UnseenInput small = input.with(tree, List.of());
        TrialResult last = tried(small, List.of(), text);
        return new Reduced(
                "slow " + input.id(),
                input.id(),
                small.source(),
                last.longestText(),
                last.longestNanos() / LONG_MICROS,
                "");
    }

    private JsonNode reduced(
            UnseenInput input, List<String> texts, String text, BiPredicate<UnseenInput, TrialResult> holds) {
        return new TreeReducer(settings.tries(), settings.reductionMillis(), tree -> {
                    UnseenInput candidate = input.with(tree, texts);
                    return holds.test(candidate, tried(candidate, texts, text));
                })
                .reduce(input.tree());
    }

    /** Tries an input: texts are judged if there are any, and the beginning of a text is read with every mask if it is not empty. */
    private TrialResult tried(UnseenInput input, List<String> texts, String text) {
        TrialSettings usual = settings.trial();
        TrialSettings quick = new TrialSettings(
                usual.compileMillis(),
                usual.stepMillis(),
                Math.min(TOKENS, usual.tokens()),
                texts.size() == 1 ? 0 : WALKS,
                usual.totalMillis() / 2);
        return machine.apply(new TrialRequest(
                input.id(),
                input.kind(),
                input.reading(),
                input.source(),
                texts,
                text.isEmpty() ? List.of() : List.of(text),
                input.seed(),
                quick,
                !texts.isEmpty(),
                true));
    }
}
