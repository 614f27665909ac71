package org.sandbar.protocol.http;

import java.util.Arrays;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Text;

/**
 * The lines of one direction, as its bytes come: a view over the caller's buffer, valid during the call. A line ends with LF, a CR
 * before it is its own. Of a line longer than {@code most} bytes the beginning is given and the rest skipped as it comes, so that
 * never more than that need be kept. One analyzer's thread.
 */
final class Lines {
    private final int most;
    private byte[] buffer;
    private int offset;
    private int at;
    private int end;
    /** Bytes behind {@link #at} that an earlier call has searched in vain. */
    private int searched;
    /** Inside the rest of a line whose beginning was given. */
    private boolean skipping;

    /** The line that is being looked for was seen to go on behind an LF. */
    private boolean goesOn;

    private byte[] line;
    private int from;
    private int to;
    private boolean cut;
    private boolean empty;
    private int folds;
    private boolean bareLineFeed;
    /** Where the line stands in {@link #buffer}, folds and all. */
    private int rawFrom;

    private int rawTo;

    Lines(int most) {
        this.most = most;
    }

    void over(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        at = offset;
        end = offset + length;
    }

    /**
     * Moves to the next line, if it is there as a whole. A header that may be folded (RFC 9112 section 5.2) is whole when the byte
     * behind its LF is known; it is given with its folds.
     */
    boolean next(boolean foldable) {
        if (skipping && !skipRest(foldable)) {
            return false;
        }
        int lineFeed = find(foldable);
        int known = lineFeed < 0 ? at + searched : lineFeed;
        cut = known - at > most;
        if (lineFeed < 0 && !cut) {
            return false;
        }
        give(at, cut ? at + most : lineFeed);
        skipping = lineFeed < 0;
        at = skipping ? known : lineFeed + 1;
        searched = 0;
        return true;
    }

    private void give(int from, int to) {
        line = buffer;
        empty = isEmpty(from, to);
        bareLineFeed = !cut && (to == from || buffer[to - 1] != '\r');
        rawFrom = from;
        rawTo = to;
        this.from = from;
        this.to = Ascii.trimEnd(buffer, from, to);
        folds = 0;
        if (goesOn) {
            unfold();
            goesOn = false;
        }
    }

    /** The line without its line ends, in a copy: folds are too rare to be looked at in place. */
    private void unfold() {
        line = Arrays.copyOfRange(line, from, to);
        from = 0;
        to = line.length;
        for (int i = 0; i < to; i++) {
            if (line[i] == '\n') {
                folds++;
            }
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
    }

    private boolean skipRest(boolean foldable) {
        int lineFeed = find(foldable);
        skipping = lineFeed < 0;
        at = skipping ? at + searched : lineFeed + 1;
        searched = 0;
        goesOn = false;
        return !skipping;
    }

    /** The LF that ends the line, or -1 with {@link #searched} set to where the next call goes on. */
    private int find(boolean foldable) {
        int lineFeed = Ascii.indexOfLineFeed(buffer, at + searched, end);
        while (foldable && lineFeed >= 0 && !isEmpty(at, lineFeed)) {
            if (lineFeed + 1 == end) {
                searched = lineFeed - at;
                return -1;
            }
            if (!Ascii.isBlank(buffer[lineFeed + 1])) {
                break;
            }
            goesOn = true;
            lineFeed = Ascii.indexOfLineFeed(buffer, lineFeed + 1, end);
        }
        if (lineFeed < 0) {
            searched = end - at;
        }
        return lineFeed;
    }

    private boolean isEmpty(int from, int to) {
        int behind = from;
        while (behind < to && buffer[behind] == '\r') {
            behind++;
        }
        return behind == to && !skipping;
    }

    /** Skips so many bytes, of which those that are not here yet are returned. */
    long skip(long count) {
        long here = Math.min(count, end - at);
        at += (int) here;
        return count - here;
    }

    /** Where in the caller's buffer the bytes stand that were not given yet. */
    int position() {
        return at;
    }

    /** How many those are. */
    int left() {
        return end - at;
    }

    /** What was begun and not given is gone. */
    void forget() {
        searched = 0;
        skipping = false;
        goesOn = false;
    }

    /** Bytes of this call that need not come again. */
    int consumed() {
        return at - offset;
    }

    /** The array that holds the line: the caller's buffer, unless the line was folded. */
    byte[] bytes() {
        return line;
    }

    int from() {
        return from;
    }

    /** The line's end, without blanks and line ends. */
    int to() {
        return to;
    }

    /** Whether LF alone ends the line. */
    boolean isBareLineFeed() {
        return bareLineFeed;
    }

    /** The line as it came, folds and all, but for its end. */
    String raw(int mostBytes) {
        return Text.of(buffer, rawFrom, Ascii.trimEnd(buffer, rawFrom, rawTo), mostBytes);
    }

    /** Copies as much of that as there is room for; returns its length. */
    int copyRaw(byte[] kept) {
        int length = Math.min(Ascii.trimEnd(buffer, rawFrom, rawTo) - rawFrom, kept.length);
        System.arraycopy(buffer, rawFrom, kept, 0, length);
        return length;
    }

    /** Whether not even a blank stands on the line: it ends a head. */
    boolean isEmpty() {
        return empty;
    }

    /** Whether the line was longer than what is given of it. */
    boolean isCut() {
        return cut;
    }

    /** How many times the line was continued. */
    int folds() {
        return folds;
    }
}
