package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.hard.HardCase.Kind;
import java.util.List;

/** The hard cases that are grammars and patterns. */
final class GrammarCases {

    private static final String EXPRESSION = """
            root   ::= sum
            sum    ::= sum ws [-+] ws term | term
            term   ::= term ws [*/] ws power | power
            power  ::= unary ("^" power)?
            unary  ::= "-" unary | call
            call   ::= call "(" (sum ("," ws sum)*)? ")" | atom
            atom   ::= number | name | "(" sum ")"
            number ::= [0-9]+ ("." [0-9]+)?
            name   ::= [a-zA-Z_] [a-zA-Z0-9_]*
            ws     ::= " "?
            """;

    private static final String XML = """
            root      ::= declaration? misc* element misc*
            declaration ::= "<?xml version=\\"1.0\\"" (" encoding=\\"" [A-Za-z0-9-]+ "\\"")? "?>"
            misc      ::= comment | [ \\t\\r\\n]
            element   ::= "<" name attribute* space? ("/>" | ">" content "</" name space? ">")
            attribute ::= space name "=" ("\\"" ([^<&"] | reference)* "\\"" | "'" ([^<&'] | reference)* "'")
            content   ::= ([^<&] | reference | element | comment | cdata)*
            reference ::= "&" ("lt" | "gt" | "amp" | "quot" | "apos" | "#" [0-9]+ | "#x" [0-9a-fA-F]+) ";"
            comment   ::= "<!--" ([^-] | "-" [^-])* "-->"
            cdata     ::= "<![CDATA[" ([^\\]] | "]" [^\\]] | "]]" [^>\\]])* "]]>"
            name      ::= [A-Za-z_] [A-Za-z0-9_.:-]*
            space     ::= [ \\t\\r\\n]+
            """;

    private GrammarCases() {}

    static List<HardCase> all() {
        return List.of(
                expression(),
                xml(),
                optionalLetters(),
                doubling(),
                ambiguousSums(),
                new HardCase("slug", "[a-z0-9-]+", Kind.REGEX, "[a-z0-9-]+", new Prose(6).words(900, "-")));
    }

    private static HardCase expression() {
        Prose prose = new Prose(1);
        StringBuilder longSum = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            longSum.append(i == 0 ? "" : prose.chance(0.5) ? " + " : " - ");
            sum(prose, 3, longSum);
        }
        String deep = "(".repeat(200) + "x" + " + 1)".repeat(200);
        return new HardCase(
                "expression", "left-recursive expressions", Kind.GBNF, EXPRESSION, longSum.toString(), deep);
    }

    private static void sum(Prose prose, int depth, StringBuilder out) {
        int kind = prose.below(depth == 0 ? 2 : 6);
        switch (kind) {
            case 0 -> out.append(prose.below(10_000)).append(prose.chance(0.5) ? ".25" : "");
            case 1 -> out.append(prose.words(prose.between(1, 2), "_"));
            case 2 -> {
                out.append('(');
                sum(prose, depth - 1, out);
                out.append(" - ");
                sum(prose, depth - 1, out);
                out.append(')');
            }
            case 3 -> {
                out.append(prose.word()).append('(');
                sum(prose, depth - 1, out);
                out.append(", ");
                sum(prose, depth - 1, out);
                out.append(')');
            }
            case 4 -> {
                sum(prose, depth - 1, out);
                out.append(" * ");
                sum(prose, depth - 1, out);
            }
            default -> {
                out.append("-");
                out.append(prose.word()).append('^').append(prose.below(9));
            }
        }
    }

    private static HardCase xml() {
        Prose prose = new Prose(2);
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- an order -->\n");
        element(prose, 5, text);
        return new HardCase("xml", "XML with attributes, comments and CDATA", Kind.GBNF, XML, text.toString());
    }

    private static void element(Prose prose, int depth, StringBuilder out) {
        String name = prose.word();
        out.append('<').append(name);
        for (int i = prose.below(3); i > 0; i--) {
            out.append(' ')
                    .append(prose.words(2, "-"))
                    .append("=\"")
                    .append(prose.words(2, " "))
                    .append('"');
        }
        out.append('>');
        for (int i = depth == 0 ? 0 : prose.between(2, 4); i > 0; i--) {
            out.append('\n').append("  ".repeat(6 - depth));
            switch (prose.below(8)) {
                case 0 -> out.append("<!-- ").append(prose.words(5, " ")).append(" -->");
                case 1 -> out.append("<![CDATA[ ").append(prose.words(4, " < ")).append(" ]]>");
                case 2 -> out.append(prose.words(6, " ")).append(" &amp; &#8364; ");
                default -> element(prose, depth - 1, out);
            }
        }
        out.append(depth == 0 ? prose.words(5, " ") : "\n")
                .append("</")
                .append(name)
                .append('>');
    }

    private static HardCase optionalLetters() {
        Prose prose = new Prose(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            text.append(prose.chance(0.7) ? "a" : "")
                    .append(prose.chance(0.7) ? "b" : "")
                    .append("c");
        }
        return new HardCase(
                "optional-letters",
                "(\"a\"? \"b\"? \"c\"?){0,120}",
                Kind.GBNF,
                "root ::= (\"a\"? \"b\"? \"c\"?){0,120}\n",
                text.toString(),
                "c".repeat(120));
    }

    private static HardCase doubling() {
        return new HardCase(
                "ambiguous-doubling",
                "e ::= e e | \"a\"",
                Kind.GBNF,
                "root ::= e\ne ::= e e | \"a\"\n",
                "a".repeat(4_000));
    }

    private static HardCase ambiguousSums() {
        Prose prose = new Prose(5);
        StringBuilder text = new StringBuilder("1");
        for (int i = 0; i < 600; i++) {
            text.append(prose.chance(0.5) ? "+" : "*");
            text.append(prose.chance(0.2) ? "(" + prose.below(99) + "+" + prose.below(9) + ")" : "" + prose.below(999));
        }
        return new HardCase(
                "ambiguous-sums",
                "e ::= e \"+\" e | e \"*\" e | …",
                Kind.GBNF,
                "root ::= e\ne ::= e \"+\" e | e \"*\" e | \"(\" e \")\" | [0-9]+\n",
                text.toString());
    }
}
