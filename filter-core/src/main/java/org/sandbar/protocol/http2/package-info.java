/** HTTP/2 in the clear (RFC 9113), recognised by its preface; nothing of it is read yet. */
package org.sandbar.protocol.http2;
