// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.core.error.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a server listens, and what it bears. Immutable; start from {@link #DEFAULT}.
 *
 * @param host the address that it listens on
 * @param port the port; 0 for any free one
 * @param keys bearer keys of which a request needs one; none for requests of everybody
 * @param maxBody the most bytes of a request
 * @param maxRequests the most requests under way or waiting; further ones are answered with status 429
 * @param timeout the longest that a request may take, its body included
 * @param patience how long requests under way may go on when the server stops
 * @param compilations how many forms of answers are compiled at a time
 * @param compileTimeout the longest that the form of an answer may take to compile; longer ones are answered with status 400
 * @param ping after how long without a frame a comment is sent, by which it is noticed that a client has gone
 * @param origins the origins of pages in browsers that may ask, as browsers write them, or {@code *} for all; none for the server's own page alone
 * @param tls the key store of an encrypted connection
 */
public record ServerOptions(
        String host,
        int port,
        Set<String> keys,
        int maxBody,
        int maxRequests,
        Duration timeout,
        Duration patience,
        int compilations,
        Duration compileTimeout,
        Duration ping,
        List<String> origins,
        Optional<Tls> tls) {

    /**
     * A key store.
     *
     * @param store a file of the kind PKCS #12
     * @param password its password
     */
    public record Tls(Path store, String password) {}

    /** Port 8080 of this machine alone, for everybody on it. */
    public static final ServerOptions DEFAULT = new ServerOptions(
            "127.0.0.1",
            8080,
            Set.of(),
            8 << 20,
            256,
            Duration.ofMinutes(10),
            Duration.ofSeconds(20),
            Runtime.getRuntime().availableProcessors(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            List.of(),
            Optional.empty());

    /**
     * Copies the collections.
     *
     * @throws InvalidInputException if a number is out of its range
     */
    public ServerOptions {
        Objects.requireNonNull(host, "host");
        keys = Set.copyOf(keys);
        origins = List.copyOf(origins);
        if (port < 0 || port > 65_535) {
            throw new InvalidInputException("expected a port of 0 to 65535, but not " + port);
        } else if (maxBody < 1 || maxRequests < 1 || compilations < 1) {
            throw new InvalidInputException("expected at least 1 byte, 1 request and 1 compilation");
        } else if (timeout.isNegative()
                || timeout.isZero()
                || patience.isNegative()
                || compileTimeout.isNegative()
                || compileTimeout.isZero()
                || ping.isNegative()
                || ping.isZero()) {
            throw new InvalidInputException("expected times above 0");
        } else if (keys.contains("")) {
            throw new InvalidInputException("expected keys that are not empty");
        }
    }

    /** The same on another address and port. */
    public ServerOptions withAddress(String otherHost, int otherPort) {
        return new ServerOptions(
                otherHost,
                otherPort,
                keys,
                maxBody,
                maxRequests,
                timeout,
                patience,
                compilations,
                compileTimeout,
                ping,
                origins,
                tls);
    }

    /** The same with other keys. */
    public ServerOptions withKeys(Set<String> others) {
        return new ServerOptions(
                host,
                port,
                others,
                maxBody,
                maxRequests,
                timeout,
                patience,
                compilations,
                compileTimeout,
                ping,
                origins,
                tls);
    }

    /** The same with other bounds of requests. */
    public ServerOptions withBounds(int otherBody, int otherRequests) {
        return new ServerOptions(
                host,
                port,
                keys,
                otherBody,
                otherRequests,
                timeout,
                patience,
                compilations,
                compileTimeout,
                ping,
                origins,
                tls);
    }

    /** The same with other bounds of compiling. */
    public ServerOptions withCompiling(int others, Duration otherTimeout) {
        return new ServerOptions(
                host, port, keys, maxBody, maxRequests, timeout, patience, others, otherTimeout, ping, origins, tls);
    }

    /** The same with other times. */
    public ServerOptions withTimes(Duration otherTimeout, Duration otherPatience, Duration otherPing) {
        return new ServerOptions(
                host,
                port,
                keys,
                maxBody,
                maxRequests,
                otherTimeout,
                otherPatience,
                compilations,
                compileTimeout,
                otherPing,
                origins,
                tls);
    }

    /** The same for pages of these origins. */
    public ServerOptions withOrigins(List<String> others) {
        return new ServerOptions(
                host,
                port,
                keys,
                maxBody,
                maxRequests,
                timeout,
                patience,
                compilations,
                compileTimeout,
                ping,
                others,
                tls);
    }

    /** The same, encrypted. */
    public ServerOptions with(Tls other) {
        return new ServerOptions(
                host,
                port,
                keys,
                maxBody,
                maxRequests,
                timeout,
                patience,
                compilations,
                compileTimeout,
                ping,
                origins,
                Optional.of(other));
    }
}
