// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a draft model writes of one text: its session, the tokens in it, and a draft under way. Used by the thread that leads, the draft model being locked.
 */
abstract class Sketch {

    /** The most tokens that it reads at once; a longer text is read in parts, between which there is no draft. */
    static final int MOST_READ = 512;

    private static final int[] NONE = {};

    private final DraftModel drafter;
    private final LanguageModel model;
    private final DraftLength length;
    private @Nullable Session session;
    private boolean failed;
    /** The tokens that the session holds. */
    private final IntList held = new IntList();

    private int[] pending = NONE;
    private @Nullable SketchPlace place;
    private Draft draft = Draft.NONE;

    Sketch(DraftModel drafter, DraftLength length) {
        this.drafter = drafter;
        this.model = drafter.model();
        this.length = length;
    }

    /** The rule that says how long its drafts are. */
    final DraftLength length() {
        return length;
    }

    /** Sets where the next draft begins. */
    final void at(SketchPlace where) {
        place = where;
        draft = Draft.NONE;
    }

    /** Where the draft begins. */
    final SketchPlace place() {
        if (place == null) {
            throw new IllegalStateException("no draft is under way");
        }
        return place;
    }

    /** The tokens that the session holds. Not to be modified. */
    final IntList held() {
        return held;
    }

    /** Whether the draft model has failed, and is left alone. */
    final boolean isFailed() {
        return failed;
    }

    /** The latest draft; it is given away. */
    final Draft take() {
        Draft taken = draft;
        draft = Draft.NONE;
        place = null;
        return taken;
    }

    /**
     * Brings the session to where the text is, but for what it reads next.
     *
     * @param room the most tokens that it may read
     * @return whether there is something to draft, and room for it
     */
    final boolean begin(int room) {
        int kept = common();
        int[] rest = kept < 0 ? NONE : rest(kept);
        if (kept > 0 && rest.length == 0) {
            kept--; // the logits after the last token are wanted
            rest = new int[] {held.get(kept)};
        }
        if (rest.length == 0) {
            return false;
        }
        if (kept + rest.length + place().most() > model.contextLength()) {
            release(); // from here on the text is too long
            return false;
        }
        Sketch alike = session == null ? drafter.alike(rest) : null;
        int shared = alike == null ? 0 : alike.holdsOf(rest);
        if (Math.min(rest.length - shared, MOST_READ) > room) {
            return false;
        }
        if (session == null) {
            session = alike == null ? model.open() : alike.copy(shared);
            drafter.opened(this);
            kept = session.length();
            held.addAll(rest, 0, kept);
            rest = Arrays.copyOfRange(rest, kept, rest.length);
        } else if (session.length() > kept) {
            session.truncate(kept);
        }
        held.truncate(kept);
        pending = rest;
        return true;
    }

    /** How many of the held tokens the text begins with; -1 if it cannot be read now. */
    abstract int common();

    /** The tokens of the text behind so many held ones. */
    abstract int[] rest(int kept);

    /** How many of some tokens, but for the last, the session holds at its beginning. */
    final int holdsOf(int[] tokens) {
        int common = 0;
        int most = Math.min(tokens.length - 1, held.size());
        while (common < most && tokens[common] == held.get(common)) {
            common++;
        }
        return common;
    }

    /** A copy of the session with its first tokens. */
    private Session copy(int length) {
        Session copy = session().fork();
        copy.truncate(length);
        return copy;
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("the sketch has no session");
        }
        return session;
    }

    /** The number of tokens that it reads in the next pass. */
    final int size() {
        return Math.min(pending.length, MOST_READ);
    }

    /** What it reads in the next pass. */
    final Step step() {
        return Step.of(session(), pending.length <= MOST_READ ? pending : Arrays.copyOf(pending, MOST_READ));
    }

    /**
     * Takes the logits after what was read.
     *
     * @return whether it wants to read more, for the same draft
     */
    final boolean read(Logits logits) {
        int count = Math.min(pending.length, MOST_READ);
        held.addAll(pending, 0, count);
        pending = Arrays.copyOfRange(pending, count, pending.length);
        if (pending.length > 0) {
            pending = NONE;
            return false; // the rest of the text is read next time
        }
        if (logits.size() != model.vocabulary().size()) {
            throw new InvalidLogitsException(
                    "expected " + model.vocabulary().size() + " logits, but got " + logits.size());
        }
        pending = more(logits);
        return pending.length > 0;
    }

    /** Adds to the draft; what is to be read for more of it, nothing if it is done. */
    abstract int[] more(Logits logits);

    /** Begins what can be done while the model reads. */
    void expect() {}

    /** Ends the draft. */
    final void finish() {
        pending = NONE;
        draft = failed ? Draft.NONE : made(length);
    }

    /** What there is of the draft, which is over. */
    abstract Draft made(DraftLength rule);

    /** Brings the session back to where it was before a failed pass; true. */
    final boolean restore() {
        if (session != null) {
            session.truncate(held.size());
        }
        return true;
    }

    /** Leaves the draft model alone from now on. */
    final void fail() {
        failed = true;
        draft = Draft.NONE;
        release();
    }

    /** Gives the session back; if another draft is wanted, the text is read again. */
    final void release() {
        Session current = session;
        session = null;
        held.clear();
        drafter.closed(this);
        if (current != null) {
            synchronized (model) {
                try {
                    current.close();
                } catch (RuntimeException dropped) {
                    return; // it is of no more use, and the text goes on
                }
            }
        }
    }
}
