package org.sandbar.protocol.irc;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Text;

/**
 * One message (RFC 1459 section 2.3.1, with the tags of IRCv3 before it) where it lies: prefix, command, parameters. The bytes are the
 * caller's; what is said of them holds until the next {@link #read}. One analyzer's thread.
 */
final class IrcLine {
    private static final int MOST_PARAMETERS = 15;

    private byte[] buffer;
    private int prefixFrom;
    private int prefixTo;
    private int commandFrom;
    private int commandTo;
    private int end;
    private final int[] parameterFrom = new int[MOST_PARAMETERS];
    private final int[] parameterTo = new int[MOST_PARAMETERS];
    private int parameters;

    /** Takes a line without its end; false where it is no message. */
    boolean read(byte[] buffer, int from, int end) {
        this.buffer = buffer;
        this.end = end;
        int at = skipSpaces(from);
        if (at < end && buffer[at] == '@') {
            at = skipSpaces(wordEnd(at));
        }
        prefixFrom = at;
        prefixTo = at;
        if (at < end && buffer[at] == ':') {
            prefixFrom = at + 1;
            prefixTo = wordEnd(at);
            at = skipSpaces(prefixTo);
        }
        commandFrom = at;
        commandTo = wordEnd(at);
        readParameters();
        return isCommand();
    }

    private void readParameters() {
        parameters = 0;
        int at = skipSpaces(commandTo);
        while (at < end && parameters < MOST_PARAMETERS) {
            boolean last = buffer[at] == ':' || parameters == MOST_PARAMETERS - 1;
            int start = buffer[at] == ':' ? at + 1 : at;
            int stop = last ? end : wordEnd(at);
            parameterFrom[parameters] = start;
            parameterTo[parameters++] = stop;
            at = skipSpaces(stop);
        }
    }

    private int skipSpaces(int from) {
        int at = from;
        while (at < end && buffer[at] == ' ') {
            at++;
        }
        return at;
    }

    private int wordEnd(int from) {
        int at = from;
        while (at < end && buffer[at] != ' ') {
            at++;
        }
        return at;
    }

    private boolean isCommand() {
        for (int at = commandFrom; at < commandTo; at++) {
            if (!Ascii.isLetter(buffer[at]) && !Ascii.isDigit(buffer[at])) {
                return false;
            }
        }
        return commandTo > commandFrom;
    }

    /** Whether the command is this word, which is given in lower case. */
    boolean is(byte[] word) {
        return Ascii.equalsIgnoreCase(buffer, commandFrom, commandTo, word);
    }

    String command() {
        return Ascii.upper(buffer, commandFrom, commandTo);
    }

    /** The number of a server's reply, or -1. */
    int numeric() {
        if (commandTo - commandFrom != 3) {
            return -1;
        }
        int number = 0;
        for (int at = commandFrom; at < commandTo; at++) {
            if (!Ascii.isDigit(buffer[at])) {
                return -1;
            }
            number = number * 10 + buffer[at] - '0';
        }
        return number;
    }

    /** Whether it is of a user, as {@code nick!user@host} says. */
    boolean isOfUser() {
        return Ascii.indexOf(buffer, prefixFrom, prefixTo, '!') >= 0;
    }

    /** The name before the command, or null. */
    String prefix(int mostBytes) {
        return prefixTo > prefixFrom ? Text.of(buffer, prefixFrom, prefixTo, mostBytes) : null;
    }

    /** The parameter of this index, from 0, or null. */
    String parameter(int index, int mostBytes) {
        return index < parameters ? Text.of(buffer, parameterFrom[index], parameterTo[index], mostBytes) : null;
    }

    byte[] bytes() {
        return buffer;
    }

    /** Where the first parameter, or what else is behind the command, begins. */
    int dataFrom() {
        return commandTo;
    }

    int end() {
        return end;
    }
}
