package org.sandbar.protocol.policyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a policy file grants, as it is read: rows for people and rules, at most so many and so long that an event with them stays a line
 * of 8 KiB, the ports that the plugin takes it for, and what is remarkable of each. One thread.
 */
final class Grants {
    private static final int MOST_COST = 3_072;
    private static final int LONGEST = 256;
    private static final int WIDE = 256;
    private static final String TCP = "tcp";
    private static final String ANY = "*";
    private static final String ANY_BELOW = "*.";

    private final Policy.Source source;
    private final int most;
    private final List<String> rows = new ArrayList<>();
    private final Set<Finding> findings;
    private final Ports ports = new Ports();
    private final Ports openPorts = new Ports();
    private int cost;

    Grants(Policy.Source source, int most, Set<Finding> findings) {
        this.source = source;
        this.most = most;
        this.findings = findings;
    }

    List<String> rows() {
        return rows;
    }

    Ports ports() {
        return ports;
    }

    Ports openPorts() {
        return openPorts;
    }

    /** Ports for domains, from an {@code access-policy}; list and protocol may be null. */
    void silverlight(List<String> domains, boolean any, String list, String protocol) {
        rows(domains, word("ports", list) + word("protocol", protocol));
        Ports granted = granted(list);
        if (granted == null || domains.isEmpty()) {
            return;
        }
        if (granted.keep(Ports.SILVERLIGHT_FIRST, Ports.SILVERLIGHT_LAST)) {
            findings.add(Finding.OUTSIDE_RANGE);
            // The plugin does not take a part of such a list.
            granted.clear();
        }
        if (TCP.equals(protocol)) {
            open(any, granted);
        } else {
            findings.add(Finding.PROTOCOL_UNKNOWN);
        }
    }

    /** Ports for a domain, from a {@code cross-domain-policy}. */
    void flash(String domain, String list, String secure) {
        List<String> domains = domain == null ? List.of() : List.of(domain);
        rows(domains, word("ports", list) + word("secure", secure));
        if ("false".equals(secure)) {
            findings.add(Finding.INSECURE);
        }
        boolean any = areAny(domains);
        Ports granted = granted(list);
        if (granted == null || domains.isEmpty()) {
            return;
        }
        boolean low = granted.countLow() > 0;
        if (!source.isPrivileged()
                && granted.keep(Ports.FIRST_UNPRIVILEGED, Ports.LAST)
                && low
                && !ANY.equals(list.strip())) {
            findings.add(Finding.LOW_PORTS_IGNORED);
        }
        open(any, granted);
    }

    /** Request headers for domains. */
    void headers(List<String> domains, String list) {
        rows(domains, word("headers", list));
        if (ANY.equals(list)) {
            findings.add(Finding.HEADERS_ANY);
        }
    }

    /** Paths of a web server for domains; they open no socket. */
    void path(List<String> domains, String path) {
        rows(domains, word("path", path));
    }

    private Ports granted(String list) {
        if (list == null) {
            findings.add(Finding.NO_PORTS);
            return null;
        }
        Ports granted = Ports.parse(list);
        if (granted == null) {
            findings.add(Finding.PORTS_INVALID);
        } else if (granted.isAll()) {
            findings.add(Finding.ALL_PORTS);
        } else {
            if (granted.countLow() > 0) {
                findings.add(Finding.LOW_PORTS);
            }
            if (granted.count() >= WIDE) {
                findings.add(Finding.WIDE_RANGE);
            }
        }
        return granted;
    }

    private void open(boolean any, Ports granted) {
        ports.addAll(granted);
        if (any) {
            openPorts.addAll(granted);
        }
    }

    /** Whether any domain is among them, and not only some in particular. */
    boolean areAny(List<String> domains) {
        boolean any = false;
        for (String domain : domains) {
            int scheme = domain.indexOf("://");
            String host =
                    scheme < 0 ? domain.strip() : domain.substring(scheme + 3).strip();
            boolean top = host.startsWith(ANY_BELOW) && host.indexOf('.', ANY_BELOW.length()) < 0;
            if (host.equals(ANY)) {
                findings.add(Finding.ANY_DOMAIN);
            } else if (top) {
                findings.add(Finding.TOP_LEVEL_DOMAIN);
            }
            any |= top || host.equals(ANY);
        }
        if (domains.isEmpty()) {
            findings.add(Finding.NO_DOMAIN);
        }
        return any;
    }

    private static String word(String name, String value) {
        return value == null ? "" : " " + name + "=" + value;
    }

    /** A row for each domain, as long as there is room; their product is large where both are many. */
    private void rows(List<String> domains, String what) {
        if (domains.isEmpty()) {
            row(what);
        }
        for (String domain : domains) {
            if (!row(word("domain", domain) + what)) {
                return;
            }
        }
    }

    private boolean row(String row) {
        String text = plain(row).strip();
        int more = cost(text);
        if (rows.size() == most || cost + more > MOST_COST) {
            findings.add(Finding.TOO_MANY_GRANTS);
            return false;
        }
        if (!rows.contains(text)) {
            rows.add(text);
            cost += more;
        }
        return true;
    }

    /** The beginning of a text, without what would be seen as more than one line. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST));
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char letter = text.charAt(i);
            boolean halved = Character.isHighSurrogate(letter) && i == LONGEST - 1;
            plain.append(Character.isISOControl(letter) || halved ? ' ' : letter);
        }
        return text.length() > LONGEST ? plain.append('…').toString() : plain.toString();
    }

    /** Bytes that it takes in JSON, or a few more. */
    private static int cost(String text) {
        int cost = 3;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            cost += letter >= 0x80 ? 3 : letter == '"' || letter == '\\' ? 2 : 1;
        }
        return cost;
    }
}
