package dev.espalier.schemas.item;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.schemas.value.ValueLanguage;
import org.jspecify.annotations.Nullable;

/** What arrays whose items are compared know of their schema beside what all values do. */
public interface ItemLanguage extends ValueLanguage {

    /** More values than most arrays have items. */
    int PLENTY = 10_000;

    /** What has endlessly many values. */
    Endlessness endless();

    /** What has {@link #PLENTY} of values. */
    Endlessness plenty();

    /**
     * The values of this schema's goals, each once, by its shortest text: written in a language of its own, in which only numbers have
     * several texts, and those if they have them here.
     *
     * @return null when that goes round in circles
     */
    @Nullable
    ClassValues values();

    /** How many languages this one is inside of, because those are still being worked out. */
    int level();

    /**
     * The least number of bytes until stacks end with a result, or less where that would have to be searched for: enough to
     * guide a search.
     */
    int estimate(Stepper stepper, StackSet stacks, int result);

    /** Whether distances may be too small. */
    boolean isEstimating();
}
