package org.sandbar.bytes;

import java.util.EnumMap;
import java.util.Map;

/**
 * Every bound of the program: its name, default, range, what it bounds, and what happens when it is hit. The command's help, its
 * configuration ({@code --set limits.NAME=VALUE}) and the README's table are made from this one list. Immutable, any thread.
 */
public final class Limits {
    /** One bound. Names are what users write. */
    public enum Bound {
        BATCH_BYTES(
                "batch-bytes",
                1 << 20,
                1 << 17,
                1 << 28,
                "bytes of capture read at a time; a larger record ends the file"),
        FLOWS(
                "flows",
                2_000_000,
                16,
                1 << 26,
                "flows of a shard at once; beyond it the flow idle for longest ends as 'forced'"),
        TCP_IDLE_SECONDS(
                "tcp-idle-seconds", 300, 1, 86_400, "an established TCP flow without a packet for so long ends"),
        TCP_OPENING_SECONDS("tcp-opening-seconds", 60, 1, 86_400, "a TCP flow that was never answered ends"),
        UDP_IDLE_SECONDS("udp-idle-seconds", 60, 1, 86_400, "a UDP or other flow without a packet for so long ends"),
        CLOSED_SECONDS(
                "closed-seconds", 5, 0, 3_600, "late packets of a closed TCP flow are known as such for so long"),
        PENDING_SEGMENTS(
                "pending-segments",
                64,
                1,
                65_536,
                "out-of-order segments kept for a direction; beyond it a gap is declared"),
        PENDING_BYTES(
                "pending-bytes",
                1 << 18,
                1 << 11,
                1 << 26,
                "out-of-order bytes kept for a direction; beyond it a gap is declared"),
        GAP_SECONDS(
                "gap-seconds",
                5,
                0,
                3_600,
                "out-of-order bytes wait so long for what is missing; then a gap is declared"),
        STREAM_MEMORY(
                "stream-memory",
                1 << 26,
                1 << 16,
                1 << 30,
                "bytes of a shard's streams kept in all; beyond it gaps are declared"),
        UNFINISHED_BYTES(
                "unfinished-bytes",
                1 << 16,
                1 << 9,
                1 << 24,
                "bytes of an unfinished line or message kept; beyond it the excess is skipped"),
        PROBE_BYTES(
                "probe-bytes",
                2_048,
                64,
                1 << 16,
                "first bytes of a direction in which a protocol is looked for; then it is unknown"),
        PROBE_SEGMENTS(
                "probe-segments",
                64,
                1,
                65_536,
                "segments of a flow joined in mid-stream in which a protocol is looked for"),
        FRAGMENTED_PACKETS(
                "fragmented-packets",
                4_096,
                1,
                1 << 20,
                "datagrams being put together at once; beyond it the oldest is dropped"),
        FRAGMENT_BYTES(
                "fragment-bytes",
                1 << 24,
                1 << 16,
                1 << 30,
                "bytes of fragments kept; beyond it the oldest datagram is dropped"),
        FRAGMENT_SECONDS("fragment-seconds", 30, 1, 3_600, "an incomplete datagram is dropped after so long"),
        TUNNEL_DEPTH(
                "tunnel-depth",
                8,
                1,
                32,
                "layers of tunnels, tags and extension headers followed in a packet; beyond it the packet is malformed"),
        FTP_PENDING(
                "ftp-pending-commands",
                64,
                1,
                4_096,
                "commands that wait for their replies on a control channel; beyond it the oldest is told without one"),
        FTP_LINE_BYTES(
                "ftp-line-bytes",
                4_096,
                64,
                1 << 16,
                "bytes of a command or reply line that are looked at; the excess is counted"),
        FTP_REPLIES(
                "ftp-replies",
                16,
                2,
                256,
                "replies to one command; beyond it the command is told with those and later ones by themselves"),
        FTP_REPLY_BYTES("ftp-reply-bytes", 2_048, 64, 4_096, "bytes of a command's replies kept; the rest is cut"),
        HTTP_PENDING(
                "http-pending-requests",
                128,
                1,
                4_096,
                "pipelined requests that wait for their responses; beyond it the oldest is told without one"),
        HTTP_LINE_BYTES(
                "http-line-bytes",
                16_384,
                256,
                1 << 16,
                "bytes of a header line that are looked at; the excess is skipped"),
        HTTP_HEADERS("http-headers", 256, 8, 65_536, "header lines of a message that are looked at; more are skipped"),
        IRC_LINE_BYTES(
                "irc-line-bytes",
                8_704,
                512,
                1 << 16,
                "bytes of an IRC line that are looked at; the excess is skipped"),
        TLS_HELLO_BYTES(
                "tls-hello-bytes",
                16_384,
                512,
                1 << 16,
                "bytes of a TLS ClientHello or ServerHello, with their records; a longer one is not read"),
        POLICY_BYTES(
                "policy-bytes",
                1 << 15,
                512,
                1 << 20,
                "bytes of a policy file that are kept and looked at; the policies behind it on its connection are not"),
        POLICY_ELEMENTS(
                "policy-elements", 1_024, 8, 65_536, "elements of a policy file; one with more is not read to its end"),
        POLICY_DEPTH(
                "policy-depth",
                16,
                5,
                256,
                "elements within elements of a policy file; a deeper one is not read to its end"),
        POLICY_GRANTS("policy-grants", 32, 1, 64, "grants of a policy file that are told; more are left out"),
        STUN_MESSAGE_BYTES(
                "stun-message-bytes",
                8_192,
                512,
                1 << 15,
                "bytes of a STUN message that are looked at; the excess is skipped"),
        STUN_ATTRIBUTES(
                "stun-attributes", 64, 8, 4_096, "attributes of a STUN message that are looked at; more are skipped"),
        STUN_PENDING(
                "stun-pending-requests",
                16,
                1,
                1_024,
                "different STUN requests of a flow that wait for their responses; beyond it the oldest is told without one"),
        STUN_OUTCOMES(
                "stun-outcomes",
                64,
                4,
                65_536,
                "different outcomes and peers of a STUN flow that are told; beyond it they are counted"),
        DTLS_HELLO_BYTES(
                "dtls-hello-bytes",
                8_192,
                512,
                1 << 16,
                "bytes of a DTLS ClientHello in fragments that are put together; the excess is skipped"),
        SIP_MESSAGE_BYTES(
                "sip-message-bytes",
                16_384,
                512,
                1 << 16,
                "bytes of a SIP message that are looked at; more of a body is skipped, and longer headers end what is read of a direction"),
        SIP_PENDING(
                "sip-pending-requests",
                32,
                1,
                1_024,
                "SIP requests of a flow that wait for their final responses; beyond it the oldest is told without one"),
        SIP_MEDIA("sip-media", 8, 1, 32, "media of a session description that are looked at; more are skipped"),
        EVENT_TEXT_BYTES(
                "event-text-bytes", 1_024, 64, 4_096, "bytes of one text off the wire in an event; the rest is cut"),
        EXPECTED_CONNECTIONS(
                "expected-connections",
                65_536,
                16,
                1 << 22,
                "announced data connections remembered; beyond it the oldest is forgotten"),
        EXPECTED_SECONDS("expected-seconds", 300, 1, 86_400, "an announced data connection is forgotten after so long"),
        DNS_NAMES(
                "dns-names",
                65_536,
                16,
                1 << 22,
                "names that a client asked DNS for, remembered by client and name; beyond it the oldest is forgotten"),
        DNS_SECONDS("dns-seconds", 86_400, 1, 31_536_000, "the answers for a name are forgotten after so long"),
        DNS_GRACE_SECONDS(
                "dns-grace-seconds",
                60,
                0,
                86_400,
                "an answer is taken to hold for so long beyond its time to live, for clients keep it"),
        REBINDING_SECONDS(
                "rebinding-seconds",
                3_600,
                1,
                86_400,
                "a private answer, and a request to it, so soon behind a public answer for the same name are told as DNS rebinding"),
        POLICY_MEMORY(
                "policy-memory",
                65_536,
                16,
                1 << 22,
                "plugin policies remembered by client and server; beyond it the oldest is forgotten"),
        POLICY_SECONDS("policy-seconds", 86_400, 1, 31_536_000, "a plugin policy counts as fetched for so long"),
        PINHOLES(
                "pinholes",
                65_536,
                16,
                1 << 22,
                "endpoints of holes that filters would open, remembered until somebody comes; beyond it the oldest is forgotten"),
        PINHOLE_SECONDS(
                "pinhole-seconds",
                3_600,
                1,
                86_400,
                "a hole is remembered for so long, or as long as its filter keeps it"),
        GUARD_HOLE_SECONDS(
                "guard-hole-seconds",
                30,
                1,
                3_600,
                "a way that guard opens for a data connection closes when nobody has come for so long"),
        FTP_PROXY_SESSIONS(
                "ftp-proxy-sessions",
                1_024,
                1,
                65_536,
                "control channels through guard's proxy at once; beyond it new ones are closed"),
        FTP_PROXY_IDLE_SECONDS(
                "ftp-proxy-idle-seconds",
                86_400,
                10,
                31_536_000,
                "a control channel through guard's proxy on which nobody has said anything for so long is closed"),
        HOSTS(
                "hosts",
                65_536,
                16,
                1 << 22,
                "clients in the summary at the end; beyond it further ones are counted together"),
        PLUGIN_MEMORY(
                "plugin-memory",
                65_536,
                16,
                1 << 22,
                "clients that fetched or ran a plugin's program, and from where, remembered; beyond it the oldest is forgotten"),
        PLUGIN_SECONDS(
                "plugin-seconds",
                14_400,
                1,
                31_536_000,
                "a plugin's program counts as running for so long behind its last sign"),
        PAGE_MEMORY(
                "page-memory",
                65_536,
                16,
                1 << 22,
                "origins whose pages a client loaded, remembered by client and origin; beyond it the oldest is forgotten"),
        PAGE_SECONDS("page-seconds", 14_400, 1, 31_536_000, "a page counts as open for so long behind its last load"),
        OWNER_QUESTIONS(
                "owner-questions",
                1_024,
                1,
                65_536,
                "flows of this machine whose process is looked for at once; beyond it nobody is looked for"),
        PARENT_PROCESSES(
                "parent-processes", 12, 1, 16, "processes above a flow's own that are looked at, the nearest first"),
        KEPT_BYTES(
                "kept-bytes",
                1 << 26,
                1 << 20,
                1 << 30,
                "bytes of the latest packets remembered for -w until their flow alerts; beyond it the oldest are forgotten"),
        SINK_QUEUE_BYTES(
                "sink-queue-bytes",
                1 << 23,
                1 << 16,
                1 << 30,
                "bytes of events that wait in memory for a destination; beyond it they go to its spill file, a replay waits, or, for files and standard output, the newest are dropped and counted"),
        SPILL_MEGABYTES(
                "spill-megabytes",
                1_000,
                1,
                1_000_000,
                "million bytes of events that wait on disk for a destination; beyond it a replay waits, and otherwise the newest are dropped and counted"),
        SINK_PATIENCE_SECONDS(
                "sink-patience-seconds",
                10,
                0,
                86_400,
                "at the end a destination that takes nothing is waited for so long; then the rest stays in its spill file, if it has one"),
        CORRELATION_GROUPS(
                "correlation-groups",
                65_536,
                16,
                1 << 22,
                "groups of events that a correlation rule remembers; beyond it the one without an event for longest is forgotten"),
        THRESHOLD_KEYS(
                "threshold-keys",
                65_536,
                16,
                4_194_304,
                "rules with hosts, pairs or flows for which a threshold counts alerts; beyond it the oldest is forgotten"),
        CORRELATION_COUNT(
                "correlation-count",
                4_096,
                2,
                1 << 20,
                "how far a correlation rule may count in one group, which remembers as much; a rule that asks for more is refused");

        private final String key;
        private final int usual;
        private final int least;
        private final int most;
        private final String help;

        Bound(String key, int usual, int least, int most, String help) {
            this.key = key;
            this.usual = usual;
            this.least = least;
            this.most = most;
            this.help = help;
        }

        public String key() {
            return key;
        }

        public int usual() {
            return usual;
        }

        public int least() {
            return least;
        }

        public int most() {
            return most;
        }

        public String help() {
            return help;
        }
    }

    public static final Limits USUAL = new Limits(new EnumMap<>(Bound.class));

    private final Map<Bound, Integer> changed;

    private Limits(Map<Bound, Integer> changed) {
        this.changed = changed;
    }

    public int of(Bound bound) {
        return changed.getOrDefault(bound, bound.usual);
    }

    /** A bound in seconds, as nanoseconds of packet time. */
    public long nanosOf(Bound bound) {
        return of(bound) * 1_000_000_000L;
    }

    /**
     * The same limits with one changed.
     *
     * @throws IllegalArgumentException where the value is outside the bound's range; the message says which range
     */
    public Limits with(Bound bound, long value) {
        if (value < bound.least || value > bound.most) {
            throw new IllegalArgumentException(
                    "limits." + bound.key + " must be from " + bound.least + " to " + bound.most + ", not " + value);
        }
        Map<Bound, Integer> copy = new EnumMap<>(Bound.class);
        copy.putAll(changed);
        copy.put(bound, (int) value);
        return new Limits(copy);
    }
}
