// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A page with a railroad diagram for each rule. It needs nothing besides itself. */
final class DiagramPage {

    private static final String STYLE = """
            :root{--ink:#1f2328;--paper:#fff;--rule:#dbeafe;--text:#dcfce7;--class:#fef3c7;--line:#57606a}
            @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--rule:#1e3a5f;--text:#14432a;--class:#4a3b12;--line:#8b949e}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:70rem;padding:0 1rem}
            h2{font-size:1.05rem;margin:1.6rem 0 .3rem}nav{columns:4 12rem}nav a{display:block}a{color:inherit}
            input{font:inherit;padding:.3rem .6rem;width:16rem;color:inherit;background:inherit;border:1px solid var(--line);border-radius:4px}
            .diagram{overflow-x:auto}svg path{fill:none;stroke:var(--line);stroke-width:1.5}svg rect{stroke:var(--line)}
            svg .rule{fill:var(--rule)}svg .text{fill:var(--text)}svg .class{fill:var(--class)}
            svg text,svg text.rule,svg text.text,svg text.class{fill:var(--ink);font:13px ui-monospace,monospace;text-anchor:middle}
            svg a:hover rect,svg a:focus rect{stroke-width:2.5}section:target h2{text-decoration:underline}
            """;

    private static final String SCRIPT = """
            const box=document.querySelector('input');
            box.addEventListener('input',()=>{for(const one of document.querySelectorAll('[data-name]'))
            one.hidden=!one.dataset.name.toLowerCase().includes(box.value.toLowerCase())});
            """;

    private DiagramPage() {}

    /** The page of a grammar. */
    static String of(String title, Syntax syntax) {
        Grammar rules = syntax instanceof LexedGrammar lexed ? lexed.rules() : (Grammar) syntax;
        Map<String, Expression> all = new LinkedHashMap<>(rules.rules());
        if (syntax instanceof LexedGrammar lexed) {
            lexed.modes().forEach(mode -> mode.forEach(token -> all.putIfAbsent(token.name(), token.text())));
        }
        String firstToken =
                all.keySet().stream().skip(rules.rules().size()).findFirst().orElse("");
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>");
        page.append(Diagram.escaped(title))
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>");
        page.append(Diagram.escaped(title)).append("</h1>\n<p>The start rule is <a href=\"#");
        page.append(Diagram.escaped(rules.root())).append("\">").append(Diagram.escaped(rules.root()));
        page.append("</a>. <label>Find a rule <input type=\"search\"></label></p>\n<nav>\n");
        all.keySet().forEach(name -> {
            String shown = Diagram.escaped(name);
            page.append("<a data-name=\"" + shown + "\" href=\"#" + shown + "\">" + shown + "</a>\n");
        });
        page.append("</nav>\n");
        all.forEach((name, body) -> {
            String shown = Diagram.escaped(name);
            if (name.equals(firstToken)) {
                page.append("<h1 id=\"tokens of the lexer\">Tokens</h1>\n");
            }
            page.append("<section data-name=\"" + shown + "\" id=\"" + shown + "\"><h2>" + shown + "</h2>\n");
            page.append("<div class=\"diagram\">")
                    .append(svg(name, Diagram.of(body, all.keySet())))
                    .append("</div></section>\n");
        });
        return page.append("<script>\n")
                .append(SCRIPT)
                .append("</script></body></html>\n")
                .toString();
    }

    private static String svg(String name, Diagram diagram) {
        int margin = 20;
        int width = diagram.width + 2 * margin;
        int height = diagram.above + diagram.below + 12;
        int y = diagram.above + 6;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg role=\"img\" aria-label=\"%s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">",
                Diagram.escaped(name),
                width,
                height,
                width,
                height));
        svg.append(String.format(Locale.ROOT, "<path d=\"M4 %d v12 M4 %d H%d\"/>", y - 6, y, margin));
        diagram.draw(margin, y, svg);
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d %d H%d M%d %d v12\"/></svg>",
                width - margin,
                y,
                width - 4,
                width - 4,
                y - 6));
        return svg.toString();
    }
}
