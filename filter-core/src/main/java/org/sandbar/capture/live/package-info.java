/**
 * Packets as they pass: an interface, by libpcap, or the kernel's packet filter, by libnetfilter_queue. Loaded only by who watches or
 * decides: recorded captures need no native library.
 */
package org.sandbar.capture.live;
