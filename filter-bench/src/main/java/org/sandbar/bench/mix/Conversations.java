package org.sandbar.bench.mix;

import java.util.SplittableRandom;

/** Begins the conversations of a mix, each kind with its share, and counts them. */
final class Conversations {
    /** Which side of a data connection sends. */
    enum Way {
        FROM_CONNECTOR,
        TO_CONNECTOR
    }

    private static final String POLICY_REQUEST = "<policy-file-request/>";
    private static final String POLICY =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<access-policy><cross-domain-access>"
                    + "<policy><allow-from><domain uri=\"http://*\"/></allow-from>"
                    + "<grant-to><socket-resource port=\"4502-4534\" protocol=\"tcp\"/></grant-to></policy>"
                    + "</cross-domain-access></access-policy>\n";

    private final SplittableRandom random;
    private final Counts.Tally tally;
    private final Disorder disorder;
    private final Hosts hosts;
    private final Kind only;

    Conversations(SplittableRandom random, TrafficMix mix, Counts.Tally tally) {
        this.random = random;
        this.tally = tally;
        disorder = new Disorder(random, mix, tally);
        hosts = new Hosts(random);
        only = mix.only();
    }

    Hosts hosts() {
        return hosts;
    }

    Talk next() {
        return switch (only == null ? Kind.of(random.nextInt(100)) : only) {
            case HTTP -> http();
            case TLS -> tls();
            case FTP -> ftp();
            case PLUGIN -> policy();
            case DNS -> dns();
        };
    }

    private Talk tcp(Quantity kind, Endpoints ends, Script script) {
        begin(kind);
        return new TcpTalk(ends, script, random, disorder);
    }

    private void begin(Quantity kind) {
        tally.add(Quantity.FLOWS);
        tally.add(kind);
    }

    private Talk http() {
        int server = hosts.server();
        int port = random.nextInt(16) == 0 ? 8080 : 80;
        return tcp(
                Quantity.FLOWS_HTTP,
                hosts.between(hosts.client(), server, port),
                new HttpScript(server, random, tally));
    }

    private Talk tls() {
        return tcp(Quantity.FLOWS_TLS, hosts.between(hosts.client(), hosts.server(), 443), new TlsScript(random));
    }

    private Talk ftp() {
        Endpoints ends = hosts.between(hosts.client(), hosts.server(), 21);
        return tcp(Quantity.FLOWS_FTP, ends, new FtpScript(ends, this, random, tally));
    }

    /** A data connection; what it carries begins like a ZIP archive, so that no chance makes it look like a protocol. */
    Talk data(Endpoints ends, Way way) {
        Message archive = Message.of("PK\3\4\24\0").noise(random, HttpScript.bodyLength(random));
        boolean[] said = {false};
        return tcp(Quantity.FLOWS_FTP_DATA, ends, talk -> {
            if (said[0]) {
                return false;
            }
            said[0] = true;
            talk.say(way == Way.FROM_CONNECTOR, archive);
            return true;
        });
    }

    /** A plugin asks a server for its policy, and then connects to it. */
    private Talk policy() {
        Endpoints ends = hosts.between(hosts.client(), hosts.server(), random.nextInt(4) == 0 ? 843 : 943);
        return tcp(Quantity.FLOWS_POLICY, ends, new Script() {
            private boolean asked;

            @Override
            public boolean proceed(TcpTalk talk) {
                if (asked) {
                    return false;
                }
                asked = true;
                talk.client(POLICY_REQUEST).server(POLICY);
                return true;
            }

            @Override
            public Talk sequel() {
                Endpoints plugin = hosts.between(ends.client(), ends.server(), 4502 + random.nextInt(33));
                return tcp(Quantity.FLOWS_PLUGIN, plugin, new PluginScript(plugin, random, tally));
            }
        });
    }

    private Talk dns() {
        begin(Quantity.FLOWS_DNS);
        return new DnsTalk(hosts.between(hosts.client(), Hosts.RESOLVER, 53), hosts.server(), random);
    }
}
