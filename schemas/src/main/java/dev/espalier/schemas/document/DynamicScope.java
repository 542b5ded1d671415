// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The targets of dynamic references: for each name of a dynamic anchor, the schema with that anchor in the outermost resource on the path.
 * {@code $recursiveAnchor} is the anchor without a name. Immutable; nearly always {@link #EMPTY}.
 */
public final class DynamicScope {

    /** The scope of texts without dynamic anchors. */
    public static final DynamicScope EMPTY = new DynamicScope(Map.of());

    private final Map<String, Located> targets;
    private final int hash;

    private DynamicScope(Map<String, Located> targets) {
        this.targets = targets;
        this.hash = targets.hashCode();
    }

    /** The scope after a resource is entered: targets that it already has stay. */
    DynamicScope enter(Resource resource) {
        Map<String, Located> anchors = resource.document().dynamicAnchors(resource);
        if (targets.keySet().containsAll(anchors.keySet())) {
            return this;
        }
        Map<String, Located> more = new TreeMap<>(anchors);
        more.putAll(targets);
        return new DynamicScope(more);
    }

    /** The scope without the names that are no longer looked up. */
    DynamicScope only(Set<String> names) {
        if (names.containsAll(targets.keySet())) {
            return this;
        }
        Map<String, Located> some = new TreeMap<>(targets);
        some.keySet().retainAll(names);
        return some.isEmpty() ? EMPTY : new DynamicScope(some);
    }

    /** The target of a name; null if no resource on the path has such an anchor. */
    @Nullable
    Located get(String name) {
        return targets.get(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof DynamicScope that && targets.equals(that.targets));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
