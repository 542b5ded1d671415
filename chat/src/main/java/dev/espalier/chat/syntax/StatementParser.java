// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.library.Library;
import dev.espalier.chat.syntax.Expression.Name;
import dev.espalier.chat.syntax.Statement.Branch;
import dev.espalier.chat.syntax.Statement.Jump;
import dev.espalier.chat.syntax.Statement.Macro;
import dev.espalier.chat.syntax.Statement.Target;
import dev.espalier.chat.syntax.Statement.With;
import dev.espalier.chat.syntax.Token.Kind;
import dev.espalier.chat.value.Text;
import dev.espalier.core.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads templates: data, outputs and tags. */
public final class StatementParser {

    private static final List<String> SPECIALS = List.of("caller", "kwargs", "varargs");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "none", "True", "False", "None");

    private final TokenStream tokens;
    private final NameTable names;
    private final ExpressionParser expressions;
    private int loops;

    private StatementParser(Source source, Library library, Limits limits) {
        this.tokens = new TokenStream(source);
        this.names = new NameTable(library);
        this.expressions = new ExpressionParser(tokens, names, library, limits);
    }

    /** The statements of a template, all of whose tags, filters, tests, functions and methods exist. */
    public static Template parse(Source source, Library library, Limits limits) {
        StatementParser parser = new StatementParser(source, library, limits);
        List<Statement> body = parser.body();
        if (!parser.tokens.is(Kind.END)) {
            throw source.error(
                    "the tag " + parser.tokens.ahead().shown() + " ends nothing",
                    parser.tokens.ahead().offset());
        }
        parser.names.check(source);
        return new Template(source, body, parser.names.variables());
    }

    /** Statements up to one of some tags, whose beginning is not taken, or to the end. */
    private List<Statement> body(String... ends) {
        return expressions.nested(() -> {
            List<Statement> body = new ArrayList<>();
            while (!tokens.is(Kind.END) && !isAtEnd(ends)) {
                statement(body);
            }
            return body;
        });
    }

    private boolean isAtEnd(String... ends) {
        if (!tokens.is(Kind.TAG_BEGIN) || tokens.ahead().kind() != Kind.NAME) {
            return false;
        }
        String tag = tokens.ahead().text();
        return List.of(ends).contains(tag) || tag.startsWith("end") || tag.equals("else") || tag.equals("elif");
    }

    private void statement(List<Statement> body) {
        Token token = tokens.take();
        switch (token.kind()) {
            case DATA -> body.add(new Statement.Data(Text.trusted(token.text())));
            case OUTPUT_BEGIN -> {
                body.add(new Statement.Output(expressions.tuple(true, null)));
                tokens.expect(Kind.OUTPUT_END, "\"}}\"");
            }
            default -> {
                tag(tokens.expect(Kind.NAME, "the name of a tag"), body);
                endTag();
            }
        }
    }

    private void endTag() {
        tokens.expect(Kind.TAG_END, "\"%}\"");
    }

    private void tag(Token tag, List<Statement> body) {
        switch (tag.text()) {
            case "if" -> body.add(conditional(tag));
            case "for" -> body.add(loop(tag));
            case "set" -> body.add(assignment(tag));
            case "macro" -> body.add(macro(tag));
            case "call" -> body.add(callBlock(tag));
            case "filter" -> body.add(filterBlock(tag));
            case "with" -> body.add(with(tag));
            case "generation" -> body.add(scope(tag, "endgeneration"));
            case "autoescape" -> body.add(autoescape(tag));
            case "break", "continue" -> body.add(jump(tag));
            case "print" -> printed(body);
            case "include", "import", "from", "extends", "block", "do", "trans" ->
                throw tokens.source()
                        .unsupported(
                                tag.text(), "the tag \"" + tag.text() + "\" is not for chat templates", tag.offset());
            default ->
                throw tokens.source().unsupported(tag.text(), "there is no tag \"" + tag.text() + "\"", tag.offset());
        }
    }

    /** The body of a tag whose own beginning has been read. */
    private List<Statement> bodyOf(Token tag, String... ends) {
        endTag();
        List<Statement> body = body(ends);
        boolean isClosed = tokens.is(Kind.TAG_BEGIN)
                && List.of(ends).contains(tokens.ahead().text());
        if (!isClosed) {
            String found = tokens.is(Kind.TAG_BEGIN)
                    ? "the tag " + tokens.ahead().shown()
                    : tokens.current().shown();
            throw tokens.source()
                    .error(
                            "the tag \"" + tag.text() + "\" needs \"" + ends[ends.length - 1] + "\" before " + found,
                            tag.offset());
        }
        tokens.take();
        return body;
    }

    private Statement conditional(Token tag) {
        List<Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        Set<String> everywhere = Set.of();
        Token part;
        do {
            Expression condition = expressions.tuple(false, null);
            names.open();
            branches.add(new Branch(condition, bodyOf(tag, "elif", "else", "endif")));
            everywhere = inBoth(everywhere, names.close(), branches.size() == 1);
            part = tokens.take();
        } while (part.text().equals("elif"));
        if (part.text().equals("else")) {
            names.open();
            otherwise = bodyOf(tag, "endif");
            inBoth(everywhere, names.close(), false).forEach(names::bind);
            tokens.take();
        }
        return new Statement.If(branches, otherwise);
    }

    /** The names that all branches so far bind, with one more. */
    private static Set<String> inBoth(Set<String> before, Set<String> branch, boolean isFirst) {
        Set<String> both = new HashSet<>(branch);
        if (!isFirst) {
            both.retainAll(before);
        }
        return both;
    }

    private Statement loop(Token tag) {
        Token targetStart = tokens.current();
        Target target = target(false);
        tokens.expectName("in");
        Expression elements = expressions.tuple(false, "recursive");
        names.open();
        bind(target);
        Expression condition = tokens.takesName("if") ? expressions.expression() : null;
        boolean isRecursive = tokens.takesName("recursive");
        if (target instanceof Target.Variable variable && variable.name().equals("loop")) {
            throw tokens.source().error("\"loop\" cannot be the target of a loop", targetStart.offset());
        }
        names.bind("loop");
        loops++;
        List<Statement> body = bodyOf(tag, "else", "endfor");
        loops--;
        names.close();
        List<Statement> otherwise = List.of();
        if (tokens.take().text().equals("else")) {
            names.open();
            otherwise = bodyOf(tag, "endfor");
            names.close();
            tokens.take();
        }
        return new Statement.For(target, elements, condition, isRecursive, body, otherwise);
    }

    private void bind(Target target) {
        if (target instanceof Target.Variable variable) {
            names.bind(variable.name());
        } else if (target instanceof Target.Several several) {
            several.targets().forEach(this::bind);
        }
    }

    /** One target or, with commas, several. */
    private Target target(boolean allowsAttributes) {
        int offset = tokens.offset();
        List<Target> targets = new ArrayList<>(List.of(oneTarget(allowsAttributes)));
        boolean isTuple = false;
        while (tokens.takesOperator(",")) {
            isTuple = true;
            if (tokens.isOperator("=") || tokens.isOperator(")") || tokens.isName("in")) {
                break;
            }
            targets.add(oneTarget(allowsAttributes));
        }
        return isTuple ? new Target.Several(offset, targets) : targets.get(0);
    }

    private Target oneTarget(boolean allowsAttributes) {
        int offset = tokens.offset();
        if (tokens.takesOperator("(")) {
            Target inside = target(allowsAttributes);
            tokens.expectOperator(")");
            return inside;
        }
        String name = targetName();
        if (!allowsAttributes || !tokens.takesOperator(".")) {
            return new Target.Variable(offset, name);
        }
        String attribute = tokens.expect(Kind.NAME, "a name").text();
        names.read(name);
        names.member(attribute);
        return new Target.Attribute(offset, name, attribute);
    }

    private String targetName() {
        Token name = tokens.expect(Kind.NAME, "a name");
        if (CONSTANTS.contains(name.text())) {
            throw tokens.source().error("nothing can be assigned to " + name.shown(), name.offset());
        }
        return name.text();
    }

    private Statement assignment(Token tag) {
        Target target = target(true);
        if (tokens.takesOperator("=")) {
            Expression value = expressions.tuple(true, null);
            bind(target);
            return new Statement.Assignment(target, value);
        }
        Expression filtered = blockFilters();
        names.open();
        List<Statement> body = bodyOf(tag, "endset");
        names.close();
        tokens.take();
        bind(target);
        return new Statement.BlockAssignment(target, filtered, body);
    }

    private Expression blockFilters() {
        Expression filtered = new Name(tokens.offset(), Statement.BODY);
        while (tokens.isOperator("|")) {
            filtered = expressions.filter(filtered, tokens.take().offset());
        }
        return filtered;
    }

    private Statement filterBlock(Token tag) {
        Expression filtered = expressions.filter(new Name(tag.offset(), Statement.BODY), tokens.offset());
        while (tokens.isOperator("|")) {
            filtered = expressions.filter(filtered, tokens.take().offset());
        }
        names.open();
        List<Statement> body = bodyOf(tag, "endfilter");
        names.close();
        tokens.take();
        return new Statement.FilterBlock(filtered, body);
    }

    private Statement with(Token tag) {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.is(Kind.TAG_END)) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(oneTarget(false));
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        names.open();
        targets.forEach(this::bind);
        List<Statement> body = bodyOf(tag, "endwith");
        names.close();
        tokens.take();
        return new With(targets, values, body);
    }

    private Statement scope(Token tag, String end) {
        names.open();
        int outerLoops = loops;
        loops = tag.text().equals("generation") ? 0 : loops;
        List<Statement> body = bodyOf(tag, end);
        loops = outerLoops;
        names.close();
        tokens.take();
        return new With(List.of(), List.of(), body);
    }

    private Statement autoescape(Token tag) {
        boolean isOff = expressions.expression() instanceof Expression.Constant constant
                && !constant.value().isTrue();
        if (!isOff) {
            throw tokens.source()
                    .unsupported("autoescape", "chat templates escape nothing by themselves", tag.offset());
        }
        return scope(tag, "endautoescape");
    }

    private Statement jump(Token tag) {
        if (loops == 0) {
            throw tokens.source().error("\"" + tag.text() + "\" is in no loop", tag.offset());
        }
        return new Jump(tag.text().equals("break"));
    }

    private void printed(List<Statement> body) {
        do {
            body.add(new Statement.Output(expressions.expression()));
        } while (tokens.takesOperator(","));
    }

    private Statement macro(Token tag) {
        String name = targetName();
        names.bind(name);
        if (!tokens.isOperator("(")) {
            throw tokens.expected("\"(\"");
        }
        names.openMacro();
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = parameters(parameters);
        return function(tag, name, parameters, defaults, "endmacro");
    }

    private Statement callBlock(Token tag) {
        names.openMacro();
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = tokens.isOperator("(") ? parameters(parameters) : List.of();
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw tokens.source().error("expected a call", tag.offset());
        }
        return new Statement.CallBlock(call, function(tag, "caller", parameters, defaults, "endcall"));
    }

    /** The body of a function, whose parameters have been read. */
    private Macro function(Token tag, String name, List<String> parameters, List<Expression> defaults, String end) {
        SPECIALS.forEach(names::bind);
        int outerLoops = loops;
        loops = 0;
        List<Statement> body = bodyOf(tag, end);
        loops = outerLoops;
        tokens.take();
        Set<String> read = names.closeMacro();
        List<String> specials = SPECIALS.stream()
                .filter(special -> read.contains(special) && !parameters.contains(special))
                .toList();
        return new Macro(name, parameters, defaults, specials, body);
    }

    /** Adds the parameters in parentheses to a list. Returns the defaults of the last ones. */
    private List<Expression> parameters(List<String> parameters) {
        List<Expression> defaults = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.takesOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            int offset = tokens.offset();
            String name = targetName();
            if (parameters.contains(name)) {
                throw tokens.source().error("the parameter \"" + name + "\" is there twice", offset);
            }
            parameters.add(name);
            names.bind(name);
            if (tokens.takesOperator("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw tokens.source().error("a parameter after one with a default needs a default", offset);
            }
        }
        return defaults;
    }
}
