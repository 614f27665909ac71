package org.sandbar.protocol.policyfile;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Signal;

/** What is told of a policy exchange. */
final class PolicyFileEvents {
    static final EventKind POLICY_FILE = new EventKind("policy_file");
    static final Field KIND = POLICY_FILE.own(
            "policy_file.kind", Type.TEXT, "dialect of the policy that came: silverlight, flash, other or none");
    static final Field REQUEST = POLICY_FILE.own(
            "policy_file.request",
            Type.TEXT,
            "dialect of the request: silverlight (22 bytes) or flash (23, with a NUL)");
    static final Field GRANTS =
            POLICY_FILE.own("policy_file.grants", Type.TEXTS, "port lists that the policy grants, as they stand in it");
    static final Field COMPLETE =
            POLICY_FILE.own("policy_file.complete", Type.FLAG, "the closing tag of the policy was seen");

    static final Signal REQUESTED =
            new Signal("policy-request", "the client asked for a plugin socket policy, as only a plugin does");

    private PolicyFileEvents() {}
}
