// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program of a Java machine that tries inputs: reads {@link TrialRequest}s from standard input, one a line of JSON, and
 * writes a {@link TrialResult} for each, behind a mark. Ends early after one that hung or filled the heap; whoever started it then starts
 * another.
 */
public final class UnseenWorker {

    /** The first line: the machine has started. */
    public static final String READY = "ready";

    /** Before a result after which the machine takes another input. */
    public static final String GOES_ON = "= ";

    /** Before its last result. */
    public static final String ENDS = "! ";

    private static final long STACK = 2L << 20;

    private UnseenWorker() {}

    /**
     * Tries inputs until there are no more.
     *
     * @param arguments a prepared vocabulary's file
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Tokens tokens = Tokens.of(Vocabulary.load(Path.of(arguments[0])));
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        @Nullable TrialEngine engine = null;
        Judges judges = new Judges();
        boolean healthy = true;
        out.println(READY);
        @Nullable String line;
        while (healthy && (line = requests.readLine()) != null) {
            TrialRequest request = JsonMapper.shared().readValue(line, TrialRequest.class);
            engine = engine == null || request.fresh()
                    ? new TrialEngine(tokens.vocabulary(), request.settings())
                    : engine;
            TrialRecord record = new TrialRecord(request.id());
            healthy = run(request, engine, tokens, judges, record);
            TrialResult result = record.result();
            healthy &= result.faults().stream().noneMatch(fault -> fault.kind() == Fault.Kind.MEMORY);
            out.println((healthy ? GOES_ON : ENDS) + JsonMapper.shared().writeValueAsString(result));
        }
        Runtime.getRuntime().halt(0); // a thread that hangs must not keep the machine
    }

    /** Tries one input; whether the machine can go on. */
    private static boolean run(
            TrialRequest request, TrialEngine engine, Tokens tokens, Judges judges, TrialRecord record)
            throws InterruptedException {
        Watch watch = new Watch();
        Thread thread = new Thread(
                null,
                () -> new Trial(request, engine, tokens, judges, watch, record).run(),
                "trial " + request.id(),
                STACK,
                false);
        thread.setDaemon(true);
        thread.start();
        Watch.@Nullable Step stuck = watch.follow(thread);
        if (stuck == null) {
            return true;
        }
        if (!stuck.name().equals("judge")) {
            String detail = "past its deadline, and neither cancellation nor an interrupt ends it";
            record.fault(Fault.Kind.OVERRUN, stuck.name(), stuck.place(), detail, "");
        }
        return false;
    }
}
