package org.sandbar.protocol.policyfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sandbar.protocol.policyfile.Policies.AT_843;
import static org.sandbar.protocol.policyfile.Policies.AT_943;
import static org.sandbar.protocol.policyfile.Policies.flash;
import static org.sandbar.protocol.policyfile.Policies.line;
import static org.sandbar.protocol.policyfile.Policies.read;
import static org.sandbar.protocol.policyfile.Policies.silverlight;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What policy files say, by the documents of their makers, and by the tests of Moonlight (SocketPolicyTest) and of Unity's reader. */
class PolicyReaderTest {
    /** Moonlight takes a policy that names a port outside, or a wildcard, for none at all. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "*|4502-4534|tcp|4502-4534|any-domain",
                "http://*|4502|tcp|4502|any-domain",
                "http://www.host.com|4502,4504-4506|tcp|4502,4504-4506|''",
                "https://*.host.com/|4534|tcp|4534|''",
                "file:///|4520|tcp|4520|''",
                "*|4529-4531|udp|none|any-domain protocol-unknown",
                "*|4529-4531|Tcp|none|any-domain protocol-unknown",
                "*|*|tcp|none|any-domain all-ports outside-range",
                "*|4501-4531|tcp|none|any-domain outside-range",
                "*|80|tcp|none|any-domain low-ports outside-range",
                "*|4506-4502|tcp|none|any-domain ports-invalid",
                "*|4502-|tcp|none|any-domain ports-invalid",
                "*||tcp|none|any-domain ports-invalid",
                "*|99999|tcp|none|any-domain ports-invalid",
            })
    void silverlightGrants(String domain, String ports, String protocol, String opened, String findings) {
        Policy policy = read(silverlight(domain, ports == null ? "" : ports, protocol), AT_943);
        assertTrue(policy.complete());
        assertEquals("silverlight", policy.dialect());
        assertEquals(opened, policy.ports().text());
        assertEquals(findings, line(policy).replaceFirst("^\\[.*] \\S+ ", ""));
    }

    @Test
    void silverlightOpensNothingToNobody() {
        String nobody = silverlight("x", "4502-4531", "tcp").replaceAll("(?s)<allow-from>.*</allow-from>", "");
        assertEquals("[ports=4502-4531 protocol=tcp] none no-domain", line(read(nobody, AT_943)));
        String noPorts = silverlight("*", "4502", "tcp").replaceAll("<socket-resource.*/>", "");
        assertEquals("[] none any-domain", line(read(noPorts, AT_943)));
        String noProtocol = silverlight("*", "4502", "tcp").replace("protocol=\"tcp\"", "");
        assertEquals("[domain=* ports=4502] none any-domain protocol-unknown", line(read(noProtocol, AT_943)));
    }

    @Test
    void policiesAreWeighedOneByOne() {
        String two =
                "<access-policy><cross-domain-access><policy><grant-to><socket-resource port='4510' protocol='tcp'/>"
                        + "<resource path='/api' include-subpaths='true'/></grant-to><allow-from http-request-headers='*'>"
                        + "<domain uri='http://a'/><domain uri='http://b'/></allow-from></policy><policy><allow-from><domain uri='*'/>"
                        + "</allow-from><grant-to><socket-resource port='4502-4503' protocol='tcp'/></grant-to></policy>"
                        + "</cross-domain-access></access-policy>";
        Policy policy = read(two, AT_943);
        assertEquals(
                "[domain=http://a ports=4510 protocol=tcp, domain=http://b ports=4510 protocol=tcp,"
                        + " domain=http://a path=/api, domain=http://b path=/api, domain=http://a headers=*,"
                        + " domain=http://b headers=*, domain=* ports=4502-4503 protocol=tcp] 4502-4503,4510 any-domain headers-any",
                line(policy));
        assertEquals("4502-4503", policy.openPorts().text());
    }

    /** The page of Flash MX 2004's manual on loadPolicyFile, and the low-port rule as the tests of Unity's reader have it. */
    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "507|843|507|low-ports",
                "507,516|843|507,516|low-ports",
                "507,516-523|843|507,516-523|low-ports",
                " 507 , 516 - 523|843|507,516-523|low-ports",
                "*|843|0-65535|all-ports",
                "*|1024|1024-65535|all-ports",
                "1000-1040|1300|1024-1040|low-ports low-ports-ignored",
                "1000-1040|1000|1000-1040|low-ports",
                "80|5000|none|low-ports low-ports-ignored",
                "2000-2999|5000|2000-2999|wide-range",
                "1-65535|843|1-65535|all-ports",
                "1024-65535|843|1024-65535|all-ports",
                "4502-4534|843|4502-4534|''",
                "abc|843|none|ports-invalid",
                "1;2|843|none|ports-invalid",
            })
    void flashGrants(String ports, int from, String opened, String findings) {
        Policy policy = read(flash("www.foo.com", ports), new Policy.Source(from, "flash"));
        assertTrue(policy.complete());
        assertEquals("flash", policy.dialect());
        assertEquals(opened, policy.ports().text());
        assertEquals(0, policy.openPorts().count());
        assertEquals(findings, line(policy).replaceFirst("^\\[.*] \\S+ ", ""));
    }

    @ParameterizedTest
    @CsvSource({"*,any-domain", "*.com,top-level-domain", "*.foo.com,''", "www.foo.com,''", "10.0.0.1,''"})
    void domains(String domain, String finding) {
        Policy policy = read(flash(domain, "4502"), AT_843);
        assertEquals("[domain=" + domain + " ports=4502] 4502 " + finding, line(policy));
        assertEquals(finding.isEmpty() ? "none" : "4502", policy.openPorts().text());
    }

    @Test
    void flashSaysMore() {
        String all =
                "<site-control permitted-cross-domain-policies='master-only'/><allow-access-from domain='a' to-ports='1024'"
                        + " secure='false'/><allow-access-from domain='b'/><allow-access-from to-ports='2000'/>"
                        + "<allow-http-request-headers-from domain='*' headers='*'/><allow-access-from-identity><signatory><certificate"
                        + " fingerprint='01' fingerprint-algorithm='sha-1'/></signatory></allow-access-from-identity>";
        Policy policy = read(flash(all), AT_843);
        assertEquals("master-only", policy.metaPolicy());
        assertEquals(
                "[domain=a ports=1024 secure=false, domain=b, ports=2000, domain=* headers=*] 1024"
                        + " any-domain insecure headers-any no-ports no-domain",
                line(policy));
    }

    @ParameterizedTest
    @CsvSource({
        "none,843,none,meta-policy-none",
        "all,843,4502,''",
        "by-content-type,843,4502,meta-policy-unknown",
        "nonsense,843,4502,meta-policy-unknown",
        "none,4502,4502,meta-policy-misplaced"
    })
    void metaPolicies(String value, int port, String opened, String finding) {
        String file = flash("<site-control permitted-cross-domain-policies='" + value
                + "'/><allow-access-from domain='a' to-ports='4502'/>");
        Policy policy = read(file, new Policy.Source(port, "flash"));
        assertEquals("[domain=a ports=4502] " + opened + " " + finding, line(policy));
        assertEquals(value, policy.metaPolicy());
    }

    /** Silverlight takes no crossdomain.xml for a socket, and Flash never an access-policy. */
    @Test
    void whoTakesWhat() {
        assertEquals("[domain=a ports=4502] none wrong-dialect", line(read(flash("a", "4502"), AT_943)));
        String silverlight = silverlight("a", "4502", "tcp");
        assertEquals("[domain=a ports=4502 protocol=tcp] none wrong-dialect", line(read(silverlight, AT_843)));
        Policy.Source elsewhere = new Policy.Source(4502, "silverlight");
        assertEquals("[domain=a ports=4502] 4502 wrong-dialect", line(read(flash("a", "4502"), elsewhere)));
        assertEquals("[domain=a ports=4502] 4502 ", line(read(flash("a", "4502"), new Policy.Source(4502, null))));
    }

    @Test
    void names() {
        String wrongCase = flash("a", "4502").replace("cross-domain-policy>", "Cross-Domain-Policy>");
        Policy policy = read(wrongCase, AT_843);
        assertEquals("flash", policy.dialect());
        assertEquals("[] none wrong-case unknown-element", line(policy));
        assertEquals("[] none wrong-case", line(read(flash("<Allow-Access-From domain='*' to-ports='*'/>"), AT_843)));
        assertEquals("[] none unknown-element", line(read(flash("<policy/>"), AT_843)));
        assertEquals("other", read("<html/>", AT_843).dialect());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "ISO-8859-1"})
    void encodings(String name) {
        Charset charset = Charset.forName(name);
        String file = flash("münchen.example", "4502");
        String declared = file.replace("1.0\"?", "1.0\" encoding=\"" + name + "\"?");
        String marked = name.equals("ISO-8859-1") ? declared : "\ufeff" + declared;
        for (String text : new String[] {declared, marked}) {
            assertEquals("[domain=münchen.example ports=4502] 4502 ", line(read(text.getBytes(charset), AT_843)));
        }
    }

    @Test
    void anEncodingThatIsNotRead() {
        String file = flash("a", "4502").replace("1.0\"?", "1.0\" encoding='utf-7' ?");
        assertEquals("[domain=a ports=4502] 4502 encoding-unknown", line(read(file, AT_843)));
        assertEquals(
                "[domain=a\ufffd ports=4502] 4502 ",
                line(read(flash("a\u00e9", "4502").getBytes(StandardCharsets.ISO_8859_1), AT_843)));
    }

    /** Silverlight takes blanks before the declaration, which XML does not allow. */
    @Test
    void beginnings() {
        String bare = "<cross-domain-policy><allow-access-from domain='a' to-ports='1'/></cross-domain-policy>";
        for (String start : new String[] {
            "", " \r\n\t", "<!-- <!ENTITY a 'b'> -->", "<?a b?>", Policies.DOCTYPE, "<?xml version='1.0'?>"
        }) {
            assertEquals("[domain=a ports=1] 1 low-ports", line(read(start + bare, AT_843)), start);
            assertEquals("[domain=a ports=1] 1 low-ports", line(read(" " + start + bare, AT_843)), start);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|truncated",
                "<|truncated",
                "<cross|truncated",
                "<?xml|truncated",
                "<!DOCTYPE x [|truncated",
                "<!DOCTYPE x [ <!ENTITY a 'b'> |entity truncated",
                "<cross-domain-policy><allow-access-from domain='a|truncated",
                "<cross-domain-policy></cross-domain-polic|truncated",
                "<cross-domain-policy><a></cross-domain-policy>|unknown-element not-well-formed",
                "<cross-domain-policy><allow-access-from a='1' a='2'/>|not-well-formed",
                "hello|not-xml",
                "</x>|not-xml",
                "<!ELEMENT a>|not-xml",
                "<1/>|not-well-formed",
            })
    void notWhole(String file, String findings) {
        Policy policy = read(file, AT_843);
        assertFalse(policy.complete());
        assertEquals(findings, String.join(" ", Finding.keys(policy.findings())));
        boolean none = findings.equals("not-xml");
        assertEquals(
                none ? "none" : null,
                policy.ports() == null ? null : policy.ports().text());
    }

    /** Whatever is cut off, nothing of what is left is taken for the whole. */
    @Test
    void cutAnywhere() {
        for (String whole : new String[] {silverlight("*", "4502-4506", "tcp"), flash("*", "4502-4506")}) {
            byte[] bytes = whole.strip().getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                Policy policy = new PolicyReader(org.sandbar.bytes.Limits.USUAL).read(bytes, length, AT_843);
                assertFalse(policy.complete());
                assertTrue(policy.findings().contains(Finding.TRUNCATED), length + " " + policy.findings());
                assertNull(policy.ports());
            }
        }
    }
}
