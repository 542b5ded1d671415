// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import java.util.HashMap;
import java.util.Map;

/** The matchers that a scenario's steps work on, by name. One thread at a time. */
final class ScenarioSession {

    private static final String MAIN = "main";

    private final CompiledGrammar grammar;
    private final Map<String, Matcher> matchers = new HashMap<>();
    private String current = MAIN;

    ScenarioSession(CompiledGrammar grammar) {
        this.grammar = grammar;
        matchers.put(MAIN, grammar.matcher());
    }

    CompiledGrammar grammar() {
        return grammar;
    }

    Matcher matcher() {
        Matcher matcher = matchers.get(current);
        if (matcher == null) {
            throw new IllegalArgumentException("the scenario uses no session called " + current);
        }
        return matcher;
    }

    void reset() {
        matchers.put(current, grammar.matcher());
    }

    void fork(String name) {
        matchers.put(name, matcher().fork());
    }

    void use(String name) {
        current = name;
    }
}
