package org.sandbar.alg.linux;

import org.sandbar.bytes.Ascii;

/**
 * The session description in a message, as {@code nf_conntrack_sip.c} searches it; it is looked for in the whole message, headers and
 * all. Allocates nothing. One thread.
 */
final class SdpText {
    private static final byte[] VERSION = Ascii.bytes("v=");
    private static final byte[] CONNECTION = Ascii.bytes("c=");
    private static final byte[] MEDIA = Ascii.bytes("m=");
    private static final byte[][] NETWORKS = {Ascii.bytes("IN IP4 "), Ascii.bytes("IN IP6 ")};
    private static final byte[][] KINDS = {Ascii.bytes("audio "), Ascii.bytes("video "), Ascii.bytes("image ")};

    /** No line of the type, or none that can be read. */
    static final int NONE = -1;

    private final SipText text;
    /** Of the last {@link #media}: which of the kinds it is, or {@link #NONE}. */
    int kind;

    SdpText(SipText text) {
        this.text = text;
    }

    /** Where the description begins. */
    int version() {
        int at = line(VERSION, text.start, null);
        return at != NONE && Ascii.isDigit(text.at(at)) ? at : NONE;
    }

    /** Reads the address of the next {@code c=} before the next {@code m=}; says whether there is one. */
    boolean connection(int from) {
        int at = line(CONNECTION, from, MEDIA);
        if (at == NONE) {
            return false;
        }
        byte[] network = NETWORKS[text.ipVersion == 4 ? 0 : 1];
        for (int last = text.limit - network.length; at < last; at++) {
            int letter = text.at(at);
            if (letter == '\r' || letter == '\n') {
                return false;
            }
            if (Ascii.startsWith(text.buffer, at, text.limit, network)) {
                return text.address.read(text.buffer, at + network.length, text.limit, text.ipVersion) >= 0;
            }
        }
        return false;
    }

    /**
     * Behind the word and blank of the next {@code m=}, where its port should be, or behind the port where the word is none of the kinds.
     */
    int media(int from) {
        int at = line(MEDIA, from, null);
        if (at == NONE) {
            return NONE;
        }
        int end = at;
        while (end < text.limit && SipText.isLetter(text.at(end))) {
            end++;
        }
        if (end >= text.limit || text.at(end) != ' ') {
            return NONE;
        }
        end++;
        while (end < text.limit && Ascii.isDigit(text.at(end))) {
            end++;
        }
        for (kind = 0; kind < KINDS.length; kind++) {
            if (Ascii.startsWith(text.buffer, at, end, KINDS[kind])) {
                return at + KINDS[kind].length;
            }
        }
        kind = NONE;
        return end;
    }

    /** {@code ct_sip_get_sdp_header}: behind the name of the next line of a type, unless a line of another comes first. */
    private int line(byte[] name, int from, byte[] unless) {
        for (int at = from; at < text.limit; at++) {
            int letter = text.at(at);
            if (letter != '\r' && letter != '\n') {
                continue;
            }
            at = text.lineBehind(at);
            if (unless != null && Ascii.startsWithIgnoreCase(text.buffer, at, text.limit, unless)) {
                return NONE;
            }
            if (Ascii.startsWithIgnoreCase(text.buffer, at, text.limit, name)) {
                return at + name.length;
            }
        }
        return NONE;
    }
}
