// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.options.ModelOptions;
import dev.espalier.core.Limits;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** How often a command compiles its output: once, before the model is loaded; infilling once more where keys may come twice. */
class OneCompilationTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"}},\"required\":[\"a\"]}";

    /** The compilers of the models that a command opened. */
    private static final class WatchedModels extends ModelOptions {

        private final List<OutputCompiler> compilers = new ArrayList<>();

        @Override
        public Opened open(Console console, Limits limits, Output<?> output, Optional<Path> draftModel) {
            Opened opened = super.open(console, limits, output, draftModel);
            compilers.add(opened.generator().compiler());
            return opened;
        }

        @Override
        public OpenedInfiller openInfiller(Console console, Limits limits, Output<?> output) {
            OpenedInfiller opened = super.openInfiller(console, limits, output);
            compilers.add(opened.infiller().compiler());
            return opened;
        }
    }

    /** Runs a command with the embedded model. Gives the compilations of the model's compiler, which are those after the first. */
    private static long furtherCompilations(Function<ModelCommand, Callable<Integer>> make, String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        WatchedModels models = new WatchedModels();
        Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, false);
        CommandLine line = new CommandLine(make.apply(new ModelCommand(console, models)));
        assertEquals(ExitCode.DONE, line.execute(arguments));
        assertEquals(1, models.compilers.size());
        return models.compilers.get(0).compilations();
    }

    private record ModelCommand(Console console, ModelOptions models) {}

    @Test
    void generatingCompilesOnce() {
        assertEquals(
                0,
                furtherCompilations(
                        with -> new GenerateCommand(with.console(), with.models()),
                        "--schema",
                        SCHEMA,
                        "--prompt",
                        "a is true",
                        "-n",
                        "2",
                        "--temperature",
                        "1"));
    }

    @Test
    void infillingCompilesOnceForCanvasesAndOnceForTheFinishedText() {
        assertEquals(
                1,
                furtherCompilations(
                        with -> new InfillCommand(with.console(), with.models()),
                        "--schema",
                        SCHEMA,
                        "--canvas",
                        "{\"a\":[[1-3]]}"));
    }

    @Test
    void infillingCompilesOnceWhereNoKeyCanComeTwice() {
        assertEquals(
                0,
                furtherCompilations(
                        with -> new InfillCommand(with.console(), with.models()),
                        "--regex",
                        "[0-9]+ of [0-9]+",
                        "--canvas",
                        "[[1-3]] of [[2]]"));
    }

    @Test
    void fillingFromLeftToRightCompilesOnce() {
        assertEquals(
                0,
                furtherCompilations(
                        with -> new InfillCommand(with.console(), with.models()),
                        "--autoregressive",
                        "--schema",
                        SCHEMA,
                        "--canvas",
                        "{\"a\":[[1-3]]}"));
    }
}
