package org.sandbar.bench.mix;

import java.io.IOException;
import java.util.SplittableRandom;

/** One question to a resolver over UDP, and its answer. */
final class DnsTalk implements Talk {
    private static final String QUESTION = "\0\1\0\0\0\0\0\0";
    private static final String QUESTION_AND_ANSWER = "\0\1\0\1\0\0\0\0";
    private static final String ADDRESS_OF_INTERNET = "\0\1\0\1";

    private final Endpoints ends;
    private final Message query;
    private final Message response;
    private int said;

    DnsTalk(Endpoints ends, int answer, SplittableRandom random) {
        this.ends = ends;
        String id = "" + (char) random.nextInt(256) + (char) random.nextInt(256);
        StringBuilder name = new StringBuilder();
        for (String label : Hosts.name(answer).split("\\.")) {
            name.append((char) label.length()).append(label);
        }
        String question = name.append('\0').append(ADDRESS_OF_INTERNET).toString();
        query = Message.of(id + "\1\0" + QUESTION + question);
        String address = "" + (char) (answer >>> 24) + (char) (answer >> 16 & 255) + (char) (answer >> 8 & 255)
                + (char) (answer & 255);
        // The answer's name points to the question's; it may be kept for five minutes.
        response = Message.of(id + "\u0081\u0080" + QUESTION_AND_ANSWER + question + "\u00c0\14" + ADDRESS_OF_INTERNET
                + "\0\0\1\54\0\4" + address);
    }

    @Override
    public boolean step(CaptureWriter out) throws IOException {
        if (said == 2) {
            return false;
        }
        out.datagram(ends, said == 0, said == 0 ? query : response);
        said++;
        return true;
    }
}
