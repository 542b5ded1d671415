// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.options.ComputeOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Answers OpenAI's protocol over HTTP: /v1/chat/completions, /v1/responses, /v1/completions, /v1/models, /tokenize, /detokenize, /health, /metrics.",
            "Schemas, grammars and tools of a request are kept in full, or the request is refused with the name of the member."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier serve",
            "  espalier serve --model models/smollm3 --port 8000",
            "  espalier serve --model sprig --model models/small.gguf --llama-cpp /opt/llama/libllama.so",
            "  espalier serve --model small=models/small.gguf --model large=models/large --api-key-file keys.txt --host 0.0.0.0",
            "  curl localhost:8080/v1/chat/completions -d '{\"model\":\"sprig\",\"messages\":[{\"role\":\"user\",\"content\":\"Name: Ada\"}],\"json_schema\":{\"properties\":{\"name\":{\"type\":\"string\"}}}}'"
        })
public final class ServeCommand implements Callable<Integer> {

    private static final String EMBEDDED = "sprig";

    /** Where the embedded model is. */
    private static final Path IN_JAR = Path.of("");

    /** The most guessed tokens where a draft model is named and no number is. */
    private static final int DRAFT_TOKENS = 4;

    private final Console console;
    private final ServerMetrics metrics = new ServerMetrics();

    @Option(
            names = "--model",
            paramLabel = "[NAME=]DIR_OR_FILE",
            description =
                    "A model, under a name of its own or that of the file; sprig is the embedded one. Given several times, each is loaded when it is first asked for. Default: sprig.")
    private List<String> models = List.of();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on. Default: 127.0.0.1, this machine alone.")
    private String host = ServerOptions.DEFAULT.host();

    @Option(names = "--port", paramLabel = "N", description = "The port; 0 takes a free one. Default: 8080.")
    private int port = ServerOptions.DEFAULT.port();

    @Mixin
    private final ComputeOptions compute = new ComputeOptions();

    @Option(
            names = "--draft-model",
            paramLabel = "[NAME=]DIR_OR_FILE",
            description = "A smaller model that guesses what comes next, for the model of that name, or the only one"
                    + " that --model names; answers stay what they are. May be repeated.")
    private List<String> draftModels = List.of();

    @Option(
            names = "--draft-tokens",
            paramLabel = "N",
            description = "Guess up to N tokens by copying from prompts, or by the --draft-model, and check them in one"
                    + " pass; answers stay what they are. Default: 0; of models with a --draft-model 4.")
    private @Nullable Integer draftTokens;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "The most tokens of an answer where the request does not say it. Default: 2048.")
    private int mostTokens = 2048;

    @Option(
            names = "--prefix-tokens",
            paramLabel = "N",
            description =
                    "Tokens of ended answers and their prompts that stay in a model's cache, so that prompts that begin alike,"
                            + " as the next turn of a chat does, are not read again; 0 keeps none. Default: 4096.")
    private int prefixTokens = 4096;

    @Option(
            names = "--max-requests",
            paramLabel = "N",
            description = "Requests under way and waiting; further ones get status 429. Default: 256.")
    private int mostRequests = ServerOptions.DEFAULT.maxRequests();

    @Option(names = "--max-body", paramLabel = "BYTES", description = "The longest request. Default: 8388608.")
    private int mostBytes = ServerOptions.DEFAULT.maxBody();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "The longest that a request may take, its body included. Default: 600.")
    private long timeout = ServerOptions.DEFAULT.timeout().toSeconds();

    @Option(
            names = "--compile-timeout",
            paramLabel = "SECONDS",
            description =
                    "The longest that the form of an answer may take to compile; longer ones get status 400. Default: 10.")
    private long compileTimeout = ServerOptions.DEFAULT.compileTimeout().toSeconds();

    @Option(
            names = "--compilations",
            paramLabel = "N",
            description = "How many forms of answers are compiled at a time. Default: the cores.")
    private int compilations = ServerOptions.DEFAULT.compilations();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long requests may go on when the server stops. Default: 20.")
    private long patience = ServerOptions.DEFAULT.patience().toSeconds();

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "Keys, one a line, of which a request must have one. Default: none is asked for.")
    private @Nullable Path keys;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            description = "Pages of this origin may ask from a browser; may be given several times. Default: none.")
    private List<String> origins = List.of();

    @Option(
            names = "--tls-key-store",
            paramLabel = "FILE",
            description = "A key store (PKCS #12): connections are encrypted.")
    private @Nullable Path store;

    @Option(names = "--tls-password-file", paramLabel = "FILE", description = "The password of the key store.")
    private @Nullable Path password;

    @Option(
            names = "--access-log",
            description = "Prints a line for each request on standard error; prompts are not in it.")
    private boolean hasLog;

    @Option(names = "--preload", description = "Loads all models before the first request.")
    private boolean isPreloaded;

    public ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerOptions options = options();
        try (ModelShelf shelf = shelf()) {
            boolean isLoadedFirst = isPreloaded || models.size() < 2;
            if (isLoadedFirst) {
                shelf.awaitAll();
            }
            try (EspalierServer server = EspalierServer.start(shelf, options, metrics, this::log)) {
                Thread hook = new Thread(server::close, "espalier-stop");
                Runtime.getRuntime().addShutdownHook(hook);
                if (isLoadedFirst) {
                    shelf.ids().forEach(shelf::model); // "/health" says so meanwhile
                }
                console.err()
                        .println("espalier: " + server.uri() + "/v1 answers with " + String.join(", ", shelf.ids())
                                + "; stop it with Ctrl+C");
                server.join();
            }
        }
        return ExitCode.DONE;
    }

    private void log(String line) {
        if (hasLog) {
            console.err().println(line);
        }
    }

    private ServerOptions options() {
        ServerOptions options = ServerOptions.DEFAULT
                .withAddress(host, port)
                .withBounds(mostBytes, mostRequests)
                .withTimes(Duration.ofSeconds(timeout), Duration.ofSeconds(patience), ServerOptions.DEFAULT.ping())
                .withCompiling(compilations, Duration.ofSeconds(compileTimeout))
                .withOrigins(origins);
        if (keys != null) {
            Set<String> read = lines(keys).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toSet());
            if (read.isEmpty()) {
                throw new InvalidInputException(keys + ": no key is in it");
            }
            options = options.withKeys(read);
        }
        if ((store == null) != (password == null)) {
            throw new InvalidInputException("--tls-key-store and --tls-password-file belong together");
        }
        return store == null || password == null
                ? options
                : options.with(new ServerOptions.Tls(
                        store, lines(password).stream().findFirst().orElse("")));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private ModelShelf shelf() {
        if (prefixTokens < 0) {
            throw new InvalidInputException("--prefix-tokens must be 0 or more, but was " + prefixTokens);
        }
        if (draftTokens != null && draftTokens < 0) {
            throw new InvalidInputException("--draft-tokens must be 0 or more, but was " + draftTokens);
        }
        Map<String, Path> named = named();
        Map<String, Path> drafting = drafting(named);
        compute.check(
                named.values().stream().filter(path -> !path.equals(IN_JAR)).toList());
        compute.tell(console);
        ModelShelf shelf = new ModelShelf();
        named.forEach((name, file) ->
                shelf.add(name, () -> load(name, file, Optional.ofNullable(drafting.get(name))), mostTokens));
        return shelf;
    }

    private ModelShelf.Loaded load(String name, Path file, Optional<Path> draft) {
        if (file.equals(IN_JAR)) {
            return ModelShelf.Loaded.of(Sprig.load(compute.options()), model -> embedded(name, model));
        }
        LanguageModel model = compute.load(console, file);
        if (draft.isEmpty()) {
            return ModelShelf.Loaded.of(model, loaded -> Assistant.of(loaded, counted(name, drafts(0))));
        }
        LanguageModel drafting;
        try {
            drafting = compute.loadDraft(draft.get());
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
        DraftOptions drafts = drafts(DRAFT_TOKENS).withModel(drafting);
        try {
            return new ModelShelf.Loaded(Assistant.of(model, counted(name, drafts)), List.of(model, drafting));
        } catch (RuntimeException | Error e) {
            model.close();
            drafting.close();
            throw e;
        }
    }

    /** The embedded model has a prompt of its own form. */
    private Assistant embedded(String name, LanguageModel model) {
        return Assistant.of(
                model, counted(name, drafts(0)).with((prompt, output, slots) -> Sprig.prompt(model, prompt, output)));
    }

    private DraftOptions drafts(int usual) {
        return DraftOptions.DEFAULT.withTokens(draftTokens == null ? usual : draftTokens);
    }

    private AssistantOptions counted(String name, DraftOptions drafts) {
        return AssistantOptions.DEFAULT
                .with(BatchOptions.DEFAULT.withPrefixTokens(prefixTokens).with(drafts), BatchListener.NONE)
                .with(metrics.listener(name));
    }

    /** The models by name: their files, or {@link #IN_JAR}. */
    private Map<String, Path> named() {
        Map<String, Path> named = new LinkedHashMap<>();
        for (String model : models.isEmpty() ? List.of(EMBEDDED) : models) {
            int equals = model.indexOf('=');
            String given = model.substring(equals + 1);
            Path file = given.equals(EMBEDDED) ? IN_JAR : ComputeOptions.present(Path.of(given));
            String own = given.equals(EMBEDDED)
                    ? EMBEDDED
                    : Optional.ofNullable(file.toAbsolutePath().normalize().getFileName())
                            .map(Path::toString)
                            .orElse("model")
                            .replaceFirst("\\.gguf$", "");
            String name = equals < 0 ? own : model.substring(0, equals);
            if (named.putIfAbsent(name, file) != null) {
                throw new InvalidInputException("--model: two models are called \"" + name + "\"");
            }
        }
        return named;
    }

    /** The draft models, by the names of those that they guess for. */
    private Map<String, Path> drafting(Map<String, Path> named) {
        Map<String, Path> drafting = new LinkedHashMap<>();
        for (String draft : draftModels) {
            int equals = draft.indexOf('=');
            if (equals < 0 && named.size() != 1) {
                throw new InvalidInputException("--draft-model " + draft + ": say for which model it guesses, as NAME="
                        + draft + ", with a name of " + named.keySet());
            }
            String name = equals < 0 ? named.keySet().iterator().next() : draft.substring(0, equals);
            Path model = named.get(name);
            if (model == null || model.equals(IN_JAR)) {
                throw new InvalidInputException("--draft-model " + draft + " guesses for a --model, and "
                        + (model == null ? "none is called \"" + name + "\"" : name + " is the embedded one"));
            }
            if (drafting.put(name, ComputeOptions.present(Path.of(draft.substring(equals + 1)))) != null) {
                throw new InvalidInputException("--draft-model: there are two for \"" + name + "\"");
            }
        }
        return drafting;
    }
}
