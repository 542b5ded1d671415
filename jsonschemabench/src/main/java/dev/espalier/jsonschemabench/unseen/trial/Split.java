// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

/**
 * A text of which two validators say different things, or only one says anything.
 *
 * @param who the one that differs from the engine: {@code networknt} or {@code dev.harrel}
 * @param accepted what it says
 * @param why its reason, where it gave one
 * @param text the text
 */
public record Split(String who, boolean accepted, String why, String text) {

    private static final int SHOWN = 60;

    /** Who says what for which reason, without names and figures: what many texts have in common. */
    public String kind() {
        String reason = why.replaceAll("(?s)^[^:]*: ?", "").replaceAll("'[^']*'|[0-9]+", "…");
        String shortened = reason.length() > SHOWN ? reason.substring(0, SHOWN) : reason;
        return (who + (accepted ? " accepts " : " refuses ") + shortened).strip();
    }
}
