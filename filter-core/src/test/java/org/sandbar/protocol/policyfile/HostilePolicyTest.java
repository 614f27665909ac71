package org.sandbar.protocol.policyfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sandbar.protocol.policyfile.Policies.AT_843;
import static org.sandbar.protocol.policyfile.Policies.AT_943;
import static org.sandbar.protocol.policyfile.Policies.flash;
import static org.sandbar.protocol.policyfile.Policies.silverlight;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;

/** Files made to hurt whoever reads them: they cost no time, no memory and no packet, and are told for what they are. */
class HostilePolicyTest {
    private static final int MUTATIONS = 30_000;
    private static final long MOST_NS = 3_000_000_000L;
    private static final long MOST_BYTES = 64L << 20;
    private static final String GRANT = "<allow-access-from domain='*' to-ports='*'/>";

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    /** The platform's parser prints for some faults; nothing of it may get out. */
    @AfterEach
    void nothingIsPrinted() {
        System.setErr(usual);
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    /** Reads within bounds of time and of memory that a single thread allocated. */
    private static Policy read(String file, Policy.Source source) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        long since = System.nanoTime();
        Limits limits = Limits.USUAL.with(Bound.POLICY_BYTES, 1 << 20);
        Policy policy = new PolicyReader(limits).read(bytes, Math.min(bytes.length, 1 << 20), source);
        assertTrue(System.nanoTime() - since < MOST_NS, "time");
        assertTrue(threads.getThreadAllocatedBytes(thread) - before < MOST_BYTES, "memory");
        assertTrue(cost(policy) < 5_000, policy.grants().size() + " grants");
        return policy;
    }

    /** Bytes of what of the file gets into the event. */
    private static int cost(Policy policy) {
        int cost = policy.metaPolicy() == null ? 0 : policy.metaPolicy().getBytes(StandardCharsets.UTF_8).length;
        for (String grant : policy.grants()) {
            cost += grant.getBytes(StandardCharsets.UTF_8).length + 3;
        }
        return cost;
    }

    private static void finds(Policy policy, Finding... findings) {
        for (Finding finding : findings) {
            assertTrue(policy.findings().contains(finding), finding + " is not in " + policy.findings());
        }
    }

    @Test
    void entitiesThatGrow() {
        StringBuilder subset = new StringBuilder("<!ENTITY a0 'laughter ]]>'>");
        for (int i = 1; i < 20; i++) {
            subset.append("<!ENTITY a")
                    .append(i)
                    .append(" '")
                    .append(("&a" + (i - 1) + ";").repeat(20))
                    .append("'>");
        }
        for (String use : new String[] {"&a19;", "<allow-access-from domain='&a19;' to-ports='&a19;'/>"}) {
            Policy policy = read(
                    "<!DOCTYPE c [" + subset + "]><cross-domain-policy>" + use + GRANT + "</cross-domain-policy>",
                    AT_843);
            finds(policy, Finding.ENTITY);
            assertEquals(null, policy.ports());
            assertFalse(policy.findings().contains(Finding.EXTERNAL_ENTITY));
        }
        finds(
                read(
                        "<!DOCTYPE c [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><cross-domain-policy>&a;</cross-domain-policy>",
                        AT_843),
                Finding.ENTITY);
        finds(
                read("<!DOCTYPE c [<!ENTITY % p '<!ENTITY a &#34;b&#34;>'> %p;]><cross-domain-policy/>", AT_843),
                Finding.ENTITY);
        finds(read("<cross-domain-policy>&undeclared;</cross-domain-policy>", AT_843), Finding.ENTITY);
    }

    /** Nobody is called, and no file is read. */
    @Test
    void whatIsElsewhere(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "domain-of-the-secret");
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(300);
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/x.dtd";
            for (String doctype : new String[] {
                "<!DOCTYPE c SYSTEM '" + url + "'>",
                "<!DOCTYPE c PUBLIC '-//x' '" + url + "'>",
                "<!DOCTYPE c [<!ENTITY a SYSTEM '" + url + "'>]>",
                "<!DOCTYPE c [<!ENTITY % a SYSTEM '" + url + "'> %a;]>",
                "<!DOCTYPE c [<!ENTITY a SYSTEM '" + secret.toUri() + "'>]>",
                "<?xml-stylesheet href='" + url + "'?><!DOCTYPE c [<!ENTITY a PUBLIC 'p' '" + secret.toUri() + "'>]>",
            }) {
                Policy policy = read(
                        doctype
                                + "<cross-domain-policy xmlns:xi='http://www.w3.org/2001/XInclude'>&a;<xi:include href='"
                                + url + "'/>" + GRANT + "</cross-domain-policy>",
                        AT_843);
                assertEquals(doctype.contains("ENTITY"), policy.findings().contains(Finding.EXTERNAL_ENTITY), doctype);
                assertEquals("[domain=* ports=*]", policy.grants().toString());
            }
            boolean called = true;
            try {
                server.accept().close();
            } catch (SocketTimeoutException nobody) {
                called = false;
            }
            assertFalse(called);
        }
    }

    @Test
    void tooMuchOfIt() {
        finds(read("<a>".repeat(300_000), AT_843), Finding.TOO_DEEP);
        finds(
                read(flash("<x>".repeat(100) + GRANT + "</x>".repeat(100)), AT_843),
                Finding.TOO_DEEP,
                Finding.UNKNOWN_ELEMENT);
        finds(read(flash("<x/>".repeat(200_000)), AT_843), Finding.TOO_MANY_ELEMENTS);
        finds(
                read(flash("<allow-access-from domain='a.example' to-ports='1'/>".repeat(1_000)), AT_843),
                Finding.LOW_PORTS);
        StringBuilder many = new StringBuilder();
        IntStream.range(0, 1_000).forEach(i -> many.append("<allow-access-from domain='d")
                .append(i)
                .append("' to-ports='")
                .append(2 * i)
                .append("'/>"));
        Policy policy = read(flash(many.toString()), AT_843);
        finds(policy, Finding.TOO_MANY_GRANTS);
        assertEquals(32, policy.grants().size());
        assertEquals(1_000, policy.ports().count());
        assertEquals(null, policy.ports().text());
        String long1 = "\u20ac\"\u0009".repeat(100_000);
        policy = read(flash(many.toString().replace("domain='d", "domain='" + "\u20ac".repeat(90))), AT_843);
        finds(policy, Finding.TOO_MANY_GRANTS);
        policy = read(flash("<site-control permitted-cross-domain-policies='" + long1 + "'/>"), AT_843);
        finds(policy, Finding.META_POLICY_UNKNOWN);
        String attributes =
                IntStream.range(0, 9_000).mapToObj(i -> " a" + i + "=''").reduce("", String::concat);
        read("<cross-domain-policy" + attributes + "/>", AT_843);
        finds(read("<" + "x".repeat(1_000_000) + "/>", AT_843), Finding.NOT_WELL_FORMED);
        read("<cross-domain-policy>" + "&amp;".repeat(200_000) + "</cross-domain-policy>", AT_843);
        read("<!DOCTYPE x [" + "]".repeat(1_000_000), AT_843);
        read("<!DOCTYPE x [" + "<!ENTITY a '".repeat(80_000), AT_843);
        read("<?x".repeat(300_000), AT_843);
        read("<?x?>".repeat(200_000), AT_843);
    }

    /** Every domain for every resource would be a quarter of a million grants. */
    @Test
    void theProductOfDomainsAndResources() {
        StringBuilder domains = new StringBuilder();
        StringBuilder resources = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            domains.append("<domain uri='http://d").append(i).append("'/>");
            resources.append("<socket-resource port='").append(4_502 + i % 33).append("' protocol='tcp'/>");
        }
        String file = silverlight("*", "4502", "tcp")
                .replaceAll("<domain[^>]*/>", domains.toString())
                .replaceAll("<socket-resource[^>]*/>", resources.toString());
        Policy policy = read(file, AT_943);
        finds(policy, Finding.TOO_MANY_GRANTS);
        assertEquals("4502-4534", policy.ports().text());
    }

    @Test
    void whatCanNotBeSeen() {
        Policy policy = read(flash("<allow-access-from domain='a&#10;b&#13;&#9;c\u007f\u0085' to-ports='1'/>"), AT_843);
        assertEquals("[domain=a b  c   ports=1]", policy.grants().toString());
    }

    @Test
    void mutations() {
        Random random = new Random(843);
        PolicyReader reader = new PolicyReader(Limits.USUAL);
        String[] seeds = {
            silverlight("http://*.example.org", "4502-4506", "tcp"),
            flash(
                    "<site-control permitted-cross-domain-policies='all'/><allow-access-from domain='*' to-ports='80,4502-4534' secure='false'/>"),
            "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c SYSTEM 'd'>]><cross-domain-policy>&a;<!-- c --><![CDATA[x]]></cross-domain-policy>",
        };
        String[] parts = {
            "<",
            ">",
            "/",
            "&",
            ";",
            "\"",
            "'",
            "<!",
            "<!--",
            "-->",
            "[",
            "]]>",
            "<?",
            "?>",
            "\0",
            "\u00ff\u00fe",
            "=",
            "<!ENTITY ",
            "&#x110000;"
        };
        long since = System.nanoTime();
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
            for (int n = random.nextInt(5); n >= 0; n--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.insert(at, parts[random.nextInt(parts.length)]);
                    case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(30)));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
                }
                text.append(text.length() == 0 ? " " : "");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            Policy policy = reader.read(bytes, bytes.length, random.nextBoolean() ? AT_843 : AT_943);
            assertTrue(cost(policy) < 5_000);
            if (!policy.complete()) {
                assertFalse(policy.findings().isEmpty(), text.toString());
            }
        }
        assertTrue(System.nanoTime() - since < 20 * MOST_NS);
    }
}
