// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which requests are written byte by byte, and answers of HTTP/1.1 are read one by one. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;

    /** The head of an answer, its names in small letters, and its body. */
    record Answer(String head, String body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        boolean isLast() {
            return head.contains("\r\nconnection: close\r\n");
        }
    }

    RawConnection(Served served) throws IOException {
        this.socket = new Socket("127.0.0.1", served.server.uri().getPort());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** The next answer, interim ones too; fails if the connection ends before. */
    Answer answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                throw new EOFException("the connection was closed after: " + head);
            }
            head.write(one);
        }
        String text = head.toString(StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        String length = text.replaceAll("(?s).*\r\ncontent-length: ([0-9]+)\r\n.*", "$1");
        boolean hasNone = text.charAt(9) == '1';
        byte[] body = hasNone
                ? new byte[0]
                : length.equals(text) ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Answer(text, new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the server has ended its side; waits for it. */
    boolean isEnded() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
