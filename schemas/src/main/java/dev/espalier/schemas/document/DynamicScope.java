package dev.espalier.schemas.document;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The targets of dynamic references: for each name of a dynamic anchor, the schema of the outermost resource on the path that has it.
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

    /** The scope once a resource is entered: what it has first stays. */
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

    /** The schema that a name leads to; null if no resource on the way has the name. */
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
