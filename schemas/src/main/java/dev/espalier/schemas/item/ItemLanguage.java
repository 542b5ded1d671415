// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.schemas.value.ValueLanguage;
import org.jspecify.annotations.Nullable;

/** The language of one schema, as arrays whose items are compared see it. */
public interface ItemLanguage extends ValueLanguage {

    /** A number of values greater than the number of items of most arrays. */
    int PLENTY = 10_000;

    /** Proofs that there are infinitely many values. */
    Endlessness endless();

    /** Proofs that there are at least {@link #PLENTY} values. */
    Endlessness plenty();

    /**
     * The values of this schema's goals, each once, by its shortest text: written in a language of its own, in which only numbers have
     * several texts, and those if they have them here.
     *
     * @return null if that would be circular
     */
    @Nullable
    ClassValues values();

    /** The depth of nesting of this language inside languages that are still being computed. */
    int level();

    /** A lower bound on the bytes until stacks end with a result, which guides a search; exact if no search is needed. */
    int estimate(Stepper stepper, StackSet stacks, int result);

    /** True while distances may be too small. */
    boolean isEstimating();
}
