// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/** A connection on which frames of HTTP/2 are written by hand, with prior knowledge. */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITY = 32;

    private final Socket socket;
    private final DataInputStream in;
    private final HpackDecoder heads = new HpackDecoder(8192, System::nanoTime);
    private final Map<Integer, Answer> answers = new HashMap<>();

    /** What has come of one stream's answer. */
    static final class Answer {

        final List<Integer> statuses = new ArrayList<>();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean isWhole;
        int reset = -1;

        int status() {
            return statuses.isEmpty() ? 0 : statuses.get(statuses.size() - 1);
        }

        @Override
        public String toString() {
            return statuses + " " + body.toString(StandardCharsets.UTF_8) + (isWhole ? "" : " …") + " reset " + reset;
        }
    }

    RawHttp2(Served served) throws IOException {
        this.socket = new Socket("127.0.0.1", served.server.uri().getPort());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(4, 0, 0, new byte[0]);
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
        socket.getOutputStream().flush();
    }

    /** A block of fields, none of them compressed. */
    static byte[] fields(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            byte[] text = fields[i].getBytes(StandardCharsets.UTF_8);
            block.write(text.length);
            block.writeBytes(text);
        }
        return block.toByteArray();
    }

    static byte[] padded(int padding, byte[] payload) {
        byte[] padded = new byte[1 + payload.length + padding];
        padded[0] = (byte) padding;
        System.arraycopy(payload, 0, padded, 1, payload.length);
        return padded;
    }

    /** Reads frames until a stream's answer has that many heads, or is over. */
    Answer answer(int stream, int heads) throws IOException {
        Answer answer = answers.computeIfAbsent(stream, key -> new Answer());
        while (!answer.isWhole && answer.reset < 0 && answer.statuses.size() < heads) {
            read();
        }
        return answer;
    }

    Answer answer(int stream) throws IOException {
        return answer(stream, Integer.MAX_VALUE);
    }

    private void read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        Answer answer = answers.computeIfAbsent(stream, key -> new Answer());
        if (type == DATA) {
            answer.body.writeBytes(payload);
        } else if (type == HEADERS) {
            answer.statuses.add(status(payload));
        } else if (type == RESET) {
            answer.reset = ByteBuffer.wrap(payload).getInt();
        } else if (type == 4 && flags == 0) {
            frame(4, 1, 0, new byte[0]);
        } else if (type == 7) {
            throw new IOException("the server ends the connection: " + new String(payload, StandardCharsets.UTF_8));
        }
        answer.isWhole |= type <= HEADERS && (flags & END_STREAM) != 0;
    }

    private int status(byte[] block) throws IOException {
        try {
            return ((MetaData.Response) heads.decode(ByteBuffer.wrap(block))).getStatus();
        } catch (HpackException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
