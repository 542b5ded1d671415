// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.MemberView;
import dev.espalier.schemas.key.UsedKeys;
import java.util.List;

/**
 * The keys that can no longer come at a place of an object: those that were written, and those that come before them in its order.
 *
 * @param keys the keys of the object's frame
 * @param used those that cannot come
 */
record PassedKeys(ObjectKeys keys, UsedKeys used) implements MemberView {

    @Override
    public List<String> names() {
        return keys.texts();
    }

    @Override
    public boolean isPassed(String key) {
        int name = keys.name(key);
        return name >= 0 && used.has(name);
    }
}
