// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.generate.Writing.End;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Has a model write a text under a grammar, takes the times, and has the text judged. Thread-safe: several threads take
 * turns at the model, and then wait for each other.
 */
final class InstanceWriter implements AutoCloseable {

    private final ReferenceValidator validator = new ReferenceValidator();
    private final LanguageModel model;
    private final SamplingParameters parameters;
    private final SchemaPrompt prompts;
    private final MaskedDecoder decoder;

    InstanceWriter(LanguageModel model, GenerationSettings settings) {
        this.model = model;
        this.parameters = settings.parameters();
        this.prompts = new SchemaPrompt(model, settings.embedded(), parameters.maxTokens());
        this.decoder = new MaskedDecoder(model);
    }

    /** Decides the choices for one schema, whichever others run. */
    private SamplingParameters parameters(String id) {
        CRC32 crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return parameters.withSeed(parameters.seed() * 31 + crc.getValue());
    }

    /** Notes when the first token came that the model was asked for, and how many came after it. */
    private static final class FirstToken implements DecodeListener {

        private volatile long at;
        private volatile int later;

        @Override
        public void onToken(int token, boolean forced) {
            if (at != 0) {
                later++;
            } else if (!forced) {
                at = System.nanoTime();
            }
        }
    }

    /**
     * Writes one text; whatever is thrown becomes part of it.
     *
     * @param grammar what may be written
     * @param free whether that is anything, so that a text that is as long as allowed was cut
     * @param attempts how often a text may be begun that turns out to have no end
     * @param start when the schema's text was at hand, by {@link System#nanoTime()}
     */
    Writing write(
            BenchSchema source,
            CompiledGrammar grammar,
            boolean free,
            int attempts,
            Cancellation cancellation,
            long start) {
        try {
            FirstToken first = new FirstToken();
            int[] prompt = prompts.tokens(source.schema());
            DecodeRequest request = DecodeRequest.of(prompt, grammar)
                    .with(parameters(source.id()))
                    .with(first)
                    .with(cancellation)
                    .withAttempts(attempts);
            Outcome outcome = decoder.decode(List.of(request)).get(0);
            long end = System.nanoTime();
            Transcript written = outcome.transcript();
            int tokens = written.tokens().size();
            int room = Math.min(parameters.maxTokens(), model.contextLength() - prompt.length);
            End how = free && outcome.isComplete() && tokens >= room ? End.CUT : end(outcome);
            String faults = how == End.COMPLETE ? validator.faults(source.schema(), written.text()) : "";
            return new Writing(
                    how,
                    error(outcome),
                    written.text(),
                    faults,
                    prompt.length,
                    tokens,
                    written.forcedTokens(),
                    first.at == 0 ? 0 : first.at - start,
                    first.later == 0 ? 0 : (end - first.at) / first.later,
                    end - start);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Writing.failed(e.toString());
        }
    }

    private static End end(Outcome outcome) {
        if (outcome instanceof Outcome.Complete) {
            return End.COMPLETE;
        } else if (outcome instanceof Outcome.BudgetExhausted) {
            return End.CUT;
        } else if (outcome instanceof Outcome.DeadEnd) {
            return End.DEAD_END;
        }
        return outcome instanceof Outcome.Cancelled ? End.TIMEOUT : End.ERROR;
    }

    private static String error(Outcome outcome) {
        String code = outcome instanceof Outcome.DeadEnd
                ? ""
                : Obstacles.failure(outcome).map(cause -> cause.code() + ": ").orElse("");
        return code + Obstacles.failure(outcome).map(Throwable::getMessage).orElse("");
    }

    @Override
    public void close() {
        decoder.close();
    }
}
