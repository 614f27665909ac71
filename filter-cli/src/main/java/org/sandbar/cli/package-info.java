/** The {@code sandbar} command: arguments, configuration, wiring, output sinks, signals and exit codes. */
package org.sandbar.cli;
