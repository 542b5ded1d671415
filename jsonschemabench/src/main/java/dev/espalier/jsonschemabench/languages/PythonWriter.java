package dev.espalier.jsonschemabench.languages;

import java.util.List;

/** Writes a module of functions and classes. */
final class PythonWriter extends SourceWriter {

    private static final int DEEPEST = 5;
    private static final List<String> OPERATORS =
            List.of(" + ", " - ", " * ", " / ", " // ", " % ", " ** ", " << ", " & ", " | ");
    private static final List<String> COMPARISONS =
            List.of(" == ", " != ", " < ", " >= ", " in ", " not in ", " is ", " is not ");

    PythonWriter(long seed) {
        super(seed, "    ");
    }

    @Override
    void begin() {
        line("\"\"\"" + words.sentence() + ".\n\n" + words.sentence() + ": \"" + words.noun() + "\".\n\"\"\"");
        line("from __future__ import annotations\n");
        line("import " + words.noun() + ", " + words.noun() + ".io as io");
        line("from ." + words.noun() + " import (\n    " + words.type() + ",\n    " + words.type() + " as Other,  # "
                + words.sentence() + "\n)\n");
    }

    @Override
    void part() {
        line("");
        switch (random.nextInt(5)) {
            case 0 -> line(words.constant() + ": dict[str, int] = " + expression(0));
            case 1, 2 -> type();
            default -> function(false);
        }
    }

    private void type() {
        line(once(3) ? "@dataclass(frozen=True)" : "# " + words.sentence());
        line("class " + words.type() + (once(2) ? "(" + words.type() + ")" : "") + ":");
        deeper(() -> {
            line("\"\"\"" + words.sentence() + ".\"\"\"");
            times(
                    random.nextInt(4),
                    () -> line(words.underscored() + ": " + annotation() + (once(2) ? " = " + expression(2) : "")));
            times(upTo(4), () -> {
                line("");
                function(true);
            });
        });
    }

    private String annotation() {
        return words.any(List.of(
                "int",
                "str",
                "float | None",
                "list[int]",
                "dict[str, list[" + words.type() + "]]",
                "bool",
                words.type()));
    }

    private void function(boolean member) {
        String parameters = joined(
                upTo(3),
                ", ",
                () -> words.underscored() + (once(2) ? ": " + annotation() : "") + (once(4) ? "=" + atom() : ""));
        line((once(9) ? "async " : "") + "def " + words.action() + "(" + (member ? "self, " : "") + parameters
                + (once(6) ? ", *args, **kwargs" : "") + ")" + (once(2) ? " -> " + annotation() : "") + ":");
        deeper(() -> {
            line(once(2) ? "\"\"\"" + words.sentence() + ".\"\"\"" : "# " + words.sentence());
            block();
            line("return " + expression(0));
        });
    }

    private void block() {
        times(upTo(4), this::statement);
    }

    private void statement() {
        switch (random.nextInt(level() < DEEPEST ? 14 : 8)) {
            case 0 -> line(words.underscored() + words.any(List.of(" += ", " -= ", " *= ", " |= ")) + expression(1));
            case 1 ->
                line(words.underscored() + ", " + words.underscored() + " = " + expression(1) + ", " + expression(1));
            case 2 -> line(words.noun() + "." + words.action() + "(" + arguments(1) + ")  # " + words.sentence());
            case 3 -> line("assert " + expression(1) + ", " + string());
            case 4 -> line("raise ValueError(f\"" + words.sentence() + " {" + words.noun() + "!r}\")");
            case 8, 9 -> {
                line("if " + condition() + ":");
                deeper(this::block);
                if (once(3)) {
                    line("elif " + condition() + ":");
                    deeper(this::block);
                }
                if (once(3)) {
                    line("else:");
                    deeper(this::block);
                }
            }
            case 10 -> {
                line("for " + words.noun() + ", " + words.noun() + " in enumerate(" + expression(1) + "):");
                deeper(this::block);
            }
            case 11 -> {
                line("while not " + condition() + ":");
                deeper(this::block);
            }
            case 12 -> {
                line("try:");
                deeper(this::block);
                line("except (" + words.type() + "Error, OSError) as error:");
                deeper(this::block);
            }
            case 13 -> {
                line("with open(" + expression(2) + ") as " + words.noun() + ":");
                deeper(this::block);
            }
            default -> line(words.underscored() + " = " + expression(0));
        }
    }

    private String condition() {
        return expression(1)
                + words.any(COMPARISONS)
                + expression(1)
                + (once(4) ? " and " + words.underscored() : once(5) ? " or not " + expression(2) : "");
    }

    private String arguments(int depth) {
        return joined(random.nextInt(4), ", ", () -> (once(4) ? words.noun() + "=" : "") + expression(depth + 1));
    }

    private String expression(int depth) {
        if (depth > 3 || once(3)) {
            return atom();
        }
        return switch (random.nextInt(11)) {
            case 0 ->
                "(" + expression(depth + 1) + words.any(OPERATORS) + expression(depth + 1) + ")" + words.any(OPERATORS)
                        + expression(depth + 1);
            case 1 -> words.action() + "(" + arguments(depth) + ")";
            case 2 ->
                "[" + expression(depth + 1) + " for " + words.noun() + " in " + words.noun()
                        + (once(2) ? " if " + condition() : "") + "]";
            case 3 -> "{" + joined(random.nextInt(4), ", ", () -> string() + ": " + expression(depth + 1)) + "}";
            case 4 -> words.noun() + "." + words.underscored() + "[" + (once(2) ? words.whole() + ":" : "-1") + "]";
            case 5 -> bracketed(depth, expression(depth + 1) + " if " + condition() + " else " + expression(depth + 1));
            case 6 -> bracketed(depth, "lambda x: " + expression(depth + 1));
            case 7 ->
                "[\n" + margin() + "    " + joined(upTo(3), ",\n" + margin() + "    ", () -> expression(depth + 1))
                        + ",\n" + margin() + "]";
            default -> expression(depth + 1) + words.any(OPERATORS) + expression(depth + 1);
        };
    }

    /** What binds less than all operators. */
    private static String bracketed(int depth, String expression) {
        return depth == 0 ? expression : "(" + expression + ")";
    }

    private String atom() {
        return switch (random.nextInt(8)) {
            case 0 -> words.whole();
            case 1 -> words.decimal();
            case 2, 3 -> string();
            case 4 -> words.any(List.of("None", "True", "False"));
            default -> words.underscored();
        };
    }

    private String string() {
        return once(3) ? "'" + words.noun() + "\\n'" : (once(6) ? "r\"" : "\"") + words.phrase() + "\"";
    }
}
