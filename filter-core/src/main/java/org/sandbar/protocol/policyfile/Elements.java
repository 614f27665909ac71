package org.sandbar.protocol.policyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * The elements of a policy file, one by one: which stand where they may, and what they grant. Silverlight's by MSDN, "Network security
 * access restrictions in Silverlight", and by what Moonlight takes; Flash's by Adobe's cross-domain policy file specification 2.0. One
 * file, one thread.
 */
final class Elements {
    private static final String ROOT = "";
    /** What stands where it may not, and so does all that is inside. */
    private static final String UNKNOWN = "?";

    private static final String ACCESS_POLICY = "access-policy";
    private static final String CROSS_DOMAIN_POLICY = "cross-domain-policy";

    /** Where each element stands: its parent, which for a root is nothing. */
    private static final Map<String, String> PARENTS = Map.ofEntries(
            Map.entry(ACCESS_POLICY, ROOT),
            Map.entry("cross-domain-access", ACCESS_POLICY),
            Map.entry("policy", "cross-domain-access"),
            Map.entry("allow-from", "policy"),
            Map.entry("domain", "allow-from"),
            Map.entry("grant-to", "policy"),
            Map.entry("socket-resource", "grant-to"),
            Map.entry("resource", "grant-to"),
            Map.entry(CROSS_DOMAIN_POLICY, ROOT),
            Map.entry("site-control", CROSS_DOMAIN_POLICY),
            Map.entry("allow-access-from", CROSS_DOMAIN_POLICY),
            Map.entry("allow-http-request-headers-from", CROSS_DOMAIN_POLICY),
            Map.entry("allow-access-from-identity", CROSS_DOMAIN_POLICY),
            Map.entry("signatory", "allow-access-from-identity"),
            Map.entry("certificate", "signatory"));

    private static final Set<String> META_POLICIES = Set.of("none", "master-only", "all");

    private record Socket(String ports, String protocol) {}

    private final Policy.Source source;
    private final Grants grants;
    private final Set<Finding> findings;
    private final List<String> domains = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private String dialect = Policy.OTHER;
    private String headers;
    private String metaPolicy;

    Elements(Policy.Source source, Grants grants, Set<Finding> findings) {
        this.source = source;
        this.grants = grants;
        this.findings = findings;
    }

    /**
     * An element begins inside another, which is null for the root; the parser stands at its attributes. Returns the name that it is to
     * be called by at its end and by those inside it.
     */
    String begin(String parent, String name, XMLStreamReader attributes) {
        boolean known = (parent == null ? ROOT : parent).equals(PARENTS.get(name));
        if (!known) {
            boolean other = !PARENTS.containsKey(name) && PARENTS.containsKey(name.toLowerCase(Locale.ROOT));
            findings.add(other ? Finding.WRONG_CASE : Finding.UNKNOWN_ELEMENT);
        }
        if (parent == null) {
            dialect = switch (name.toLowerCase(Locale.ROOT)) {
                case ACCESS_POLICY -> Policy.SILVERLIGHT;
                case CROSS_DOMAIN_POLICY -> Policy.FLASH;
                default -> Policy.OTHER;
            };
        } else if (known) {
            take(name, attributes);
        }
        return known ? name : UNKNOWN;
    }

    private void take(String name, XMLStreamReader attributes) {
        switch (name) {
            case "allow-from" -> headers = attributes.getAttributeValue(null, "http-request-headers");
            case "domain" -> domains.add(attributes.getAttributeValue(null, "uri"));
            case "socket-resource" ->
                sockets.add(new Socket(
                        attributes.getAttributeValue(null, "port"), attributes.getAttributeValue(null, "protocol")));
            case "resource" -> paths.add(attributes.getAttributeValue(null, "path"));
            case "site-control" -> metaPolicy(attributes.getAttributeValue(null, "permitted-cross-domain-policies"));
            case "allow-access-from" ->
                grants.flash(
                        attributes.getAttributeValue(null, "domain"),
                        attributes.getAttributeValue(null, "to-ports"),
                        attributes.getAttributeValue(null, "secure"));
            case "allow-http-request-headers-from" -> {
                String domain = attributes.getAttributeValue(null, "domain");
                List<String> from = domain == null ? List.of() : List.of(domain);
                grants.areAny(from);
                grants.headers(from, attributes.getAttributeValue(null, "headers"));
            }
            default -> {
                // Holds others, or is for signed content.
            }
        }
    }

    private void metaPolicy(String value) {
        metaPolicy = value == null ? null : Grants.plain(value);
        if (!source.isMaster()) {
            findings.add(Finding.META_POLICY_MISPLACED);
        } else if (value == null || !META_POLICIES.contains(value)) {
            findings.add(Finding.META_POLICY_UNKNOWN);
        } else if (value.equals("none")) {
            findings.add(Finding.META_POLICY_NONE);
        }
    }

    /** An element has ended; what one of Silverlight's policies grants is known when it is whole. */
    void end(String name) {
        if (!name.equals("policy")) {
            return;
        }
        domains.removeIf(Objects::isNull);
        boolean any = grants.areAny(domains);
        sockets.forEach(socket -> grants.silverlight(domains, any, socket.ports, socket.protocol));
        paths.forEach(path -> grants.path(domains, path));
        if (headers != null) {
            grants.headers(domains, headers);
        }
        domains.clear();
        sockets.clear();
        paths.clear();
        headers = null;
    }

    /** What came of it all. */
    Policy policy(boolean complete, int bytes) {
        boolean other = dialect.equals(Policy.OTHER);
        if (!other && source.isOfAnother(dialect)) {
            findings.add(Finding.WRONG_DIALECT);
        }
        if (other || !source.accepts(dialect) || findings.contains(Finding.META_POLICY_NONE)) {
            grants.ports().clear();
            grants.openPorts().clear();
        }
        // An entity may stand for elements that grant more.
        boolean known = complete && !findings.contains(Finding.ENTITY);
        return new Policy(
                dialect,
                complete,
                bytes,
                grants.rows(),
                known ? grants.ports() : null,
                known ? grants.openPorts() : null,
                metaPolicy,
                findings);
    }
}
