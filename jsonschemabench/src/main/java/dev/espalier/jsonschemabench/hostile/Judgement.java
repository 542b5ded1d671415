// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.error.EspalierException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of one input.
 *
 * @param verdict how it ended
 * @param reason why; empty when it was served
 */
record Judgement(Verdict verdict, String reason) {

    private static final int SHOWN = 300;

    private static final Judgement SERVED = new Judgement(Verdict.SERVED, "");

    /** What is to be held of what was compiled. */
    interface Claims {

        /**
         * Holds it.
         *
         * @throws WrongAnswer if something does not hold
         * @throws EspalierException if the engine refuses what it must serve
         */
        void hold();
    }

    /** How a case fares; any throwable that is not the engine's own leaves this method. */
    static Judgement of(HostileCase source, Supplier<Claims> compiler) {
        Claims claims;
        try {
            claims = compiler.get();
        } catch (EspalierException refused) {
            return refused(refused, source.expectation(), source.categories());
        }
        if (source.expectation() == Expectation.TYPED_ERROR) {
            return unsafe("compiled, though it must be refused as " + source.categories());
        }
        try {
            claims.hold();
            return SERVED;
        } catch (WrongAnswer wrong) {
            return unsafe(String.valueOf(wrong.getMessage()));
        } catch (EspalierException refused) {
            return refused(refused, source.expectation(), List.of());
        }
    }

    static Judgement unsafe(String reason) {
        return new Judgement(Verdict.UNSAFE, reason);
    }

    private static Judgement refused(EspalierException error, Expectation expectation, List<String> categories) {
        String reason = error.code() + ": " + shorten(error.getMessage());
        if (expectation == Expectation.OK) {
            return new Judgement(Verdict.MISSED, "must be served, but was refused: " + reason);
        }
        if (!categories.isEmpty() && !categories.contains(category(error.code()))) {
            return new Judgement(Verdict.MISSED, "expected an error of " + categories + ", but got " + reason);
        }
        return new Judgement(Verdict.REFUSED, reason);
    }

    /** Something was thrown that is not an error of the engine's own. */
    static Judgement thrown(Throwable thrown) {
        StringBuilder reason = new StringBuilder(shorten(thrown.toString()));
        StackTraceElement[] trace = thrown.getStackTrace();
        for (int i = 0; i < Math.min(6, trace.length); i++) {
            reason.append(" at ").append(trace[i].getFileName()).append(':').append(trace[i].getLineNumber());
        }
        return unsafe(reason.toString());
    }

    /** The corpus knows fewer kinds of error than the engine. */
    private static String category(String code) {
        return switch (code) {
            case "timeout" -> "limit";
            case "token", "logits" -> "input";
            default -> code;
        };
    }

    private static String shorten(@Nullable String message) {
        String line = message == null ? "" : message.replace('\n', ' ');
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
