package dev.espalier.jsonschemabench.run;

import java.util.Arrays;

/** What each token of some texts took, in their order. One thread. */
public final class TokenSteps {

    private long[] mask = new long[1024];
    private long[] commit = new long[1024];
    private long[] step = new long[1024];
    private long[] visited = new long[1024];
    private int size;

    /** Adds a token; times in nanoseconds. */
    public void add(long maskNanos, long commitNanos, long nodes) {
        add(maskNanos, commitNanos, maskNanos + commitNanos, nodes);
    }

    private void add(long maskNanos, long commitNanos, long bothNanos, long nodes) {
        if (size == mask.length) {
            mask = Arrays.copyOf(mask, 2 * size);
            commit = Arrays.copyOf(commit, 2 * size);
            step = Arrays.copyOf(step, 2 * size);
            visited = Arrays.copyOf(visited, 2 * size);
        }
        mask[size] = maskNanos;
        commit[size] = commitNanos;
        step[size] = bothNanos;
        visited[size++] = nodes;
    }

    /** How many tokens were read. */
    public int size() {
        return size;
    }

    /** The time of a token's mask, in nanoseconds. */
    public long mask(int index) {
        return mask[index];
    }

    /** The time of reading a token, in nanoseconds. */
    public long commit(int index) {
        return commit[index];
    }

    /** Both together; of several readings the least of their sums. */
    public long step(int index) {
        return step[index];
    }

    /** The nodes of tries that a token's mask visited. */
    public long visited(int index) {
        return visited[index];
    }

    /** Each step's least figures in both, as far as both go. */
    public TokenSteps least(TokenSteps other) {
        TokenSteps least = new TokenSteps();
        for (int i = 0; i < Math.min(size, other.size); i++) {
            least.add(
                    Math.min(mask[i], other.mask[i]),
                    Math.min(commit[i], other.commit[i]),
                    Math.min(step[i], other.step[i]),
                    Math.min(visited[i], other.visited[i]));
        }
        return least;
    }
}
