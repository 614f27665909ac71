package org.sandbar.bench.mix;

import java.util.SplittableRandom;

/**
 * A browser plugin's socket on one of its ports: length-prefixed frames of a protocol of its own; or, now and then, the FTP command with
 * which such content asks a firewall to open a port of its host.
 */
final class PluginScript implements Script {
    private static final int FTP_ONE_IN = 40;

    private final Endpoints ends;
    private final SplittableRandom random;
    private final Counts.Tally tally;
    private final boolean abuses;
    private int left;

    PluginScript(Endpoints ends, SplittableRandom random, Counts.Tally tally) {
        this.ends = ends;
        this.random = random;
        this.tally = tally;
        abuses = random.nextInt(FTP_ONE_IN) == 0;
        left = abuses ? 1 : 1 + random.nextInt(10);
    }

    @Override
    public boolean proceed(TcpTalk talk) {
        if (left-- == 0) {
            return false;
        }
        if (abuses) {
            tally.add(Quantity.PLUGIN_FTP_PORT);
            talk.client("PORT " + Hosts.commas(ends.client(), 22) + "\r\n").server("200 PORT command successful.\r\n");
        } else {
            talk.say(true, frame(20 + random.nextInt(200))).say(false, frame(20 + random.nextInt(1_200)));
        }
        return true;
    }

    private Message frame(int length) {
        return Message.of("\0\0" + (char) (length >> 8) + (char) (length & 255)).noise(random, length);
    }
}
