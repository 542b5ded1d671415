// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program of a Java machine that runs cases: takes their ids from standard input, one a line, and writes
 * {@code > id} when it starts one and a line of JSON for each result. Ends early after a case that hung or broke the
 * machine; whoever started it then starts another for the rest.
 */
public final class HostileWorker {

    static final String STARTED = "> ";

    private HostileWorker() {}

    /**
     * Runs the cases.
     *
     * @param arguments the corpus' folder and that of its generated inputs
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        HostileCorpus corpus = new HostileCorpus(Path.of(arguments[0]), Path.of(arguments[1]));
        Map<String, HostileCase> cases = new HashMap<>();
        corpus.cases().forEach(one -> cases.put(one.id(), one));
        CaseRunner runner = new CaseRunner(new Engine());
        BufferedReader ids = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        @Nullable String id;
        while (runner.isHealthy() && (id = ids.readLine()) != null) {
            HostileCase next = cases.get(id);
            if (next != null) {
                out.println(STARTED + id);
                runner.run(next).forEach(result -> out.println(result.toJson()));
            }
        }
        // a thread that hangs must not keep the machine
        Runtime.getRuntime().halt(0);
    }
}
