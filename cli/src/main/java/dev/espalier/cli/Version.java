// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the jar, and the Java that runs it. */
final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "espalier " + (version == null ? "(built from classes)" : version) + ", Java " + Runtime.version()
        };
    }
}
