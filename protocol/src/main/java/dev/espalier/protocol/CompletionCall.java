// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.Generation;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of {@code /v1/completions}: prompts as they are, without any template.
 *
 * @param model who answers
 * @param requests one for each prompt and choice, all choices of a prompt together
 * @param isStreamed whether the answer comes in frames
 * @param hasUsage whether the last frame tells of tokens
 * @param constraint the member that asked for a constraint, or nothing
 */
record CompletionCall(
        ServedModel model, List<Request<String>> requests, boolean isStreamed, boolean hasUsage, String constraint)
        implements Call {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_PROMPTS = 256;

    static CompletionCall read(Members request, ServedModel model) {
        List<String> prompts =
                request.texts("prompt").orElseThrow(() -> request.fault("prompt", "missing", "is missing"));
        int choices = request.integer("n", 1, 64).orElse(1);
        if (prompts.isEmpty() || prompts.contains("") || prompts.size() * choices > MOST_PROMPTS) {
            throw request.fault(
                    "prompt", "out-of-range", "expected 1 to " + MOST_PROMPTS + " texts, none of them empty");
        }
        Optional<ConstraintReader.Constraint> constraint = ConstraintReader.read(request);
        OptionalInt most = SamplingReader.mostTokens(request, "max_tokens", "max_completion_tokens");
        boolean isStreamed = request.flag("stream", false);
        Optional<Members> options = request.object("stream_options");
        boolean hasUsage = options.map(one -> one.flag("include_usage", false)).orElse(false);
        options.ifPresent(Members::end);
        SamplingParameters sampling =
                SamplingReader.sampling(request, model.assistant().vocabulary().size());
        List<String> stops = SamplingReader.stops(request);
        int priority = request.integer("priority", -1000, 1000).orElse(0);
        request.usual("best_of", Set.of("1"));
        request.usual("suffix", Set.of());
        request.usual("logprobs", Set.of());
        ChatReader.common(request);
        request.end();
        if (!stops.isEmpty() && constraint.isPresent()) {
            throw request.fault("stop", "contradiction", "ends free text; other answers end where they are whole");
        }
        Output<String> output =
                constraint.map(ConstraintReader.Constraint::output).orElseGet(Output::text);
        List<Request<String>> requests = new ArrayList<>();
        for (String prompt : prompts) {
            int tokens = model.assistant().tokens(prompt).length;
            int room = ChatReader.room(request, model, tokens, OptionalInt.of(most.orElse(16)));
            for (int i = 0; i < choices; i++) {
                requests.add(Request.of(prompt, output)
                        .with(model.assistant().raw())
                        .with(sampling.withMaxTokens(room).withSeed(sampling.seed() + requests.size()))
                        .withStops(stops.toArray(String[]::new))
                        .withPriority(-priority));
            }
        }
        return new CompletionCall(
                model,
                requests,
                isStreamed,
                hasUsage,
                constraint.map(ConstraintReader.Constraint::param).orElse(""));
    }

    private List<Generation<?>> written(List<Request<String>> all) {
        try {
            return model.assistant().generator().generateAll(all);
        } catch (EspalierException e) {
            throw ProtocolException.of(e, constraint);
        }
    }

    @Override
    public ObjectNode answer(Cancellation cancellation) {
        List<Generation<?>> written = written(requests.stream()
                .map(one -> one.with(one.cancellation().or(cancellation)))
                .toList());
        ObjectNode body = head("cmpl-" + UUID.randomUUID(), now());
        ArrayNode choices = body.putArray("choices");
        for (int i = 0; i < written.size(); i++) {
            choices.add(choice(i, text(written.get(i)), finish(written.get(i))));
        }
        body.set("usage", usage(written));
        return body;
    }

    private String text(Generation<?> one) {
        Optional<EspalierException> failure = one.failure();
        boolean isCut = one.outcome() instanceof Outcome.BudgetExhausted;
        if (failure.isEmpty() || (isCut && constraint.isEmpty())) {
            return one.text();
        }
        throw ProtocolException.of(failure.get(), constraint, "max_tokens");
    }

    private static String finish(Generation<?> one) {
        return one.outcome() instanceof Outcome.BudgetExhausted
                        || one.outcome().transcript().shortened()
                ? "length"
                : "stop";
    }

    private ObjectNode head(String id, long created) {
        return NODES.objectNode()
                .put("id", id)
                .put("object", "text_completion")
                .put("created", created)
                .put("model", model.id());
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static ObjectNode choice(int index, String text, String finish) {
        ObjectNode choice = NODES.objectNode().put("index", index).put("text", text);
        choice.put("finish_reason", finish.isEmpty() ? null : finish);
        choice.putNull("logprobs");
        return choice;
    }

    private static ObjectNode usage(List<Generation<?>> written) {
        int prompt =
                written.stream().mapToInt(one -> one.usage().promptTokens()).sum();
        int tokens =
                written.stream().mapToInt(one -> one.usage().writtenTokens()).sum();
        return NODES.objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", tokens)
                .put("total_tokens", prompt + tokens);
    }

    @Override
    public void stream(Frames frames, Cancellation cancellation) {
        String id = "cmpl-" + UUID.randomUUID();
        long created = now();
        List<Request<String>> watched = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            int index = i;
            Request<String> one = requests.get(i);
            // what may be the beginning of a stop is told at the end
            DecodeListener listener = new DecodeListener() {
                @Override
                public void onText(String chunk) {
                    if (one.stops().isEmpty()) {
                        send(frames, cancellation, id, created, choice(index, chunk, ""));
                    }
                }
            };
            watched.add(one.with(one.cancellation().or(cancellation)).with(listener));
        }
        List<Generation<?>> written = written(watched);
        try {
            for (int i = 0; i < written.size(); i++) {
                String text = text(written.get(i));
                boolean isHeld = !requests.get(i).stops().isEmpty();
                send(frames, cancellation, id, created, choice(i, isHeld ? text : "", finish(written.get(i))));
            }
        } catch (ProtocolException e) {
            frames.send("", e.body());
            return;
        }
        if (hasUsage) {
            ObjectNode last = head(id, created);
            last.putArray("choices");
            last.set("usage", usage(written));
            frames.send("", last);
        }
        if (!cancellation.isRequested()) {
            frames.done();
        }
    }

    private void send(Frames frames, Cancellation cancellation, String id, long created, ObjectNode choice) {
        ObjectNode chunk = head(id, created);
        chunk.putArray("choices").add(choice);
        try {
            frames.send("", chunk);
        } catch (RuntimeException nobody) {
            cancellation.cancel();
        }
    }
}
