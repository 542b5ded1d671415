// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

import dev.espalier.mask.Matcher;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A matcher in a state whose mask nobody has asked for. One thread. */
public final class NewPlace {

    private NewPlace() {}

    /** A grammar that is compiled anew beside a store that has its masks. */
    @State(Scope.Thread)
    public static class Warm {

        @SuppressWarnings("NullAway.Init") // made before each call
        private Matcher matcher;

        /** Compiles anew. */
        @Setup(Level.Invocation)
        public void open(Place place) {
            matcher = place.standing(place.compiler());
        }

        Matcher matcher() {
            return matcher;
        }
    }

    /** A grammar that is compiled anew, with an empty store. */
    @State(Scope.Thread)
    public static class Cold {

        @SuppressWarnings("NullAway.Init") // made before each call
        private Matcher matcher;

        /** Compiles anew. */
        @Setup(Level.Invocation)
        public void open(Place place) {
            matcher = place.standing(place.newCompiler());
        }

        Matcher matcher() {
            return matcher;
        }
    }
}
