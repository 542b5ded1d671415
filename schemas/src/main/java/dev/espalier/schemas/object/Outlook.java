// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.key.KeyBeginnings;
import dev.espalier.schemas.key.KeysAhead;
import dev.espalier.schemas.state.SchemaState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may follow a member, as far as a token can see that ends no key: the result if the object is closed now, and the keys that may
 * begin. States with equal outlooks represent one another, even in different objects.
 *
 * @param result the result if it ends now; -1 if it must not
 * @param keys the keys that may come
 * @param isShortest whether characters of keys have one spelling each
 */
@FastPath(oracle = "RepresentativesTest")
record Outlook(int result, KeysAhead keys, boolean isShortest) {

    /** The outlook of an object; null if texts can see more. Callers must hold the language's lock. */
    static @Nullable Outlook of(ObjectState state, KeyBeginnings beginnings) {
        ObjectMembers frame = state.frame();
        KeysAhead keys = frame.search(state.core(), state.used()).ahead(beginnings);
        return keys == null ? null : new Outlook(frame.result(state.core()), keys, frame.isShortest());
    }

    /** The outlooks after each result of a member's value; null if texts can see more. */
    static @Nullable List<Outlook> behind(MemberState member, KeyBeginnings beginnings) {
        List<Outlook> outlooks = new ArrayList<>();
        for (int result = 0; result < member.child().cores().size(); result++) {
            List<? extends SchemaState> after = member.frame().after(member.child(), result, member.then());
            Outlook outlook =
                    after.size() == 1 && after.get(0) instanceof ObjectState next ? of(next, beginnings) : null;
            if (outlook == null) {
                return null;
            }
            outlooks.add(outlook);
        }
        return outlooks;
    }
}
