// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.antlr.AntlrFile.Alternative;
import dev.espalier.grammar.antlr.AntlrFile.Command;
import dev.espalier.grammar.antlr.AntlrFile.Definition;
import dev.espalier.grammar.antlr.AntlrFile.Imported;
import dev.espalier.grammar.antlr.AntlrNode.Spot;
import dev.espalier.grammar.antlr.AntlrNode.Text;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.AntlrParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes what a grammar file says of it while it is parsed. */
final class AntlrTranslation extends TreeListener {

    private final SourceText source;
    private final AntlrNode.Algebra algebra = new AntlrNode.Algebra();
    private final ExpressionBuilder<AntlrNode> builder;
    private final Map<String, String> options = new HashMap<>();
    private final List<Imported> imports = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();
    private String kind = "";
    private String title = "";
    private String mode = AntlrFile.DEFAULT_MODE;

    /** The names that were read since something began that has some. */
    private final List<Token> names = new ArrayList<>();

    private String value = "";
    private String argument = "";

    /** The options of the rule that is being read; those of the file outside of rules. */
    private Map<String, String> given = options;

    private boolean isFragment;
    private int depth;
    private List<Alternative> alternatives = new ArrayList<>();
    private List<Command> commands = new ArrayList<>();

    AntlrTranslation(SourceText source, WorkBudget budget) {
        this.source = source;
        this.builder = new ExpressionBuilder<>(algebra, budget);
    }

    /** What the file says. */
    AntlrFile file() {
        return new AntlrFile(kind, title, options, imports, tokens, definitions);
    }

    @Override
    protected void enter(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case AntlrParser.RULE_header,
                    AntlrParser.RULE_imported,
                    AntlrParser.RULE_declared,
                    AntlrParser.RULE_section -> names.clear();
            case AntlrParser.RULE_definition -> {
                names.clear();
                given = new HashMap<>();
                isFragment = false;
                alternatives = new ArrayList<>();
            }
            case AntlrParser.RULE_command -> argument = "";
            case AntlrParser.RULE_alternatives -> {
                if (++depth > 1) {
                    builder.open();
                }
            }
            case AntlrParser.RULE_alternative -> {
                if (depth == 1) {
                    builder.open();
                    commands = new ArrayList<>();
                }
            }
            default -> {}
        }
    }

    @Override
    protected void leave(ParserRuleContext context) {
        Token start = context.start;
        switch (context.getRuleIndex()) {
            case AntlrParser.RULE_header -> {
                Token written = ((AntlrParser.HeaderContext) context).kind;
                kind = written == null ? "" : written.getText();
                title = name().getText();
            }
            case AntlrParser.RULE_name -> names.add(start);
            case AntlrParser.RULE_value -> value = source.slice(start.getStartIndex(), context.stop.getStopIndex() + 1);
            case AntlrParser.RULE_option -> {
                if (depth == 0) {
                    given.put(start.getText(), value);
                }
            }
            case AntlrParser.RULE_imported -> imports.add(new Imported(name().getText(), spot(name())));
            case AntlrParser.RULE_declared -> {
                if (((AntlrParser.DeclaredContext) context).kind.getType() == AntlrParser.TOKENS) {
                    names.forEach(token -> tokens.add(token.getText()));
                }
            }
            case AntlrParser.RULE_section -> mode = name().getText();
            case AntlrParser.RULE_modifier -> isFragment |= start.getType() == AntlrParser.FRAGMENT;
            case AntlrParser.RULE_definition -> {
                definitions.add(new Definition(
                        names.get(0).getText(), isFragment, mode, given, alternatives, spot(names.get(0))));
                given = options;
            }
            case AntlrParser.RULE_alternatives -> depth--;
            case AntlrParser.RULE_alternative -> alternative();
            case AntlrParser.RULE_argument -> argument = start.getText();
            case AntlrParser.RULE_command -> command(start);
            default -> element(context, start);
        }
    }

    private void alternative() {
        builder.endAlternative();
        if (depth == 1) {
            alternatives.add(new Alternative(builder.close(), commands));
            if (alternatives.size() == 2) {
                alternatives.get(0).commands().forEach(this::refuse);
            }
            if (alternatives.size() > 1) {
                commands.forEach(this::refuse);
            }
        }
    }

    private void command(Token start) {
        Command command = new Command(start.getText(), argument, spot(start));
        if (depth > 1) {
            refuse(command);
        }
        commands.add(command);
    }

    private void refuse(Command command) {
        throw source.error(
                "commands stand at the end of a rule, and not behind one alternative of several",
                command.spot().offset());
    }

    private void element(ParserRuleContext context, Token start) {
        int from = start.getStartIndex();
        int to = start.getStopIndex();
        switch (context.getRuleIndex()) {
            case AntlrParser.RULE_reference -> builder.add(new AntlrNode.Name(start.getText(), spot(start)));
            case AntlrParser.RULE_text -> {
                AntlrParser.TextContext text = (AntlrParser.TextContext) context;
                builder.add(
                        text.last == null ? text(text.first) : new AntlrNode.Range(text(text.first), text(text.last)));
            }
            case AntlrParser.RULE_any -> builder.add(new AntlrNode.Any());
            case AntlrParser.RULE_group -> builder.add(builder.close());
            case AntlrParser.RULE_atom -> {
                if (start.getType() == AntlrParser.BRACKET) {
                    builder.add(new AntlrNode.Characters(new Spot(source, from + 1), to));
                }
            }
            case AntlrParser.RULE_negation -> builder.mapLast(item -> new AntlrNode.Not(item, spot(start)));
            case AntlrParser.RULE_action -> {
                boolean isPredicate = ((AntlrParser.ActionContext) context).asks != null;
                builder.add(new AntlrNode.Action(isPredicate, spot(start)));
            }
            case AntlrParser.RULE_suffix -> {
                AntlrParser.SuffixContext suffix = (AntlrParser.SuffixContext) context;
                algebra.lazy(suffix.lazy != null);
                boolean again = suffix.operator.getType() != AntlrParser.QUESTION;
                boolean must = suffix.operator.getType() == AntlrParser.PLUS;
                builder.repeatLast(must ? 1 : 0, again ? Expression.UNBOUNDED : 1);
            }
            default -> {}
        }
    }

    private Text text(Token token) {
        return new Text(new Spot(source, token.getStartIndex() + 1), token.getStopIndex());
    }

    /** The name that was read last. */
    private Token name() {
        return names.get(names.size() - 1);
    }

    private Spot spot(Token token) {
        return new Spot(source, token.getStartIndex());
    }
}
