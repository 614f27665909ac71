package org.sandbar.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network namespace of this test's own with a pair of interfaces in it, so that what is sent on the one comes in on the other. */
final class Namespace {
    static final String SENDING = "sending";
    static final String WATCHED = "watched";

    private static int made;

    private final Path folder;
    private final String name;

    private Namespace(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Makes it, or skips the test where that is not possible. */
    static synchronized Namespace make(Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(Path.of("/proc/1/environ")), "needs root, to make a network namespace");
        assumeTrue(
                isInstalled("ip") && isInstalled("tcpreplay") && isInstalled("tcpdump"),
                "needs iproute2, tcpreplay, tcpdump");
        Namespace made =
                new Namespace(folder, "sandbar-test-" + ProcessHandle.current().pid() + "-" + Namespace.made++);
        Program.run(folder, "ip", "netns", "add", made.name);
        // The kernel's own search for IPv6 routers would be traffic too.
        Program.run(
                folder,
                made.in("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1"));
        made.addPair();
        return made;
    }

    static boolean isInstalled(String command) {
        return List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }

    void addPair() throws IOException, InterruptedException {
        ip("link", "add", SENDING, "mtu", "9000", "type", "veth", "peer", "name", WATCHED, "mtu", "9000");
        ip("link", "set", SENDING, "up");
        ip("link", "set", WATCHED, "up");
    }

    /** Does what ip(8) does, inside. */
    void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        Program.run(folder, command.toArray(String[]::new));
    }

    /** Sends the packets of captures, so many a second. */
    void send(int rate, Path... captures) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tcpreplay", "-q", "-p", Integer.toString(rate), "-i", SENDING));
        for (Path capture : captures) {
            command.add(capture.toString());
        }
        Program.run(folder, in(command.toArray(String[]::new)));
    }

    /** The command that runs this one inside. */
    String[] in(String... command) {
        return in(List.of(command)).toArray(String[]::new);
    }

    List<String> in(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
        inside.addAll(command);
        return inside;
    }

    void delete() throws IOException, InterruptedException {
        Program.run(folder, "ip", "netns", "delete", name);
    }
}
