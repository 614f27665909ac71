package org.sandbar.protocol.policyfile;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.bytes.Text;
import org.sandbar.event.Event;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;

/**
 * Reads one policy exchange: the request, and the policy up to its closing tag, of which only the dialect and the granted ports are
 * kept. Tells one {@code policy_file} event when the policy is complete, or when the flow ends without one. Formats: the
 * clientaccesspolicy.xml and crossdomain.xml of their makers' documentation.
 */
final class PolicyFileAnalyzer implements Analyzer {
    private static final byte[] SILVERLIGHT_END = Ascii.bytes("</access-policy>");
    private static final byte[] FLASH_END = Ascii.bytes("</cross-domain-policy>");
    private static final byte[] SILVERLIGHT_PORTS = Ascii.bytes("port=");
    private static final byte[] FLASH_PORTS = Ascii.bytes("to-ports=");
    private static final int MOST_GRANTS = 32;
    private static final int LONGEST_GRANT = 128;

    private final Output output;
    private final int mostBytes;
    private String request = "silverlight";
    private boolean requested;
    private boolean told;

    PolicyFileAnalyzer(Output output) {
        this.output = output;
        mostBytes = output.limits().of(Bound.POLICY_BYTES);
    }

    @Override
    public long onData(Direction direction, byte[] buffer, int offset, int length) {
        return direction == Direction.TO_SERVER ? request(buffer, offset, length) : reply(buffer, offset, length);
    }

    private long request(byte[] buffer, int offset, int length) {
        int end = PolicyFileProtocol.REQUEST.length;
        if (!requested) {
            requested = true;
            request = length > end && buffer[offset + end] == 0 ? "flash" : "silverlight";
            output.evidence(PolicyFileEvents.REQUESTED, request);
        } else if (buffer[offset] == 0) {
            request = "flash";
            return SKIP_ALL;
        }
        return length > end ? SKIP_ALL : length;
    }

    private long reply(byte[] buffer, int offset, int length) {
        int to = offset + length;
        if (find(SILVERLIGHT_END, buffer, offset, to) >= 0) {
            tell("silverlight", grants(SILVERLIGHT_PORTS, buffer, offset, to), true);
        } else if (find(FLASH_END, buffer, offset, to) >= 0) {
            tell("flash", grants(FLASH_PORTS, buffer, offset, to), true);
        } else if (length >= mostBytes) {
            tell("other", List.of(), false);
        } else {
            return 0;
        }
        return SKIP_ALL;
    }

    private static int find(byte[] word, byte[] buffer, int from, int to) {
        for (int at = from; at + word.length <= to; at++) {
            if (Ascii.startsWith(buffer, at, to, word)) {
                return at;
            }
        }
        return -1;
    }

    /** Values of the attribute, in either kind of quotes. */
    private static List<String> grants(byte[] attribute, byte[] buffer, int from, int to) {
        List<String> grants = new ArrayList<>();
        int at = find(attribute, buffer, from, to);
        while (at >= 0 && grants.size() < MOST_GRANTS) {
            int start = at + attribute.length + 1;
            int end = start <= to ? Ascii.indexOf(buffer, start, to, buffer[start - 1]) : -1;
            if (end < 0) {
                break;
            }
            grants.add(Text.of(buffer, start, end, LONGEST_GRANT));
            at = find(attribute, buffer, end, to);
        }
        return grants;
    }

    private void tell(String kind, List<String> grants, boolean complete) {
        told = true;
        Event event = output.event(PolicyFileEvents.POLICY_FILE)
                .set(PolicyFileEvents.KIND, kind)
                .set(PolicyFileEvents.REQUEST, request)
                .set(PolicyFileEvents.GRANTS, grants.isEmpty() ? null : grants)
                .set(PolicyFileEvents.COMPLETE, complete);
        output.tell(event);
    }

    @Override
    public void onGap(Direction direction, long missing) {
        if (direction == Direction.TO_CLIENT && !told) {
            tell("other", List.of(), false);
        }
    }

    @Override
    public void onEnd(Direction direction) {
        if (direction == Direction.TO_CLIENT && !told) {
            tell("none", List.of(), false);
        }
    }
}
