// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.key.KeyFilter;
import dev.espalier.schemas.value.Core;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A required key of a language that no automaton recognises: one that is not a regular expression, say. Until it has come, each key is
 * read twice in parallel: as any key, after which one is still wanted, and as the wanted key, after which the object no longer has this
 * demand.
 *
 * @param filter lets pass the keys that are wanted
 * @param rest what is left to decide once such a key has come
 * @param frame the objects where it has
 */
record WantedKey(KeyFilter filter, Core rest, ObjectMembers frame) {

    /**
     * The wanted key of a core.
     *
     * @param frames the frame of the objects of a core
     * @return null if it wants no such key
     * @throws UnsupportedFeatureException if it wants several
     */
    static @Nullable WantedKey of(ObjectLanguage language, Core core, Function<Core, ObjectMembers> frames) {
        KeySet.Reading keys = null;
        Core rest = core;
        for (int atom = core.wanted().next(0); atom >= 0; atom = core.wanted().next(atom + 1)) {
            if (language.atoms().get(atom) instanceof Atom.Members members
                    && members.keys() instanceof KeySet.Reading reading) {
                if (keys != null) {
                    throw new UnsupportedFeatureException(
                            Keyword.PROPERTY_NAMES.text(),
                            "that several keys are each not of a language that no automaton has, such as the format regex, "
                                    + "cannot be asked for",
                            Place.UNKNOWN);
                }
                keys = reading;
                rest = rest.decided(language.diagrams(), atom, true);
            }
        }
        if (keys == null) {
            return null;
        }
        List<KeySet.Reading> wrong = new ArrayList<>(readings(language, rest));
        wrong.add(keys.complement(language.budget()));
        KeyFilter filter = KeyFilter.of(wrong, language.budget(), language.deadline());
        return new WantedKey(filter, rest, frames.apply(rest));
    }

    /** The sets of keys, of languages that are not regular, that must not come. */
    static List<KeySet.Reading> readings(ObjectLanguage language, Core core) {
        List<KeySet.Reading> all = new ArrayList<>();
        for (int atom = core.barred().next(0); atom >= 0; atom = core.barred().next(atom + 1)) {
            if (language.atoms().get(atom) instanceof Atom.Members members
                    && members.keys() instanceof KeySet.Reading reading) {
                all.add(reading);
            }
        }
        return all;
    }
}
