/**
 * IRC (RFC 1459, RFC 2812, IRCv3 message tags) as far as a firewall is concerned with it: who has registered, and what DCC offers stand
 * in whose lines. On any port, by content. Of what people say to each other nothing else is kept.
 */
package org.sandbar.protocol.irc;
