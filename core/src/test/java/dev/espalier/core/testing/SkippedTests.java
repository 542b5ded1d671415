// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Counts the tests that are skipped and prints, at the end of a run, a line for each reason. Found by the JUnit platform. */
public final class SkippedTests implements TestExecutionListener {

    private final Map<String, Integer> counts = new TreeMap<>();

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        count(reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            count(result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        counts.forEach((reason, count) ->
                System.out.println(count + (count == 1 ? " test skipped: " : " tests skipped: ") + reason));
    }

    private void count(String reason) {
        counts.merge(reason.replace("Assumption failed: ", ""), 1, Integer::sum);
    }
}
