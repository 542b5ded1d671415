// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.autoregressive.FilledText;
import dev.espalier.sampler.autoregressive.GapFiller;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Makes a language model write what an {@link Output} allows and nothing else.
 *
 * <pre>{@code
 * record Invoice(String customer, LocalDate date, BigDecimal total) {}
 *
 * try (Generator generator = Generator.of(PyTorchModel.load(directory, LoadOptions.DEFAULT))) {
 *     Invoice invoice = generator.generate(mail, Output.of(Invoice.class));
 * }
 * }</pre>
 *
 * <p>Thread-safe: what several threads ask for at once, what {@link #generateAll} is given, and what was {@link #submit submitted} is
 * written in shared forward passes. Compiled outputs and masks are kept, within bounds, as long as the generator is open. Blocking; happy
 * on virtual threads.
 */
public final class Generator implements AutoCloseable {

    private final LanguageModel model;
    private final boolean ownsModel;
    private final Prompting prompting;
    private final OutputCompiler compiler;
    private final MaskedDecoder decoder;
    private volatile boolean closed;

    /** A compiled output, and how long that took now: zero if it was kept. */
    private record Form(CompiledOutput output, Duration compileTime) {

        <T> Generation<T> generation(Outcome outcome, Request<T> request, Generation.FieldConfidence fields) {
            return Generation.of(outcome, request, output.source(), fields, compileTime);
        }
    }

    private Generator(
            LanguageModel model,
            boolean ownsModel,
            Prompting prompting,
            Limits limits,
            BatchOptions batch,
            BatchListener listener) {
        this.model = Objects.requireNonNull(model, "model");
        this.ownsModel = ownsModel;
        this.prompting = Objects.requireNonNull(prompting, "prompting");
        this.compiler = new OutputCompiler(model.vocabulary(), limits);
        this.decoder = new MaskedDecoder(model, batch, listener);
    }

    /**
     * A generator with a model of the caller's, which is not closed with it. If the model brings a chat template, prompts are messages of a user,
     * with the schema of the output behind them; else they are given as they are.
     */
    public static Generator of(LanguageModel model) {
        return of(model, Limits.DEFAULT);
    }

    /** A generator with a model of the caller's and some limits for grammars, patterns and masks. */
    public static Generator of(LanguageModel model, Limits limits) {
        Objects.requireNonNull(model, "model");
        return of(model, Prompting.of(model), limits);
    }

    /** A generator with a model of the caller's, which is told by the prompting what to write. */
    public static Generator of(LanguageModel model, Prompting prompting, Limits limits) {
        return of(model, prompting, limits, BatchOptions.DEFAULT, BatchListener.NONE);
    }

    /**
     * A generator with a model of the caller's.
     *
     * @param batch bounds of the texts that are written together, such as those of a server
     * @param listener told of each forward pass
     */
    public static Generator of(
            LanguageModel model, Prompting prompting, Limits limits, BatchOptions batch, BatchListener listener) {
        return new Generator(model, false, prompting, limits, batch, listener);
    }

    /** As {@link #of(LanguageModel, Prompting, Limits)}, with a model that is closed with the generator, or if none comes of it. */
    public static Generator owning(LanguageModel model, Prompting prompting, Limits limits) {
        Objects.requireNonNull(model, "model");
        try {
            return new Generator(model, true, prompting, limits, BatchOptions.DEFAULT, BatchListener.NONE);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * The value that the model writes for a prompt, taking the likeliest allowed token at each step.
     *
     * @throws EspalierException if the output cannot be compiled, or no whole value came of it: see
     *     {@link Generation#orElseThrow()}
     */
    public <T> T generate(String prompt, Output<T> output) {
        return generate(prompt, output, Request.of(prompt, output).sampling());
    }

    /**
     * The value that the model writes for a prompt.
     *
     * @throws EspalierException as {@link #generate(String, Output)}
     */
    public <T> T generate(String prompt, Output<T> output, SamplingParameters sampling) {
        // nobody sees what the draws were worth
        Objects.requireNonNull(sampling, "sampling");
        return generate(Request.of(prompt, output).with(sampling.withWeights(false)))
                .orElseThrow();
    }

    /**
     * One generation, however it ends.
     *
     * @throws EspalierException if the output cannot be compiled, or the generator is closed. All later failures are outcomes, and
     *     so is cancellation at any time.
     */
    public <T> Generation<T> generate(Request<T> request) {
        Optional<Form> form = form(request);
        if (form.isEmpty()) {
            return Generation.cancelled();
        }
        Outcome outcome =
                decoder.decode(List.of(prepared(request, form.get().output()))).get(0);
        return form.get().generation(outcome, request, fields(request));
    }

    /**
     * One generation, while the caller does something else. Generations of all callers share forward passes. The output is compiled, and the
     * prompt read into tokens, before this returns.
     *
     * @return the generation, however it ends. Cancelling the future ends it soon. The listener of the request is called by threads of the
     *     generator, one call at a time
     * @throws EspalierException if the output cannot be compiled, as many submitted generations are not done as {@link BatchOptions#maxWaiting}
     *     allows, or the generator is closed
     */
    public <T> CompletableFuture<Generation<T>> submit(Request<T> request) {
        Optional<Form> form = form(request);
        if (form.isEmpty()) {
            return CompletableFuture.completedFuture(Generation.cancelled());
        }
        CompletableFuture<Outcome> outcome =
                decoder.submit(prepared(request, form.get().output()));
        CompletableFuture<Generation<T>> generation =
                outcome.thenApply(ended -> form.get().generation(ended, request, fields(request)));
        generation.whenComplete((done, thrown) -> outcome.cancel(false)); // a future that was cancelled ends its text
        return generation;
    }

    /**
     * A value while it is written. The text is begun when the stream is started; it shares forward passes with all others.
     *
     * @param request its output has a JSON Schema or a Java type; its listener is called, too
     * @throws EspalierException if the output cannot be compiled, or that is cancelled, or the generator is closed; an
     *     {@link dev.espalier.core.error.UnsupportedFeatureException} if a keyword is checked at the end only, and the request allows several attempts
     */
    public <T> ValueStream<T> stream(Request<T> request) {
        Objects.requireNonNull(request, "request");
        checkOpen();
        CompiledOutput compiled = compiler.compile(marked(request), request.cancellation());
        return new ValueStream<>(
                request, compiled, watched -> prepared(watched, compiled), decoder::submit, fields(request));
    }

    /**
     * Compiles the output of a request, so that it is there when the request is made. Cost: a look-up where it is among the {@linkplain OutputCompiler latest}.
     *
     * @return how long that took; zero if it was kept
     * @throws EspalierException if it cannot be compiled, that is cancelled, or the generator is closed
     */
    public Duration compile(Request<?> request) {
        Objects.requireNonNull(request, "request");
        checkOpen();
        return compiledNow(request).compileTime();
    }

    /** The output of a request, compiled; empty if that was cancelled. */
    private Optional<CompiledOutput> compiled(Request<?> request) {
        return form(request).map(Form::output);
    }

    /** {@link #compiled} with the time that it took. */
    private Optional<Form> form(Request<?> request) {
        Objects.requireNonNull(request, "request");
        checkOpen();
        try {
            return Optional.of(compiledNow(request));
        } catch (CancelledException cancelled) {
            return Optional.empty();
        }
    }

    private Form compiledNow(Request<?> request) {
        Output<?> output = marked(request);
        Optional<CompiledOutput> kept = compiler.kept(output);
        if (kept.isPresent()) {
            return new Form(kept.get(), Duration.ZERO);
        }
        long begin = System.nanoTime();
        CompiledOutput compiled = compiler.compile(output, request.cancellation());
        return new Form(compiled, Duration.ofNanos(Math.max(1, System.nanoTime() - begin)));
    }

    /** The output of a request, with those spans known while it is written that are drawn in ways of their own. */
    private static Output<?> marked(Request<?> request) {
        Set<String> parts = request.sampling().parts().keySet();
        return parts.isEmpty() ? request.output() : request.output().marked(parts);
    }

    private Generation.FieldConfidence fields(Request<?> request) {
        return new Generation.FieldConfidence.OfRequest(this, request);
    }

    /** All texts that a request may come to, with the model's law at temperature 1, whatever the request says of drawing. */
    ModelTree tree(Request<?> request) {
        Request<?> uncancelled = request.with(new Cancellation());
        TokenConstraint constraint =
                TokenConstraint.of(compiled(uncancelled).orElseThrow().grammar());
        SamplingParameters plain = SamplingParameters.DEFAULT
                .withTemperature(1)
                .withMaxTokens(request.sampling().maxTokens());
        return new ModelTree(model, prompt(request), constraint, plain);
    }

    private void checkOpen() {
        if (closed) {
            throw new InvalidInputException("the generator is closed; generate before Generator.close()");
        }
    }

    /**
     * Several generations, each with a prompt, output and parameters of its own, in shared forward passes. Each ends by
     * itself; none fails because of another.
     *
     * @return the generations in the order of the requests
     * @throws EspalierException if an output cannot be compiled, or the generator is closed; nothing is generated then. Cancellation is an
     *     outcome, of those requests that were cancelled
     */
    public List<Generation<?>> generateAll(List<? extends Request<?>> requests) {
        Objects.requireNonNull(requests, "requests");
        List<Optional<Form>> forms = new ArrayList<>();
        List<DecodeRequest> prepared = new ArrayList<>();
        for (Request<?> request : requests) {
            Optional<Form> form = form(request);
            forms.add(form);
            form.ifPresent(one -> prepared.add(prepared(request, one.output())));
        }
        Iterator<Outcome> outcomes = decoder.decode(prepared).iterator();
        List<Generation<?>> generations = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            Optional<Form> form = forms.get(i);
            generations.add(
                    form.isEmpty()
                            ? Generation.cancelled()
                            : form.get().generation(outcomes.next(), requests.get(i), fields(requests.get(i))));
        }
        return generations;
    }

    /**
     * Fills gaps in a text one after the other from left to right. The mask knows the text after them, and so does the model if it was
     * trained for that and the template says how: see {@link GapFiller}. Diffusion models fill all gaps at once: see {@link Infiller}.
     *
     * @param request its prompt comes before the text, as it is if the template has control tokens of its own; its listener is not called, and a text is begun once
     * @param text given text and gaps; see {@link GappedText#parse}
     * @return given text and filled gaps together
     * @throws EspalierException if the output cannot be compiled, the gaps cannot be filled, the model's tokens cannot spell the
     *     given text, or the template is for another model. Cancellation at any time is an outcome
     */
    public <T> Generation<T> fill(Request<T> request, GappedText text, FillTemplate template) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(template, "template");
        Optional<CompiledOutput> compiled = compiled(request);
        if (compiled.isEmpty()) {
            return Generation.cancelled();
        }
        Prompting told = template.isMarked()
                ? Prompting.raw(model)
                : request.prompting().orElse(prompting); // no chat comes before such marks
        int[] prompt = told.tokens(request.prompt(), request.output(), 0);
        try {
            FilledText filled = new GapFiller(model, compiled.get().grammar(), template)
                    .fill(text, prompt, request.sampling(), request.cancellation());
            return Generation.of(filled.outcome(), request, compiled.get().source(), Generation.FieldConfidence.NONE);
        } catch (CancelledException cancelled) {
            return Generation.cancelled(); // while it was found out whether the gaps can be filled at all
        }
    }

    /**
     * Samples of whole texts, by a sampler that states their law: see {@link Samplers} for which is good for what. All
     * spellings of a text in tokens count as different texts, whatever {@link SamplingParameters#forcedText()} says.
     *
     * @param request its temperature must be above 0; top-k, top-p and min-p are refused, and its listener is not called
     * @param count how many, at least 1; what counts as one is said by the sampler
     * @throws EspalierException if the output cannot be compiled, the parameters do not fit, or the model fails
     */
    public <T> Samples<T> sample(Request<T> request, SequenceSampler sampler, int count) {
        return sample(request, sampler, count, sample -> {}, Long.MAX_VALUE);
    }

    /**
     * As {@link #sample(Request, SequenceSampler, int)}, watched and bounded.
     *
     * @param progress told of each sample when it is finished
     * @param maxRuns the most texts that may be begun, at least 1
     */
    public <T> Samples<T> sample(
            Request<T> request, SequenceSampler sampler, int count, Consumer<Sample> progress, long maxRuns) {
        if (count < 1) {
            throw new InvalidInputException("at least 1 sample must be asked for, but not " + count);
        }
        Objects.requireNonNull(sampler, "sampler");
        Objects.requireNonNull(progress, "progress");
        List<Sample> finished = new ArrayList<>();
        Optional<CompiledOutput> compiled = compiled(request);
        if (compiled.isEmpty()) {
            return new Samples<>(List.of(), stopped(finished, 0));
        }
        int[] prompt = prompt(request);
        SamplingRun run = SamplingRun.seeded(request.sampling().seed())
                .with(request.cancellation())
                .with(sample -> {
                    finished.add(sample);
                    progress.accept(sample);
                })
                .withMaxRuns(maxRuns);
        TokenConstraint constraint =
                TokenConstraint.of(compiled.get().grammar()).until(request.cancellation());
        try (ModelTree tree = new ModelTree(model, prompt, constraint, request.sampling())) {
            SampleSet set = sampled(sampler, tree, count, run, finished);
            List<Samples.Drawn<T>> drawn = new ArrayList<>();
            for (Sample sample : set.samples()) {
                drawn.add(read(sample, request.output(), compiled.get().source()));
            }
            return new Samples<>(drawn, set);
        }
    }

    /** What a sampler brings; what it has finished, where a mask or the model was cancelled in the middle of a text. */
    private static SampleSet sampled(
            SequenceSampler sampler, ModelTree tree, int count, SamplingRun run, List<Sample> finished) {
        try {
            return sampler.sample(tree, count, run);
        } catch (CancelledException cancelled) {
            return stopped(finished, tree.calls());
        }
    }

    private static SampleSet stopped(List<Sample> finished, long calls) {
        return new SampleSet(finished, finished.size(), calls, 0, OptionalDouble.empty(), true);
    }

    /**
     * What decides the law of a request's samples, in one short text: the model by its name, the prompt, the output, the
     * temperature and the most tokens. Another text for another law. It tells what a learned trie was learned from.
     */
    public String situation(Request<?> request) {
        Objects.requireNonNull(request, "request");
        int[] prompt = prompt(request);
        String all = String.join(
                "\n",
                model.name(),
                String.valueOf(model.vocabulary().size()),
                Arrays.toString(prompt),
                String.valueOf(request.sampling().temperature()),
                String.valueOf(request.sampling().maxTokens()),
                request.output().source().toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The text that the tokens of a sample of this generator's spell, as far as it is UTF-8. */
    public String text(Sample sample) {
        Objects.requireNonNull(sample, "sample");
        int[] tokens = sample.tokens().stream().mapToInt(Integer::intValue).toArray();
        return new String(model.vocabulary().decode(tokens), StandardCharsets.UTF_8);
    }

    private <T> Samples.Drawn<T> read(Sample sample, Output<T> output, CompiledSource source) {
        String text = text(sample);
        return new Samples.Drawn<>(text, sample.complete() ? value(text, output, source) : Optional.empty(), sample);
    }

    /** The value of a whole text; empty if it cannot be read, or breaks a keyword that was not enforced. */
    private static <T> Optional<T> value(String text, Output<T> output, CompiledSource source) {
        try {
            return Optional.of(output.read(text, source));
        } catch (EspalierException e) {
            return Optional.empty();
        }
    }

    private DecodeRequest prepared(Request<?> request, CompiledOutput compiled) {
        requireFit(request);
        int[] prompt = prompt(request);
        return DecodeRequest.of(prompt, compiled.grammar())
                .with(request.sampling())
                .with(request.listener())
                .with(request.cancellation())
                .withStops(request.stops())
                .withEndTokens(request.stopTokens())
                .withSharing(request.isShared())
                .withPriority(request.priority())
                .withAttempts(compiled.source().hasKeywords(Enforcement.CHECKED_AT_END) ? request.attempts() : 1);
    }

    private void requireFit(Request<?> request) {
        Vocabulary vocabulary = compiler.vocabulary();
        for (int token : request.stopTokens()) {
            if (vocabulary.bytes(token).length() > 0 && !(request.output().source() instanceof OutputSource.FreeText)) {
                throw new InvalidInputException("token " + token + " spells \"" + vocabulary.text(token)
                        + "\", and ends an Output.text(); other outputs end where they are whole");
            }
        }
    }

    private int[] prompt(Request<?> request) {
        return request.prompting().orElse(prompting).tokens(request.prompt(), request.output(), 0);
    }

    /** What compiles the outputs: for its reports and its statistics. */
    public OutputCompiler compiler() {
        return compiler;
    }

    /** Ends generations under way and frees masks; closes the model if the generator owns it. */
    @Override
    public void close() {
        closed = true;
        decoder.close();
        compiler.close();
        if (ownsModel) {
            model.close();
        }
    }
}
