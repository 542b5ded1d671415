// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The protocols of a server's connections: HTTP/1.1 and HTTP/2, both of them encrypted, or neither. */
final class Connections {

    /** Names of models may have slashes and percent signs, and are no paths of files. */
    private static final UriCompliance NAMES = UriCompliance.DEFAULT.with(
            "names", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

    /** The longest head of a request. */
    static final int HEAD_BYTES = 16 << 10;

    private Connections() {}

    /**
     * The protocols, the one that a connection begins with first.
     *
     * @throws InvalidInputException if the key store cannot be read, or no key is in it
     */
    static ConnectionFactory[] of(ServerOptions options) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEAD_BYTES);
        configuration.setUriCompliance(NAMES);
        configuration.addCustomizer((request, answer) -> {
            addSafety(answer);
            return request;
        });
        HttpConnectionFactory http = new HttpOffers(configuration);
        if (options.tls().isEmpty()) {
            return new ConnectionFactory[] {http, new HTTP2CServerConnectionFactory(configuration)};
        }
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(configuration);
        ALPNServerConnectionFactory chosen = new ALPNServerConnectionFactory();
        chosen.setDefaultProtocol(http.getProtocol());
        return new ConnectionFactory[] {
            new SslConnectionFactory(keys(options.tls().get()), chosen.getProtocol()), chosen, http2, http
        };
    }

    /** What all answers have: browsers take them for what their type says, and nothing else. */
    static void addSafety(HttpFields.Mutable answer) {
        answer.put("X-Content-Type-Options", "nosniff");
    }

    private static SslContextFactory.Server keys(ServerOptions.Tls tls) {
        KeyStore store;
        try (InputStream in = Files.newInputStream(tls.store())) {
            store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, tls.password().toCharArray());
            boolean hasKey = false;
            for (String alias : Collections.list(store.aliases())) {
                hasKey |= store.isKeyEntry(alias);
            }
            if (!hasKey) {
                throw new InvalidInputException(tls.store() + ": no key is in it that the password opens");
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidInputException(tls.store() + ": cannot be read as a key store: " + e.getMessage(), e);
        }
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setKeyStore(store);
        keys.setKeyStorePassword(tls.password());
        keys.setCipherComparator(HTTP2Cipher.COMPARATOR);
        return keys;
    }
}
