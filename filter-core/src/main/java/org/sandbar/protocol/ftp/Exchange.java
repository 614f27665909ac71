package org.sandbar.protocol.ftp;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Text;
import org.sandbar.event.Event;
import org.sandbar.flow.Flow;
import org.sandbar.wire.Address;

/**
 * A command and what has come of its replies, or a reply that no command asked for. Its texts are copies. One flow, one thread, until
 * it is told.
 */
final class Exchange {
    /** What a line costs beside its letters, so that empty lines come to an end as well. */
    private static final int LINE_COST = 8;

    private final String command;
    private final Verb verb;
    private final String argument;
    private final boolean truncated;
    private final String mode;
    private final Boolean loggedIn;
    private final List<String> lines = new ArrayList<>(2);
    private final List<String> codes = new ArrayList<>(2);
    private Endpoint endpoint;
    private boolean endpointOfReply;
    private Boolean solicited;
    private int finalCode;
    private int replyBytes;
    private boolean replyTruncated;
    private boolean told;

    private Exchange(String command, Verb verb, String argument, boolean truncated, String mode, Boolean loggedIn) {
        this.command = command;
        this.verb = verb;
        this.argument = argument;
        this.truncated = truncated;
        this.mode = mode;
        this.loggedIn = loggedIn;
    }

    /** Waits for the replies to a command; the verb is null for one that is not known, the argument for one that is a secret. */
    static Exchange ofCommand(
            String command, Verb verb, String argument, boolean truncated, String mode, Boolean loggedIn) {
        return new Exchange(command, verb, argument, truncated, mode, loggedIn);
    }

    /** For a reply without a command. */
    static Exchange unasked(Boolean loggedIn) {
        return new Exchange(null, null, null, false, null, loggedIn);
    }

    /** The endpoint that the command announces. */
    void announce(Endpoint announced) {
        endpoint = announced;
    }

    /** The endpoint that a reply announces; whether it was asked for, or null where that is not known. */
    void announceByReply(Endpoint announced, Boolean wasSolicited) {
        endpoint = announced;
        endpointOfReply = true;
        solicited = wasSolicited;
    }

    void addCode(int code) {
        codes.add(Integer.toString(code));
    }

    void finish(int code) {
        finalCode = code;
    }

    void addLine(byte[] buffer, int from, int to, boolean cut, int maxBytes, int maxTextBytes) {
        int room = Math.min(maxBytes - replyBytes, maxTextBytes);
        replyTruncated |= cut || to - from > room;
        if (room > 0) {
            lines.add(Text.of(buffer, from, to, room));
            replyBytes += Math.min(to - from, room) + LINE_COST;
        } else {
            replyTruncated = true;
        }
    }

    boolean hasCommand() {
        return command != null;
    }

    Verb verb() {
        return verb;
    }

    String argument() {
        return argument;
    }

    int replies() {
        return codes.size();
    }

    /** Whether it was told already, before the end of its reply. */
    boolean isTold() {
        return told;
    }

    boolean announces() {
        return endpoint != null;
    }

    /** Sets on the event all that is known. */
    Event describe(Event event, Flow flow, Login login) {
        told = true;
        event.set(FtpEvents.COMMAND, command)
                .set(FtpEvents.COMMAND_DATA, argument)
                .set(FtpEvents.COMMAND_TRUNCATED, truncated ? true : null)
                .set(FtpEvents.REPLY, lines.isEmpty() ? null : lines)
                .set(FtpEvents.COMPLETION_CODE, codes.isEmpty() ? null : codes)
                .set(FtpEvents.REPLY_RECEIVED, codes.isEmpty() ? "no" : "yes")
                .set(FtpEvents.REPLY_TRUNCATED, replyTruncated ? true : null)
                .set(FtpEvents.MODE, endpointOfReply ? FtpEvents.PASSIVE : mode);
        if (endpoint != null) {
            describeEndpoint(event, flow);
        }
        if (hasCommand() && finalCode != 0) {
            event.set(FtpEvents.ACCEPTED, finalCode / 100 == 2);
        }
        return event.set(FtpEvents.LOGGED_IN, loggedIn)
                .set(FtpEvents.USER, login.user())
                .set(FtpEvents.ANONYMOUS, login.isAnonymous());
    }

    private void describeEndpoint(Event event, Flow flow) {
        if (endpoint.isReadable()) {
            Address address = endpoint.addressIn(flow);
            boolean nearby = address.isPrivate() || address.isLoopback() || address.isLinkLocal();
            event.set(FtpEvents.DYNAMIC_PORT, endpoint.port())
                    .set(FtpEvents.ENDPOINT_IP, address)
                    .set(FtpEvents.ENDPOINT_PORT, endpoint.port())
                    .set(FtpEvents.ENDPOINT_PRIVATE, nearby)
                    .set(FtpEvents.THIRD_PARTY, endpoint.isThirdParty(endpointOfReply ? flow.server() : flow.client()))
                    .set(FtpEvents.PRIVILEGED, endpoint.isPrivileged());
        }
        event.set(FtpEvents.SOLICITED, solicited)
                .set(FtpEvents.CANONICAL, endpoint.isCanonical())
                .set(FtpEvents.CANONICAL_REASON, endpoint.flaw());
    }
}
