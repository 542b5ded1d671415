// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.Generation;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.assistant.StoppedText;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
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
    private static final String BUDGET = "max_tokens";

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
        Set<Integer> stopTokens = SamplingReader.stopTokens(request, model);
        boolean isShared = ChatReader.isShared(request);
        int priority = request.integer("priority", -1000, 1000).orElse(0);
        request.usual("best_of", Set.of("1"));
        request.unsupported("suffix", "logprobs");
        ChatReader.common(request);
        ChatReader.notContinued(request);
        request.end();
        if (!stops.isEmpty() && constraint.isPresent()) {
            throw request.fault("stop", "contradiction", "ends free text; other answers end where they are whole");
        }
        if (constraint.isPresent()) {
            SamplingReader.checkStopTokens(request, stopTokens, model, "other answers end where they are whole");
        }
        Output<String> output =
                constraint.map(ConstraintReader.Constraint::output).orElseGet(Output::text);
        List<Request<String>> requests = new ArrayList<>();
        for (String prompt : prompts) {
            int tokens = model.assistant().tokens(prompt).length;
            int room = ChatReader.room(request, "prompt", model, tokens, OptionalInt.of(most.orElse(16)));
            for (int i = 0; i < choices; i++) {
                requests.add(Request.of(prompt, output)
                        .with(model.assistant().raw())
                        .with(sampling.withMaxTokens(room)
                                .withSeed(SamplingReader.seed(sampling.seed(), requests.size())))
                        .withStops(stops.toArray(String[]::new))
                        .withStopTokens(stopTokens)
                        .withSharing(isShared)
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

    @Override
    public String form() {
        return constraint;
    }

    @Override
    public void compile(Cancellation cancellation) {
        Request<String> first = requests.get(0); // all have one output
        try {
            model.assistant()
                    .generator()
                    .compile(first.with(first.cancellation().or(cancellation)));
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException e) {
            throw ProtocolException.of(e, constraint, BUDGET);
        }
    }

    private List<Generation<?>> written(List<Request<String>> all, Interruption interruption) {
        try {
            return model.assistant()
                    .generator()
                    .generateAll(all.stream()
                            .map(one -> one.with(one.cancellation().or(interruption.cancellation())))
                            .toList());
        } catch (EspalierException e) {
            throw interruption.error(e, constraint, BUDGET);
        }
    }

    @Override
    public ObjectNode answer(Interruption interruption) {
        List<Generation<?>> written = written(requests, interruption);
        ObjectNode body = head("cmpl-" + UUID.randomUUID(), now());
        ArrayNode choices = body.putArray("choices");
        for (int i = 0; i < written.size(); i++) {
            choices.add(choice(i, text(written.get(i), interruption), finish(written.get(i))));
        }
        body.set("usage", usage(written));
        return body;
    }

    /** What is before a stop of a whole text; free text may end before its time. */
    private String text(Generation<?> one, Interruption interruption) {
        Optional<EspalierException> failure = one.failure();
        if (failure.isEmpty()) {
            return String.valueOf(one.orElseThrow());
        } else if (one.outcome() instanceof Outcome.BudgetExhausted && constraint.isEmpty()) {
            return one.text();
        }
        throw interruption.error(failure.get(), constraint, BUDGET);
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
        ObjectNode usage = NODES.objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", tokens)
                .put("total_tokens", prompt + tokens);
        usage.putObject("prompt_tokens_details")
                .put(
                        "cached_tokens",
                        written.stream()
                                .mapToInt(one -> one.usage().sharedTokens())
                                .sum());
        return usage;
    }

    @Override
    public void stream(Frames frames, Interruption interruption) {
        Chunks chunks = new Chunks(frames, interruption);
        List<Request<String>> watched = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            watched.add(requests.get(i).with(chunks.choice(i)));
        }
        List<Generation<?>> written = written(watched, interruption);
        try {
            for (int i = 0; i < written.size(); i++) {
                text(written.get(i), interruption);
                chunks.send(choice(i, "", finish(written.get(i))));
            }
        } catch (ProtocolException e) {
            if (!chunks.isBegun) {
                throw e;
            }
            chunks.frame(e.body());
            return;
        }
        chunks.end(written);
    }

    /** The frames of one answer. */
    private final class Chunks {

        private final Frames frames;
        private final Interruption interruption;
        private final String id = "cmpl-" + UUID.randomUUID();
        private final long created = now();
        private boolean isBegun;
        private boolean isGone;

        Chunks(Frames frames, Interruption interruption) {
            this.frames = frames;
            this.interruption = interruption;
        }

        void send(ObjectNode choice) {
            ObjectNode chunk = head(id, created);
            chunk.putArray("choices").add(choice);
            frame(chunk);
        }

        void frame(ObjectNode frame) {
            if (isGone) {
                return;
            }
            isBegun = true;
            try {
                frames.send("", frame);
            } catch (RuntimeException nobody) {
                isGone = true;
                interruption.end(ProtocolException.gone());
            }
        }

        void end(List<Generation<?>> written) {
            if (hasUsage) {
                ObjectNode last = head(id, created);
                last.putArray("choices");
                last.set("usage", usage(written));
                frame(last);
            }
            if (!isGone) {
                frames.done();
            }
        }

        /** Tells of a text as soon as it is certain to be before a stop. */
        DecodeListener choice(int index) {
            StoppedText text = new StoppedText(
                    requests.get(index).stops(), chunk -> send(CompletionCall.choice(index, chunk, "")));
            return new DecodeListener() {

                @Override
                public void onText(String chunk) {
                    text.add(chunk);
                }

                @Override
                public void onRestart(Outcome cause) {
                    text.restart();
                    if (isBegun) {
                        ProtocolException restart = ProtocolException.restart();
                        frame(restart.body());
                        isGone = true;
                        interruption.end(restart);
                    }
                }

                @Override
                public void onFinish(Outcome outcome) {
                    text.end();
                }
            };
        }
    }
}
