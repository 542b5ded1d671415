package dev.espalier.jsonschemabench.hostile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cases that one Java machine runs.
 *
 * @param heapMb its heap
 * @param arguments its other arguments
 * @param cases the cases, in order
 */
record JvmGroup(int heapMb, List<String> arguments, List<HostileCase> cases) {

    /** A case with this much time has a machine to itself, so that long ones run beside each other. */
    private static final double LONG_SECONDS = 60;

    private record Key(int heapMb, List<String> arguments, String alone) {}

    /** Cases by heap and arguments, those that may take longest first. */
    static List<JvmGroup> of(List<HostileCase> cases) {
        Map<Key, List<HostileCase>> groups = new LinkedHashMap<>();
        for (HostileCase one : cases) {
            boolean alone = one.isScenario() && one.maxSeconds() >= LONG_SECONDS;
            Key key = new Key(one.maxHeapMb(), one.jvmArguments(), alone ? one.id() : "");
            groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(one);
        }
        return groups.entrySet().stream()
                .map(group ->
                        new JvmGroup(group.getKey().heapMb(), group.getKey().arguments(), group.getValue()))
                .sorted(Comparator.comparingDouble(JvmGroup::seconds).reversed())
                .toList();
    }

    JvmGroup with(List<HostileCase> rest) {
        return new JvmGroup(heapMb, arguments, rest);
    }

    private double seconds() {
        return cases.stream().mapToDouble(HostileCase::maxSeconds).sum();
    }
}
