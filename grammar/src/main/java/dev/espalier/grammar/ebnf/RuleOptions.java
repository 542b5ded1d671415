// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the options of one of XGrammar's rules, {@code name[capture="word", lazy] ::= ...}. Those for captures say nothing of the
 * language, and are left out; all others are refused by name.
 */
final class RuleOptions {

    private static final Set<String> LEFT_OUT = Set.of(
            "capture",
            "stop_capture",
            "capture_hidden_suffix_bytes",
            "capture_hidden_stop_bytes",
            "capture_hidden_body_rule_id",
            "capture_hidden_marker_rule_id");

    private static final Map<String, String> REFUSED = Map.of(
            "lazy", "a rule that ends as early as it can is not supported; write what may stand in it as a class",
            "max_tokens", "a limit of tokens for one rule is not supported; limit the repetitions in it ({0,100})",
            "max_chars", "a limit of characters for one rule is not supported; limit the repetitions in it ({0,100})",
            "temperature", "a temperature for one rule is not supported; the sampler has one for the whole text");

    private final SourceText source;
    private final Set<String> seen = new HashSet<>();

    private RuleOptions(SourceText source) {
        this.source = source;
    }

    /**
     * Checks a list of options.
     *
     * @param from the index after the opening bracket
     * @param to the index of the closing bracket
     * @throws SyntaxException if an option is unknown or comes twice
     * @throws UnsupportedFeatureException if an option changes the language, or how it is sampled
     */
    static void check(SourceText source, int from, int to) {
        RuleOptions options = new RuleOptions(source);
        boolean quoted = false;
        int start = from;
        for (int i = from; i < to; i++) {
            quoted ^= source.at(i) == '"';
            if (!quoted && source.at(i) == ',') {
                options.check(start, source.slice(start, i));
                start = i + 1;
            }
        }
        options.check(start, source.slice(start, to));
    }

    private void check(int from, String option) {
        int equals = option.indexOf('=');
        String name = (equals < 0 ? option : option.substring(0, equals)).strip();
        int at = from + option.indexOf(option.strip());
        String refused = REFUSED.get(name);
        if (refused != null) {
            throw new UnsupportedFeatureException(name, refused, source.place(at));
        }
        if (!LEFT_OUT.contains(name)) {
            List<String> known = new ArrayList<>(new TreeSet<>(LEFT_OUT));
            known.addAll(new TreeSet<>(REFUSED.keySet()));
            throw source.error(
                    "no option of a rule is called \"" + name + "\"" + NearestName.question(name, known), at);
        }
        if (!seen.add(name)) {
            throw source.error("a second option called \"" + name + "\"", at);
        }
    }
}
