// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.grammar.Grammar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of rules as GBNF allows them, one for each rule. */
final class GbnfNames {

    private final Map<String, String> written = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Names for the rules of a grammar; its start rule is called {@code root}. */
    GbnfNames(Grammar grammar) {
        written.put(grammar.root(), GbnfReader.ROOT);
        taken.add(GbnfReader.ROOT);
        for (String name : grammar.rules().keySet()) {
            if (!written.containsKey(name) && name.matches("[a-zA-Z0-9-]+") && taken.add(name)) {
                written.put(name, name);
            }
        }
    }

    /** What a rule is called. */
    String of(String rule) {
        return written.computeIfAbsent(rule, this::fresh);
    }

    /** A name that no rule has. */
    String fresh(String wanted) {
        String plain = wanted.replaceAll("[^a-zA-Z0-9-]", "-");
        String name = plain.isEmpty() ? "rule" : plain;
        for (int i = 2; !taken.add(name); i++) {
            name = plain + "-" + i;
        }
        return name;
    }
}
