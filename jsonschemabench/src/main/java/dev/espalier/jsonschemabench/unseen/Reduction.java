package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.unseen.input.UnseenInput;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import dev.espalier.jsonschemabench.unseen.trial.TrialRequest;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import dev.espalier.jsonschemabench.unseen.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/** Makes an input small that shows a fault or is slow, with its text, so that it still does. */
final class Reduction {

    private static final int WALKS = 3;
    private static final int TOKENS = 80;
    private static final int LONG_MICROS = 1_000;

    private final UnseenSettings settings;
    private final TrialMachine machine;

    Reduction(UnseenSettings settings, TrialMachine machine) {
        this.settings = settings;
        this.machine = machine;
    }

    /** The smallest input found with a fault of the same kind and code. */
    Reduced of(UnseenInput input, Fault fault) {
        List<String> texts = new ArrayList<>(input.texts());
        texts.add(0, fault.text());
        UnseenInput start = input.with(input.tree(), texts);
        BiPredicate<UnseenInput, TrialResult> same = (one, result) ->
                Judgement.of(one, result).stream().anyMatch(fault::isLike);
        JsonNode tree = reduced(start, fault.text(), same);
        UnseenInput small = input.with(tree, texts);
        String text = Judgement.of(small, tried(small, fault.text())).stream()
                .filter(fault::isLike)
                .findFirst()
                .map(Fault::text)
                .orElse(fault.text());
        return new Reduced(fault.key(), input.id(), small.source(), text, 0);
    }

    /** The smallest input found whose longest step takes half the time or more. */
    Reduced slow(UnseenInput input, TrialResult slow) {
        String text = slow.longestText();
        JsonNode tree = reduced(input, text, (one, result) -> result.longestNanos() > slow.longestNanos() / 2);
        UnseenInput small = input.with(tree, List.of());
        TrialResult last = tried(small, text);
        return new Reduced(
                "slow " + input.id(), input.id(), small.source(), last.longestText(), last.longestNanos() / LONG_MICROS);
    }

    private JsonNode reduced(UnseenInput input, String text, BiPredicate<UnseenInput, TrialResult> holds) {
        return new TreeReducer(settings.tries(), settings.reductionMillis(), tree -> {
                    UnseenInput candidate = input.with(tree, input.texts());
                    return holds.test(candidate, tried(candidate, text));
                })
                .reduce(input.tree());
    }

    private TrialResult tried(UnseenInput input, String text) {
        TrialSettings usual = settings.trial();
        TrialSettings quick = new TrialSettings(
                usual.compileMillis(), usual.stepMillis(), Math.min(TOKENS, usual.tokens()), WALKS, usual.totalMillis() / 2);
        return machine.tried(new TrialRequest(
                input.id(),
                input.kind(),
                input.reading(),
                input.source(),
                input.texts(),
                List.of(text),
                input.seed(),
                quick,
                !input.texts().isEmpty(),
                true));
    }
}
