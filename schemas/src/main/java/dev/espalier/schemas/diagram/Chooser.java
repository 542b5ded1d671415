// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.diagram;

import dev.espalier.core.collect.TripleIndex;
import dev.espalier.schemas.work.Deadline;
import java.util.Arrays;

/**
 * The if-then-else operation on diagrams, {@code test ? yes : no}, with a memo and without recursion. Not thread-safe.
 *
 * <p>Source: Brace, Rudell, Bryant, "Efficient implementation of a BDD package" (1990), "if-then-else".
 */
final class Chooser {

    private static final int UNKNOWN = Integer.MIN_VALUE;

    /** Small steps of work for a node. */
    private static final int STEPS_A_NODE = 6;

    /** The number of answers cached between two questions. */
    private static final int MAX_REMEMBERED = 1 << 14;

    /** The numbers kept for an open question: its three parts, its index in the memo, and the result for a true variable. */
    private static final int WIDTH = 5;

    private final Diagrams diagrams;
    private final Deadline deadline;
    private TripleIndex questions = new TripleIndex();
    /** By question. */
    private int[] answers = new int[64];

    private int[] open = new int[WIDTH * 16];

    Chooser(Diagrams diagrams, Deadline deadline) {
        this.diagrams = diagrams;
        this.deadline = deadline;
    }

    /** The resulting diagram, if it needs no new node; else {@link #UNKNOWN}. */
    private static int simple(int test, int yes, int no) {
        if (test == Diagrams.ZERO) {
            return yes;
        }
        if (test == Diagrams.DEAD) {
            return no;
        }
        if (yes == no) {
            return yes;
        }
        return yes == Diagrams.ZERO && no == Diagrams.DEAD ? test : UNKNOWN;
    }

    /** {@code test ? yes : no}, for a truth value {@code test} and any two diagrams. */
    int choose(int test, int yes, int no) {
        int simple = simple(test, yes, no);
        if (simple != UNKNOWN) {
            return simple;
        }
        if (questions.size() > MAX_REMEMBERED) {
            forget();
        }
        return run(test, yes, no);
    }

    /** Clears the memo. */
    void forget() {
        questions = new TripleIndex();
        answers = new int[64];
        open = new int[WIDTH * 16];
    }

    private int run(int test, int yes, int no) {
        int depth = 0;
        int answer = begin(test, yes, no, 0);
        depth += answer == UNKNOWN ? 1 : 0;
        while (depth > 0) {
            int at = WIDTH * (depth - 1);
            int first =
                    Math.min(diagrams.top(open[at]), Math.min(diagrams.top(open[at + 1]), diagrams.top(open[at + 2])));
            if (answer == UNKNOWN) {
                deadline.spendSteps(STEPS_A_NODE);
                answer = branch(at, first, true, depth);
                if (answer == UNKNOWN) {
                    depth++;
                    continue;
                }
            }
            if (open[at + 4] == UNKNOWN) {
                open[at + 4] = answer;
                answer = branch(at, first, false, depth);
                if (answer == UNKNOWN) {
                    depth++;
                    continue;
                }
            }
            answer = diagrams.node(first, answer, open[at + 4]);
            answers[open[at + 3]] = answer;
            depth--;
        }
        return answer;
    }

    private int branch(int at, int variable, boolean value, int depth) {
        return begin(
                cofactor(open[at], variable, value),
                cofactor(open[at + 1], variable, value),
                cofactor(open[at + 2], variable, value),
                depth);
    }

    private int cofactor(int diagram, int variable, boolean value) {
        return diagrams.top(diagram) == variable ? diagrams.branch(diagram, value) : diagram;
    }

    /** The answer to a question, if it is known; else it is put on the stack. */
    private int begin(int test, int yes, int no, int depth) {
        int simple = simple(test, yes, no);
        if (simple != UNKNOWN) {
            return simple;
        }
        int before = questions.size();
        int question = questions.add(test, yes, no);
        if (question < before && answers[question] != UNKNOWN) {
            return answers[question];
        }
        if (question == answers.length) {
            answers = Arrays.copyOf(answers, 2 * question);
        }
        answers[question] = UNKNOWN;
        int at = WIDTH * depth;
        if (at == open.length) {
            open = Arrays.copyOf(open, 2 * at);
        }
        open[at] = test;
        open[at + 1] = yes;
        open[at + 2] = no;
        open[at + 3] = question;
        open[at + 4] = UNKNOWN;
        return UNKNOWN;
    }
}
