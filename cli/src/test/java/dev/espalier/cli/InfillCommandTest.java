// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code espalier infill} with the embedded models. What they write may change with their weights; what is tested does not. */
class InfillCommandTest {

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"recipient\":{\"type\":\"string\","
            + "\"maxLength\":20},\"weight\":{\"type\":\"integer\",\"minimum\":0},\"fragile\":{\"type\":\"boolean\"}},"
            + "\"required\":[\"recipient\",\"weight\",\"fragile\"],\"additionalProperties\":false}";
    private static final String CANVAS = "{\"recipient\":\"[[4]]\",\"weight\":[[1-3]],\"fragile\":[[*]]}";
    private static final String PROMPT = "Recipient: Dorval\nWeight: 12\nFragile: yes";

    @TempDir
    Path folder = Path.of("");

    private static ConsoleRun infill(String... more) {
        String[] line = new String[more.length + 5];
        System.arraycopy(new String[] {"infill", "--schema", SCHEMA, "--prompt", PROMPT}, 0, line, 0, 5);
        System.arraycopy(more, 0, line, 5, more.length);
        return ConsoleRun.of(line);
    }

    private static JsonNode assertFilled(ConsoleRun run) {
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals(1, run.out().lines().count(), run.out());
        assertTrue(
                Pattern.matches("\\{\"recipient\":\".*\",\"weight\":\\d+,\"fragile\":(true|false)}\n", run.out()),
                run.out());
        return JsonMapper.shared().readTree(run.out());
    }

    @Test
    void theWholeIsAllowedAndGivenTextStands() {
        JsonNode value = assertFilled(infill("--canvas", CANVAS, "--stats"));
        assertEquals(3, value.size());
    }

    @Test
    void withoutACanvasAllIsOneGapWithEndsBehindTheText() {
        ConsoleRun run = infill("--slots", "32", "--stats");
        assertFilled(run);
        assertTrue(run.err().contains("32 slots"), run.err());
    }

    @Test
    void givenTextDecidesWhatIsAllowedInGapsBeforeIt() {
        ConsoleRun run = ConsoleRun.of("infill", "--regex", "(aa+b|cc+d)", "--canvas", "[[3]]d");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().matches("cc+d\n"), run.out());
    }

    @Test
    void machinesGetOutcomeValueAndCounts() {
        JsonNode object =
                infill("--canvas", CANVAS, "--json", "--steps", "4").json().get(0);
        assertEquals("complete", object.path("outcome").stringValue());
        assertEquals(3, object.path("value").size());
        assertEquals("even:4,probability", object.path("policy").stringValue());
        assertTrue(object.path("forwardPasses").intValue() >= 1);
        assertTrue(object.path("millis").path("total").doubleValue() > 0);
    }

    @Test
    void aCanvasThatIsTooShortSaysHowManySlotsItNeedsBeforeAnyPass() {
        ConsoleRun run = infill("--slots", "5");
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.out());
        assertTrue(run.err().contains("slots are needed"), run.err());
        JsonNode object = infill("--slots", "5", "--json").json().get(0);
        assertEquals("uncompletable", object.path("outcome").stringValue());
        assertEquals(0, object.path("forwardPasses").intValue());
        int needed = object.path("neededSlots").intValue();
        assertFilled(infill("--slots", String.valueOf(needed)));
        assertEquals(
                ExitCode.BAD_INPUT,
                infill("--slots", String.valueOf(needed - 1)).code());
    }

    @Test
    void givenTextThatCannotStandIsRefused() {
        ConsoleRun run = infill("--canvas", "{\"recipient\": \"[[4]]\",[[8]]");
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.out());
        assertTrue(run.err().contains("white space"), run.err());
    }

    @Test
    void everyPolicyOfTheHelpIsOne() {
        String help = ConsoleRun.of("infill", "--help").out();
        Matcher name = Pattern.compile("(?m)^ +([a-z-]+:[a-z0-9.,]+(\\+[a-z-]+:[a-z0-9.,]+)?)  ")
                .matcher(help);
        int count = 0;
        for (; name.find(); count++) {
            CommitPolicies.parse(name.group(1));
        }
        assertEquals(10, count, help);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed:2,entropy", "entropy-bound", "gap+even:8", "remask:0.9,1+fixed:4"})
    void everyPolicyFills(String policy) {
        assertFilled(infill("--canvas", CANVAS, "--policy", policy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"any-length", "look-ahead", "free"})
    void otherStrategiesEndSomehow(String strategy) {
        ConsoleRun run = infill("--slots", "24", "--strategy", strategy, "--json");
        assertTrue(run.code() == ExitCode.DONE || run.code() == ExitCode.NOT_VALID, run.err());
        assertTrue(
                List.of("complete", "invalid", "unfinished")
                        .contains(run.json().get(0).path("outcome").stringValue()),
                run.out());
    }

    @Test
    void theSameSeedGivesTheSameText() {
        String[] line = {"--slots", "28", "--temperature", "1", "--seed", "5", "--policy", "fixed:3,random"};
        String first = infill(line).out();
        assertEquals(first, infill(line).out());
        assertNotEquals("", first);
    }

    @Test
    void theTraceHasALineForEachStepAndShowsFreeSlots() {
        ConsoleRun run = infill("--canvas", CANVAS, "--trace", "--policy", "fixed:2");
        assertFilled(run);
        List<String> lines = run.err().lines().toList();
        assertTrue(lines.get(0).contains("slots are free") && lines.get(0).contains("░"), run.err());
        assertTrue(lines.size() > 2, run.err());
        assertFalse(lines.get(lines.size() - 1).contains("░"), run.err());
        assertFalse(run.err().contains("\u001b"), run.err());
    }

    @Test
    void theReplayIsOnePageWithoutAnythingFromElsewhere() throws Exception {
        Path file = folder.resolve("replay.html");
        assertFilled(infill("--canvas", CANVAS, "--replay", file.toString()));
        String page = Files.readString(file);
        assertFalse(Pattern.compile("https?://|src=|href=|url\\(")
                .matcher(page.replace(SCHEMA, ""))
                .find());
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*)</script>")
                .matcher(page);
        assertTrue(data.find());
        JsonNode replay = JsonMapper.shared().readTree(data.group(1));
        JsonNode frames = replay.path("frames");
        StringBuilder text = new StringBuilder();
        for (JsonNode fill : frames.get(frames.size() - 1).path("slots")) {
            assertTrue(fill.intValue() >= 0);
            text.append(replay.path("fills").get(fill.intValue()).path("text").stringValue());
        }
        assertEquals(replay.path("text").stringValue(), text.toString());
        assertEquals(PROMPT, replay.path("prompt").stringValue());
        assertEquals(SCHEMA, replay.path("schema").stringValue());
    }

    @Test
    void aCanvasFileIsReadWithoutItsLastLineEnd() throws Exception {
        Path file = folder.resolve("canvas.txt");
        Files.writeString(file, CANVAS + "\n");
        assertFilled(infill("--canvas", "@" + file));
    }

    @Test
    void aFaultInTheCanvasHasItsPlace() {
        ConsoleRun run = infill("--canvas", "{\"recipient\":[[x]]}");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("--canvas:1:14") && run.err().contains("^"), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "--canvas x, no gap",
        "--canvas [[2]] --slots 4, --slots",
        "--slots 0, at least 1",
        "--policy often, not the name of a policy",
        "--policy fixed:2 --steps 3, --steps",
        "--strategy maybe, no strategy",
        "--strategy free --proposal joint, --proposal",
        "--proposal joint --temperature 1, --proposal",
        "--block some, no schedule",
        "--seed 4, --seed",
        "--template qwen, --template",
        "--autoregressive --policy fixed:2, --policy",
        "--time-limit -1, --time-limit",
        "--replay none/replay.html, cannot be written",
    })
    void optionsThatNothingWouldComeOfAreRefused(String options, String said) {
        ConsoleRun run = infill(options.split(" "));
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.out() + run.err());
        assertTrue(run.err().contains(said), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"joint", "posterior"})
    void tokensAreProposedFromTheWholeBlock(String proposal) {
        assertFilled(infill("--canvas", CANVAS, "--proposal", proposal));
    }

    @Test
    void aTimeLimitEndsIt() {
        ConsoleRun run = infill("--slots", "40", "--policy", "fixed:1", "--time-limit", "0.001");
        assertEquals(ExitCode.NOT_VALID, run.code(), run.out());
        assertTrue(run.err().contains("time limit"), run.err());
    }

    @Test
    void gapsAreFilledFromLeftToRightByTheOtherModel() {
        assertFilled(infill(
                "--autoregressive", "--canvas", "{\"recipient\":\"[[1-6]]\",\"weight\":[[1-3]],\"fragile\":[[1-4]]}"));
        ConsoleRun template = infill("--autoregressive", "--template", "starcoder", "--canvas", CANVAS);
        assertEquals(ExitCode.BAD_INPUT, template.code(), template.out());
        assertTrue(template.err().contains("<fim_prefix>"), template.err());
    }
}
