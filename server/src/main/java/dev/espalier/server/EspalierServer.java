// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.protocol.Protocol;
import dev.espalier.protocol.ServedModels;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server that speaks OpenAI's protocol over HTTP/1.1 and HTTP/2, encrypted or not. Thread-safe.
 *
 * <pre>{@code
 * try (EspalierServer server = EspalierServer.start(models, ServerOptions.DEFAULT)) {
 *     System.out.println(server.uri());
 * }
 * }</pre>
 */
public final class EspalierServer implements AutoCloseable {

    /** Threads beside those of requests: of the connector, and of requests that are refused. */
    private static final int MORE_THREADS = 24;

    /** How long the ends of answers may take to be sent when the server stops. */
    private static final Duration SENDING = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;
    private final ApiHandler api;

    private EspalierServer(ServedModels models, ServerOptions options, ServerMetrics metrics) {
        QueuedThreadPool threads = new QueuedThreadPool(options.maxRequests() + MORE_THREADS, 8);
        threads.setName("espalier-http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, Connections.of(options));
        connector.setHost(options.host());
        connector.setPort(options.port());
        server.addConnector(connector);
        this.api = new ApiHandler(new Protocol(models), options, metrics);
        Handler handler = api;
        if (!options.origins().isEmpty()) {
            CrossOriginHandler origins = new CrossOriginHandler();
            origins.setAllowedOriginPatterns(options.origins().stream()
                    .map(origin -> origin.equals("*") ? origin : Pattern.quote(origin))
                    .collect(Collectors.toSet()));
            origins.setAllowedMethods(Set.of("GET", "POST"));
            origins.setAllowedHeaders(Set.of("authorization", "content-type"));
            origins.setHandler(api);
            handler = origins;
        }
        server.setHandler(new GracefulHandler(handler)); // answers are sent to their ends
        server.setErrorHandler(new ConnectionErrors(Connections.HEAD_BYTES));
        server.setStopTimeout(SENDING.toMillis());
    }

    /**
     * Starts a server.
     *
     * @param models stay the caller's
     * @throws InvalidInputException if it cannot listen there, or the key store cannot be read
     */
    public static EspalierServer start(ServedModels models, ServerOptions options) {
        return start(models, options, new ServerMetrics(), line -> {});
    }

    /**
     * Starts a server that writes a line for each request: who asked what, the status, bytes and microseconds. No prompt and no text is in it.
     *
     * @param metrics what {@code /metrics} tells
     * @param log takes the lines; called by many threads
     * @throws InvalidInputException if it cannot listen there, or the key store cannot be read
     */
    public static EspalierServer start(
            ServedModels models, ServerOptions options, ServerMetrics metrics, RequestLog.Writer log) {
        EspalierServer started = new EspalierServer(models, options, metrics);
        started.server.setRequestLog(
                new CustomRequestLog(log, "%{client}a %{yyyy-MM-dd'T'HH:mm:ss'Z'|UTC}t \"%m %U %H\" %s %O %D"));
        try {
            started.server.start();
        } catch (Exception e) {
            started.close();
            throw new InvalidInputException(
                    options.host() + ":" + options.port() + ": cannot listen there: " + e.getMessage(), e);
        }
        return started;
    }

    /** Where it listens. */
    public URI uri() {
        String scheme = connector.getDefaultProtocol().equalsIgnoreCase("SSL") ? "https" : "http";
        return URI.create(scheme + "://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /** Waits until it has ended. */
    public void join() throws InterruptedException {
        server.join();
    }

    /** Takes no more requests, lets those under way end for the time that the options give, and ends what is left. */
    @Override
    public void close() {
        api.endAll();
        try {
            server.stop();
        } catch (Exception e) {
            // a client that takes nothing: its connection is closed with the process
        }
    }
}
