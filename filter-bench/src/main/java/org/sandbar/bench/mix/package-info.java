/** Traffic made to order: a mix of conversations as a capture, the same bytes for the same seed, and the truth about what is in it. */
package org.sandbar.bench.mix;
