package org.sandbar.bench.mix;

import java.util.SplittableRandom;
import org.sandbar.bench.mix.Conversations.Way;

/**
 * An FTP session: a login, one or more transfers, each with a data connection of its own that was announced by PORT, EPRT, PASV or EPSV,
 * and QUIT. Now and then the announcement names a third host: a bounce.
 */
final class FtpScript implements Script {
    private static final int BOUNCES_ONE_IN = 12;

    private final Endpoints ends;
    private final Conversations conversations;
    private final SplittableRandom random;
    private final Counts.Tally tally;
    private boolean loggedIn;
    private boolean quit;
    private int left;

    FtpScript(Endpoints ends, Conversations conversations, SplittableRandom random, Counts.Tally tally) {
        this.ends = ends;
        this.conversations = conversations;
        this.random = random;
        this.tally = tally;
        left = 1 + random.nextInt(3);
    }

    @Override
    public boolean proceed(TcpTalk talk) {
        if (!loggedIn) {
            loggedIn = true;
            talk.server("220 " + Hosts.name(ends.server()) + " FTP server ready.\r\n");
            command(talk, "USER anonymous").server("331 Guest login ok, send your address as password.\r\n");
            command(talk, "PASS me@example.org").server("230-Welcome, archive user.\r\n\r\n230 Logged in.\r\n");
            command(talk, "SYST").server("215 UNIX Type: L8\r\n");
            command(talk, "TYPE I").server("200 Type set to I.\r\n");
        } else if (left-- > 0) {
            transfer(talk);
        } else if (!quit) {
            quit = true;
            command(talk, "QUIT").server("221 Goodbye.\r\n");
        } else {
            return false;
        }
        return true;
    }

    private TcpTalk command(TcpTalk talk, String line) {
        tally.add(Quantity.FTP_COMMANDS);
        return talk.client(line + "\r\n");
    }

    private void transfer(TcpTalk talk) {
        boolean store = random.nextInt(5) == 0;
        boolean active = random.nextBoolean();
        boolean extended = random.nextBoolean();
        Endpoints data = active ? active(talk, extended) : passive(talk, extended);
        command(talk, (store ? "STOR" : "RETR") + " archive" + random.nextInt(1_000) + ".zip")
                .server("150 Opening BINARY mode data connection.\r\n");
        // In active mode the server is the one who connects.
        Way way = active == store ? Way.TO_CONNECTOR : Way.FROM_CONNECTOR;
        talk.meanwhile(conversations.data(data, way)).server("226 Transfer complete.\r\n");
    }

    private Endpoints active(TcpTalk talk, boolean extended) {
        boolean bounce = random.nextInt(BOUNCES_ONE_IN) == 0;
        int host = bounce ? conversations.hosts().thirdParty(ends.client()) : ends.client();
        int port = conversations.hosts().port(host);
        if (bounce) {
            tally.add(Quantity.FTP_BOUNCE);
        }
        command(
                        talk,
                        extended
                                ? "EPRT |1|" + Hosts.dotted(host) + "|" + port + "|"
                                : "PORT " + Hosts.commas(host, port))
                .server("200 " + (extended ? "EPRT" : "PORT") + " command successful.\r\n");
        return new Endpoints(ends.server(), 20, host, port);
    }

    private Endpoints passive(TcpTalk talk, boolean extended) {
        int port = 20_000 + random.nextInt(40_000);
        command(talk, extended ? "EPSV" : "PASV")
                .server(
                        extended
                                ? "229 Entering Extended Passive Mode (|||" + port + "|)\r\n"
                                : "227 Entering Passive Mode (" + Hosts.commas(ends.server(), port) + ").\r\n");
        return conversations.hosts().between(ends.client(), ends.server(), port);
    }
}
