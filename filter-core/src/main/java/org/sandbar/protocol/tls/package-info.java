/** TLS, recognised by its first record in either direction; what is inside is not read. RFC 8446 section 5.1. */
package org.sandbar.protocol.tls;
