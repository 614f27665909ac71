package org.sandbar.capture;

/**
 * What packets were captured on: its name where the capture says one, otherwise null; its link type, as {@link LinkType} numbers it; and
 * its snapshot length, 0 for none. Immutable.
 */
public record NetworkInterface(String name, int linkType, int snapLength) {}
