// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import java.util.Base64;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.0 and 1.1, by which no body is lost whatever its request offers. HTTP/2, which the JDK's client offers with its first request, is agreed to where the request has no body and the offer is whole
 * ({@code Upgrade}, {@code Connection} and one {@code HTTP2-Settings}); any other request is answered as if there were no offer, as RFC 9110, section 7.8, allows. {@code Expect} of
 * HTTP/1.0 is ignored (section 10.1.1).
 */
final class HttpOffers extends HttpConnectionFactory {

    HttpOffers(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new OfferedConnection(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    private static final class OfferedConnection extends HttpConnection {

        OfferedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
            return new OfferedStream(method, uri, version);
        }

        /** Keeps {@code Upgrade} from its superclass until the whole head is known. */
        private final class OfferedStream extends HttpStreamOverHTTP1 {

            private final boolean mayExpect;
            private @Nullable HttpField upgrade;
            private boolean isForConnection;
            private boolean hasBody;
            private int settings;

            OfferedStream(String method, String uri, HttpVersion version) {
                super(method, uri, version);
                this.mayExpect = version == HttpVersion.HTTP_1_1;
            }

            @Override
            public void parsedHeader(HttpField field) {
                HttpHeader header = field.getHeader();
                if (header == HttpHeader.UPGRADE) {
                    upgrade = field;
                    return;
                } else if (header == HttpHeader.CONNECTION) {
                    isForConnection |= field.contains("upgrade");
                } else if (header == HttpHeader.HTTP2_SETTINGS) {
                    settings += areSettings(field.getValue()) ? 1 : 2;
                } else if (header == HttpHeader.CONTENT_LENGTH) {
                    hasBody |= field.getLongValue() != 0;
                } else if (header == HttpHeader.TRANSFER_ENCODING) {
                    hasBody = true;
                } else if (header == HttpHeader.EXPECT) {
                    hasBody = true;
                    if (!mayExpect) {
                        return;
                    }
                }
                super.parsedHeader(field);
            }

            @Override
            public Runnable headerComplete() {
                if (upgrade != null && isForConnection && settings == 1 && !hasBody) {
                    super.parsedHeader(upgrade);
                }
                return super.headerComplete();
            }
        }

        private static boolean areSettings(@Nullable String value) {
            try {
                return Base64.getUrlDecoder().decode(value == null ? "" : value).length % 6 == 0;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
