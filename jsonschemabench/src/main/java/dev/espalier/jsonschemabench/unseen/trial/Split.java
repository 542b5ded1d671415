package dev.espalier.jsonschemabench.unseen.trial;

/**
 * A text of which two validators say different things, or only one says anything.
 *
 * @param who the one that differs from the engine: {@code networknt} or {@code dev.harrel}
 * @param accepted what it says
 * @param why its reason, where it gave one
 * @param text the text
 */
public record Split(String who, boolean accepted, String why, String text) {}
