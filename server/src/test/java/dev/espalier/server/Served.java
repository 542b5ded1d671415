// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.protocol.ServedModel;
import dev.espalier.protocol.ServedModels;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.testing.ScriptedModel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/** A server with one scripted model, called {@code scripted}. */
final class Served implements AutoCloseable {

    final ScriptedModel model;
    final EspalierServer server;
    /** A line for each request that has ended. */
    final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    private final Assistant assistant;
    private final ServerMetrics metrics = new ServerMetrics();

    Served(UnaryOperator<String> script) {
        this(new ScriptedModel(script), ServerOptions.DEFAULT);
    }

    Served(ScriptedModel model, ServerOptions options) {
        this.model = model;
        this.assistant = Assistant.of(
                model,
                AssistantOptions.DEFAULT
                        .with(BatchOptions.DEFAULT.withPrefixTokens(4096), BatchListener.NONE)
                        .with(metrics.listener("scripted")));
        ServedModels models = ServedModels.of(new ServedModel("scripted", assistant, 1_700_000_000, 512));
        this.server = EspalierServer.start(models, options.withAddress("127.0.0.1", 0), metrics, log::add);
    }

    String uri(String path) {
        return server.uri() + path;
    }

    @Override
    public void close() {
        server.close();
        assistant.close();
    }
}
