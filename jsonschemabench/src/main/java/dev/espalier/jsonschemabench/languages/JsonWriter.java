package dev.espalier.jsonschemabench.languages;

/** Writes one array of records, as an export of a database is. */
final class JsonWriter extends SourceWriter {

    private static final int DEEPEST = 5;

    private boolean first = true;

    JsonWriter(long seed) {
        super(seed, "  ");
    }

    @Override
    void begin() {
        put("[\n");
    }

    @Override
    void part() {
        put(first ? "  " : ",\n  ");
        first = false;
        deeper(() -> object(1));
    }

    @Override
    void end() {
        put("\n]\n");
    }

    private void value(int depth) {
        switch (random.nextInt(depth < DEEPEST ? 12 : 9)) {
            case 0 -> put(words.whole());
            case 1 -> put((once(2) ? "-" : "") + words.decimal() + (once(4) ? "e-" + upTo(9) : ""));
            case 2 -> put(once(2) ? "true" : "false");
            case 3 -> put("null");
            case 9 -> object(depth);
            case 10 -> array(depth);
            default -> put(string());
        }
    }

    private String string() {
        return switch (random.nextInt(10)) {
            case 0 -> "\"" + words.sentence() + ":\\n\\t\\\"" + words.noun() + "\\\"\"";
            case 1 -> "\"caf\\u00e9 " + words.whole() + "\"";
            case 2 -> "\"2026-0" + upTo(9) + "-1" + random.nextInt(10) + "T08:30:00Z\"";
            default -> "\"" + words.phrase() + "\"";
        };
    }

    private void object(int depth) {
        int members = random.nextInt(8);
        put("{");
        deeper(() -> {
            for (int i = 0; i < members; i++) {
                put((i == 0 ? "\n" : ",\n") + margin() + "\"" + words.variable() + "\": ");
                value(depth + 1);
            }
        });
        put(members == 0 ? "}" : "\n" + margin() + "}");
    }

    private void array(int depth) {
        put("[");
        int items = random.nextInt(6);
        for (int i = 0; i < items; i++) {
            put(i == 0 ? "" : ", ");
            value(depth + 1);
        }
        put("]");
    }
}
