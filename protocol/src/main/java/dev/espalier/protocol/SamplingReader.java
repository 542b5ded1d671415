// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn.Thinking;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.SamplingParameters;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** How an answer is drawn, and where it ends. */
final class SamplingReader {

    /** What has no meaning inside one process: read, and dropped. */
    static final Set<String> DROPPED = Set.of(
            "metadata",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prompt_cache_options",
            "service_tier",
            "cache_salt",
            "request_id");

    private static final int MOST_STOPS = 16;
    private static final int MOST_TOKENS = 1 << 24;

    private SamplingReader() {}

    /** Temperature, filters, penalties, biases and seed; greedy where the temperature is 0. */
    static SamplingParameters sampling(Members request, int vocabulary) {
        SamplingParameters sampling = SamplingParameters.DEFAULT
                .withTemperature(request.number("temperature", 0, 100).orElse(1))
                .withTopP(request.number("top_p", 0, 1).orElse(1))
                .withMinP(request.number("min_p", 0, 1).orElse(0))
                .withTopK(Math.max(
                        0, request.integer("top_k", -1, Integer.MAX_VALUE).orElse(0)))
                .withSeed(request.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE)
                        .orElseGet(() -> ThreadLocalRandom.current().nextLong()));
        LogitChanges changes = LogitChanges.NONE
                .withFrequencyPenalty(request.number("frequency_penalty", -2, 2).orElse(0))
                .withPresencePenalty(request.number("presence_penalty", -2, 2).orElse(0))
                .withRepetitionPenalty(
                        request.number("repetition_penalty", 0.01, 100).orElse(1));
        Map<Integer, Double> bias = request.object("logit_bias")
                .map(members -> bias(members, vocabulary))
                .orElse(Map.of());
        return sampling.with(bias.isEmpty() ? changes : changes.withBias(bias));
    }

    private static Map<Integer, Double> bias(Members members, int vocabulary) {
        Map<Integer, Double> bias = new HashMap<>();
        for (String name : members.node().propertyNames()) {
            if (!members.has(name)) {
                continue;
            }
            if (!name.matches("[0-9]{1,9}") || Integer.parseInt(name) >= vocabulary) {
                throw members.fault(name, "unknown-token", "expected the id of a token, 0 to " + (vocabulary - 1));
            }
            bias.put(
                    Integer.parseInt(name),
                    members.number(name, -100, 100).orElseThrow(() -> members.fault(name, "missing", "is missing")));
        }
        return bias;
    }

    /** The most tokens, if the request says it, in one of some spellings. */
    static OptionalInt mostTokens(Members request, String... names) {
        OptionalInt most = OptionalInt.empty();
        for (String name : names) {
            OptionalInt one = request.integer(name, 1, MOST_TOKENS);
            if (one.isPresent() && most.isPresent() && one.getAsInt() != most.getAsInt()) {
                throw request.fault(name, "contradiction", "differs from " + names[0]);
            }
            most = one.isPresent() ? one : most;
        }
        return most;
    }

    static List<String> stops(Members request) {
        List<String> stops = request.texts("stop").orElse(List.of());
        if (stops.size() > MOST_STOPS || stops.contains("")) {
            throw request.fault(
                    "stop", "out-of-range", "expected at most " + MOST_STOPS + " texts, none of them empty");
        }
        return stops;
    }

    /** The ids of tokens that end the answer. */
    static Set<Integer> stopTokens(Members request, ServedModel model) {
        Vocabulary vocabulary = model.assistant().vocabulary();
        List<JsonNode> ids = request.array("stop_token_ids").orElse(List.of());
        Set<Integer> tokens = new LinkedHashSet<>();
        for (int i = 0; i < ids.size(); i++) {
            tokens.add(token(request, "stop_token_ids[" + i + "]", ids.get(i), vocabulary));
        }
        return tokens;
    }

    /** The id of a token of a vocabulary. */
    static int token(Members request, String name, JsonNode id, Vocabulary vocabulary) {
        if (!id.isIntegralNumber()
                || !id.canConvertToInt()
                || id.intValue() < 0
                || id.intValue() >= vocabulary.size()) {
            throw request.fault(name, "unknown-token", "expected the id of a token, 0 to " + (vocabulary.size() - 1));
        }
        return id.intValue();
    }

    /** Refuses tokens that spell text and are to end an answer that ends where it is whole. */
    static void checkStopTokens(Members request, Set<Integer> tokens, ServedModel model, String why) {
        Vocabulary vocabulary = model.assistant().compiler().vocabulary();
        for (int token : tokens) {
            if (vocabulary.bytes(token).length() > 0) {
                throw request.fault(
                        "stop_token_ids",
                        "contradiction",
                        token + " spells \"" + vocabulary.text(token) + "\", and ends free text; " + why);
            }
        }
    }

    /** How many of the likeliest tokens are told of beside each; empty if none is told of. */
    static OptionalInt topTokens(Members request) {
        boolean isWanted = request.flag("logprobs", false);
        OptionalInt top = request.integer("top_logprobs", 0, 20);
        if (top.isPresent() && !isWanted) {
            throw request.fault("top_logprobs", "contradiction", "needs logprobs to be true");
        }
        return isWanted ? OptionalInt.of(top.orElse(0)) : OptionalInt.empty();
    }

    /** The seed of a choice: of the first that of the request, of others a hash of it and their number. */
    static long seed(long seed, int choice) {
        return choice == 0 ? seed : mixed(mixed(seed) + choice);
    }

    /** The finaliser of SplitMix64. */
    private static long mixed(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Sampling of which each token's probability is known. The tokens are the same as without. */
    static SamplingParameters weighed(SamplingParameters sampling, int top) {
        return sampling.withForcedText(ForcedText.SCORED).withTopTokens(Math.max(1, top));
    }

    /**
     * Whether a request asks for reasoning, in the spellings of both endpoints.
     *
     * @param thinking whether the model reasons first
     * @param param the member that says so, or would
     * @param tokens the bound of reasoning in tokens
     */
    record Reasoning(Thinking thinking, String param, OptionalInt tokens) {

        private static final String BUDGET = "thinking_token_budget";
        private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

        /** What {@code reasoning_effort} and {@code chat_template_kwargs.enable_thinking} say, which may not contradict each other. */
        static Reasoning ofChat(Members request) {
            Optional<String> effort = request.oneOf("reasoning_effort", EFFORTS);
            Thinking asked = thinking(effort);
            Optional<Members> template = request.object("chat_template_kwargs");
            if (template.isPresent()) {
                Optional<JsonNode> enabled = template.get().any("enable_thinking");
                Thinking other = template.get().flag("enable_thinking", true) ? Thinking.ON : Thinking.OFF;
                template.get().end();
                if (enabled.isPresent() && effort.isPresent() && asked != other) {
                    throw template.get()
                            .fault("enable_thinking", "contradiction", "reasoning_effort is \"" + effort.get() + "\"");
                } else if (enabled.isPresent()) {
                    return of(request, other, template.get().param("enable_thinking"));
                }
            }
            return of(request, asked, "reasoning_effort");
        }

        /** What {@code reasoning.effort} says. */
        static Reasoning ofResponse(Members request) {
            Optional<Members> reasoning = request.object("reasoning");
            Optional<String> effort = reasoning.flatMap(one -> one.oneOf("effort", EFFORTS));
            reasoning.ifPresent(one -> {
                one.usual("summary", Set.of("\"auto\""));
                one.usual("generate_summary", Set.of("\"auto\""));
                one.end();
            });
            return of(request, thinking(effort), "reasoning.effort");
        }

        private static Thinking thinking(Optional<String> effort) {
            return effort.map(one -> one.equals("none") ? Thinking.OFF : Thinking.ON)
                    .orElse(Thinking.MODEL);
        }

        private static Reasoning of(Members request, Thinking thinking, String param) {
            OptionalInt tokens = request.integer(BUDGET, 0, MOST_TOKENS);
            if (thinking == Thinking.OFF && tokens.orElse(0) > 0) {
                throw request.fault(BUDGET, "contradiction", "there is no reasoning, as " + param + " says");
            }
            return new Reasoning(thinking, param, tokens);
        }

        /** Refuses reasoning of a model that is not known to reason. */
        void check(Members request, Assistant assistant) {
            if (!assistant.hasReasoning() && (thinking == Thinking.ON || tokens.isPresent())) {
                throw request.fault(
                        thinking == Thinking.ON ? param : BUDGET, "not-supported", "the model is not known to reason");
            }
        }
    }
}
