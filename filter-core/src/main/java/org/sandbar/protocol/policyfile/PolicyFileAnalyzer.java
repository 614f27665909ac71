package org.sandbar.protocol.policyfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.sandbar.bytes.Ascii;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Reads the policy exchanges of a connection: requests, each with the policy that comes for it, and a policy that comes unasked. Tells a
 * {@code policy_file} event when a policy is whole, or can not become so. Where bytes are missing nothing behind them is paired any more.
 * Formats: the clientaccesspolicy.xml and crossdomain.xml of their makers' documentation.
 */
final class PolicyFileAnalyzer implements Analyzer {
    private static final int MOST_WAITING = 16;
    private static final int MOST_TRAILING = 4_096;

    private final Output output;
    /** Requests that are unanswered. */
    private final Deque<String> waiting = new ArrayDeque<>(2);

    private PolicyReader reader;
    private PolicyText policy;
    /** The 22 bytes came last, and whether a NUL follows is not known. */
    private boolean undecided;
    /** A NUL that comes next belongs to the request. */
    private boolean mayEnd;

    private int trailing;
    /** The replies can not be told from each other any more, or there will be none. */
    private boolean repliesOver;

    private final boolean overHttp;

    PolicyFileAnalyzer(Output output) {
        this.output = output;
        overHttp = false;
    }

    /** Of the body of an HTTP response that this plugin asked for. */
    PolicyFileAnalyzer(Output output, String asker) {
        this.output = output;
        overHttp = true;
        waiting.add(asker);
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        return direction == Direction.TO_SERVER ? request(buffer, offset, length) : reply(buffer, offset, length);
    }

    private long request(byte[] buffer, int offset, int length) {
        int to = offset + length;
        int at = offset;
        while (at < to && trailing < MOST_TRAILING) {
            if (undecided || mayEnd) {
                boolean nul = buffer[at] == 0;
                at += nul ? 1 : 0;
                settle(nul);
                mayEnd = false;
            } else if (Ascii.startsWith(buffer, at, to, PolicyFileProtocol.REQUEST)) {
                at += PolicyFileProtocol.REQUEST.length;
                undecided = true;
            } else if (Ascii.startsWith(buffer, at, to, PolicyFileProtocol.OLD_REQUEST)) {
                at += PolicyFileProtocol.OLD_REQUEST.length;
                asked(Policy.FLASH_7);
                mayEnd = true;
            } else if (PolicyFileProtocol.isBeginOfRequest(buffer, at, to)) {
                return at - offset;
            } else {
                trailing++;
                at++;
            }
        }
        return trailing < MOST_TRAILING ? length : SKIP_ALL;
    }

    /** The byte behind a request, or that none comes, tells Silverlight's from Flash's. */
    private void settle(boolean nul) {
        if (undecided) {
            undecided = false;
            asked(nul ? Policy.FLASH : Policy.SILVERLIGHT);
        }
    }

    private void asked(String request) {
        output.evidence(PolicyFileEvents.REQUESTED, request.equals(Policy.FLASH_7) ? Policy.FLASH : request);
        waiting.add(request);
        if (repliesOver || waiting.size() > MOST_WAITING) {
            tellNone(null);
        }
    }

    private long reply(byte[] buffer, int offset, int length) {
        settle(false);
        int to = offset + length;
        int at = offset;
        while (at < to && !repliesOver) {
            if (policy == null
                    && (buffer[at] == 0 || Ascii.isBlank(buffer[at]) || buffer[at] == '\r' || buffer[at] == '\n')) {
                at++;
                continue;
            }
            if (policy == null) {
                reader = reader == null ? new PolicyReader(output.limits()) : reader;
                policy = new PolicyText(reader, output.limits());
            }
            at += policy.add(buffer, at, to - at, source());
            if (policy.policy() != null) {
                tell(policy.policy());
            }
        }
        return repliesOver ? SKIP_ALL : length;
    }

    /** Of the policy that is at hand, or comes next. */
    private Policy.Source source() {
        return new Policy.Source(output.flow().serverPort(), waiting.peek(), overHttp);
    }

    private void tell(Policy read) {
        policy = null;
        // Where what is no XML, too large or has a hole ends, and the next one begins, is not known.
        repliesOver |= read.findings().contains(Finding.NOT_XML)
                || read.findings().contains(Finding.TOO_LARGE)
                || read.findings().contains(Finding.GAP);
        if (waiting.isEmpty()) {
            if (read.dialect().equals(Policy.OTHER)) {
                // The application's own words on the same connection.
                repliesOver = true;
                return;
            }
            if (!output.flow().isMidstream()) {
                read.findings().add(Finding.UNSOLICITED);
            }
        }
        Event event = event(read.dialect(), read.complete(), read.findings())
                .set(PolicyFileEvents.BYTES, read.bytes())
                .set(PolicyFileEvents.GRANTS, read.grants().isEmpty() ? null : read.grants())
                .set(PolicyFileEvents.META_POLICY, read.metaPolicy());
        if (read.ports() != null) {
            event.set(PolicyFileEvents.PORTS, read.ports().text())
                    .set(PolicyFileEvents.OPEN_PORTS, read.openPorts().count())
                    .set(PolicyFileEvents.OPEN_LOW_PORTS, read.openPorts().countLow());
        }
        output.tell(event);
        if (repliesOver) {
            tellAllNone(null);
        }
    }

    /** Nothing came for the next request; the reason may be null. */
    private void tellNone(Finding reason) {
        Set<Finding> findings = reason == null ? EnumSet.noneOf(Finding.class) : EnumSet.of(reason);
        output.tell(event(Policy.NONE, false, findings));
    }

    private void tellAllNone(Finding reason) {
        while (!waiting.isEmpty()) {
            tellNone(reason);
        }
    }

    private Event event(String kind, boolean complete, Set<Finding> findings) {
        if (source().isUnusual()) {
            findings.add(Finding.UNUSUAL_PORT);
        }
        Event event = output.event(PolicyFileEvents.POLICY_FILE)
                .set(PolicyFileEvents.KIND, kind)
                .set(PolicyFileEvents.REQUEST, waiting.poll())
                .set(PolicyFileEvents.COMPLETE, complete)
                .set(PolicyFileEvents.FINDINGS, Finding.keys(findings));
        if (trailing > 0) {
            event.set(PolicyFileEvents.TRAILING, trailing);
            trailing = 0;
        }
        return event;
    }

    @Override
    public void onGap(Direction direction, long missing) {
        if (direction == Direction.TO_SERVER) {
            // More than the 22 bytes were sent.
            settle(true);
            mayEnd = false;
        } else if (!repliesOver) {
            settle(false);
            repliesOver = true;
            endReplies(Finding.GAP);
        }
    }

    @Override
    public void onEnd(Direction direction) {
        settle(false);
        if (direction == Direction.TO_CLIENT && !repliesOver) {
            repliesOver = true;
            endReplies(null);
        }
    }

    /** No more is read of the server: what has begun is told as it is. */
    private void endReplies(Finding reason) {
        if (policy != null) {
            tell(policy.finish(reason, source()));
        }
        tellAllNone(reason);
    }
}
