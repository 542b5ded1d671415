package dev.espalier.jsonschemabench.languages;

/** Writes one long sum of products, with factors side by side and parentheses. */
final class ExpressionWriter extends SourceWriter {

    private static final int DEEPEST = 6;

    ExpressionWriter(long seed) {
        super(seed, "");
    }

    @Override
    void begin() {
        put(words.noun());
    }

    @Override
    void part() {
        put(once(2) ? "+" : once(3) ? "" : "*");
        term(0);
    }

    private void term(int depth) {
        if (depth < DEEPEST && once(3)) {
            put("(");
            term(depth + 1);
            times(random.nextInt(5), () -> {
                put(once(2) ? "+" : once(2) ? "*" : "");
                term(depth + 1);
            });
            put(")");
        } else {
            put(once(2) ? String.valueOf(random.nextInt(1000)) : words.noun());
        }
    }
}
