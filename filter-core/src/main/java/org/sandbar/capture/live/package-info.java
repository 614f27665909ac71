/** Packets as they pass an interface, by libpcap. Loaded only by who watches: recorded captures need no native library. */
package org.sandbar.capture.live;
