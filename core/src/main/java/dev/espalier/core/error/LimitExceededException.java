// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/**
 * A limit was reached: one of {@link dev.espalier.core.Limits}, or one that its name describes. The exception says which limit, how far,
 * where, and how to raise it.
 */
public final class LimitExceededException extends EspalierException {

    private final String limit;
    private final long bound;
    private final long reached;
    private final transient Place place;

    /**
     * A limit that was reached.
     *
     * @param limit the name of the component of {@link dev.espalier.core.Limits}
     * @param bound its value, in its unit
     * @param reached the value that was needed, as far as it is known; at least {@code bound}
     * @param place where in the source; may be {@link Place#UNKNOWN}
     */
    public LimitExceededException(String limit, long bound, long reached, Place place) {
        super(
                "limit",
                place.describe("limit " + limit + " = " + bound + " exceeded (reached " + reached
                        + "); raise it with Limits.with" + Character.toUpperCase(limit.charAt(0))
                        + limit.substring(1) + " if this input is trusted"));
        this.limit = limit;
        this.bound = bound;
        this.reached = reached;
        this.place = place;
    }

    /**
     * A limit, of something other than {@link dev.espalier.core.Limits}, that was reached.
     *
     * @param limit its name
     * @param bound its value, in its unit
     * @param reached the value that was needed, as far as it is known; at least {@code bound}
     * @param remedy how to raise it, or to do without it
     */
    public LimitExceededException(String limit, long bound, long reached, String remedy) {
        super("limit", "limit " + limit + " = " + bound + " exceeded (reached " + reached + "); " + remedy);
        this.limit = limit;
        this.bound = bound;
        this.reached = reached;
        this.place = Place.UNKNOWN;
    }

    private LimitExceededException(String limit, long bound, long reached, Place place, String message) {
        super("limit", message);
        this.limit = limit;
        this.bound = bound;
        this.reached = reached;
        this.place = place;
    }

    /**
     * A limit that was reached at a place.
     *
     * @param place where in the source; may be {@link Place#UNKNOWN}
     * @param limit the name of the component of {@link dev.espalier.core.Limits}
     * @param bound its value, in its unit
     * @param reached the value that was needed, as far as it is known; at least {@code bound}
     * @param remedy what to do other than to raise it
     */
    public static LimitExceededException at(Place place, String limit, long bound, long reached, String remedy) {
        return new LimitExceededException(
                limit,
                bound,
                reached,
                place,
                place.describe("limit " + limit + " = " + bound + " exceeded (reached " + reached + "); " + remedy));
    }

    /**
     * A budget of tokens in which no text can end: the limit {@code maxTokens}.
     *
     * @param bound the budget
     * @param needed the tokens of the shortest text
     * @param remedy how to raise it, or to do without it
     */
    public static LimitExceededException maxTokens(long bound, long needed, String remedy) {
        return new LimitExceededException(
                "maxTokens",
                bound,
                needed,
                Place.UNKNOWN,
                "a budget of " + bound + " tokens is too small: the shortest text has " + needed + "; " + remedy);
    }

    /** The name of the limit, as a rule a component of {@link dev.espalier.core.Limits}. */
    public String limit() {
        return limit;
    }

    /** The limit's value. */
    public long bound() {
        return bound;
    }

    /** The value that was reached. */
    public long reached() {
        return reached;
    }

    /** Where in the source. */
    public Place place() {
        return place;
    }
}
