/** Calls of H.323 (ITU-T H.225.0), recognised by the first message of both sides; nothing of them is read yet. */
package org.sandbar.protocol.h323;
