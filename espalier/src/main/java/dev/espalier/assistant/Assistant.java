// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.Prompting;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers conversations: with free text or any {@link dev.espalier.Output}, with calls of tools, with reasoning before. Answers of all callers share forward passes. Thread-safe.
 *
 * <pre>{@code
 * try (Assistant assistant = Assistant.of(model, AssistantOptions.DEFAULT)) {
 *     Answer answer = assistant.answer(Turn.of(messages).withTools(tools, ToolChoice.AUTO));
 * }
 * }</pre>
 */
public final class Assistant implements AutoCloseable {

    private final LanguageModel model;
    private final Generator generator;
    private final TurnPrompts prompts;
    private final AssistantListener listener;
    private final LanguageModel writing;

    private Assistant(LanguageModel model, AssistantOptions options) {
        this.model = model;
        this.listener = options.listener();
        this.prompts = TurnPrompts.of(model, options);
        this.writing = prompts.calls()
                .or(prompts::writing)
                .map(convention -> convention.on(model))
                .orElse(model);
        this.generator = Generator.of(writing, prompts.usual(), options.limits(), options.batch(), options.passes());
    }

    /**
     * An assistant with a model of the caller's, which is not closed with it.
     *
     * @throws dev.espalier.core.error.SyntaxException if the model's chat template cannot be read
     */
    public static Assistant of(LanguageModel model, AssistantOptions options) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(options, "options");
        return new Assistant(model, options);
    }

    /**
     * One answer, however it ends.
     *
     * @throws EspalierException as {@link #submit}
     */
    public Answer answer(Turn turn) {
        return answers(List.of(turn)).get(0);
    }

    /**
     * Several answers in shared forward passes, in the order of the turns. Listeners are called by the thread that asks; while one of them blocks, its own text pauses, and no other.
     *
     * @throws EspalierException as {@link #submit}; nothing is answered then
     */
    public List<Answer> answers(List<Turn> turns) {
        if (turns.isEmpty()) {
            return List.of();
        }
        List<Watched> watched = turns.stream().map(this::watched).toList();
        List<TurnForm> forms = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        Turn asked = turns.get(0);
        try {
            for (Watched one : watched) {
                asked = one.turn();
                forms.add(one.form(prompts, generator.compiler()));
            }
            List<Generation<?>> written =
                    generator.generateAll(forms.stream().map(TurnForm::request).toList());
            for (int i = 0; i < forms.size(); i++) {
                answers.add(forms.get(i).answer(written.get(i)));
            }
        } catch (EspalierException e) {
            listener.onRefusal(name(), asked, e.code());
            watched.forEach(one -> one.listener().onFailure(e));
            throw e;
        } catch (RuntimeException | Error e) {
            watched.forEach(one -> one.listener().onFailure(e));
            throw e;
        }
        for (int i = 0; i < answers.size(); i++) {
            told(watched.get(i), answers.get(i));
        }
        return answers;
    }

    /** A turn that was begun, with who is told of its end, and the clock that measures it. */
    private record Watched(Turn turn, TurnListener listener, AnswerClock clock) {

        TurnForm form(TurnPrompts prompts, OutputCompiler compiler) {
            return TurnForm.of(turn, prompts, compiler, clock);
        }
    }

    private Watched watched(Turn turn) {
        return new Watched(turn, listener.onTurn(name(), turn), new AnswerClock());
    }

    /**
     * Compiles the form of a turn's answer, so that it is there when the turn is answered. Cost: a look-up where it is among the latest.
     *
     * @throws EspalierException as {@link #submit}, or if the turn is cancelled
     */
    public void compile(Turn turn) {
        try {
            Duration time = generator.compile(TurnForm.of(turn, prompts, generator.compiler(), new AnswerClock())
                    .request());
            if (!time.isZero()) {
                listener.onCompiled(name(), turn, time);
            }
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException e) {
            listener.onRefusal(name(), turn, e.code());
            throw e;
        }
    }

    /**
     * What the text of a turn's answer must be, reasoning and calls included. It is not compiled, and no listener is told.
     *
     * @throws EspalierException if the template knows no tools, the model no reasoning that is asked for, or a tool's parameters allow no object
     */
    public Output<?> form(Turn turn) {
        return TurnForm.of(turn, prompts, generator.compiler(), new AnswerClock())
                .request()
                .output();
    }

    private Answer told(Watched watched, Answer answer) {
        watched.listener().onAnswer(answer);
        listener.onAnswer(name(), watched.turn(), answer);
        return answer;
    }

    /**
     * One answer, while the caller does something else. The form of the answer is compiled, and the prompt read into tokens, before this returns. Cancelling the future ends the answer soon.
     *
     * @throws InvalidInputException if the template knows no tools, or the model no reasoning that is asked for
     * @throws EspalierException if the answer's form cannot be compiled, the conversation not be told, as many answers wait as may, or the assistant is closed
     */
    public CompletableFuture<Answer> submit(Turn turn) {
        Watched watched = watched(turn);
        TurnForm form;
        CompletableFuture<? extends Generation<?>> written;
        try {
            form = watched.form(prompts, generator.compiler());
            written = generator.submit(form.request());
        } catch (EspalierException e) {
            listener.onRefusal(name(), turn, e.code());
            watched.listener().onFailure(e);
            throw e;
        } catch (RuntimeException | Error e) {
            watched.listener().onFailure(e);
            throw e;
        }
        // who cancels the copy ends the text, whose listeners are told all the same
        CompletableFuture<Answer> answer = written.handle((one, thrown) -> ended(watched, form, one, thrown))
                .copy();
        answer.whenComplete((done, thrown) -> {
            if (answer.isCancelled()) {
                form.stop().cancel();
            }
        });
        return answer;
    }

    private Answer ended(Watched watched, TurnForm form, @Nullable Generation<?> written, @Nullable Throwable thrown) {
        if (written == null) {
            Throwable cause = thrown == null ? new IllegalStateException("neither a text nor an error") : thrown;
            watched.listener().onFailure(cause);
            throw new CompletionException(cause);
        }
        Answer answer;
        try {
            answer = form.answer(written);
        } catch (RuntimeException | Error e) {
            watched.listener().onFailure(e);
            throw e;
        }
        return told(watched, answer);
    }

    /**
     * What the model reads first, as text.
     *
     * @throws EspalierException if the conversation cannot be told
     */
    public String prompt(Turn turn) {
        return prompts.text(turn);
    }

    /** The tokens of {@link #prompt}. */
    public int[] promptTokens(Turn turn) {
        return prompts.prompting(turn).tokens("", turn.answer(), 0);
    }

    /** The model's name. */
    public String name() {
        return model.name();
    }

    /** The model's tokens. */
    public Vocabulary vocabulary() {
        return model.vocabulary();
    }

    /** Whether tools can be called: the template shows how, or the options say it. */
    public boolean hasTools() {
        return prompts.calls().isPresent();
    }

    /** Whether the model is known to reason before it answers. */
    public boolean hasReasoning() {
        return prompts.reasoning().isPresent();
    }

    /** The most tokens of prompt and answer together. */
    public int contextLength() {
        return model.contextLength();
    }

    /** The tokens of a text as it is, without any template. */
    public int[] tokens(String text) {
        return Prompting.raw(writing).tokens(text, Output.text(), 0);
    }

    /** Gives prompts to the model as they are: for requests to {@link #generator()} that are no conversations. */
    public Prompting raw() {
        return Prompting.raw(writing);
    }

    /** What writes the texts: for prompts that are no conversations. */
    public Generator generator() {
        return generator;
    }

    /** What compiles the forms of answers. */
    public OutputCompiler compiler() {
        return generator.compiler();
    }

    /** Ends answers under way. */
    @Override
    public void close() {
        generator.close();
    }
}
