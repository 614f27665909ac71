package org.sandbar.cli;

import java.util.Locale;
import java.util.TreeSet;
import org.sandbar.trust.TrustTable;
import org.sandbar.trust.TrustTable.PortRange;
import org.sandbar.trust.TrustTable.Weight;

/** Says in words how trust is decided. */
final class TrustText {
    private TrustText() {}

    static String of(TrustTable table) {
        StringBuilder text = new StringBuilder(8_192);
        text.append("A flow's score is the sum of the weights of the signals seen on it, each counted once.\n");
        text.append("sandboxed: from ").append(signed(table.sandboxedFrom())).append(" up\n");
        text.append("trusted:   from ").append(signed(table.trustedTo())).append(" down\n");
        text.append("unknown:   in between\n");
        text.append("random:    from ").append(table.entropyFrom()).append(" bits a byte up, on a plugin's port\n\n");
        for (PortRange range : table.ranges()) {
            text.append("ports ").append(range.first()).append(range.first() == range.last() ? "" : "-" + range.last());
            text.append(": ")
                    .append(range.name())
                    .append(", told as ")
                    .append(range.signal().signal())
                    .append('\n');
        }
        text.append("trusted servers: ").append(table.trustedServers().size()).append(" networks, trusted clients: ");
        text.append(table.trustedClients().size()).append(" networks\n");
        TreeSet<String> programs = new TreeSet<>();
        table.fingerprints().values().forEach(known -> programs.add(known.program()));
        text.append("programs known by their JA4: ")
                .append(String.join(", ", programs))
                .append('\n');
        text.append("programs known by their executable, where they run on the machine that is watched: ")
                .append(String.join(", ", new TreeSet<>(table.executables().keySet())))
                .append('\n');
        for (Weight row : table.weights().values()) {
            text.append('\n')
                    .append(String.format(Locale.ROOT, "%6s  ", signed(row.weight())))
                    .append(row.signal());
            text.append(row.agent() == null ? "" : " (agent: " + row.agent() + ")")
                    .append('\n');
            text.append("        ").append(row.meaning()).append('\n');
            text.append(row.source() == null ? "" : "        because: " + row.source() + "\n");
        }
        return text.toString();
    }

    private static String signed(double weight) {
        return String.format(Locale.ROOT, "%+.2f", weight);
    }
}
