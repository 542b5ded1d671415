// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Distances of objects that are one of many: those of the nearest alternative that is left. */
class UnionDistancesTest {

    private static final List<String> NAMES = List.of("a", "bb", "bbc", "d", "ee", "ff", "g", "hhhh", "i", "jj");

    /** An alternative: the values of some members, all of them required. */
    private static Map<String, String> alternative(Random random) {
        Map<String, String> members = new TreeMap<>();
        for (int left = 1 + random.nextInt(5); left > 0; left--) {
            members.put(
                    NAMES.get(random.nextInt(NAMES.size())),
                    random.nextBoolean() ? "" + random.nextInt(200) : "\"" + random.nextInt(20) + "\"");
        }
        return members;
    }

    private static String schema(List<Map<String, String>> alternatives) {
        return alternatives.stream()
                .map(members -> "{\"type\":\"object\",\"properties\":{"
                        + members.entrySet().stream()
                                .map(member -> "\"" + member.getKey() + "\":{\"const\":" + member.getValue() + "}")
                                .collect(Collectors.joining(","))
                        + "},\"required\":["
                        + members.keySet().stream()
                                .map(name -> "\"" + name + "\"")
                                .collect(Collectors.joining(","))
                        + "]}")
                .collect(Collectors.joining(",", "{\"anyOf\":[", "]}"));
    }

    /** Bytes behind some members until the object is closed. */
    private static int nearest(List<Map<String, String>> alternatives, Map<String, String> written) {
        int nearest = Integer.MAX_VALUE;
        for (Map<String, String> members : alternatives) {
            boolean isLeft = true;
            int bytes = 1;
            int count = written.size();
            for (Map.Entry<String, String> member : members.entrySet()) {
                String value = written.get(member.getKey());
                isLeft &= value == null || value.equals(member.getValue());
                if (value == null) {
                    bytes += (count++ > 0 ? 1 : 0)
                            + member.getKey().length()
                            + 3
                            + member.getValue().length();
                }
            }
            nearest = isLeft ? Math.min(nearest, bytes) : nearest;
        }
        return nearest;
    }

    @RandomTrials(12)
    void theNearestAlternativeThatIsLeftIsMeasured(long seed) {
        Random random = new Random(seed);
        List<Map<String, String>> alternatives = new ArrayList<>();
        for (int left = 20 + random.nextInt(40); left > 0; left--) {
            alternatives.add(alternative(random));
        }
        SchemaOptions options =
                random.nextBoolean() ? SchemaOptions.CHECKING : SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY);
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = stepper.step(
                StackSet.of(new SchemaCompiler()
                        .compile(schema(alternatives), options)
                        .automaton()
                        .start()),
                '{');
        Map<String, String> written = new TreeMap<>();
        assertEquals(nearest(alternatives, written), stepper.distance(set));
        for (int i = 0; i < 4; i++) {
            Map<String, String> some = alternatives.get(random.nextInt(alternatives.size()));
            String name = some.keySet().iterator().next();
            String value = random.nextInt(4) > 0 ? some.get(name) : "\"\"";
            Map<String, String> more = new TreeMap<>(written);
            more.put(name, value);
            if (written.containsKey(name) || nearest(alternatives, more) == Integer.MAX_VALUE) {
                continue;
            }
            String member = (written.isEmpty() ? "" : ",") + "\"" + name + "\":" + value;
            for (int at = 0; at < member.length(); at++) {
                set = stepper.step(set, member.charAt(at));
            }
            written = more;
            assertEquals(nearest(alternatives, written), stepper.distance(set), member);
        }
    }
}
