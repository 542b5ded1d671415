package dev.espalier.jsonschemabench.languages;

import java.util.List;

/** Writes one document of nested elements. */
final class XmlWriter extends SourceWriter {

    private static final int DEEPEST = 7;

    private String root = "catalogue";

    XmlWriter(long seed) {
        super(seed, "  ");
    }

    @Override
    void begin() {
        root = words.noun();
        line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        line("<!-- " + words.sentence() + " -->");
        line("<!DOCTYPE " + root + " SYSTEM \"" + root + ".dtd\">");
        line("<" + root + " xmlns=\"https://example.org/" + root + "\">");
    }

    @Override
    void part() {
        deeper(this::element);
    }

    @Override
    void end() {
        line("</" + root + ">");
    }

    private void element() {
        String name = (once(8) ? "x:" : "")
                + (once(2) ? words.noun() : words.underscored().replace('_', '-'));
        String tag = name + (once(3) ? attributes() : "");
        if (once(10)) {
            line("<" + tag + "/>");
        } else if (level() >= DEEPEST || once(2)) {
            line("<" + tag + ">" + content() + "</" + name + ">");
        } else {
            line("<" + tag + ">");
            deeper(() -> times(upTo(5), this::node));
            line("</" + name + ">");
        }
    }

    private void node() {
        switch (random.nextInt(14)) {
            case 0 -> line("<!-- " + words.sentence() + " - " + words.noun() + " -->");
            case 1 -> line("<![CDATA[ if (a[b[0]] < " + words.whole() + " && c) { " + words.method() + "(); } ]]>");
            case 2 -> line("<?" + words.noun() + " " + words.underscored() + "=\"" + words.whole() + "\"?>");
            case 3 -> line(content());
            default -> element();
        }
    }

    private String attributes() {
        return joined(
                upTo(3),
                "",
                () -> " " + words.noun() + "="
                        + (once(5) ? "'" + words.phrase() + "'" : "\"" + words.phrase() + " &amp; co\""));
    }

    private String content() {
        return joined(upTo(3), " ", () -> switch (random.nextInt(8)) {
            case 0 -> words.any(List.of("&lt;", "&amp;", "&#8212;", "&#xe9;"));
            case 1 -> words.decimal();
            case 2 -> "<b>" + words.noun() + "</b>";
            case 3 -> "a[" + words.whole() + "]";
            default -> words.phrase();
        });
    }
}
