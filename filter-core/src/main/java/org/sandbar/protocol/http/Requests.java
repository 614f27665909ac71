package org.sandbar.protocol.http;

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

    private Facts facts;
    private String method;
    private String target;
    private String version;
    private String host;
    private int hosts;
    private boolean hostList;
    private Boolean destinationPublic;

    Requests(Output output, Exchanges exchanges, Agents agents) {
        super(output, exchanges, agents);
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
        method = StartLine.method(line, start.methodFrom, start.methodTo);
        if (method == null) {
            method = text(line, start.methodFrom, start.methodTo);
        }
        target = text(line, start.targetFrom, start.targetTo);
        version = version(line, start.versionFrom, start.versionTo);
        facts.set(HttpEvents.METHOD, method);
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
    void onHeader(Header header, byte[] line, int from, int value, int to) {
        switch (header) {
            case HOST -> onHost(line, value, to);
            case CONTENT_LENGTH -> framing.addLength(line, value, to);
            case TRANSFER_ENCODING -> framing.addCodings(line, value, to);
            case UPGRADE -> facts.set(HttpEvents.UPGRADE, text(line, value, to));
            case USER_AGENT -> facts.set(HttpEvents.USER_AGENT, text(line, value, to));
            case REFERER -> facts.set(HttpEvents.REFERER, text(line, value, to));
            case ORIGIN -> facts.set(HttpEvents.ORIGIN, text(line, value, to));
            default -> {}
        }
        facts.set(HttpEvents.PLUGIN_AGENT, agents.judge(header, line, from, value, to));
    }

    private void onHost(byte[] line, int value, int to) {
        if (hosts++ == 0) {
            host = text(line, value, to);
            hostList = host.indexOf(',') >= 0;
        }
    }

    @Override
    long onHead() {
        facts.flag(HttpEvents.LENGTH_AMBIGUOUS, framing.isAmbiguous() || framing.isCoded() && !framing.isChunked());
        if (framing.length() >= 0) {
            facts.set(HttpEvents.REQUEST_LENGTH, framing.length());
        }
        deliver(true);
        if (framing.isCoded()) {
            return framing.isChunked() ? CHUNKED : 0;
        }
        return Math.max(0, framing.length());
    }

    @Override
    void onBrokenHead() {
        facts.flag(HttpEvents.INCOMPLETE, true);
        deliver(false);
    }

    @Override
    void onLost() {
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
        if (destinationPublic == null) {
            destinationPublic = output.flow().server().isPublic();
        }
        facts.flag(HttpEvents.DESTINATION_PUBLIC, destinationPublic);
        int port = output.flow().serverPort();
        facts.flag(HttpEvents.HELPER_PORT, HelperPorts.contains(port));
        facts.set(HttpEvents.HELPER, HelperPorts.helper(port));
        exchanges.onRequest(facts);
        facts = null;
    }

    private void judgeHost(boolean whole) {
        boolean connect = method.equals("CONNECT");
        String absolute = connect ? null : absoluteAuthority(target);
        String inTarget = connect ? target : absolute;
        facts.flag(HttpEvents.ABSOLUTE_FORM, absolute != null);
        facts.flag(HttpEvents.EXPLICIT_PROXY, inTarget != null);
        facts.set(HttpEvents.HOST_COUNT, (long) hosts);
        facts.flag(HttpEvents.HOST_MISSING, whole && hosts == 0 && version != null && !version.equals(VERSION_1_0));
        facts.flag(HttpEvents.HOST_REPEATED, hosts > 1 || hostList);

        Authority byHeader = host == null || host.isEmpty() ? null : Authority.of(host);
        Authority byTarget = inTarget == null ? null : Authority.of(inTarget);
        if (byHeader != null && byTarget != null) {
            facts.flag(HttpEvents.AUTHORITY_MISMATCH, !byHeader.host().equalsIgnoreCase(byTarget.host()));
        }
        Authority effective = absolute != null || byHeader == null ? byTarget : byHeader;
        if (effective != null) {
            facts.set(HttpEvents.HOSTNAME, effective.host());
            facts.set(HttpEvents.PORT, effective.port() < 0 ? null : (Object) (long) effective.port());
        }
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
