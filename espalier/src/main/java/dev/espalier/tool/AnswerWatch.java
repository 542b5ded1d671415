// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.source.CompiledSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads an answer while it is written, and tells of its parts: {@link SaidParts} of what is before calls, {@link CallWatch} of calls. One answer, one thread. */
final class AnswerWatch implements DecodeListener {

    private final AnswerListener listener;
    private final SaidParts said;
    private final @Nullable CallWatch calls;
    private char half;

    AnswerWatch(
            CallFormat format,
            ToolCalls.Thinking thinking,
            AnswerListener listener,
            Function<Output<?>, CompiledSource> compiler) {
        this.listener = listener;
        this.said = new SaidParts(format, thinking, listener);
        this.calls = format.choice().most() == 0 ? null : new CallWatch(format, thinking, compiler);
    }

    @Override
    public void onText(String chunk) {
        for (int i = 0; i < chunk.length(); i++) {
            char one = chunk.charAt(i);
            if (Character.isHighSurrogate(one)) {
                half = one;
            } else {
                read(half == 0 ? String.valueOf(one) : "" + half + one);
                half = 0;
            }
        }
        said.flush();
        if (calls != null) {
            calls.flush(listener);
        }
    }

    private void read(String character) {
        boolean wasInCalls = calls != null && calls.isInCalls();
        if (calls != null) {
            calls.read(character, listener);
            if (calls.isInCalls()) {
                if (!wasInCalls) {
                    said.calls(character);
                }
                return;
            }
        }
        said.add(character);
    }

    @Override
    public void onRestart(Outcome cause) {
        half = 0;
        said.restart();
        if (calls != null) {
            calls.restart();
        }
        listener.onRestart();
    }

    @Override
    public void onFinish(Outcome outcome) {
        if (outcome.isComplete() && (calls == null || !calls.isInCalls())) {
            said.finish();
        }
    }
}
