package org.sandbar.protocol.stun;

/** The methods of STUN by their numbers (RFC 8489 section 18.2, RFC 8656 section 17, RFC 6062 section 6.1). Any thread. */
final class Method {
    static final int BINDING = 0x001;
    static final int ALLOCATE = 0x003;
    static final int CONNECTION_BIND = 0x00b;
    static final int CONNECTION_ATTEMPT = 0x00c;
    /** Of libwebrtc, not registered: {@code GOOG_PING_REQUEST} of its api/transport/stun.h. */
    static final int GOOG_PING = 0x080;

    private Method() {}

    static String name(int method) {
        return switch (method) {
            case BINDING -> "binding";
            case 0x002 -> "shared-secret";
            case ALLOCATE -> "allocate";
            case 0x004 -> "refresh";
            case 0x006 -> "send";
            case 0x007 -> "data";
            case 0x008 -> "create-permission";
            case 0x009 -> "channel-bind";
            case 0x00a -> "connect";
            case CONNECTION_BIND -> "connection-bind";
            case CONNECTION_ATTEMPT -> "connection-attempt";
            case GOOG_PING -> "goog-ping";
            default -> String.format("0x%03x", method);
        };
    }
}
