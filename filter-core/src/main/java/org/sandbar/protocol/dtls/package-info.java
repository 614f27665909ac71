/**
 * DTLS by itself (RFC 6347, RFC 9147), recognised by its records; of it, the ClientHello is read. Multiplexed with STUN, it is STUN's flow.
 */
package org.sandbar.protocol.dtls;
