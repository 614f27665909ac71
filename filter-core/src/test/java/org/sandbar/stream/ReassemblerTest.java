package org.sandbar.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.wire.Packet;

class ReassemblerTest {
    private static final int SYN = Packet.SYN;
    private static final int FIN = Packet.FIN;
    private static final int ACK = Packet.ACK;

    private static Line line() {
        return new Line(Limits.USUAL);
    }

    /** A connection whose client begins at this number, its first byte at the next. */
    private static Line opened(int sequence, Limits limits) {
        return new Line(limits).client(SYN, sequence, "").server(SYN | ACK, 500, sequence + 1, "");
    }

    private static Line opened() {
        return opened(99, Limits.USUAL);
    }

    @Test
    void inOrder() {
        assertEquals(
                "GET /.",
                opened().client(100, "GET")
                        .client(103, " /")
                        .client(FIN, 105, "")
                        .heard());
    }

    @Test
    void earlySegmentsWait() {
        Line line = opened().client(103, " /");
        assertEquals("", line.heard());
        assertTrue(line.reassembler.heldBytes() > 0);
        assertEquals("GET /", line.client(100, "GET").heard());
    }

    @Test
    void numbersWrap() {
        Line line = opened(-3, Limits.USUAL);
        assertEquals("abcdefgh", line.client(1, "defgh").client(-2, "abc").heard());
        line.client(-2, "abc").client(6, "ij");
        assertEquals("abcdefghij", line.heard());
        assertFalse(line.finish().toServer.isGapped());
    }

    @Test
    void anyOrderGivesTheSame() {
        String words = "The first bytes win, whatever comes after them.";
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            int first = random.nextInt();
            Line line = opened(first - 1, Limits.USUAL);
            List<int[]> pieces = new ArrayList<>();
            for (int at = 0; at < words.length(); ) {
                int end = Math.min(words.length(), at + 1 + random.nextInt(9));
                int from = Math.max(0, at - random.nextInt(4));
                pieces.add(new int[] {from, end});
                at = end;
            }
            Collections.shuffle(pieces, random);
            for (int[] piece : pieces) {
                line.client(first + piece[0], words.substring(piece[0], piece[1]));
            }
            assertEquals(words, line.heard());
            assertFalse(line.toServer.isGapped());
        }
    }

    /** A body of 100,000 bytes behind one letter, with a window of 65,535. */
    @Test
    void whatIsSkippedMayGoUnseenAsFarAsTheWindowReaches() {
        Line line = opened().reading(data -> data.equals("H") ? 100_001 : data.length());
        assertFalse(line.toServer.mayGoUnseen());
        line.client(100, "H");
        assertTrue(line.toServer.mayGoUnseen());
        line.serverAcknowledges(30_000);
        assertTrue(line.toServer.mayGoUnseen());
        line.serverAcknowledges(34_567);
        assertFalse(line.toServer.mayGoUnseen(), "one byte more than the body may come by now");
        line.serverAcknowledges(40_000).client(99_999, "b".repeat(102) + "next").serverAcknowledges(100_105);
        assertEquals("Hnext", line.heard());
        assertEquals(100_005, line.toServer.length());
        assertFalse(line.toServer.isGapped());
    }

    @Test
    void firstBytesWinAndADifferenceIsSaid() {
        assertEquals("GET!", opened().client(100, "GET").client(100, "PUT").heard());
        assertEquals("GET /", opened().client(100, "GET").client(100, "GET /").heard());
        assertEquals("GET! /", opened().client(100, "GET").client(100, "PUT /").heard());
        assertEquals(
                "!GET",
                opened().client(101, "ET").client(101, "OT").client(100, "G").heard());
        // Among segments that wait, too, the one that came first counts.
        assertEquals(
                "!abcDEfg",
                opened().client(103, "DE")
                        .client(101, "bcxyfg")
                        .client(100, "a")
                        .heard());
    }

    @Test
    void keepAliveProbesAreNoOverlap() {
        assertEquals("GET", opened().client(100, "GET").client(ACK, 102, "\0").heard());
        assertEquals(
                "GET /",
                opened().client(100, "GET")
                        .client(ACK, 102, "")
                        .client(103, " /")
                        .heard());
    }

    @Test
    void anAcknowledgementBeyondAHoleDeclaresIt() {
        Line line = opened().client(100, "a").client(103, "d");
        assertEquals("a[2]d", line.serverAcknowledges(104).heard());
        assertTrue(line.toServer.isGapped());
    }

    @Test
    void aHoleIsDeclaredAfterATime() {
        Line line = opened().client(100, "a").client(103, "d").later(4.9).client(104, "e");
        assertEquals("a", line.heard());
        assertEquals("a[2]def", line.later(0.2).client(105, "f").heard());
    }

    @Test
    void aHoleIsDeclaredWhereTooMuchWaits() {
        Limits few = Limits.USUAL.with(Bound.PENDING_SEGMENTS, 2);
        Line line = opened(99, few).client(102, "c").client(104, "e");
        assertEquals("", line.heard());
        assertEquals("[2]c", line.client(106, "g").heard());
        Limits little = Limits.USUAL.with(Bound.PENDING_BYTES, 2_048);
        line = opened(99, little).client(101, "x".repeat(1_400));
        assertEquals("", line.heard());
        assertTrue(line.client(1_501, "y".repeat(1_400)).heard().startsWith("[1]xxx"));
    }

    @Test
    void aHoleIsDeclaredAtTheEnd() {
        assertEquals(
                "a[2]d.", opened().client(100, "a").client(103, "d").finish().heard());
        assertEquals(
                "a[2].", opened().client(100, "a").client(FIN, 103, "").finish().heard());
        assertEquals(
                "a[2].",
                opened().client(100, "a").serverAcknowledges(103).finish().heard());
        // A FIN that was not captured takes a number too.
        assertEquals(
                "a.", opened().client(100, "a").serverAcknowledges(102).finish().heard());
    }

    @Test
    void joinedInMidStream() {
        Line line = line().client(ACK, 7_000, "b").client(ACK, 7_001, "c");
        assertEquals("bc", line.heard());
        assertFalse(line.finish().toServer.isGapped());
    }

    @Test
    void dataOnASynCounts() {
        assertEquals("GET /", line().client(SYN, 99, "GET").client(103, " /").heard());
    }

    @Test
    void aSynAgainChangesNothing() {
        assertEquals(
                "ab",
                line().client(SYN, 99, "")
                        .client(SYN, 99, "")
                        .server(SYN | ACK, 500, 100, "")
                        .client(100, "a")
                        .client(SYN, 99, "")
                        .client(101, "b")
                        .heard());
    }

    @Test
    void aFinThatComesEarlyWaits() {
        Line line = opened().client(FIN, 103, "d");
        assertEquals("", line.heard());
        assertFalse(line.toServer.isEnded());
        assertEquals("abcd.", line.client(100, "abc").heard());
        assertTrue(line.toServer.isEnded());
    }

    @Test
    void nothingComesAfterTheEnd() {
        assertEquals(
                "ab.",
                opened().client(FIN, 100, "ab")
                        .client(102, "cd")
                        .client(103, "x")
                        .finish()
                        .heard());
    }

    @Test
    void bothMayCloseAtOnce() {
        Line line = opened().client(FIN | ACK, 100, "bye")
                .server(FIN | ACK, 501, 100, "ciao")
                .client(ACK, 104, "")
                .server(ACK, 506, 104, "");
        assertEquals("bye.", line.heard());
        assertEquals("ciao.", line.answered());
    }

    @Test
    void aCutByTheSnapLengthIsAGap() {
        Line line = opened().cut(100, "GET", 10).client(110, "/");
        assertEquals("GET[7]/", line.heard());
        assertTrue(line.toServer.isGapped());
        assertEquals(
                "aGET[7]/",
                opened().cut(101, "GET", 10).client(111, "/").client(100, "a").heard());
    }

    @Test
    void whatIsUnfinishedComesAgainWithMoreBehindIt() {
        Line line = opened().reading(data -> data.endsWith("\n") ? data.length() : 0);
        assertEquals("", line.client(100, "USER ").client(105, "bob").heard());
        assertEquals("USER bob\n", line.client(108, "\n").heard());
        assertEquals(0, line.finish().reassembler.heldBytes());
    }

    @Test
    void anUnfinishedLineHasABound() {
        Limits little = Limits.USUAL.with(Bound.UNFINISHED_BYTES, 512);
        Line line = opened(99, little).reading(data -> 0);
        for (int at = 0; at < 5_000; at += 100) {
            line.client(100 + at, "x".repeat(100));
            assertTrue(line.reassembler.heldBytes() <= 4_096, "held " + line.reassembler.heldBytes());
        }
        assertTrue(line.toServer.isGapped());
    }

    /** A body that is passed over by count may have holes: nobody misses them. */
    @Test
    void whatIsSkippedIsNotMissed() {
        Line line = opened().reading(data -> data.startsWith("HEAD") ? 4 + 1_000 : data.length());
        line.client(100, "HEAD").client(604, "x".repeat(100)).client(1_104, "NEXT");
        assertEquals("HEADNEXT.", line.finish().heard());
        assertFalse(line.toServer.isGapped());
        assertEquals(0, line.reassembler.heldBytes());
    }

    @Test
    void whatNobodyWantsIsNotKept() {
        Line line = opened().reading(data -> StreamHandler.SKIP_ALL).client(100, "a");
        assertTrue(line.toServer.isUnwanted());
        line.client(5_000, "x").client(200, "y").client(FIN, 5_001, "");
        assertEquals("a.", line.finish().heard());
    }

    @Test
    void aSegmentBeyondTheWindowIsNotBelieved() {
        Line line = opened().serverAcknowledges(100).client(100 + 70_000, "far").client(100, "near");
        assertEquals("near", line.heard());
        assertEquals("near.", line.finish().heard());
    }

    @Test
    void aFloodOfEarlySegmentsIsBounded() {
        int bound = 1 << 17;
        Limits limits = Limits.USUAL.with(Bound.STREAM_MEMORY, bound).with(Bound.PENDING_SEGMENTS, 65_536);
        Line line = new Line(limits);
        line.client(SYN, 99, "");
        for (int i = 0; i < 20_000; i++) {
            line.client(200 + 2_000 * (i % 5_000), "x".repeat(700));
            assertTrue(line.reassembler.heldBytes() <= bound, "held " + line.reassembler.heldBytes());
        }
        assertEquals(0, line.finish().reassembler.heldBytes());
    }

    @Test
    void aBlindResetIsNotBelieved() {
        Line line = opened().client(100, "a");
        Packet reset = new Packet();
        reset.tcpSequence = 101;
        assertTrue(Reassembler.isPlausibleReset(line.toServer, reset));
        reset.tcpSequence = 101 + (1 << 20);
        assertFalse(Reassembler.isPlausibleReset(line.toServer, reset));
        reset.tcpSequence = 101 + Integer.MIN_VALUE;
        assertFalse(Reassembler.isPlausibleReset(line.toServer, reset));
    }
}
