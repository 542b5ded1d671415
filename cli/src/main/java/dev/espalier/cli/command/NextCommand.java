// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.CompiledOutput;
import dev.espalier.OutputCompiler;
import dev.espalier.cli.console.ByteText;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.cli.options.Tokenizer;
import dev.espalier.cli.options.TokenizerOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.stats.MaskStats;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier next}. */
@Command(
        name = "next",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the tokens that are allowed after a prefix: how many, and some of them.",
            "Several constraints share one engine, so that --stats shows which masks the later ones find ready."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier next --schema examples/invoice.schema.json",
            "  espalier next --regex '[0-9]{4}-[0-9]{2}' --prefix 20 --ids",
            "  espalier next --schema '{\"type\":\"string\"}' --prefix '\"' --schema examples/ticket.schema.json \\",
            "      --prefix '{\"title\":\"' --tokenizer tokenizer.json.gz --stats"
        })
public final class NextCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Mixin
    private final TokenizerOptions tokenizerOptions = new TokenizerOptions();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "What has been written already; repeat it to give each constraint its own.")
    private List<String> prefixes = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "How many tokens to show. Default: 20.")
    private int limit = 20;

    @Option(names = "--ids", description = "All allowed ids, one a line, and nothing else.")
    private boolean ids;

    @Option(
            names = "--stats",
            description =
                    "How the mask was found, on standard error: trie nodes visited, masks found ready in the store.")
    private boolean stats;

    @Option(names = "--json", description = "One JSON object per constraint on standard output.")
    private boolean json;

    public NextCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkUses();
        List<NamedOutput> all = constraint.all(console, SchemaOptions.DEFAULT);
        if (prefixes.size() > 1 && prefixes.size() != all.size()) {
            throw new InvalidInputException("expected one --prefix for all constraints, or one for each of the "
                    + all.size() + ", not " + prefixes.size());
        }
        boolean anyAllowed = true;
        Tokenizer tokenizer = tokenizerOptions.read();
        try (OutputCompiler compiler = new OutputCompiler(tokenizer.vocabulary(), constraint.limits())) {
            for (int i = 0; i < all.size(); i++) {
                String prefix = prefixes.isEmpty() ? "" : prefixes.get(Math.min(i, prefixes.size() - 1));
                anyAllowed &= show(all.get(i), prefix, tokenizer, compiler);
            }
        }
        return anyAllowed ? ExitCode.DONE : ExitCode.NOT_VALID;
    }

    /** Refuses options that nothing would come of. */
    private void checkUses() {
        ParseResult given = spec.commandLine().getParseResult();
        for (String option : List.of("--json", "--limit")) {
            if (ids && given.hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), "--ids prints all ids and nothing else: leave out " + option);
            }
        }
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 0, but was " + limit);
        }
    }

    private boolean show(NamedOutput named, String prefix, Tokenizer tokenizer, OutputCompiler compiler) {
        CompiledOutput compiled = named.compile(compiler);
        Matcher matcher = compiled.grammar().matcher();
        int[] tokens = tokenizer.tokens(prefix.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < tokens.length; i++) {
            try {
                matcher.accept(tokens[i]);
            } catch (InvalidTokenException e) {
                console.err()
                        .println("espalier: " + named.name() + ": the prefix is not allowed: token " + i + ", "
                                + tokens[i] + " "
                                + ByteText.quoted(
                                        tokenizer.vocabulary().bytes(tokens[i]).toByteArray()));
                return false;
            }
        }
        long start = System.nanoTime();
        TokenMask mask = matcher.mask();
        double micros = (System.nanoTime() - start) / 1e3;
        MaskStats maskStats = matcher.lastStats();
        if (ids) {
            printIds(mask);
        } else if (json) {
            console.out().println(object(named.name(), prefix, matcher, mask, tokenizer.vocabulary(), maskStats));
        } else {
            print(named.name(), matcher, mask, tokenizer.vocabulary());
        }
        if (stats) {
            console.err()
                    .printf(
                            "%s: compiled in %.2f ms, mask in %.0f µs: %d trie nodes visited, %d of residual tries, "
                                    + "store hits %d, misses %d%n",
                            named.name(),
                            compiled.compileTime().toNanos() / 1e6,
                            micros,
                            maskStats.nodes(),
                            maskStats.residualNodes(),
                            maskStats.storeHits(),
                            maskStats.storeMisses());
        }
        return true;
    }

    private void printIds(TokenMask mask) {
        StringBuilder text = new StringBuilder();
        for (int id = 0; id < mask.size(); id++) {
            if (mask.allows(id)) {
                text.append(id).append('\n');
            }
        }
        console.out().print(text);
    }

    private void print(String name, Matcher matcher, TokenMask mask, Vocabulary vocabulary) {
        console.table()
                .println(name + ": " + mask.count() + " of " + vocabulary.size() + " tokens allowed"
                        + (matcher.isAccepting() ? ", and the text may end here" : ""));
        byte[] forced = matcher.forced();
        if (forced.length > 0) {
            console.table().println("  must go on with " + ByteText.quoted(forced));
        }
        for (int id : sample(mask)) {
            console.table().println("  " + id + " " + shown(vocabulary, id));
        }
        if (mask.count() > limit) {
            console.table().println("  and " + (mask.count() - limit) + " more");
        }
    }

    private static String shown(Vocabulary vocabulary, int id) {
        return vocabulary.isSpecial(id)
                ? vocabulary.text(id)
                : ByteText.quoted(vocabulary.bytes(id).toByteArray());
    }

    /** All allowed ids if they are few, else some, evenly spread over them. */
    private List<Integer> sample(TokenMask mask) {
        List<Integer> sample = new ArrayList<>();
        int seen = 0;
        for (int id = 0; id < mask.size() && sample.size() < limit; id++) {
            if (mask.allows(id) && (long) seen++ * limit >= (long) sample.size() * mask.count()) {
                sample.add(id);
            }
        }
        return sample;
    }

    private ObjectNode object(
            String name, String prefix, Matcher matcher, TokenMask mask, Vocabulary vocabulary, MaskStats maskStats) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("name", name)
                .put("prefix", prefix)
                .put("allowed", mask.count())
                .put("vocabulary", vocabulary.size())
                .put("accepting", matcher.isAccepting())
                .put("forced", new String(matcher.forced(), StandardCharsets.UTF_8));
        var tokens = object.putArray("tokens");
        for (int id : sample(mask)) {
            tokens.addObject().put("id", id).put("text", vocabulary.text(id));
        }
        object.putObject("stats")
                .put("nodesVisited", maskStats.nodes())
                .put("residualNodes", maskStats.residualNodes())
                .put("storeHits", maskStats.storeHits())
                .put("storeMisses", maskStats.storeMisses());
        return object;
    }
}
