package org.sandbar.protocol.ftp;

import java.util.Objects;
import org.sandbar.flow.Conversation;
import org.sandbar.wire.Address;

/** A data connection that a control channel announced, from then on until it has come or nobody waits for it. Stage 2, one thread. */
final class Expectation {
    /** Announced by nobody: the port of the control connection itself. */
    static final String DEFAULT = "default";

    private final Conversation control;
    private final String by;
    private final boolean active;
    private final Address named;
    private final int port;
    private Boolean accepted;
    private String command;
    private String file;
    private String type;
    private String protection;
    private boolean settled;

    private Expectation(Conversation control, String by, boolean active, Address named, int port) {
        this.control = control;
        this.by = by;
        this.active = active;
        this.named = named;
        this.port = port;
    }

    /** The server is to connect to this endpoint. */
    static Expectation active(Conversation control, String by, Address named, int port) {
        return new Expectation(control, by, true, named.isUnspecified() ? control.client() : named, port);
    }

    /** The client is to connect to this endpoint. */
    static Expectation passive(Conversation control, String by, Address named, int port) {
        return new Expectation(control, by, false, named.isUnspecified() ? control.server() : named, port);
    }

    /** The same endpoint for one more transfer. */
    Expectation again() {
        Expectation again = new Expectation(control, by, active, named, port);
        again.accepted = accepted;
        return again;
    }

    /** Who announced it, and listens. */
    Address announcer() {
        return active ? control.client() : control.server();
    }

    /** Who is to connect. */
    Address connector() {
        return active ? control.server() : control.client();
    }

    Conversation control() {
        return control;
    }

    String by() {
        return by;
    }

    boolean isActive() {
        return active;
    }

    Address named() {
        return named;
    }

    int port() {
        return port;
    }

    void accepted(Boolean accepted) {
        this.accepted = accepted;
    }

    Boolean isAccepted() {
        return accepted;
    }

    /** The transfer command that is to use it, with the TYPE and the PROT that hold then, or null. */
    void serve(String command, String file, String type, String protection) {
        this.command = command;
        this.file = file;
        this.type = type;
        this.protection = protection;
    }

    boolean isServing() {
        return command != null;
    }

    String command() {
        return command;
    }

    String file() {
        return file;
    }

    boolean isServing(String command, String file) {
        return Objects.equals(this.command, command) && Objects.equals(this.file, file);
    }

    String type() {
        return type;
    }

    String protection() {
        return protection;
    }

    /** It came, or nobody waits for it any more. */
    void settle() {
        settled = true;
    }

    /** Whether a transfer still waits for it. */
    boolean isMissed() {
        return command != null && !settled && !by.equals(DEFAULT);
    }
}
