package dev.espalier.schemas;

import dev.espalier.automata.State;

/** Before a value: its first byte says what it is. */
record ValueState(SchemaLanguage language, Goal goalOfValue) implements State {

    @Override
    public void moves(int symbol, Moves moves) {
        synchronized (language.monitor()) {
            language.deadline().start();
            switch (symbol) {
                case 'n' -> literal(JsonType.NULL, "ull", moves);
                case 't' -> literal(JsonType.TRUE, "rue", moves);
                case 'f' -> literal(JsonType.FALSE, "alse", moves);
                case '"' -> {
                    if (isPossible(JsonType.STRING)) {
                        language.strings(goalOfValue).beginnings().forEach(moves::stay);
                    }
                }
                case '[' -> {
                    if (isPossible(JsonType.ARRAY)) {
                        moves.stay(ArrayState.open(language.arrays(goalOfValue)));
                    }
                }
                case '{' -> {
                    if (isPossible(JsonType.OBJECT)) {
                        objects(moves);
                    }
                }
                default -> {
                    boolean number = symbol == '-' || (symbol >= '0' && symbol <= '9');
                    if (number && isPossible(JsonType.NUMBER)) {
                        language.numbers(goalOfValue).start().moves(symbol, moves);
                    }
                }
            }
        }
    }

    private void objects(Moves moves) {
        for (ObjectFrame frame : language.objects(goalOfValue)) {
            if (!frame.reachOpen().isEmpty()) {
                moves.stay(ObjectState.open(frame));
            }
        }
    }

    private void literal(JsonType type, String rest, Moves moves) {
        int diagram = language.typed(goalOfValue, type);
        if (diagram != Diagrams.DEAD) {
            moves.stay(LiteralState.after(rest, Diagrams.result(diagram)));
        }
    }

    private boolean isPossible(JsonType type) {
        return !language.reach(goalOfValue, type).isEmpty();
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        return reach().results();
    }

    private Reach reach() {
        synchronized (language.monitor()) {
            language.deadline().start();
            return language.reach(goalOfValue);
        }
    }

    @Override
    public int distance(int result) {
        return reach().to(result);
    }

    @Override
    public Object key() {
        return goalOfValue.diagram() == Diagrams.ZERO
                ? new FreeKey("value", language.layout(), 0, UsedKeys.NONE, "")
                : this;
    }
}
