/**
 * WebSocket (RFC 6455) behind its handshake, which HTTP reads: frames are followed by their headers, and what breaks the rules that keep
 * a page from choosing the bytes on the wire is told. Handed on by name, for nothing in its bytes would tell it from others.
 */
package org.sandbar.protocol.websocket;
