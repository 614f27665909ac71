package org.sandbar.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where Sandbar and tshark read a capture differently, why, and what exactly the difference is: {@code +} what Sandbar has more,
 * {@code -} what it has less. Each was looked at in the capture's bytes.
 */
record KnownDifferences(String reason, String difference) {
    private static final Map<String, KnownDifferences> TABLE = new LinkedHashMap<>();
    private static final String STATUS_200 = "+ http-response\t200";

    private static final String UPNP = """
            + http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/xcmmwtq and 3 more
            + 9 times http-request\tSUBSCRIBE\t192.168.0.1\t/WANIPConnection
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/mclbfxn and 3 more
            + 9 times http-request\tUNSUBSCRIBE\t192.168.0.1\t/WANIPConnection
            + http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/kfoqkjb and 3 more
            + 8 times http-request\tSUBSCRIBE\t192.168.0.1\t/WANCommonInterfaceConfig
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/bjpsvud and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/orjskme and 3 more
            + 8 times http-request\tUNSUBSCRIBE\t192.168.0.1\t/WANCommonInterfaceConf and 2 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/dbaykrd and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/vfofeot and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/qcymsem and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/mqdboiw and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/metqhba and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/mvdgrwh and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/emwwooq and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/ixhvvjt and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/iwpzikf and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/jgobkxn and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/yscxbxy and 3 more
            + 2 times http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/tlmolvt and 3 more
            + http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/oklarpc and 3 more
            + http-request\tNOTIFY\t192.168.0.13:2869\t/upnp/eventing/jfytgnf and 3 more
            - 30 times http-request\tM-SEARCH\t239.255.255.250:1900\t*
            """;

    static {
        ftp();
        http();
    }

    /** The difference that is expected of a capture; empty where both agree. */
    static String of(String capture) {
        KnownDifferences known =
                TABLE.get(capture.replaceFirst("^[^-]+(-verify)?--", "").replaceFirst("--input$", ""));
        return known == null ? "" : known.difference;
    }

    private static void differs(String capture, String reason, String... difference) {
        TABLE.put(capture, new KnownDifferences(reason, String.join("\n", difference)));
    }

    private static void ftp() {
        differs(
                "sip-method--sip",
                "tshark counts a reply of several lines once for each packet that begins with its code",
                "- ftp-reply\t230");
        differs("ftp-epsv", "the same: 211- and 211 stand in two packets", "- ftp-reply\t211");
        differs("ftp-port-memcap", "the same: 211- and 211 stand in two packets", "- ftp-reply\t211");
        differs(
                "bug-8489--bug-8489-01--bug-8489-01",
                "two commands stand in one packet, and tshark reads the first",
                "+ ftp-command\tPWD");
        differs(
                "bug-8489--bug-8489-03--bug-8489-03",
                "three commands stand in one packet, and tshark reads the first",
                "+ 2 times ftp-command\tPWD");
        String cut = "+ ftp-command\tRETR\t" + "A".repeat(43) + " and 982 more";
        String whole = "- ftp-command\tRETR\t" + "A".repeat(43) + " and 4957 more";
        differs("ftp--ftp-too-long-command--ftp-too-long-command", "an argument is told to 1024 bytes", cut, whole);
        differs(
                "ftp--ftp-too-long-command-higher-limit--ftp-too-long-command",
                "an argument is told to 1024 bytes",
                cut,
                whole);
        differs(
                "ftp--ftp-too-long-command-first--ftp-too-long-command",
                "one line in two segments: tshark takes the second for a command, and we tell 1024 bytes of it",
                cut,
                "- ftp-command\tRETR\t" + "A".repeat(43) + " and 4049 more",
                "- ftp-command\tZ");
        differs(
                "ftp--ftp-too-long-command-buffered--ftp-too-long-command",
                "one line in many segments: tshark takes each for a command, and we tell 1024 bytes of it",
                cut,
                "- ftp-command\tRETR\t" + "A".repeat(43) + " and 33 more",
                "- 41 times ftp-command\t" + "A".repeat(48) + " and 976 more",
                "- ftp-command\tZ");
        differs(
                "ftp-quit",
                "one QUIT is the whole conversation, and mail and news have that command too",
                "- ftp-command\tQUIT");
        differs(
                "fuzz-2006-06-26-2594",
                "damaged addresses make of each packet a flow of its own, too short to be recognised; tshark ends text at NUL",
                "+ ftp-command\tRETR\tSite%s\0t.xml",
                "- ftp-command\t\ufffdSER\tanonymous",
                "- ftp-command\tPASS",
                "- ftp-command\tRETR\tSite%s",
                "- 2 times ftp-reply\t230",
                "- ftp-reply\t200");
        differs(
                "output-eve-ftp-data",
                "tshark shows the UPnP methods in its packet list but does not count them as requests; SSDP is UDP, not HTTP",
                UPNP.strip().split("\n"));
    }

    private static void http() {
        for (String capture : new String[] {"055", "056", "364"}) {
            evader(
                    capture,
                    "the status line says http in small letters, which tshark does not take for HTTP",
                    STATUS_200);
        }
        for (String capture : new String[] {"482", "492", "495"}) {
            evader(capture, "white space or a line end stands before the status line", STATUS_200);
        }
        for (String capture : new String[] {"067", "078", "098", "099", "208", "241"}) {
            evader(capture, "tshark shows a response when its body is complete, and this one never is", STATUS_200);
        }
        evader("425", "a TAB stands in the empty line behind the head, so that tshark finds no end of it", STATUS_200);
        for (String capture : new String[] {"373", "396"}) {
            evader(
                    capture,
                    "a CR or VT stands before the status, for which tshark prints nothing",
                    STATUS_200,
                    "- http-response");
        }
        evader(
                "398",
                "a CR takes the place of the blank before the status, for which tshark prints nothing",
                "+ http-response\tTransfer-Encoding:chunked",
                "- http-response");
        evader(
                "474",
                "a blank and a TAB stand before the status, and tshark cuts it to 20",
                STATUS_200,
                "- http-response\t20");
        differs(
                "http-gap-beyond-body",
                "segments are missing, and tshark puts no response together across them",
                "+ 2 times http-response\t200");
    }

    private static void evader(String number, String reason, String... difference) {
        differs("http-evader--http-evader-" + number, reason, difference);
    }
}
