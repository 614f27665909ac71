package org.sandbar.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sandbar.event.Event;
import org.sandbar.protocol.ftp.FtpEvents;
import org.sandbar.protocol.http.HttpEvents;
import org.sandbar.rule.RuleMatcher;

/** What all shipped rules cost on one event; none of them fires, as on most events. */
@State(Scope.Thread)
public class RuleBenchmark extends AsLaunched {
    private RuleMatcher matcher;
    private Event http;
    private Event ftp;

    @Setup
    public void load() {
        matcher = new RuleMatcher(Installation.here().rules());
        http = Traffic.event(event -> event.kind() == HttpEvents.HTTP && fired(event) == 0);
        ftp = Traffic.event(event ->
                event.kind() == FtpEvents.FTP && "PORT".equals(event.text(FtpEvents.COMMAND)) && fired(event) == 0);
    }

    @Benchmark
    public int http() {
        return fired(http);
    }

    /** A PORT command, which more rules look at than at any other. */
    @Benchmark
    public int ftp() {
        return fired(ftp);
    }

    private int fired(Event event) {
        return matcher.match(event).size();
    }
}
