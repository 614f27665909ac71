package org.sandbar.protocol.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Direction;
import org.sandbar.protocol.Analyzer;
import org.sandbar.protocol.Output;
import org.sandbar.protocol.Probe;

/**
 * The server's direction. How long a response is depends on the request that it answers, and a response can end HTTP for both
 * directions (RFC 9112 section 6.3). A length that cannot be believed lasts until the connection closes. One analyzer's thread.
 */
final class Responses extends Messages {
    private static final String POLICY = "policyfile";
    private static final byte[] IDENTITY = Ascii.bytes("identity");
    private static final int OK = 200;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Requests requests;
    private final int mostInterim;
    private Facts facts;
    /** 0 where it is no number. */
    private int status;

    private String webSocketAccept;
    private List<String> interim;
    /** The first bytes of the body at hand are still to be looked at. */
    private boolean bodyAhead;
    /** Reads the body at hand, where a plugin asked for its policy. */
    private Analyzer bodyReader;

    private boolean encoded;

    Responses(Output output, Exchanges exchanges, Agents agents, AlgBait bait, Requests requests) {
        super(output, exchanges, agents, bait);
        this.requests = requests;
        mostInterim = output.limits().of(Bound.HTTP_HEADERS);
    }

    @Override
    Direction direction() {
        return Direction.TO_CLIENT;
    }

    @Override
    void onChunkFault(Fault fault) {
        // The response was told when its head was whole.
    }

    @Override
    Probe probe(byte[] buffer, int from, int to) {
        return StartLine.probeStatus(buffer, from, to);
    }

    @Override
    Start onStart(byte[] line, int from, int to, boolean cut) {
        if (!start.parseStatus(line, from, to)) {
            Facts request = exchanges.awaiting();
            boolean simple = request != null && request.get(HttpEvents.PROTOCOL) == null;
            return simple ? Start.BODY : Start.JUNK;
        }
        facts = new Facts();
        webSocketAccept = null;
        encoded = false;
        long number = Framing.number(line, start.statusFrom, start.statusTo);
        status = number > 0 && number < 1000 ? (int) number : 0;
        if (status != 0) {
            facts.set(HttpEvents.STATUS, number);
        } else {
            facts.set(HttpEvents.STATUS_STRING, text(line, start.statusFrom, start.statusTo));
        }
        if (exchanges.awaiting() == null) {
            facts.set(HttpEvents.PROTOCOL, text(line, start.versionFrom, start.versionTo));
        }
        return Start.HEAD;
    }

    @Override
    void onHeader(Header header, byte[] line, int from, int nameEnd, int value, int to, boolean hidden) {
        switch (header) {
            case CONTENT_LENGTH -> framing.addLength(line, value, to);
            case CONTENT_ENCODING -> encoded = !Ascii.equalsIgnoreCase(line, value, to, IDENTITY);
            case TRANSFER_ENCODING -> framing.addCodings(line, value, to);
            case CONTENT_TYPE -> onContentType(line, value, to);
            case LOCATION -> facts.set(HttpEvents.REDIRECT, status / 100 == 3 ? text(line, value, to) : null);
            case UPGRADE -> facts.set(HttpEvents.UPGRADE, status == SWITCHING_PROTOCOLS ? text(line, value, to) : null);
            case SEC_WEBSOCKET_ACCEPT -> webSocketAccept = text(line, value, to);
            default -> {}
        }
    }

    private void onContentType(byte[] line, int value, int to) {
        int semicolon = Ascii.indexOf(line, value, to, ';');
        int end = Ascii.trimEnd(line, value, semicolon < 0 ? to : semicolon);
        facts.set(HttpEvents.CONTENT_TYPE, text(line, value, end));
        agents.judgeContent(line, value, end);
    }

    @Override
    long onHead() {
        if (isInterim()) {
            addInterim();
            return 0;
        }
        Facts request = exchanges.awaiting();
        Object method = request == null ? null : request.get(HttpEvents.METHOD);
        if (framing.length() >= 0) {
            facts.set(HttpEvents.LENGTH, framing.length());
        }
        facts.flag(HttpEvents.RESPONSE_LENGTH_AMBIGUOUS, framing.isAmbiguous());
        facts.set(HttpEvents.RESPONSE_FAULTS, Fault.texts(findings.faults() | framing.faults(false, false)));
        boolean connected = status / 100 == 2 && "CONNECT".equals(method);
        if (status == SWITCHING_PROTOCOLS || connected) {
            switchProtocols(request, connected);
            return 0;
        }
        deliver();
        bodyAhead = agents.wantsContent();
        bodyReader = readerFor(request);
        if (request != null && request == requests.held()) {
            requests.onRefused();
        }
        if (status == NO_CONTENT || status == NOT_MODIFIED || "HEAD".equals(method)) {
            return 0;
        }
        if (framing.isCoded()) {
            return framing.isChunked() ? CHUNKED : UNTIL_CLOSE;
        }
        return framing.length() >= 0 ? framing.length() : UNTIL_CLOSE;
    }

    /** A policy that a plugin asked for, and that can be read as it comes. */
    private Analyzer readerFor(Facts request) {
        String plugin = request == null || status != OK || encoded ? null : (String) request.get(HttpEvents.POLICY);
        return plugin == null || "HEAD".equals(request.get(HttpEvents.METHOD)) ? null : output.body(POLICY, plugin);
    }

    @Override
    Analyzer bodyReader() {
        return bodyReader;
    }

    @Override
    void onBodyEnd(boolean missing) {
        Analyzer reader = bodyReader;
        bodyReader = null;
        if (missing) {
            reader.onGap(direction(), 1);
        }
        reader.onEnd(direction());
    }

    @Override
    int bodyBytesWanted() {
        return bodyAhead ? PluginContent.MOST_BYTES : 0;
    }

    @Override
    void onBody(byte[] buffer, int from, int to) {
        bodyAhead = false;
        agents.judgeContent(PluginContent.of(buffer, from, to));
    }

    private void switchProtocols(Facts request, boolean connected) {
        Object upgrade = facts.get(HttpEvents.UPGRADE);
        String wanted = upgrade == null ? "" : upgrade.toString().toLowerCase(Locale.ROOT);
        boolean webSocket = !connected && wanted.equals("websocket");
        if (webSocket) {
            String key = request == null ? null : requests.webSocketKey();
            facts.flag(
                    HttpEvents.WEBSOCKET_ACCEPT_WRONG, key != null && !WebSocketKey.isAnswered(key, webSocketAccept));
            if (request != null) {
                agents.judgeWebSocket(
                        (String) request.get(HttpEvents.ORIGIN), (String) request.get(HttpEvents.USER_AGENT));
            }
        }
        if (request == null || requests.isLost()) {
            // Bytes of the client are missing, or come late: where among them the other protocol begins is not known.
            output.lose(Direction.TO_SERVER);
        }
        deliver();
        requests.over();
        handOver(connected ? null : webSocket ? "websocket" : wanted.equals("h2c") ? "http2" : null);
    }

    private boolean isInterim() {
        return status / 100 == 1 && status != SWITCHING_PROTOCOLS;
    }

    private void addInterim() {
        if (interim == null) {
            interim = new ArrayList<>(1);
        }
        if (interim.size() < mostInterim) {
            interim.add(Integer.toString(status));
        }
        facts = null;
    }

    @Override
    void onBrokenHead() {
        if (isInterim()) {
            addInterim();
        } else {
            facts.flag(HttpEvents.INCOMPLETE, true);
            deliver();
        }
    }

    @Override
    void onLost() {
        deliverInterim();
        requests.release();
        exchanges.onResponsesLost();
    }

    @Override
    void onOver() {
        deliverInterim();
        exchanges.onResponsesOver();
        requests.release();
    }

    @Override
    boolean isOverByBrokenChunk() {
        return true;
    }

    /** The final response behind the interim ones will not be seen. */
    private void deliverInterim() {
        if (interim != null) {
            facts = new Facts();
            deliver();
        }
    }

    private void deliver() {
        facts.set(HttpEvents.INTERIM_STATUS, interim);
        interim = null;
        exchanges.onResponse(facts);
        facts = null;
    }
}
