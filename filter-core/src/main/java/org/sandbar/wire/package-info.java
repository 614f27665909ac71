/**
 * From a frame to addresses, ports and payload: link layers, tags, tunnels, IP with fragments, TCP and UDP. One pass, in place, no
 * allocation; a packet that cannot be decoded to its end is data with a reason, never an exception.
 */
package org.sandbar.wire;
