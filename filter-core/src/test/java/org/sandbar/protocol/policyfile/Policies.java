package org.sandbar.protocol.policyfile;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.sandbar.bytes.Limits;

/** Policy files for tests. */
final class Policies {
    static final String SILVERLIGHT_REQUEST = "<policy-file-request/>";
    static final String FLASH_REQUEST = SILVERLIGHT_REQUEST + "\0";
    static final String OLD_REQUEST = "<cross-domain-request/>\0";
    static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    static final String DOCTYPE =
            "<!DOCTYPE cross-domain-policy SYSTEM \"http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd\">\n";
    static final Policy.Source AT_943 = new Policy.Source(943, "silverlight");
    static final Policy.Source AT_843 = new Policy.Source(843, "flash");

    private Policies() {}

    /** Ports for a domain, as Microsoft documents it. */
    static String silverlight(String domain, String ports, String protocol) {
        return DECLARATION
                + "<access-policy>\n  <cross-domain-access>\n    <policy>\n      <allow-from>\n        <domain uri=\""
                + domain
                + "\"/>\n      </allow-from>\n      <grant-to>\n        <socket-resource port=\"" + ports
                + "\" protocol=\"" + protocol
                + "\"/>\n      </grant-to>\n    </policy>\n  </cross-domain-access>\n</access-policy>\n";
    }

    static String flash(String inside) {
        return "<?xml version=\"1.0\"?>\n" + DOCTYPE + "<cross-domain-policy>\n" + inside
                + "\n</cross-domain-policy>\n";
    }

    static String flash(String domain, String ports) {
        return flash("  <allow-access-from domain=\"" + domain + "\" to-ports=\"" + ports + "\"/>");
    }

    static Policy read(String file, Policy.Source source) {
        return read(file.getBytes(StandardCharsets.UTF_8), source);
    }

    static Policy read(byte[] file, Policy.Source source) {
        return new PolicyReader(Limits.USUAL).read(file, file.length, source);
    }

    /** Grants, ports and findings in one line. */
    static String line(Policy policy) {
        Set<Finding> findings = policy.findings();
        return policy.grants() + " "
                + (policy.ports() == null ? "unknown" : policy.ports().text()) + " "
                + (findings.isEmpty() ? "" : String.join(" ", Finding.keys(findings)));
    }
}
