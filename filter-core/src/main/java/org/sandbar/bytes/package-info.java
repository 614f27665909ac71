/**
 * Under everything: how bytes are read ({@code byte[]}, offset, length), how text off the wire is compared and shown, and the one
 * table of bounds. Imports nothing of Sandbar.
 */
package org.sandbar.bytes;
