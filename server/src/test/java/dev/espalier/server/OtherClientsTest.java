// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients in other languages, OpenAI's and plain ones, by the scripts in {@code src/test/clients}. {@code ESPALIER_PYTHON} names a Python that has the packages openai and pydantic (and with them
 * httpx), {@code ESPALIER_NODE_MODULES} a folder in which {@code npm install openai zod} was run. Node's own clients need no package.
 */
@Tag("integration")
class OtherClientsTest {

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), told);
        return told;
    }

    private static String script(String name) {
        return Path.of("src/test/clients", name).toAbsolutePath().toString();
    }

    @Test
    void pythonClient() throws IOException, InterruptedException {
        String python = System.getenv("ESPALIER_PYTHON");
        assumeTrue(python != null, "ESPALIER_PYTHON names no Python with the package openai");
        try (Served served = new Served(OfficialClientTest::script)) {
            String told = run(List.of(python, script("official_client.py"), served.uri("/v1")));
            assertTrue(told.matches("[0-9]{2} checks, openai [0-9.]+\\R"), told);
        }
    }

    @Test
    void javaScriptClient() throws IOException, InterruptedException {
        String modules = System.getenv("ESPALIER_NODE_MODULES");
        assumeTrue(modules != null, "ESPALIER_NODE_MODULES names no folder with the package openai");
        try (Served served = new Served(OfficialClientTest::script)) {
            String told = run(List.of("node", script("official_client.mjs"), served.uri("/v1"), modules));
            assertTrue(told.matches("[0-9]{2} checks, openai [0-9.]+\\R"), told);
        }
    }

    @Test
    void bodiesOfPythonsHttpx() throws IOException, InterruptedException {
        String python = System.getenv("ESPALIER_PYTHON");
        assumeTrue(python != null, "ESPALIER_PYTHON names no Python with the package httpx");
        try (Served served = new Served(prompt -> "Hello.")) {
            String told = run(List.of(python, script("bodies.py"), served.uri("")));
            assertTrue(told.matches("[0-9]{2} checks, httpx [0-9.]+\\R"), told);
        }
    }

    @Test
    void bodiesOfNodesFetch() throws IOException, InterruptedException {
        assumeTrue(hasNode(), "there is no command node");
        try (Served served = new Served(prompt -> "Hello.")) {
            String told = run(List.of("node", script("bodies.mjs"), served.uri("")));
            assertTrue(told.matches("16 checks, node [0-9.]+\\R"), told);
        }
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
