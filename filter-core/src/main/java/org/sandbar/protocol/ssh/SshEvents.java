package org.sandbar.protocol.ssh;

import org.sandbar.event.EventKind;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Signal;

/** What is told of an SSH connection, once both sides have said their version. Immutable, any thread. */
public final class SshEvents {
    public static final EventKind SSH = new EventKind("ssh");

    public static final Field CLIENT_PROTOCOL =
            SSH.eve("ssh.client.proto_version", Type.TEXT, "version of the protocol in the client's first line");
    public static final Field CLIENT_SOFTWARE =
            SSH.eve("ssh.client.software_version", Type.TEXT, "the client's software, with its comments");
    public static final Field SERVER_PROTOCOL =
            SSH.eve("ssh.server.proto_version", Type.TEXT, "version of the protocol in the server's first line");
    public static final Field SERVER_SOFTWARE =
            SSH.eve("ssh.server.software_version", Type.TEXT, "the server's software, with its comments");

    static final Signal CLIENT = new Signal("ssh-client", "both sides said their SSH version");

    private SshEvents() {}
}
