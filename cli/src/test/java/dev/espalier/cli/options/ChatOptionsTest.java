// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.ChatPrompting;
import dev.espalier.Output;
import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.testing.ToyModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What a model reads under the options for its template. */
class ChatOptionsTest {

    private static final String TEMPLATE = "{% for m in messages %}<{{ m.role }}>{{ m.content }}</end>{% endfor %}"
            + "{% if tools %}{{ tools[0].function.name }};{% endif %}{{ enable_thinking }};{{ date }}"
            + "{% if add_generation_prompt %}<assistant>{% endif %}";
    private static final Output<String> INTEGER = Output.jsonSchema("{\"type\":\"integer\"}");

    @TempDir
    Path folder = Path.of("");

    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private final Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, false);

    @Command
    private static final class Host {
        @Mixin
        final ChatOptions chat = new ChatOptions();

        @Mixin
        final PromptOptions prompt = new PromptOptions();
    }

    private String read(ToyModel model, Output<?> output, String... arguments) {
        Host host = new Host();
        new CommandLine(host).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        String prompt = host.chat.prompt(console, host.prompt);
        if (host.chat.prompting(model, console, output) instanceof ChatPrompting chat) {
            return chat.pieces(prompt, output).stream().map(TextPiece::text).collect(Collectors.joining());
        }
        return "raw " + prompt;
    }

    private String read(String... arguments) {
        return read(new ToyModel(TEMPLATE), Output.regex("a"), arguments);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void eachOptionReachesTheTemplate() throws IOException {
        String messages = file("m.json", "[{\"role\":\"user\",\"content\":\"a\"}]");
        String tools = file("t.json", "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]");
        assertEquals("<user>x</end>;<assistant>", read("--prompt", "x"));
        assertEquals("<system>s</end><user>x</end>;<assistant>", read("--prompt", "x", "--system", "s"));
        assertEquals("<user>a</end><user>x</end>;<assistant>", read("--prompt", "x", "--messages", messages));
        assertEquals("<user>a</end>;<assistant>", read("--messages", messages));
        assertEquals("<user>x</end>f;;<assistant>", read("--prompt", "x", "--tools", tools));
        assertEquals("<user>x</end>False;<assistant>", read("--prompt", "x", "--reasoning", "off"));
        assertEquals(
                "<user>x</end>True;[1]<assistant>",
                read("--prompt", "x", "--template-variable", "date=[1]", "--reasoning", "on"));
        assertEquals("raw x", read("--prompt", "x", "--no-template"));
        assertEquals(
                "<user>x</end>;<assistant>",
                read(new ToyModel(TEMPLATE), INTEGER, "--prompt", "x", "--schema-form", "none"));
        assertTrue(read(new ToyModel(TEMPLATE), INTEGER, "--prompt", "x").contains("JSON Schema:"));
    }

    @Test
    void aMessageOfTheAssistantIsContinuedWithoutAPrompt() throws IOException {
        String messages =
                file("m.json", "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]");
        assertEquals("<user>a</end><assistant>b", read("--messages", messages, "--continue"));
        assertThrows(InvalidInputException.class, () -> read("--messages", messages, "--continue", "--prompt", "x"));
        assertThrows(ParameterException.class, () -> read("--messages", messages), "it needs a prompt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--schema-form=example|--schema-form is about a schema, but there is none",
                "--template-variable=date|expected --template-variable NAME=JSON",
                "--template-variable=date=x|the value is not JSON",
                "--template-variable=other=1|has no variable other; its variables: date, enable_thinking",
                "--template-variable=messages=1|is set by the prompt"
            })
    void whatNothingWouldComeOfIsRefused(String option, String why) {
        String message = String.valueOf(assertThrows(InvalidInputException.class, () -> read("--prompt", "x", option))
                .getMessage());
        assertTrue(message.contains(why), message);
    }

    @Test
    void filesWithFaultsAreNamed() throws IOException {
        String tools = file("t.json", "[{\"type\":\"function\"}]");
        String message =
                String.valueOf(assertThrows(SyntaxException.class, () -> read("--prompt", "x", "--tools", tools))
                        .getMessage());
        assertEquals(tools + " at #/0/function: expected an object", message);
        String none = file("n.json", "[]");
        assertThrows(InvalidInputException.class, () -> read("--prompt", "x", "--tools", none));
    }

    @Test
    void optionsAboutTemplatesNeedOneThatIsApplied() {
        for (String option : new String[] {"--system=s", "--reasoning=on", "--no-template"}) {
            String message = String.valueOf(assertThrows(
                            InvalidInputException.class, () -> read(new ToyModel(), INTEGER, "--prompt", "x", option))
                    .getMessage());
            assertTrue(message.contains("but the model ToyModel has none"), message);
        }
        String message = String.valueOf(
                assertThrows(InvalidInputException.class, () -> read("--prompt", "x", "--no-template", "--system=s"))
                        .getMessage());
        assertTrue(message.contains("which --no-template leaves out"), message);
        assertEquals("raw x", read(new ToyModel(), INTEGER, "--prompt", "x"));
    }
}
