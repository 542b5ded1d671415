package dev.espalier.jsonschemabench.languages;

import java.util.List;

/** Writes compilation units one after the other. */
final class JavaWriter extends SourceWriter {

    private static final int DEEPEST = 6;
    private static final List<String> OPERATORS =
            List.of(" + ", " - ", " * ", " / ", " % ", " << ", " >>> ", " & ", " | ", " ^ ");
    private static final List<String> COMPARISONS = List.of(" == ", " != ", " < ", " <= ", " > ", " >= ");

    JavaWriter(long seed) {
        super(seed, "    ");
    }

    @Override
    void part() {
        line("package org.example." + words.noun() + ";\n");
        times(
                random.nextInt(5),
                () -> line("import " + (once(6) ? "static " : "") + "java.util." + words.type() + ";"));
        line("\n/** " + words.sentence() + ". See {@link " + words.type() + "}. */");
        switch (random.nextInt(6)) {
            case 0 -> recordType();
            case 1 -> enumType();
            case 2 -> interfaceType();
            default -> classType();
        }
        line("");
    }

    private void classType() {
        String generic = once(3) ? "<T extends Comparable<? super T>>" : "";
        line((once(2) ? "public " : "") + (once(2) ? "final " : "") + "class " + words.type() + generic
                + (once(3) ? " extends " + type() : "") + (once(3) ? " implements " + type() + ", AutoCloseable" : "")
                + " {\n");
        deeper(() -> {
            times(upTo(4), this::field);
            times(upTo(5), this::method);
        });
        line("}");
    }

    private void recordType() {
        line("public record " + words.type() + "(" + joined(upTo(3), ", ", () -> type() + " " + words.variable())
                + ") {\n");
        deeper(() -> times(upTo(3), this::method));
        line("}");
    }

    private void enumType() {
        line("enum " + words.type() + " {");
        deeper(() -> {
            line(joined(upTo(5), ",\n" + margin(), () -> words.constant() + (once(2) ? "(" + expression(2) + ")" : ""))
                    + ";\n");
            times(upTo(2), this::method);
        });
        line("}");
    }

    private void interfaceType() {
        line("public sealed interface " + words.type() + " permits " + words.type() + " {\n");
        deeper(() -> times(upTo(4), () -> {
            documentation();
            line(type() + " " + words.method() + "(" + parameters() + ")" + (once(4) ? " throws IOException" : "")
                    + ";\n");
        }));
        line("}");
    }

    private void documentation() {
        if (once(2)) {
            line("/**");
            line(" * " + words.sentence() + ".");
            line(" *");
            line(" * @param " + words.noun() + " " + words.sentence());
            line(" */");
        }
    }

    private String type() {
        return switch (random.nextInt(9)) {
            case 0 -> "List<" + words.type() + ">";
            case 1 -> "Map<String, List<? extends " + words.type() + ">>";
            case 2 -> "int[]";
            case 3 -> "long";
            case 4 -> "String";
            case 5 -> "boolean";
            case 6 -> words.type() + "." + words.type();
            default -> words.type();
        };
    }

    private String parameters() {
        return joined(
                random.nextInt(4),
                ", ",
                () -> (once(5) ? "final " : once(6) ? "@Nullable " : "") + type() + " " + words.variable());
    }

    private void field() {
        line(
                once(3)
                        ? "private static final " + type() + " " + words.constant() + " = " + expression(1) + ";"
                        : "private final " + type() + " " + words.variable() + ";"
                                + (once(4) ? " // " + words.sentence() : ""));
    }

    private void method() {
        line("");
        documentation();
        if (once(4)) {
            line(once(2) ? "@Override" : "@SuppressWarnings({\"unchecked\", \"" + words.noun() + "\"})");
        }
        line(words.any(List.of("public ", "private ", "static ", "")) + (once(8) ? "<T> " : "")
                + (once(3) ? "void" : type()) + " " + words.method() + "(" + parameters() + ") {");
        deeper(() -> {
            block();
            line("return " + expression(0) + ";");
        });
        line("}");
    }

    private void block() {
        times(upTo(4), this::statement);
    }

    private void statement() {
        switch (random.nextInt(level() < DEEPEST ? 15 : 8)) {
            case 0 -> line(words.variable() + words.any(List.of(" += ", " = ", " >>= ")) + expression(1) + ";");
            case 1 -> line(words.variable() + "++;");
            case 2, 3 ->
                line(words.variable() + "." + words.method() + "(" + arguments(1) + ");"
                        + (once(5) ? " // " + words.sentence() : ""));
            case 4 -> line("throw new IllegalStateException(\"" + words.sentence() + ": \" + " + expression(2) + ");");
            case 8, 9 -> {
                line("if (" + condition() + ") {");
                deeper(this::block);
                if (once(3)) {
                    nested("} else {", "}");
                } else {
                    line("}");
                }
            }
            case 10 -> nested("for (int i = 0; i < " + expression(2) + "; i++) {", "}");
            case 11 -> nested("for (" + type() + " " + words.variable() + " : " + expression(1) + ") {", "}");
            case 12 -> nested("while (!" + words.method() + "()) {", "}");
            case 13 -> {
                nested(
                        "try (var " + words.variable() + " = " + expression(1) + ") {",
                        "} catch (IOException | " + words.type() + " e) {");
                nested("", "}");
            }
            case 14 -> {
                line("switch (" + expression(2) + ") {");
                deeper(() -> {
                    times(
                            upTo(3),
                            () -> line("case " + words.constant() + ", '"
                                    + words.noun().charAt(0) + "' -> " + words.method() + "();"));
                    line("default -> {}");
                });
                line("}");
            }
            default -> line((once(6) ? "var" : type()) + " " + words.variable() + " = " + expression(0) + ";");
        }
    }

    private void nested(String head, String foot) {
        line(head);
        deeper(this::block);
        line(foot);
    }

    private String condition() {
        return expression(1)
                + words.any(COMPARISONS)
                + expression(1)
                + (once(4) ? " && !" + words.variable() : once(6) ? " || x instanceof " + words.type() + " y" : "");
    }

    private String arguments(int depth) {
        return joined(random.nextInt(4), ", ", () -> expression(depth + 1));
    }

    private String expression(int depth) {
        if (depth > 3 || once(3)) {
            return atom();
        }
        return switch (random.nextInt(12)) {
            case 0 ->
                "(" + expression(depth + 1) + words.any(OPERATORS) + expression(depth + 1) + ")" + words.any(OPERATORS)
                        + expression(depth + 1);
            case 1 -> words.variable() + "." + words.method() + "(" + arguments(depth) + ")";
            case 2 -> "new " + words.type() + "<>(" + arguments(depth) + ")";
            case 3 -> bracketed(depth, words.variable() + " -> " + expression(depth + 1));
            case 4 -> bracketed(depth, "(" + words.noun() + ", other) -> " + expression(depth + 1));
            case 5 -> words.type() + "::" + words.method();
            case 6 -> bracketed(depth, condition() + " ? " + expression(depth + 1) + " : " + expression(depth + 1));
            case 7 -> "(" + type() + ") " + atom();
            case 8 -> words.variable() + "[" + expression(depth + 1) + "]." + words.noun();
            case 9 ->
                words.variable() + ".stream()\n" + margin() + "        ." + words.method() + "(" + words.type()
                        + "::new)\n" + margin() + "        .toList()";
            default -> expression(depth + 1) + words.any(OPERATORS) + expression(depth + 1);
        };
    }

    /** What binds less than all operators. */
    private static String bracketed(int depth, String expression) {
        return depth == 0 ? expression : "(" + expression + ")";
    }

    private String atom() {
        return switch (random.nextInt(9)) {
            case 0 -> words.whole() + (once(4) ? "L" : "");
            case 1 -> words.decimal() + "f";
            case 2, 3 -> "\"" + words.phrase() + (once(5) ? "\\n" : "") + "\"";
            case 4 -> words.any(List.of("null", "true", "this", "0x1F", "'\\u00e9'", "'x'"));
            default -> words.variable();
        };
    }
}
