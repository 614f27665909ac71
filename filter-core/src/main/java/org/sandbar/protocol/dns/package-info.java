/** DNS over UDP, recognised by the shape of its messages; names and answers are not kept yet. RFC 1035 section 4.1. */
package org.sandbar.protocol.dns;
