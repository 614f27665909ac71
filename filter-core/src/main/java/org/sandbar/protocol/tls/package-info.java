/**
 * TLS, recognised by its first record in either direction. Of it the first message of each side is read, which is in the clear: whom the
 * client asks for, what both can do, and a fingerprint of the client's program. RFC 8446, RFC 5246, RFC 8701.
 */
package org.sandbar.protocol.tls;
