// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.decode.InfillDecoder;
import dev.espalier.sampler.diffusion.decode.InfillRequest;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import dev.espalier.sampler.gap.Gap;
import dev.espalier.sampler.gap.GappedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fills gaps in a text with a diffusion language model, so that given text and filled gaps together are what an {@link Output}
 * allows.
 *
 * <pre>{@code
 * try (Infiller infiller = Infiller.of(model)) {
 *     Parcel parcel = infiller.infill(mail, Output.of(Parcel.class), "{\"recipient\":\"[[1-8]]\",\"weight\":12,[[6]]}");
 * }
 * }</pre>
 *
 * <p>Whether the gaps can be filled at all is known before the first forward pass; if they can, the result is valid, but for
 * keys that come twice in an object that is open to any key: see {@link #infill(InfillingRequest)}. Given text becomes the
 * canonical tokens of the model's tokenizer, stretch by stretch. A gap at the end may be filled with end tokens after the
 * text.
 *
 * <p>Thread-safe: several threads may fill at once and take turns at the model. What was found out about outputs is kept,
 * within bounds, as long as the infiller is open. See {@code docs/design/canvas-decoding.md}.
 */
public final class Infiller implements AutoCloseable {

    /** What {@link TokenProposal#JOINT} and {@link TokenProposal#POSTERIOR} may cost for each pass. */
    private static final long MAX_EXPANSIONS = 20_000;

    private static final int MAX_NODES = 200_000;

    private static final int MAX_PARSERS = 16;

    private final MaskedDiffusionModel model;
    private final boolean ownsModel;
    private final Prompting prompting;
    private final OutputCompiler compiler;
    private final InfillDecoder decoder;
    private final Map<CompiledGrammar, CanvasParser> parsers = new LinkedHashMap<>();
    private final long maxParserBytes;
    private volatile boolean closed;

    private Infiller(MaskedDiffusionModel model, boolean ownsModel, Prompting prompting, Limits limits) {
        this.model = Objects.requireNonNull(model, "model");
        this.ownsModel = ownsModel;
        this.prompting = Objects.requireNonNull(prompting, "prompting");
        this.compiler = new OutputCompiler(model.vocabulary(), limits);
        this.decoder = new InfillDecoder(model);
        this.maxParserBytes = limits.maxCacheBytes();
    }

    /**
     * An infiller with a model of the caller's, such as a {@link dev.espalier.backends.PyTorchDiffusionModel}, which is not closed
     * with it. If the model brings a chat template, prompts are messages of a user, with the schema of the output behind them, and the canvas is what
     * answers; else they are given as they are.
     */
    public static Infiller of(MaskedDiffusionModel model) {
        return of(model, Limits.DEFAULT);
    }

    /** An infiller with a model of the caller's and some limits for grammars, patterns and canvases. */
    public static Infiller of(MaskedDiffusionModel model, Limits limits) {
        Objects.requireNonNull(model, "model");
        return of(model, Prompting.of(model), limits);
    }

    /** An infiller with a model of the caller's, which is told by the prompting what to fill. */
    public static Infiller of(MaskedDiffusionModel model, Prompting prompting, Limits limits) {
        return new Infiller(model, false, prompting, limits);
    }

    /** As {@link #of(MaskedDiffusionModel, Prompting, Limits)}, with a model that is closed with the infiller, or if none comes of it. */
    public static Infiller owning(MaskedDiffusionModel model, Prompting prompting, Limits limits) {
        Objects.requireNonNull(model, "model");
        try {
            return new Infiller(model, true, prompting, limits);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * The value whose text has the gaps filled, by the default method.
     *
     * @param text given text and gaps, as {@link GappedText#parse} says
     * @throws EspalierException if text or output cannot be read, or no value came of it: see {@link Infilling#orElseThrow()}
     */
    public <T> T infill(String prompt, Output<T> output, String text) {
        return infill(InfillingRequest.of(prompt, output, text)).orElseThrow();
    }

    /**
     * One infilling, however it ends.
     *
     * <p>Objects remember the keys that their schema names. A key that it does not name could come twice; who remembers
     * those has endless many states. A finished text that repeats one is a failure, not a value.
     *
     * @throws EspalierException if the infiller is closed, the output cannot be compiled, the model's tokens cannot spell the given
     *     text, or prompt and canvas are too long for the model. All later failures are outcomes, and so is cancellation at any time.
     */
    public <T> Infilling<T> infill(InfillingRequest<T> request) {
        Objects.requireNonNull(request, "request");
        if (closed) {
            throw new InvalidInputException("the infiller is closed; infill before Infiller.close()");
        }
        CanvasLayout layout = layout(request.text());
        CompiledOutput compiled;
        try {
            compiled = compiler.compile(request.output().withRepeatedKeys(), request.cancellation());
        } catch (CancelledException cancelled) {
            return Infilling.cancelled(layout.canvas(model.vocabulary()), request);
        }
        InfillMethod method = request.method();
        int[] prompt = prompting.tokens(request.prompt(), request.output(), mostSlots(layout, method));
        CanvasParser parser = take(compiled.grammar());
        try {
            InfillResult result = decoder.decode(InfillRequest.builder(compiled.grammar(), layout)
                    .prompt(prompt)
                    .policy(method.policy())
                    .blocks(method.blocks())
                    .growth(method.growth())
                    .strategy(method.strategy())
                    .parameters(method.sampling())
                    .joint(method.proposal() == TokenProposal.JOINT ? MAX_EXPANSIONS : 0)
                    .posteriors(method.proposal() == TokenProposal.POSTERIOR ? MAX_NODES : 0)
                    .sizeTrials(method.sizeTrials())
                    .maxSlots(method.maxSlots())
                    .listener(request.listener())
                    .cancellation(request.cancellation())
                    .parser(parser)
                    .build());
            TokenUsage usage = usage(result, prompt.length, layout.canvas(model.vocabulary()));
            return Infilling.of(
                    result,
                    usage,
                    request,
                    () -> compiler.compile(request.output()).source());
        } finally {
            giveBack(parser);
        }
    }

    private TokenUsage usage(InfillResult result, int promptTokens, Canvas given) {
        long forced = result.steps().stream()
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.kind() == SlotChange.Kind.FORCED
                        && !model.vocabulary().isEnd(change.token()))
                .count();
        return new TokenUsage(promptTokens, 0, tokens(result.canvas()) - tokens(given), (int) forced);
    }

    /** The tokens that stand on a canvas, end tokens left out. */
    private int tokens(Canvas canvas) {
        return (int) Arrays.stream(canvas.tokens())
                .filter(token -> token >= 0 && !model.vocabulary().isEnd(token))
                .count();
    }

    /** The canvas of a text with gaps: given text as tokens, gaps at their least sizes. */
    private CanvasLayout layout(GappedText text) {
        List<CanvasSegment> segments = new ArrayList<>();
        for (int i = 0; i < text.texts().size(); i++) {
            if (!text.texts().get(i).isEmpty()) {
                segments.add(CanvasSegment.fixed(tokens(text.texts().get(i))));
            }
            if (i < text.gaps().size()) {
                Gap gap = text.gaps().get(i);
                segments.add(
                        gap.isUnlimited()
                                ? CanvasSegment.gapFrom(gap.least())
                                : CanvasSegment.gap(gap.least(), gap.most()));
            }
        }
        return CanvasLayout.of(segments);
    }

    private int[] tokens(String given) {
        int[] tokens = model.encoder().encode(given);
        if (!ByteString.of(model.vocabulary().decode(tokens)).equals(ByteString.utf8(given))) {
            String shown = given.length() <= 80 ? given : given.substring(0, 80) + "…";
            throw new InvalidInputException(
                    "the tokens of the model " + model.name() + " cannot spell \"" + shown + "\"");
        }
        return tokens;
    }

    /** So many slots a prompt should leave room for. */
    private int mostSlots(CanvasLayout layout, InfillMethod method) {
        long most = layout.slots();
        for (int segment = 0; segment < layout.segments().size(); segment++) {
            int room = layout.room(segment);
            most += room == CanvasSegment.UNBOUNDED ? model.contextLength() / 4 : room;
        }
        return (int) Math.max(layout.slots(), Math.min(most, Math.min(method.maxSlots(), model.contextLength() / 2)));
    }

    /** A parser for a grammar, the one that other runs have warmed unless another thread has it. */
    private CanvasParser take(CompiledGrammar grammar) {
        synchronized (parsers) {
            CanvasParser warm = parsers.remove(grammar);
            return warm == null ? new CanvasParser(grammar) : warm;
        }
    }

    private void giveBack(CanvasParser parser) {
        synchronized (parsers) {
            parsers.put(parser.grammar(), parser);
            Iterator<CanvasParser> oldest = parsers.values().iterator();
            long bytes = parsers.values().stream()
                    .mapToLong(CanvasParser::estimatedBytes)
                    .sum();
            for (int left = parsers.size(); left > 1 && (left > MAX_PARSERS || bytes > maxParserBytes); left--) {
                bytes -= oldest.next().estimatedBytes();
                oldest.remove();
            }
        }
    }

    /** What compiles the outputs: for its reports and its statistics. */
    public OutputCompiler compiler() {
        return compiler;
    }

    /** The model. */
    public MaskedDiffusionModel model() {
        return model;
    }

    /** Frees masks; closes the model if the infiller owns it. */
    @Override
    public void close() {
        closed = true;
        synchronized (parsers) {
            parsers.clear();
        }
        compiler.close();
        if (ownsModel) {
            model.close();
        }
    }
}
