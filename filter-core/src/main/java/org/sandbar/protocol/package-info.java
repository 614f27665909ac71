/**
 * The seam between streams and protocols: what a protocol is, how it is recognised by content, and what it may say. A new protocol
 * is one folder beside this one and one line in the engine's list of built-ins. No protocol knows another.
 */
package org.sandbar.protocol;
