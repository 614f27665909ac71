package org.sandbar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MetricsTest {
    private static final Path SAMPLE = Run.SAMPLES.resolve("pinhole/form-post-used/input.pcap");

    @TempDir
    private Path folder;

    /** While a replay waits for an output that nobody listens to, it can be looked at. */
    @Test
    void aRunIsMeasuredWhileItGoesOn() throws Exception {
        int port = FreePort.next();
        int sinkPort = FreePort.next();
        CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> Run.of(
                "replay",
                "--spill",
                folder,
                "--set",
                "limits.sink-patience-seconds=8",
                "--metrics",
                "127.0.0.1:" + port,
                "-o",
                "eve:tcp://127.0.0.1:" + sinkPort,
                SAMPLE));
        String metrics = await(port, "sandbar_output_up{output=\"eve:tcp://127.0.0.1:" + sinkPort + "\"} 0.0");
        assertTrue(metrics.contains("sandbar_alerts_total{level=\"critical\",rule=\"pinhole-used\"} 1.0"), metrics);
        assertTrue(metrics.contains("sandbar_events_total{kind=\"pinhole\"} 2.0"), metrics);
        for (String name :
                List.of("packets_total", "bytes_total", "flows_total", "output_waiting", "output_dropped_total")) {
            assertTrue(metrics.contains("\nsandbar_" + name), name);
        }
        assertTrue(metrics.contains("jvm_memory_used_bytes"));
        HttpResponse<String> health = get(port, "/health");
        assertEquals(200, health.statusCode());
        assertEquals("{\"status\":\"degraded\"}\n", health.body());
        assertEquals(ExitCode.FAILED, run.get(30, TimeUnit.SECONDS).code());
    }

    @Test
    void whatIsWrongWithThePlaceIsSaid() throws IOException {
        assertEquals(
                ExitCode.USAGE, Run.of("replay", "--metrics", "9402", SAMPLE).code());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.of("replay", "--metrics", "127.0.0.1:" + taken.getLocalPort(), SAMPLE);
            assertEquals(ExitCode.FAILED, run.code());
            assertTrue(run.messages().contains("choose another port"), run.messages());
        }
    }

    private static String await(int port, String text) throws Exception {
        String body = "";
        for (int i = 0; i < 300 && !body.contains(text); i++) {
            Thread.sleep(50);
            try {
                body = get(port, "/metrics").body();
            } catch (IOException notYet) {
                body = notYet.toString();
            }
        }
        assertTrue(body.contains(text), body);
        return body;
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
