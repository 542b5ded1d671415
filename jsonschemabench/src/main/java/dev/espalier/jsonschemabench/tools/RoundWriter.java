// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import dev.espalier.OutputCompiler;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.soak.RandomSchemas;
import dev.espalier.jsonschemabench.soak.RandomWriter;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolChoice;
import dev.espalier.tool.ToolConvention;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes rounds: tools with schemas that no other round has, and a call of each by a random walk. It works with a compiler of its own, so that the one that is measured has seen nothing of them.
 * One thread.
 */
final class RoundWriter implements AutoCloseable {

    /** What is said before each call. */
    private static final String TEXT =
            "Let me see. First I look up what is known of the order (no. 17, of \"May 3\"), and then I tell you more: ";

    /** The most tokens of a call; a walk that is longer is begun anew. */
    private static final int LONGEST = 400;

    private static final int WALKS = 4;
    private static final int REFUSED = 2_000;

    private final ToolsSettings settings;
    private final TextEncoder encoder;
    private final RandomSchemas schemas;
    private final RandomWriter writer;
    private final Vocabulary vocabulary;
    private OutputCompiler compiler;
    private int next;

    RoundWriter(ToolsSettings settings, Vocabulary vocabulary, TextEncoder encoder) {
        this.settings = settings;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.schemas = new RandomSchemas(settings.seed());
        this.writer = new RandomWriter(vocabulary);
        this.compiler = new OutputCompiler(vocabulary);
    }

    /**
     * The next round.
     *
     * @throws InvalidInputException if the convention cannot write any of many schemas
     */
    ToolsRound next(String id) {
        compiler.close();
        compiler = new OutputCompiler(vocabulary);
        List<String> taken = new ArrayList<>();
        List<ToolsRound.Answer> answers = new ArrayList<>();
        int refused = 0;
        while (taken.size() < settings.tools()) {
            String schema = schemas.text(next++);
            Optional<String> call = call(ToolsRound.tool(taken.size(), schema), next);
            if (call.isPresent()) {
                taken.add(schema);
                answers.add(new ToolsRound.Answer(encoder.encode(TEXT), encoder.encode(call.get())));
            } else if (++refused > REFUSED) {
                throw new InvalidInputException("of " + next + " schemas the convention " + settings.convention()
                        + " can write no more than " + (next - refused));
            }
        }
        return new ToolsRound(id, settings.convention(), taken, answers);
    }

    /** A call of a tool as text; empty if the convention cannot write it, or no walk through it comes to an end. */
    private Optional<String> call(Tool tool, int number) {
        try {
            ToolCalls calls = ToolCalls.of(ToolConvention.named(settings.convention()), List.of(tool))
                    .with(ToolChoice.named(tool.name()));
            SplittableRandom random = new SplittableRandom(settings.seed() + number);
            for (int i = 0; i < WALKS; i++) {
                Optional<String> call =
                        walk(compiler.compile(calls.output()).grammar().matcher(), random);
                if (call.isPresent()) {
                    return call;
                }
            }
            return Optional.empty();
        } catch (EspalierException refused) {
            return Optional.empty();
        }
    }

    private Optional<String> walk(Matcher matcher, SplittableRandom random) {
        for (int left = LONGEST; left > 0; left--) {
            TokenMask mask = matcher.mask();
            if (matcher.isAccepting()) {
                byte[] text = vocabulary.decode(matcher.tokens());
                return Optional.of(new String(text, StandardCharsets.UTF_8));
            } else if (mask.isEmpty()) {
                return Optional.empty();
            }
            matcher.accept(writer.next(mask, random));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        compiler.close();
    }
}
