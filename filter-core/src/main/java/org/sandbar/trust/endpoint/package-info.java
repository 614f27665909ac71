/** Whose connections these are, on the machine that is watched itself: Linux's {@code /proc}, read beside the packets' own threads. */
package org.sandbar.trust.endpoint;
