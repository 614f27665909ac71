package org.sandbar.capture.live;

/**
 * How a queue is read.
 *
 * @param number the one that the rules name, 0 to 65535
 * @param length packets that the kernel keeps until they are answered
 * @param failOpen whether what it has no room for passes; otherwise it is dropped
 */
public record QueueSettings(int number, int length, boolean failOpen) {}
