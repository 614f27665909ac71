/**
 * The order of things. Stage 1 ({@link org.sandbar.engine.Shard}) turns packets into events, stage 2
 * ({@link org.sandbar.engine.Correlator}) turns events into verdicts and alerts; {@link org.sandbar.engine.Pipeline} runs both over
 * a capture.
 */
package org.sandbar.engine;
