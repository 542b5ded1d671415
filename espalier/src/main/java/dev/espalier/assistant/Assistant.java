// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.Prompting;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

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
        List<TurnForm> forms = new ArrayList<>();
        List<Generation<?>> written;
        Turn asked = turns.get(0);
        try {
            for (Turn turn : turns) {
                asked = turn;
                forms.add(TurnForm.of(turn, prompts, writing.vocabulary()));
            }
            written =
                    generator.generateAll(forms.stream().map(TurnForm::request).toList());
        } catch (EspalierException e) {
            listener.onRefusal(name(), asked, e.code());
            throw e;
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            answers.add(told(turns.get(i), forms.get(i).answer(written.get(i))));
        }
        return answers;
    }

    private Answer told(Turn turn, Answer answer) {
        listener.onAnswer(name(), turn, answer);
        return answer;
    }

    /**
     * One answer, while the caller does something else. The form of the answer is compiled, and the prompt read into tokens, before this returns. Cancelling the future ends the answer soon.
     *
     * @throws InvalidInputException if the template knows no tools, or the model no reasoning that is asked for
     * @throws EspalierException if the answer's form cannot be compiled, the conversation not be told, as many answers wait as may, or the assistant is closed
     */
    public CompletableFuture<Answer> submit(Turn turn) {
        TurnForm form;
        CompletableFuture<? extends Generation<?>> written;
        try {
            form = TurnForm.of(turn, prompts, writing.vocabulary());
            written = generator.submit(form.request());
        } catch (EspalierException e) {
            listener.onRefusal(name(), turn, e.code());
            throw e;
        }
        CompletableFuture<Answer> answer = written.thenApply(one -> told(turn, form.answer(one)));
        answer.whenComplete((done, thrown) -> written.cancel(false)); // one that is cancelled ends its text
        return answer;
    }

    /**
     * Compiles the form of a turn's answer, so that the first answer of that form finds it compiled. Nothing is written, and the conversation is not told to the model. Cost: a look-up where it is known.
     *
     * @throws InvalidInputException if the template knows no tools, or the model no reasoning that is asked for
     * @throws EspalierException if the form cannot be compiled, or the conversation not be told
     */
    public void prepare(Turn turn) {
        compiler()
                .compile(TurnForm.of(turn, prompts, writing.vocabulary())
                        .request()
                        .output());
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
