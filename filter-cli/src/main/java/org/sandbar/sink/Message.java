package org.sandbar.sink;

/** Makes of a line what is sent for it, without what separates it from the next. */
interface Message {
    /** The line as it is. */
    Message PLAIN = Line::bytes;

    byte[] of(Line line);
}
