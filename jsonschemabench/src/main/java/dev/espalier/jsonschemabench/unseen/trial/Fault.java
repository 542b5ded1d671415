// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

/**
 * Something that must not happen, or must not happen often.
 *
 * @param kind what
 * @param code which error, or what ran meanwhile
 * @param place where in the engine, as class and method; empty if unknown
 * @param detail in words
 * @param text the text that was read or written until then
 */
public record Fault(Kind kind, String code, String place, String detail, String text) {

    private static final int SHOWN = 300;

    /** What happened. */
    public enum Kind {
        /** An error of the engine's own after a compilation, other than those that a step may end with. */
        LATE_ERROR,
        /** A step that met its deadline, or the memory that it may have: a matcher may refuse that, but it is slow. */
        REFUSED_STEP,
        /** An error that is not the engine's own. */
        FOREIGN_ERROR,
        /** Work of more than 100 ms that is not counted, or a deadline that passed though work was counted. */
        OVERRUN,
        /** A cancellation or an interrupt that was not heeded for 100 ms. */
        UNSTOPPABLE,
        /** The heap ran out. */
        MEMORY,
        /** The Java machine ended, or had to be ended. */
        CRASH,
        /** A text that is not in the language was accepted. */
        WRONG_ACCEPTANCE,
        /** A text that is in the language was refused. */
        WRONG_REFUSAL,
        /** A mask and the matcher contradict each other. */
        WRONG_MASK,
        /** A mask under a budget took far longer than one without. */
        SLOW_BUDGET
    }

    /** Shortens the words. */
    public Fault {
        detail = detail.length() <= SHOWN ? detail : detail.substring(0, SHOWN) + "…";
    }

    /** What equal faults have in common: where a step is when it does not stop is left to chance, and tells nothing apart. */
    public String key() {
        return kind + " " + code + (place.isEmpty() || kind == Kind.UNSTOPPABLE ? "" : " at " + place);
    }

    /** Whether it is about the verdict on a text. */
    public boolean isVerdict() {
        return kind == Kind.WRONG_ACCEPTANCE || kind == Kind.WRONG_REFUSAL;
    }

    /** Whether another one is of the same kind, in the same class of the engine. */
    public boolean isLike(Fault other) {
        return kind == other.kind
                && code.equals(other.code)
                && (kind == Kind.UNSTOPPABLE || part().equals(other.part()));
    }

    private String part() {
        return place.replaceAll("\\..*", "");
    }
}
