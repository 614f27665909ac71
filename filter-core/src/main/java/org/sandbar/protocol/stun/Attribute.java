package org.sandbar.protocol.stun;

/**
 * The attributes that are read (RFC 8489 section 18.3, RFC 8656 section 18, RFC 8445 section 16.1), and two of libwebrtc's own. Any thread.
 */
enum Attribute {
    MAPPED_ADDRESS(0x0001),
    USERNAME(0x0006),
    MESSAGE_INTEGRITY(0x0008),
    ERROR_CODE(0x0009),
    CHANNEL_NUMBER(0x000c),
    LIFETIME(0x000d),
    XOR_PEER_ADDRESS(0x0012),
    DATA(0x0013),
    REALM(0x0014),
    NONCE(0x0015),
    XOR_RELAYED_ADDRESS(0x0016),
    REQUESTED_TRANSPORT(0x0019),
    MESSAGE_INTEGRITY_SHA256(0x001c),
    XOR_MAPPED_ADDRESS(0x0020),
    PRIORITY(0x0024),
    USE_CANDIDATE(0x0025),
    SOFTWARE(0x8022),
    FINGERPRINT(0x8028),
    ICE_CONTROLLED(0x8029),
    ICE_CONTROLLING(0x802a),
    /** Not registered: {@code STUN_ATTR_GOOG_NETWORK_INFO} of libwebrtc's api/transport/stun.h, in each of its checks. */
    GOOG_NETWORK_INFO(0xc057),
    /** {@code STUN_ATTR_GOOG_MISC_INFO} there. */
    GOOG_MISC_INFO(0xc059);

    static final int COUNT = values().length;
    private static final Attribute[] ALL = values();

    private final int type;

    Attribute(int type) {
        this.type = type;
    }

    /** The attribute of this type, or null where it is not read. */
    static Attribute of(int type) {
        for (Attribute attribute : ALL) {
            if (attribute.type == type) {
                return attribute;
            }
        }
        return null;
    }
}
