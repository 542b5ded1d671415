// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.Grammar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of rules as a notation allows them, one for each rule. */
public final class RuleNames {

    /**
     * What names look like.
     *
     * @param valid a regular expression for names
     * @param others the characters that no name has, as a regular expression
     * @param instead what is written for one of them
     * @param first what is put in front of a name whose first character may be in names, but not first
     * @param isLowerCase whether names have small letters only
     * @param reserved names that mean something else
     */
    public record Form(
            String valid, String others, String instead, String first, boolean isLowerCase, Set<String> reserved) {}

    private final Form form;
    private final Map<String, String> written = new HashMap<>();
    private final Set<String> taken;

    private RuleNames(Form form) {
        this.form = form;
        this.taken = new HashSet<>(form.reserved());
    }

    /**
     * Names for the rules of a grammar. Names that are valid are kept.
     *
     * @param root what the start rule is called; empty: its name, as far as that is valid
     */
    public static RuleNames of(Grammar grammar, Form form, Optional<String> root) {
        RuleNames names = new RuleNames(form);
        root.ifPresent(name -> {
            names.written.put(grammar.root(), name);
            names.taken.add(name);
        });
        for (String name : grammar.rules().keySet()) {
            if (!names.written.containsKey(name) && name.matches(form.valid()) && names.taken.add(name)) {
                names.written.put(name, name);
            }
        }
        return names;
    }

    /** What a rule is called. */
    String of(String rule) {
        return written.computeIfAbsent(rule, this::fresh);
    }

    private String fresh(String rule) {
        String cased = form.isLowerCase() ? rule.toLowerCase(Locale.ROOT) : rule;
        String plain = cased.replaceAll(form.others(), form.instead());
        String valid = plain.matches(form.valid()) ? plain : form.first() + plain;
        String name = valid;
        for (int i = 2; !taken.add(name); i++) {
            name = valid + form.instead() + i;
        }
        return name;
    }
}
