// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.automata.state.MemberView;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The members of an open object that its schema names and that have not come, in the order of the schema. Each is given up once. */
final class MissingMembers {

    private final Set<String> names = new LinkedHashSet<>();

    /** The members of an object just opened. Cost: their number. */
    MissingMembers(List<MemberView> views) {
        views.forEach(view -> names.addAll(view.names()));
    }

    /** A member comes; those at the beginning of what is left that were passed are told. Cost: constant, and for each that is told. */
    void written(String key, List<MemberView> views, Consumer<String> passed) {
        names.remove(key);
        Iterator<String> left = names.iterator();
        while (left.hasNext()) {
            String name = left.next();
            if (!Frame.isPassed(name, views)) {
                return;
            }
            left.remove();
            passed.accept(name);
        }
    }

    /** The object ends: what is left does not come. */
    void closed(Consumer<String> passed) {
        names.forEach(passed);
    }
}
