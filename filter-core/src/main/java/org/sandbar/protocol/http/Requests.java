package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;
import org.sandbar.wire.Address;

/**
 * The client's direction. A request whose length cannot be believed is taken to have no body: some server reads it so, and then
 * what follows is its next request, which should be seen. One analyzer's thread.
 */
final class Requests extends Messages {
    private static final String VERSION_1_0 = "HTTP/1.0";
    private static final String VERSION_1_1 = "HTTP/1.1";

    private static final int MOST_FORBIDDEN = 8;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Facts facts;
    /** The request that was delivered last, whose body may still tell something. */
    private Facts told;

    private long chunkFaults;
    private final BrowserMarks marks = new BrowserMarks();
    private List<String> forbidden;
    private int forbiddenBy;
    /** The first Host line, and the first line about length, as they came. */
    private final byte[] hostLine = roomForLine();

    private int hostLineLength;
    private byte[] lengthLine;
    private int lengthLineLength;
    /** The client means a proxy, by the target. */
    private boolean proxied;

    private Facts held;
    private String webSocketKey;

    private String method;
    private String target;
    private String version;
    private String host;
    private int hosts;
    private boolean hostList;
    private Boolean destinationPublic;

    Requests(Output output, Exchanges exchanges, Agents agents, AlgBait bait) {
        super(output, exchanges, agents, bait);
    }

    @Override
    Direction direction() {
        return Direction.TO_SERVER;
    }

    @Override
    Probe probe(byte[] buffer, int from, int to) {
        return StartLine.probeRequest(buffer, from, to);
    }

    @Override
    Start onStart(byte[] line, int from, int to, boolean cut) {
        if (!start.parseRequest(line, from, to, cut)) {
            return Start.JUNK;
        }
        facts = new Facts();
        host = null;
        hosts = 0;
        hostList = false;
        forbidden = null;
        forbiddenBy = 0;
        marks.clear();
        webSocketKey = null;
        lengthLineLength = 0;
        findings.faults(start.faults(line, from, to));
        method = StartLine.method(line, start.methodFrom, start.methodTo);
        if (method == null) {
            method = text(line, start.methodFrom, start.methodTo);
        }
        target = text(line, start.targetFrom, start.targetTo);
        version = version(line, start.versionFrom, start.versionTo);
        proxied = method.equals("CONNECT") || !target.isEmpty() && target.charAt(0) != '/' && target.charAt(0) != '*';
        facts.set(HttpEvents.METHOD, method);
        facts.set(HttpEvents.POLICY, agents.judgeTarget(target));
        facts.set(HttpEvents.URL, target);
        facts.set(HttpEvents.PROTOCOL, version);
        if (version == null && !cut) {
            deliver(true);
            return Start.WHOLE;
        }
        return Start.HEAD;
    }

    private String version(byte[] line, int from, int to) {
        if (from == to) {
            return null;
        }
        boolean usual = to - from == VERSION_1_1.length() && line[from] == 'H' && line[to - 3] == '1';
        if (usual && (line[to - 1] == '0' || line[to - 1] == '1')) {
            return line[to - 1] == '1' ? VERSION_1_1 : VERSION_1_0;
        }
        return text(line, from, to);
    }

    @Override
    void onHeader(Header header, byte[] line, int from, int nameEnd, int value, int to, boolean hidden) {
        judgeForbidden(line, from, nameEnd, value, to);
        if (header == Header.OTHER) {
            return;
        }
        switch (header) {
            case HOST -> onHost(line, value, to, hidden);
            case CONTENT_LENGTH, TRANSFER_ENCODING -> onLength(header, line, value, to, hidden);
            case UPGRADE -> facts.set(HttpEvents.UPGRADE, text(line, value, to));
            case SEC_WEBSOCKET_KEY -> webSocketKey = text(line, value, to);
            case USER_AGENT -> facts.set(HttpEvents.USER_AGENT, text(line, value, to));
            case REFERER -> facts.set(HttpEvents.REFERER, text(line, value, to));
            case ORIGIN -> facts.set(HttpEvents.ORIGIN, text(line, value, to));
            case SEC_FETCH_SITE, SEC_FETCH_MODE, SEC_FETCH_DEST, SEC_FETCH_USER ->
                marks.add(header, text(line, value, to));
            case ACCEPT, ACCEPT_LANGUAGE, ACCESS_CONTROL_REQUEST_METHOD, UPGRADE_INSECURE_REQUESTS, X_REQUESTED_WITH ->
                marks.add(header, line, value, to);
            default -> {}
        }
        facts.set(HttpEvents.PLUGIN_AGENT, agents.judge(header, line, from, value, to));
    }

    private void judgeForbidden(byte[] line, int from, int nameEnd, int value, int to) {
        int sandboxes = SandboxHeaders.forbidding(line, from, nameEnd, value, to, proxied);
        if (sandboxes == 0) {
            return;
        }
        forbiddenBy |= sandboxes;
        if (forbidden == null) {
            forbidden = new ArrayList<>(2);
        }
        if (forbidden.size() < MOST_FORBIDDEN) {
            forbidden.add(text(line, from, nameEnd));
        }
        findings.keepEvidence(rawLine());
    }

    private void onLength(Header header, byte[] line, int value, int to, boolean hidden) {
        if (header == Header.CONTENT_LENGTH) {
            framing.addLength(line, value, to);
        } else {
            framing.addCodings(line, value, to);
        }
        if (hidden) {
            framing.hide();
        }
        if (lengthLineLength > 0) {
            findings.keepEvidence(text(lengthLine, 0, lengthLineLength));
            findings.keepEvidence(rawLine());
            return;
        }
        lengthLine = lengthLine == null ? roomForLine() : lengthLine;
        lengthLineLength = copyLine(lengthLine);
    }

    private void onHost(byte[] line, int value, int to, boolean hidden) {
        findings.fault(Fault.HOST_HIDDEN, hidden);
        findings.fault(Fault.HOST_EMPTY, value == to);
        if (hosts++ == 0) {
            hostLineLength = copyLine(hostLine);
            host = text(line, value, to);
            hostList = host.indexOf(',') >= 0;
            findings.fault(Fault.HOST_LIST, hostList);
            findings.fault(Fault.HOST_INVALID, value < to && !hostList && !Authority.isValid(line, value, to));
        } else {
            findings.fault(Fault.HOST_LINE_REPEATED, true);
            findings.keepEvidence(text(hostLine, 0, hostLineLength));
        }
    }

    @Override
    long onHead() {
        long lengthFaults = framing.faults(true, VERSION_1_0.equals(version));
        if (lengthFaults != 0) {
            findings.keepEvidence(text(lengthLine, 0, lengthLineLength));
            findings.faults(lengthFaults);
        }
        List<Map<String, Object>> readings = framing.readings();
        facts.flag(HttpEvents.LENGTH_AMBIGUOUS, readings != null);
        facts.set(HttpEvents.LENGTH_READINGS, readings);
        if (framing.length() >= 0) {
            facts.set(HttpEvents.REQUEST_LENGTH, framing.length());
        }
        Facts request = facts;
        deliver(true);
        boolean connect = method.equals("CONNECT");
        boolean bodiless = !framing.isCoded() && framing.length() <= 0;
        boolean decides = connect || bodiless && request.get(HttpEvents.UPGRADE) != null;
        held = decides && exchanges.isPending(request) ? request : null;
        if (connect) {
            // Whatever length it announces, it has no body (RFC 9110 section 9.3.6).
            return 0;
        }
        if (framing.isCoded()) {
            return framing.isChunked() ? CHUNKED : 0;
        }
        return Math.max(0, framing.length());
    }

    /** Behind a CONNECT or an upgrade stands what its response makes of it. */
    @Override
    boolean isHeld() {
        return held != null;
    }

    /** The request whose response decides what follows it, or null. */
    Facts held() {
        return held;
    }

    /** It stays HTTP, and so does what follows it up to the next one that decides. */
    void onRefused() {
        held = null;
        output.offerAgain(Direction.TO_SERVER);
    }

    @Override
    void release() {
        while (held != null) {
            onRefused();
        }
    }

    /** The key of a WebSocket handshake, of the last request. */
    String webSocketKey() {
        return webSocketKey;
    }

    @Override
    void onChunkFault(Fault fault) {
        if (told == null) {
            return;
        }
        chunkFaults |= fault.bit();
        told.replace(HttpEvents.FAULTS, Fault.texts(chunkFaults));
    }

    @Override
    void onBrokenHead() {
        facts.flag(HttpEvents.INCOMPLETE, true);
        deliver(false);
    }

    @Override
    void onLost() {
        held = null;
        exchanges.onRequestsLost();
    }

    @Override
    void onOver() {
        exchanges.onRequestsOver();
    }

    @Override
    boolean isOverByBrokenChunk() {
        return false;
    }

    private void deliver(boolean whole) {
        facts.set(HttpEvents.HEADER_COUNT, (long) headers());
        if (folds() > 0) {
            facts.set(HttpEvents.FOLDED_LINES, (long) folds());
        }
        judgeHost(whole);
        facts.set(HttpEvents.FORBIDDEN_HEADERS, forbidden);
        facts.set(HttpEvents.FORBIDDEN_BY, forbidden == null ? null : SandboxHeaders.names(forbiddenBy));
        facts.flag(HttpEvents.FORBIDDEN_METHOD, SandboxHeaders.isForbiddenMethod(method) && !method.equals("CONNECT"));
        String origin = (String) facts.get(HttpEvents.ORIGIN);
        String referer = (String) facts.get(HttpEvents.REFERER);
        boolean trustworthy = proxied || output.flow().server().isLoopback();
        String agent = (String) facts.get(HttpEvents.USER_AGENT);
        if (whole) {
            // No script can name the agent of a WebSocket.
            boolean script = facts.get(HttpEvents.UPGRADE) == null && marks.areThere(origin, referer);
            agents.judgeAgent(agent, script);
        }
        if (whole && facts.get(HttpEvents.UPGRADE) == null) {
            boolean browser = Agents.isBrowser(agent);
            agents.judgeAsker(marks.asker(method, browser, origin, referer, trustworthy), target);
        }
        facts.set(HttpEvents.BROWSER_FAULTS, marks.contradictions(host, origin, referer, trustworthy));
        facts.set(HttpEvents.FAULTS, Fault.texts(findings.faults()));
        facts.set(HttpEvents.EVIDENCE, findings.evidence());
        if (destinationPublic == null) {
            destinationPublic = output.flow().server().isPublic();
        }
        facts.flag(HttpEvents.DESTINATION_PUBLIC, destinationPublic);
        int port = output.flow().serverPort();
        facts.flag(HttpEvents.HELPER_PORT, HelperPorts.contains(port));
        facts.set(HttpEvents.HELPER, HelperPorts.helper(port));
        exchanges.onRequest(facts);
        told = facts;
        chunkFaults = findings.faults();
        facts = null;
    }

    private void judgeHost(boolean whole) {
        boolean connect = method.equals("CONNECT");
        String absolute = connect ? null : absoluteAuthority(target);
        String inTarget = connect ? target : absolute;
        facts.flag(HttpEvents.ABSOLUTE_FORM, absolute != null);
        boolean tunnelled = output.isTunnelled();
        facts.flag(HttpEvents.EXPLICIT_PROXY, inTarget != null || tunnelled);
        facts.set(HttpEvents.HOST_COUNT, (long) hosts);
        facts.flag(HttpEvents.HOST_MISSING, whole && hosts == 0 && version != null && !version.equals(VERSION_1_0));
        facts.flag(HttpEvents.HOST_REPEATED, hosts > 1 || hostList);

        Authority byHeader = host == null || host.isEmpty() ? null : Authority.of(host);
        Authority byTarget = inTarget == null ? null : Authority.of(inTarget);
        if (byHeader != null && byTarget != null) {
            int usual = target.regionMatches(true, 0, "https:", 0, 6) || connect ? HTTPS : HTTP;
            boolean same = byHeader.host().equalsIgnoreCase(byTarget.host())
                    && byHeader.portOr(usual) == byTarget.portOr(usual);
            facts.flag(HttpEvents.AUTHORITY_MISMATCH, !same);
        }
        Authority effective = absolute != null || byHeader == null ? byTarget : byHeader;
        if (effective != null) {
            facts.set(HttpEvents.HOSTNAME, effective.host());
            facts.set(HttpEvents.PORT, effective.port() < 0 ? null : (Object) (long) effective.port());
        }
        boolean direct = byHeader != null && inTarget == null && !tunnelled;
        facts.flag(
                HttpEvents.HOST_PORT_DIFFERS,
                direct && byHeader.portOr(HTTP) != output.flow().serverPort());
        Authority named = byHeader != null ? byHeader : byTarget;
        if (named != null && named.address() != null) {
            judgeAddress(named.address());
        }
    }

    private void judgeAddress(Address address) {
        facts.set(HttpEvents.HOST_ADDRESS, address);
        facts.flag(
                HttpEvents.HOST_PRIVATE,
                address.isPrivate() || address.isLoopback() || address.isLinkLocal() || address.isUnspecified());
        facts.flag(HttpEvents.HOST_MISMATCH, !address.equals(output.flow().server()));
    }

    /** The authority of a target that is a whole URL, or null: {@code scheme://[user@]host[:port]/…}. */
    private static String absoluteAuthority(String target) {
        if (target.isEmpty() || target.charAt(0) == '/') {
            return null;
        }
        int scheme = target.indexOf("://");
        if (scheme <= 0) {
            return null;
        }
        int from = scheme + 3;
        int to = from;
        while (to < target.length() && "/?#".indexOf(target.charAt(to)) < 0) {
            if (target.charAt(to++) == '@') {
                from = to;
            }
        }
        return target.substring(from, to);
    }
}
