package org.sandbar.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.sandbar.sink.Delivery;
import picocli.CommandLine.Option;

/** {@code --metrics}: {@code /metrics} for Prometheus, and {@code /health} for who has to know whether the run goes on. */
final class MetricsPage {
    private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(30);

    @Option(
            names = "--metrics",
            paramLabel = "ADDRESS:PORT",
            description = "serve /metrics for Prometheus and /health there, as in 127.0.0.1:9402")
    private String place;

    boolean isWanted() {
        return place != null;
    }

    /** Serves them until it is closed. */
    interface Server extends AutoCloseable {
        @Override
        void close();
    }

    Server open(Metrics metrics) {
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "sandbar-metrics");
            thread.setDaemon(true);
            return thread;
        });
        try {
            HttpServer server = HttpServer.create(address(), 0);
            server.createContext("/metrics", new MetricsHandler(metrics.registry()));
            server.createContext("/health", exchange -> health(exchange, metrics));
            server.setExecutor(threads);
            server.start();
            return () -> {
                server.stop(0);
                threads.shutdownNow();
            };
        } catch (IOException taken) {
            throw new Failure(
                    ExitCode.FAILED, "--metrics " + place + ": " + taken.getMessage() + "; choose another port");
        }
    }

    private InetSocketAddress address() {
        int colon = place.lastIndexOf(':');
        String port = place.substring(colon + 1);
        String host = place.substring(0, Math.max(0, colon)).replaceAll("^\\[|\\]$", "");
        if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new Failure(ExitCode.USAGE, "--metrics " + place + ": write ADDRESS:PORT, as in 127.0.0.1:9402");
        }
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new Failure(ExitCode.USAGE, "--metrics " + place + ": " + host + " has no address");
        }
        return address;
    }

    /** 200 while the run goes on, 503 where it has not for long; an output that is down is said, and no reason to restart. */
    private static void health(HttpExchange exchange, Metrics metrics) throws IOException {
        boolean silent = metrics.silentNs() > SILENT_NS;
        boolean down = metrics.deliveries().all().stream()
                .map(Delivery::counts)
                .anyMatch(counts -> !counts.up() || counts.dropped() > 0);
        String status = silent ? "stalled" : down ? "degraded" : "ok";
        byte[] body = ("{\"status\":\"" + status + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(silent ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
