package org.sandbar.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An FTP server without files that takes its time with each reply, in a process of its own; it serves one client after the other. */
final class SlowFtpServer {
    private static final int PORT = 2121;
    private static final String ADDRESS = "127.0.0.1";
    /** Longer than it takes to find out who asks. */
    private static final long PAUSE_MS = 400;

    /** As FTP clients write it. */
    static final String URL = "ftp://alice:secret@" + ADDRESS + ":" + PORT + "/";

    private static final String LISTENING = "listening";

    private SlowFtpServer() {}

    static Program start(Path folder, Namespace namespace) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SlowFtpServer.class.getName()));
        Program server = Program.start(folder, namespace.in(command));
        server.awaitData(LISTENING);
        return server;
    }

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(PORT, 5, InetAddress.getByName(ADDRESS))) {
            System.out.println(LISTENING);
            while (true) {
                try (Socket client = server.accept()) {
                    serve(client);
                }
            }
        }
    }

    private static void serve(Socket client) throws IOException, InterruptedException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 at your service");
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            Thread.sleep(PAUSE_MS);
            say(client, reply(line.split(" ")[0]));
        }
    }

    private static String reply(String command) {
        return switch (command.toUpperCase(java.util.Locale.ROOT)) {
            case "USER" -> "331 and the password?";
            case "PASS" -> "230 come in";
            case "PWD" -> "257 \"/\"";
            case "QUIT" -> "221 goodbye";
            default -> "502 not here";
        };
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
