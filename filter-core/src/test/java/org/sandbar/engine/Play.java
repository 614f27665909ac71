package org.sandbar.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sandbar.bytes.Limits;
import org.sandbar.capture.LinkType;
import org.sandbar.event.Common;
import org.sandbar.event.Event;
import org.sandbar.event.Field;
import org.sandbar.event.FlowEvents;
import org.sandbar.protocol.ftp.FtpEvents;
import org.sandbar.protocol.http.HttpEvents;

/** What a shard tells of segments: the protocols' events of each flow, without numbers and times of packets, and how the flows ended. */
record Play(Map<String, List<String>> told, List<Event> ends, Map<String, Long> faults) {
    static Play of(List<Segment> segments) {
        return of(segments, Limits.USUAL);
    }

    static Play of(List<Segment> segments, Limits limits) {
        Shard shard = new Shard(
                0, 1, ShardSettings.USUAL.with(limits).withPluginPorts(port -> port >= 4_502 && port <= 4_534));
        long ordinal = 1;
        for (Segment segment : segments) {
            byte[] packet = segment.packet();
            shard.accept(packet, 0, packet.length, packet.length, LinkType.RAW, segment.timeNs(), ordinal++);
        }
        List<Event> events = shard.takeEvents();
        events.addAll(shard.finish(ordinal));
        Play play =
                new Play(new TreeMap<>(), new ArrayList<>(), shard.counters().faults());
        events.forEach(play::add);
        return play;
    }

    private void add(Event event) {
        if (event.kind() == FlowEvents.FLOW) {
            if (event.text(FlowEvents.PHASE).equals(FlowEvents.ENDED)) {
                ends.add(event);
            }
        } else if (event.kind().isWritten() && !isAboutSegments(event)) {
            told.computeIfAbsent(event.flow().toString(), flow -> new ArrayList<>())
                    .add(text(event));
        }
    }

    /** What a filter of packets would believe is a matter of where segments begin. */
    private static boolean isAboutSegments(Event event) {
        return event.kind() == FtpEvents.FTP && event.get(FtpEvents.INJECTED) != null
                || event.kind() == HttpEvents.HTTP && event.get(HttpEvents.ALG_HELPER) != null;
    }

    private static String text(Event event) {
        StringBuilder text = new StringBuilder(event.kind().name());
        text.append(' ').append(event.get(Common.APP_PROTO));
        for (Field field : event.kind().fields()) {
            if (event.get(field) != null) {
                text.append(' ').append(field).append('=').append(event.get(field));
            }
        }
        return text.toString();
    }

    /** Whether bytes are said to be missing. */
    boolean isGapped() {
        return ends.stream().anyMatch(end -> end.is(FlowEvents.GAP_TO_SERVER) || end.is(FlowEvents.GAP_TO_CLIENT));
    }

    /** Flows in which no protocol was recognised. */
    long unrecognised() {
        return ends.stream()
                .filter(end -> "failed".equals(end.text(Common.APP_PROTO)))
                .count();
    }
}
