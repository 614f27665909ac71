package org.sandbar.capture.live;

import java.util.List;
import org.sandbar.capture.live.CannotWatch.Cause;
import org.sandbar.yaml.Spelling;

/** What libpcap's refusals mean to the user. */
final class Refusal {
    private Refusal() {}

    /** For what pcap_activate answered, and libpcap's words where it has any. */
    static CannotWatch of(String name, int status, String words) {
        List<String> known = SystemInterfaces.names();
        known.add("any");
        return switch (status) {
            case LibPcap.NO_SUCH_DEVICE -> noSuchInterface(name, known);
            case LibPcap.NOT_UP ->
                request("the interface " + name + " is down; bring it up: ip link set " + name + " up");
            // Who has no right is not told by libpcap that there is no such interface.
            case LibPcap.RIGHTS, LibPcap.PROMISCUOUS_RIGHTS ->
                known.contains(name) ? noRight(name) : noSuchInterface(name, known);
            default -> request(name + ": " + words);
        };
    }

    private static CannotWatch request(String message) {
        return new CannotWatch(Cause.REQUEST, message);
    }

    private static CannotWatch noSuchInterface(String name, List<String> known) {
        return request("no interface is called '" + name + "'" + Spelling.hint(name, known));
    }

    private static CannotWatch noRight(String name) {
        return new CannotWatch(
                Cause.MACHINE,
                "no right to watch " + name + "; run it as root, or with that right alone: sudo setpriv --reuid="
                        + System.getProperty("user.name") + " --init-groups --inh-caps=+net_raw --ambient-caps=+net_raw"
                        + " sandbar watch …");
    }
}
