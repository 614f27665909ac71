package org.sandbar.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** A real rsyslog on loopback with its parser of RFC 5424, over TCP, TLS with a client's certificate, and UDP. */
final class Rsyslog implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
    private static final String CONFIGURATION = """
            global(workDirectory="%1$s" maxMessageSize="16k"
                defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="%1$s/ca.pem"
                defaultNetstreamDriverCertFile="%1$s/server.pem" defaultNetstreamDriverKeyFile="%1$s/server.key")
            module(load="imtcp")
            module(load="imudp")
            input(type="imtcp" address="127.0.0.1" port="%2$d" streamDriver.name="ptcp" streamDriver.mode="0")
            input(type="imtcp" address="127.0.0.1" port="%3$d" streamDriver.name="gtls" streamDriver.mode="1"
                streamDriver.authMode="x509/name" permittedPeer="sensor.test")
            input(type="imudp" address="127.0.0.1" port="%2$d" rcvbufSize="8m")
            template(name="lines" type="list") { property(name="msg") constant(value="\\n") }
            template(name="heads" type="string"
                string="%%pri%% %%protocol-version%% %%timestamp:::date-rfc3339%% %%app-name%% %%msgid%% %%structured-data%%\\n")
            action(type="omfile" file="%1$s/lines" template="lines")
            action(type="omfile" file="%1$s/heads" template="heads")
            """;

    private final Path folder;
    final int port;
    final int tlsPort;
    private Program running;

    /** Its files go to a new folder; without an rsyslog the test is passed over. */
    Rsyslog(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no rsyslog; ./test installs it");
        this.folder = folder;
        port = FreePort.next();
        tlsPort = FreePort.next();
        certify();
        Files.writeString(
                folder.resolve("rsyslog.conf"), String.format(Locale.ROOT, CONFIGURATION, folder, port, tlsPort));
    }

    /** An authority, the server's certificate for localhost, and one for the sensor. */
    private void certify() throws IOException, InterruptedException {
        String script = """
                set -e; cd "$0"
                openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj "/CN=Test CA" -days 30
                certificate() {
                    openssl req -newkey rsa:2048 -nodes -keyout $1.key -out $1.csr -subj "/CN=$2"
                    echo "subjectAltName=DNS:$2" >$1.ext
                    openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $1.pem -days 30 -extfile $1.ext
                }
                certificate server localhost; certificate client sensor.test; certificate other other.test
                """;
        Program.run(folder, "bash", "-c", script, folder.toString());
    }

    void start() throws IOException, InterruptedException {
        running = Program.start(
                folder, List.of(PROGRAM.toString(), "-n", "-f", folder + "/rsyslog.conf", "-i", folder + "/pid"));
        running.await("listener", this::isListening);
    }

    private boolean isListening() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As a service manager does. */
    void stop() throws InterruptedException {
        running.process().destroy();
        running.process().waitFor();
    }

    /** The own certificate and the authority, as parameters of an output. */
    String certificates(String name) {
        return "ca=" + folder + "/ca.pem&cert=" + folder + '/' + name + ".pem&key=" + folder + '/' + name + ".key";
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** What it wrote of messages so far. */
    List<String> lines() {
        return read("lines");
    }

    /** What it read of their headers. */
    List<String> heads() {
        return read("heads");
    }

    private List<String> read(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }
}
