// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * A model of Spring AI that runs in this process. A schema is kept exactly, tools are called with valid arguments, and both may be asked for together, by {@link #call} and by {@link #stream}. Thread-safe;
 * all requests share forward passes.
 *
 * <pre>{@code
 * ChatModel model = EspalierChatModel.of(Assistant.of(loaded, AssistantOptions.DEFAULT));
 * ChatClient client = ChatClient.create(model);
 * }</pre>
 */
public final class EspalierChatModel implements ChatModel, AutoCloseable {

    /** Threads that wait for answers and for subscribers: their own, as those of Reactor's elastic scheduler are bounded, and subscribers may need them to go on. */
    private static final Executor THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "espalier-stream");
        thread.setDaemon(true);
        return thread;
    });

    private static final ChatModelObservationConvention CONVENTION = new EspalierChatModelObservationConvention();

    private final Assistant assistant;
    private final String name;
    private final TurnReader reader;
    private final EspalierChatOptions options;
    private final ObservationRegistry observations;
    private final @Nullable ChatModelObservationConvention convention;
    private final Duration patience;
    private final boolean formatsAsSchemas;
    private final AnswersUnderway underway = new AnswersUnderway();

    private EspalierChatModel(Builder from) {
        this.assistant = from.assistant;
        this.name = from.name == null ? from.assistant.name() : from.name;
        this.reader = new TurnReader(from.assistant, from.tools);
        this.options = named(from.options);
        this.observations = from.observations;
        this.convention = from.convention;
        this.patience = from.patience;
        this.formatsAsSchemas = from.formatsAsSchemas;
    }

    /** A model over an assistant that stays the caller's, called as the assistant's model is. */
    public static EspalierChatModel of(Assistant assistant) {
        return builder(assistant).build();
    }

    /** A builder of a model over an assistant that stays the caller's. */
    public static Builder builder(Assistant assistant) {
        return new Builder(assistant);
    }

    /**
     * An answer.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming an option, or a part of a message, that cannot be kept
     * @throws dev.espalier.core.error.LimitExceededException if as many answers are under way as the assistant's batch allows
     * @throws dev.espalier.core.error.EspalierException if the prompt is wrong, its schema cannot be compiled, the model fails, or the answer is not what was asked for
     */
    @Override
    public ChatResponse call(Prompt prompt) {
        Prompt asked = prepared(prompt);
        ChatModelObservationContext context = context(asked, false);
        Cancellation cancellation = new Cancellation();
        Runnable cancel = cancellation::cancel;
        return Objects.requireNonNull(observation(context).observe(() -> {
            underway.begin(cancel);
            try {
                Turn turn = reader.read(asked, optionsOf(asked)).with(cancellation);
                ChatResponse response = writer().whole(turn, answer(turn));
                context.setResponse(response);
                return response;
            } finally {
                underway.end(cancel);
            }
        }));
    }

    /**
     * An answer in chunks, written once for each subscriber. Text and reasoning come as they are written; calls, reasoning as a whole and metadata are in the last chunk. A subscriber that asks for nothing
     * pauses its own text and no other; one that leaves ends it. Errors are those of {@link #call}.
     */
    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return Flux.deferContextual(view -> {
            Prompt asked = prepared(prompt);
            ChatModelObservationContext context = context(asked, true);
            Observation observation = observation(context);
            Observation parent = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
            observation.parentObservation(parent).start();
            return Flux.<ChatResponse>create(
                            sink -> THREADS.execute(() -> write(sink, asked, context)), FluxSink.OverflowStrategy.ERROR)
                    .doOnError(observation::error)
                    .doOnTerminate(observation::stop)
                    .doOnCancel(observation::stop)
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    /** Waits for an answer, as one of those that the bounds of the assistant's batch count. */
    private Answer answer(Turn turn) {
        CompletableFuture<Answer> answer = assistant.submit(turn);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new CancelledException("the thread that waited for an answer was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void write(FluxSink<ChatResponse> sink, Prompt asked, ChatModelObservationContext context) {
        ResponseWriter writer = writer();
        AnswerSink chunks = new AnswerSink(sink, writer);
        Runnable cancel = chunks::cancel;
        try {
            underway.begin(cancel);
            Turn turn = reader.read(asked, optionsOf(asked)).with(chunks).with(chunks.cancellation());
            Answer answer = answer(turn);
            if (!sink.isCancelled()) {
                context.setResponse(writer.whole(turn, answer));
                chunks.send(writer.last(turn, answer));
                sink.complete();
            }
        } catch (RuntimeException | Error e) {
            chunks.fail(e);
        } finally {
            underway.end(cancel);
        }
    }

    /**
     * Compiles the form of the answer to a prompt, so that the first request of that form compiles nothing: for the start of a program. What the conversation says has no part in it.
     *
     * @throws dev.espalier.core.error.EspalierException as {@link #call}
     */
    public void prepare(Prompt prompt) {
        Prompt asked = prepared(prompt);
        assistant.compile(reader.form(asked, optionsOf(asked)));
    }

    /**
     * A reader of the items of a list while it is streamed.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type or an annotation that has no exact JSON Schema, and the path of its component
     */
    public <E> EspalierItemReader<E> itemReader(Class<E> type) {
        return new EspalierItemReader<>(type, assistant.compiler());
    }

    /** The options of requests that bring none, with the name of the model. */
    @Override
    public EspalierChatOptions getOptions() {
        return options;
    }

    /** Takes no further requests, and waits for answers under way, at most the patience; those that take longer are cancelled. The assistant stays open. */
    @Override
    public void close() {
        underway.close(patience);
    }

    /** The prompt with options of this model: its own as they are, or else the model's. */
    private Prompt prepared(Prompt prompt) {
        ChatOptions asked = prompt.getOptions();
        EspalierChatOptions own = asked == null ? options : named(EspalierChatOptions.of(asked));
        Prompt prepared = new Prompt(prompt.getInstructions(), own);
        return formatsAsSchemas && own.getOutputSchema() == null
                ? FormatText.in(prompt.getInstructions())
                        .map(format -> new Prompt(
                                format.messages(),
                                own.mutate().outputSchema(format.schema()).build()))
                        .orElse(prepared)
                : prepared;
    }

    private static EspalierChatOptions optionsOf(Prompt prepared) {
        return (EspalierChatOptions) Objects.requireNonNull(prepared.getOptions());
    }

    private EspalierChatOptions named(EspalierChatOptions asked) {
        String other = asked.getModel();
        if (other == null) {
            return asked.mutate().model(name).build();
        } else if (!other.equals(name)) {
            throw ForeignOptions.refused(
                    "model", "the model \"" + other + "\" is not here: this one is \"" + name + "\"");
        }
        return asked;
    }

    private ResponseWriter writer() {
        return new ResponseWriter("espalier-" + UUID.randomUUID(), name);
    }

    private static ChatModelObservationContext context(Prompt prompt, boolean isStream) {
        return ChatModelObservationContext.builder()
                .prompt(prompt)
                .provider(EspalierChatModelObservationConvention.PROVIDER)
                .streaming(isStream)
                .build();
    }

    private Observation observation(ChatModelObservationContext context) {
        return ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(
                convention, CONVENTION, () -> context, observations);
    }

    /** A builder of models. For one thread. */
    public static final class Builder {

        private final Assistant assistant;
        private EspalierChatOptions options = EspalierChatOptions.builder().build();
        private ToolCallingManager tools = ToolCallingManager.builder().build();
        private ObservationRegistry observations = ObservationRegistry.NOOP;
        private @Nullable ChatModelObservationConvention convention;
        private @Nullable String name;
        private Duration patience = Duration.ZERO;
        private boolean formatsAsSchemas = true;

        private Builder(Assistant assistant) {
            this.assistant = Objects.requireNonNull(assistant, "assistant");
        }

        /** What the model is called; null for the assistant's name. */
        public Builder name(@Nullable String value) {
            name = value;
            return this;
        }

        /** How long answers under way may go on when the model is closed; not at all unless changed. */
        public Builder patience(Duration value) {
            patience = Objects.requireNonNull(value, "patience");
            return this;
        }

        /**
         * Whether a schema that a converter of Spring AI, or {@link EspalierOutputConverter}, has put behind the last message of the user is the schema of the answer, as if it were given as the option
         * {@link EspalierChatOptions#getOutputSchema}. The text is left out of the prompt then. It is unless changed; if not, such an answer is a free text.
         */
        public Builder formatsAsSchemas(boolean value) {
            formatsAsSchemas = value;
            return this;
        }

        /** The options of requests that bring none; those of a ChatClient are put on top of them. None is set unless changed. */
        public Builder options(EspalierChatOptions value) {
            options = Objects.requireNonNull(value, "options");
            return this;
        }

        /** What says which tools options name. */
        public Builder toolCallingManager(ToolCallingManager value) {
            tools = Objects.requireNonNull(value, "toolCallingManager");
            return this;
        }

        /** Where requests are observed; nowhere unless changed. */
        public Builder observationRegistry(ObservationRegistry value) {
            observations = Objects.requireNonNull(value, "observationRegistry");
            return this;
        }

        /** What observations say; null for {@link EspalierChatModelObservationConvention}. */
        public Builder observationConvention(@Nullable ChatModelObservationConvention value) {
            convention = value;
            return this;
        }

        /**
         * The model.
         *
         * @throws dev.espalier.core.error.UnsupportedFeatureException if the options name another model
         */
        public EspalierChatModel build() {
            return new EspalierChatModel(this);
        }
    }
}
