// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import dev.espalier.protocol.Call;
import dev.espalier.protocol.Frames;
import dev.espalier.protocol.Interruption;
import dev.espalier.protocol.Protocol;
import dev.espalier.protocol.ProtocolException;
import java.time.Duration;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** Asks the protocol in this process, without HTTP. */
final class DirectCaller implements Caller {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Protocol protocol;

    DirectCaller(Protocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public String ask(LoadRequest request, OptionalInt leaving, FrameTimes times) {
        times.begin();
        Interruption interruption = new Interruption(LONGEST);
        try {
            Call call = call(request);
            if (!request.isStreamed()) {
                return LoadAnswer.whole(call.answer(interruption));
            }
            LoadAnswer answer = new LoadAnswer();
            call.stream(frames(answer, leaving, times), interruption);
            return leaving.isPresent() ? LEFT : answer.toString();
        } catch (ProtocolException e) {
            return LoadAnswer.refused(e.status(), e.param().orElse(""));
        }
    }

    private Call call(LoadRequest request) {
        ObjectNode body = request.body().deepCopy();
        return switch (request.path()) {
            case "/v1/completions" -> protocol.completion(body);
            case "/v1/responses" -> protocol.response(body);
            default -> protocol.chat(body);
        };
    }

    private static Frames frames(LoadAnswer answer, OptionalInt leaving, FrameTimes times) {
        return new Frames() {
            private int sent;

            @Override
            public void send(String event, ObjectNode data) {
                if (leaving.isPresent() && sent++ == leaving.getAsInt()) {
                    throw new IllegalStateException("nobody is there any more");
                }
                times.frame(data);
                answer.add(data);
            }

            @Override
            public void done() {}
        };
    }
}
