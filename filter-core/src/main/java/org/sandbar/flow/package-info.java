/** Conversations: which packets belong together, who began, what was counted, and when they end. On packet time alone. */
package org.sandbar.flow;
