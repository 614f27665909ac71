package org.sandbar.protocol.policyfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sandbar.bytes.Words;

/** What is remarkable about a policy file or the way it came, by the name that events give it. */
enum Finding {
    /** A grant to any domain: {@code *}, or any of a scheme. */
    ANY_DOMAIN,
    /** A grant to all names below a single label, such as {@code *.com}. */
    TOP_LEVEL_DOMAIN,
    /** A grant of {@code *}, or of every port from 1024 up. */
    ALL_PORTS,
    /** A grant that names ports below 1024. */
    LOW_PORTS,
    /** Flash ignores a grant of ports below 1024 in a policy that is served from a port above. */
    LOW_PORTS_IGNORED,
    /** A grant of 256 ports or more that are not all. */
    WIDE_RANGE,
    /** Silverlight ignores ports outside 4502-4534, or the policy that names them. */
    OUTSIDE_RANGE,
    /** {@code secure="false"}: content that came in the clear may use what is encrypted. */
    INSECURE,
    /** Any request header may be sent. */
    HEADERS_ANY,
    /** A grant without the ports that a socket's policy must name. */
    NO_PORTS,
    /** A grant without a domain. */
    NO_DOMAIN,
    /** A list of ports that is none. */
    PORTS_INVALID,
    /** A protocol other than {@code tcp}, to the letter. */
    PROTOCOL_UNKNOWN,
    /** The meta-policy {@code none}: the plugin takes no policy of this host, this one included. */
    META_POLICY_NONE,
    /** A meta-policy that does not exist, or does not for sockets. */
    META_POLICY_UNKNOWN,
    /** A meta-policy outside the master policy, which is the one of port 843; it is ignored. */
    META_POLICY_MISPLACED,
    /** Silverlight's request elsewhere than at 943, the one port where it asks, or another's there. */
    UNUSUAL_PORT,
    /** The policy is of another plugin than the request. */
    WRONG_DIALECT,
    /** An element that would be known in small letters; names are case-sensitive. */
    WRONG_CASE,
    /** An element that the format does not have, or not there. */
    UNKNOWN_ELEMENT,
    /** An encoding that is not read; the text is taken for UTF-8. */
    ENCODING_UNKNOWN,
    /** What came is not XML. */
    NOT_XML,
    /** What came is XML with faults; what stands before the first one was read. */
    NOT_WELL_FORMED,
    /** The file declares an entity, or uses one that XML does not have. It is not expanded. */
    ENTITY,
    /** The file declares an entity that is somewhere else. It is not fetched. */
    EXTERNAL_ENTITY,
    TOO_DEEP,
    TOO_MANY_ELEMENTS,
    /** More grants than are told. */
    TOO_MANY_GRANTS,
    TOO_LARGE,
    /** The file ends before its root element does. */
    TRUNCATED,
    /** Bytes of the file are missing in the capture. */
    GAP,
    /** A policy that nobody had asked for. */
    UNSOLICITED;

    String key() {
        return Words.of(this);
    }

    /** Their names in the order of this list, or null where there are none. */
    static List<String> keys(Collection<Finding> findings) {
        List<String> keys = new ArrayList<>(findings.size());
        findings.forEach(finding -> keys.add(finding.key()));
        return keys.isEmpty() ? null : keys;
    }
}
