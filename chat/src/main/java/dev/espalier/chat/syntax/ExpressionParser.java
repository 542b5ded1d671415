// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.library.Library;
import dev.espalier.chat.python.NumberReader;
import dev.espalier.chat.syntax.Expression.Call;
import dev.espalier.chat.syntax.Expression.Constant;
import dev.espalier.chat.syntax.Expression.Display;
import dev.espalier.chat.syntax.Expression.Name;
import dev.espalier.chat.syntax.Expression.Passed;
import dev.espalier.chat.syntax.Token.Kind;
import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Text;
import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.work.DeepStack;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads expressions by the precedence of their operators (Pratt, <em>Top down operator precedence</em>, 1973). */
final class ExpressionParser {

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int COMPARISON = 4;
    private static final int CONCATENATION = 6;

    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            Map.entry("==", COMPARISON),
            Map.entry("!=", COMPARISON),
            Map.entry("<", COMPARISON),
            Map.entry("<=", COMPARISON),
            Map.entry(">", COMPARISON),
            Map.entry(">=", COMPARISON),
            Map.entry("+", 5),
            Map.entry("-", 5),
            Map.entry("~", CONCATENATION),
            Map.entry("*", 7),
            Map.entry("/", 7),
            Map.entry("//", 7),
            Map.entry("%", 7),
            Map.entry("**", 8));

    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "is", "if", "else");
    private static final Set<String> NAMING_FILTERS = Set.of("map");
    private static final Set<String> NAMING_TESTS = Set.of("select", "reject", "selectattr", "rejectattr");
    private static final int SHALLOW = 100;

    private final TokenStream tokens;
    private final NameTable names;
    private final Library library;
    private final Limits limits;
    private int nesting;

    ExpressionParser(TokenStream tokens, NameTable names, Library library, Limits limits) {
        this.tokens = tokens;
        this.names = names;
        this.library = library;
        this.limits = limits;
    }

    /** Reads something nested, on a deeper stack where it has to be. */
    <T> T nested(Supplier<T> reader) {
        if (++nesting > limits.maxNesting()) {
            throw new LimitExceededException(
                    "maxNesting", limits.maxNesting(), nesting, tokens.source().place(tokens.offset()));
        }
        T read = nesting == SHALLOW ? DeepStack.call(2 * limits.maxNesting(), reader) : reader.get();
        nesting--;
        return read;
    }

    /** An expression, which may be conditional. */
    Expression expression() {
        return nested(() -> {
            Expression result = operation(OR);
            while (tokens.isName("if")) {
                int offset = tokens.take().offset();
                Expression condition = operation(OR);
                Expression otherwise = tokens.takesName("else") ? expression() : null;
                result = new Expression.Conditional(offset, condition, result, otherwise);
            }
            return result;
        });
    }

    /** An expression that is not conditional, unless it is in brackets. */
    Expression plain() {
        return nested(() -> operation(OR));
    }

    /** One expression or, with commas, a tuple of several. */
    Expression tuple(boolean allowsConditional, @Nullable String end) {
        int offset = tokens.offset();
        List<Expression> items = new ArrayList<>();
        boolean isTuple = false;
        while (!endsTuple(end)) {
            items.add(allowsConditional ? expression() : plain());
            if (!tokens.takesOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (items.isEmpty()) {
            throw tokens.expected("an expression");
        }
        return isTuple ? new Display(offset, true, items) : items.get(0);
    }

    private boolean endsTuple(@Nullable String end) {
        return tokens.is(Kind.OUTPUT_END)
                || tokens.is(Kind.TAG_END)
                || tokens.isOperator(")")
                || (end != null && tokens.isName(end));
    }

    private Expression operation(int least) {
        Expression left = tokens.isName("not") && least <= NOT ? negation() : unary(true);
        while (true) {
            Token operator = tokens.current();
            int level = level(operator);
            if (level < least) {
                return left;
            }
            left = level == COMPARISON
                    ? comparison(left)
                    : level == CONCATENATION ? concatenation(left) : binary(left, level);
        }
    }

    private int level(Token token) {
        if (token.kind() == Kind.OPERATOR) {
            return LEVELS.getOrDefault(token.text(), 0);
        }
        if (token.kind() != Kind.NAME) {
            return 0;
        }
        return switch (token.text()) {
            case "or" -> OR;
            case "and" -> AND;
            case "in" -> COMPARISON;
            case "not" -> tokens.ahead().is(Kind.NAME, "in") ? COMPARISON : 0;
            default -> 0;
        };
    }

    private Expression negation() {
        int offset = tokens.take().offset();
        return new Expression.Unary(offset, "not", nested(() -> operation(NOT)));
    }

    private Expression binary(Expression left, int level) {
        Token operator = tokens.take();
        Expression right = operation(level + 1);
        return level <= AND
                ? new Expression.Logic(operator.offset(), level == AND, left, right)
                : new Expression.Binary(operator.offset(), operator.text(), left, right);
    }

    private Expression comparison(Expression first) {
        int offset = tokens.offset();
        List<String> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        while (level(tokens.current()) == COMPARISON) {
            String operator = tokens.take().text();
            if (operator.equals("not")) {
                tokens.take();
                operator = "not in";
            }
            operators.add(operator);
            operands.add(operation(COMPARISON + 1));
        }
        return new Expression.Comparison(offset, first, operators, operands);
    }

    private Expression concatenation(Expression first) {
        int offset = tokens.offset();
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.takesOperator("~")) {
            parts.add(operation(CONCATENATION + 1));
        }
        return new Expression.Concatenation(offset, parts);
    }

    private Expression unary(boolean withFilters) {
        Expression operand;
        if (tokens.isOperator("-") || tokens.isOperator("+")) {
            Token operator = tokens.take();
            operand = new Expression.Unary(operator.offset(), operator.text(), nested(() -> unary(false)));
        } else {
            operand = primary();
        }
        Expression subject = postfix(operand);
        return withFilters ? filters(subject) : subject;
    }

    private Expression primary() {
        Token token = tokens.take();
        int offset = token.offset();
        return switch (token.kind()) {
            case NAME -> name(token);
            case STRING -> string(token);
            case INTEGER -> new Constant(offset, Int.of(integer(token)));
            case FLOAT ->
                new Constant(offset, Real.of(Double.parseDouble(token.text().replace("_", ""))));
            default -> bracketed(token);
        };
    }

    private BigInteger integer(Token token) {
        BigInteger value = NumberReader.integer(token.text(), 0);
        if (value == null) {
            throw tokens.source().error("expected a shorter integer", token.offset());
        }
        return value;
    }

    private Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Constant(token.offset(), Bool.TRUE);
            case "false", "False" -> new Constant(token.offset(), Bool.FALSE);
            case "none", "None" -> new Constant(token.offset(), None.NONE);
            default -> {
                if (KEYWORDS.contains(token.text())) {
                    throw tokens.source().error("expected an expression, not " + token.shown(), token.offset());
                }
                names.read(token.text());
                yield new Name(token.offset(), token.text());
            }
        };
    }

    private Expression string(Token first) {
        StringBuilder value = new StringBuilder(first.text());
        while (tokens.is(Kind.STRING)) {
            value.append(tokens.take().text());
        }
        return new Constant(first.offset(), Text.trusted(value.toString()));
    }

    private Expression bracketed(Token open) {
        return switch (open.kind() == Kind.OPERATOR ? open.text() : "") {
            case "(" -> {
                boolean isEmpty = tokens.isOperator(")");
                Expression inside = isEmpty ? new Display(open.offset(), true, List.of()) : tuple(true, null);
                tokens.expectOperator(")");
                yield inside;
            }
            case "[" -> list(open.offset());
            case "{" -> dict(open.offset());
            default -> throw tokens.source().error("expected an expression, not " + open.shown(), open.offset());
        };
    }

    private Expression list(int offset) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.takesOperator("]")) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.takesOperator("]")) {
                    break;
                }
            }
            items.add(expression());
        }
        return new Display(offset, false, items);
    }

    private Expression dict(int offset) {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.takesOperator("}")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.takesOperator("}")) {
                    break;
                }
            }
            Expression key = expression();
            if (key instanceof Constant constant && constant.value() instanceof Text text) {
                names.member(text.string());
            }
            keys.add(key);
            tokens.expectOperator(":");
            values.add(expression());
        }
        return new Expression.DictDisplay(offset, keys, values);
    }

    private Expression postfix(Expression operand) {
        Expression subject = operand;
        while (tokens.is(Kind.OPERATOR)) {
            if (tokens.isOperator(".")) {
                subject = attribute(subject);
            } else if (tokens.isOperator("[")) {
                subject = subscript(subject);
            } else if (tokens.isOperator("(")) {
                subject = call(subject);
            } else {
                return subject;
            }
        }
        return subject;
    }

    private Expression attribute(Expression owner) {
        int offset = tokens.take().offset();
        if (tokens.is(Kind.INTEGER)) {
            return new Expression.Element(offset, owner, new Constant(offset, Int.of(integer(tokens.take()))));
        }
        return new Expression.Attribute(
                offset, owner, tokens.expect(Kind.NAME, "a name or a number").text());
    }

    private Expression subscript(Expression owner) {
        int offset = tokens.take().offset();
        List<Expression> keys = new ArrayList<>();
        Expression first = tokens.isOperator(":") ? null : expression();
        if (tokens.isOperator(":")) {
            Expression none = new Constant(offset, None.NONE);
            tokens.take();
            Expression to = tokens.isOperator("]") || tokens.isOperator(":") ? none : expression();
            Expression by = tokens.takesOperator(":") && !tokens.isOperator("]") ? expression() : none;
            tokens.expectOperator("]");
            return new Expression.Slice(offset, owner, first == null ? none : first, to, by);
        }
        if (first != null) {
            keys.add(first);
        }
        while (tokens.takesOperator(",")) {
            keys.add(expression());
        }
        tokens.expectOperator("]");
        return new Expression.Element(offset, owner, keys.size() == 1 ? keys.get(0) : new Display(offset, true, keys));
    }

    private Expression call(Expression callee) {
        int offset = tokens.offset();
        if (callee instanceof Name name) {
            names.call(name.name(), name.offset());
        } else if (callee instanceof Expression.Attribute attribute) {
            names.callMethod(attribute.name(), attribute.offset() + 1);
        }
        return new Call(offset, callee, passed());
    }

    private Expression filters(Expression operand) {
        Expression subject = operand;
        while (true) {
            if (tokens.isOperator("|")) {
                subject = filter(subject, tokens.take().offset());
            } else if (tokens.isName("is")) {
                subject = test(subject);
            } else if (tokens.isOperator("(")) {
                subject = call(subject);
            } else {
                return subject;
            }
        }
    }

    /** A filter, of which the bar has been read. */
    Expression filter(Expression subject, int offset) {
        String name = dotted();
        if (library.filter(name) == null) {
            throw tokens.source().unsupported(name, "there is no filter \"" + name + "\"", offset);
        }
        Passed arguments = tokens.isOperator("(") ? passed() : Passed.NONE;
        checkNamed(name, arguments);
        return new Expression.Filter(offset, subject, name, arguments);
    }

    private void checkNamed(String filter, Passed arguments) {
        int index = filter.endsWith("attr") ? 1 : 0;
        boolean isNamed = arguments.positional().size() > index
                && arguments.positional().get(index) instanceof Constant constant
                && constant.value() instanceof Text;
        if (isNamed) {
            Constant constant = (Constant) arguments.positional().get(index);
            String name = ((Text) constant.value()).string();
            if (NAMING_FILTERS.contains(filter) && library.filter(name) == null) {
                throw tokens.source().unsupported(name, "there is no filter \"" + name + "\"", constant.offset());
            }
            if (NAMING_TESTS.contains(filter) && library.test(name) == null) {
                throw tokens.source().unsupported(name, "there is no test \"" + name + "\"", constant.offset());
            }
        }
    }

    private String dotted() {
        StringBuilder name =
                new StringBuilder(tokens.expect(Kind.NAME, "a name").text());
        while (tokens.takesOperator(".")) {
            name.append('.').append(tokens.expect(Kind.NAME, "a name").text());
        }
        return name.toString();
    }

    private Expression test(Expression subject) {
        int offset = tokens.take().offset();
        boolean isNegated = tokens.takesName("not");
        String name = dotted();
        if (library.test(name) == null) {
            throw tokens.source().unsupported(name, "there is no test \"" + name + "\"", offset);
        }
        if (subject instanceof Name variable && (name.equals("defined") || name.equals("undefined"))) {
            names.test(variable.name());
        }
        Passed arguments = Passed.NONE;
        if (tokens.isOperator("(")) {
            arguments = passed();
        } else if (startsArgument()) {
            arguments = new Passed(List.of(postfix(primary())), List.of(), List.of(), null, null);
        }
        Expression test = new Expression.Test(offset, subject, name, arguments);
        return isNegated ? new Expression.Unary(offset, "not", test) : test;
    }

    private boolean startsArgument() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            case NAME -> !KEYWORDS.contains(token.text());
            default -> false;
        };
    }

    /** Arguments in parentheses. */
    private Passed passed() {
        tokens.expectOperator("(");
        PassedBuilder passed = new PassedBuilder();
        for (boolean isFirst = true; !tokens.isOperator(")"); isFirst = false) {
            if (!isFirst) {
                tokens.expectOperator(",");
                if (tokens.isOperator(")")) {
                    break;
                }
            }
            argument(passed);
        }
        tokens.expectOperator(")");
        return passed.build();
    }

    private void argument(PassedBuilder passed) {
        int offset = tokens.offset();
        if (tokens.takesOperator("*")) {
            passed.spread(expression(), false, offset, tokens);
        } else if (tokens.takesOperator("**")) {
            passed.spread(expression(), true, offset, tokens);
        } else if (tokens.is(Kind.NAME) && tokens.ahead().is(Kind.OPERATOR, "=")) {
            String name = tokens.take().text();
            tokens.take();
            names.member(name);
            passed.add(name, expression(), offset, tokens);
        } else {
            passed.add(expression(), offset, tokens);
        }
    }
}
