package org.sandbar.protocol.policyfile;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;
import org.sandbar.event.Signal;

/** What is told of a policy exchange: who asked, what came, what it grants, and what is remarkable about it. */
public final class PolicyFileEvents {
    public static final EventKind POLICY_FILE = new EventKind("policy_file");
    static final Field KIND = POLICY_FILE.own(
            "policy_file.kind",
            Type.TEXT,
            "dialect of the policy that came: silverlight, flash, other or none; or multicast");
    static final Field REQUEST = POLICY_FILE.own(
            "policy_file.request",
            Type.TEXT,
            "dialect of the request: silverlight (22 bytes), flash (23, with a NUL), or flash-7 (cross-domain-request);"
                    + " of multicast: announcement or authorization");
    static final Field TRAILING = POLICY_FILE.own(
            "policy_file.request_trailing",
            Type.NUMBER,
            Unit.BYTES,
            "bytes of the client behind its request that are no further request");
    static final Field COMPLETE =
            POLICY_FILE.own("policy_file.complete", Type.FLAG, "the policy was read to the end of its root element");
    static final Field BYTES =
            POLICY_FILE.own("policy_file.bytes", Type.NUMBER, Unit.BYTES, "bytes of the policy that were read");
    static final Field GRANTS = POLICY_FILE.own(
            "policy_file.grants",
            Type.TEXTS,
            "what the policy grants to whom, as it stands there: 'domain=* ports=4502-4506 protocol=tcp'");
    static final Field PORTS = POLICY_FILE.own(
            "policy_file.ports",
            Type.TEXT,
            "the TCP ports that the plugin takes it to open to some domain, as ranges, or none;"
                    + " not said where the policy was not read to its end or has entities");
    static final Field OPEN_PORTS = POLICY_FILE.own(
            "policy_file.open_ports", Type.NUMBER, Unit.COUNT, "how many of them it opens to any domain");
    static final Field OPEN_LOW_PORTS =
            POLICY_FILE.own("policy_file.open_low_ports", Type.NUMBER, Unit.COUNT, "how many of those are below 1024");
    static final Field META_POLICY = POLICY_FILE.own(
            "policy_file.meta_policy", Type.TEXT, "Flash's site-control: which policies of the host are taken");
    static final Field FINDINGS =
            POLICY_FILE.own("policy_file.findings", Type.TEXTS, "what is remarkable about it: any-domain, entity, …");
    static final Field GROUP =
            POLICY_FILE.own("policy_file.group", Type.ADDRESS, "of multicast: the group that is asked for");
    static final Field GROUP_PORT = POLICY_FILE.own("policy_file.group_port", Type.NUMBER, Unit.PORT, "and its port");
    static final Field ORIGIN =
            POLICY_FILE.own("policy_file.origin", Type.TEXT, "of multicast: where the application came from");

    static final Signal REQUESTED =
            new Signal("policy-request", "the client asked for a plugin socket policy, as only a plugin does");
    static final Signal MULTICAST_REQUESTED = new Signal(
            "multicast-policy", "the client announced itself to a multicast policy server, as only a plugin does");

    private PolicyFileEvents() {}
}
