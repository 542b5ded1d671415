/** Grammars and regular expressions: readers, the one intermediate representation, writers. */
module dev.espalier.grammar {
    requires transitive dev.espalier.core;
    requires org.antlr.antlr4.runtime;

    exports dev.espalier.grammar;
    exports dev.espalier.grammar.abnf;
    exports dev.espalier.grammar.antlr;
    exports dev.espalier.grammar.dialect;
    exports dev.espalier.grammar.ebnf;
    exports dev.espalier.grammar.gbnf;
    exports dev.espalier.grammar.lark;
    exports dev.espalier.grammar.parse;
    exports dev.espalier.grammar.regex;
    exports dev.espalier.grammar.regex.tree to
            dev.espalier.schemas;
    exports dev.espalier.grammar.source to
            dev.espalier.automata,
            dev.espalier.schemas;
}
