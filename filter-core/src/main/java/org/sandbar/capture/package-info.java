/** Where packets come from: files in the formats of libpcap and pcapng, compressed or not, streams and folders. Knows only bytes. */
package org.sandbar.capture;
