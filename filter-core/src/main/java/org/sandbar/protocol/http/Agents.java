package org.sandbar.protocol.http;

import java.util.Arrays;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Text;
import org.sandbar.event.Signal;
import org.sandbar.protocol.Output;

/**
 * Who makes the requests: the marks that plugins, browsers and desktop programs leave in headers, and the evidence they are. Each
 * signal is stated once for a flow. One analyzer's thread.
 */
final class Agents {
    static final Signal PLUGIN_HEADER = new Signal("plugin-header", "a header that only a browser plugin sends");
    static final Signal PLUGIN_CONTENT = new Signal("plugin-content", "a response that is a plugin's program");
    static final Signal BROWSER_HEADER = new Signal("browser-header", "a header that browsers send");
    static final Signal SCRIPT_REQUEST =
            new Signal("script-request", "a request that a page's script made, by what the browser says of it");
    static final Signal PAGE_REQUEST =
            new Signal("page-request", "a request that a page made, and not whoever typed its address");
    static final Signal TYPED_ADDRESS = new Signal(
            "typed-address", "a request for an address that somebody typed or chose, by what the browser says of it");
    static final Signal DESKTOP_AGENT =
            new Signal("desktop-http-agent", "the User-Agent of a program that somebody installed and started");
    static final Signal DISGUISED_AGENT = new Signal(
            "disguised-http-agent", "the User-Agent of such a program on a request with what browsers add themselves");

    static final Signal POLICY_OVER_HTTP =
            new Signal("policy-over-http", "the client asked for a plugin's policy file over HTTP");
    static final Signal PAGE_OF_ORIGIN =
            new Signal("page-of-origin", "this client loaded a page of the request's Origin before");
    static final Signal WEBSOCKET = new Signal("websocket", "a WebSocket without the Origin that a page would have");
    static final Signal WEBSOCKET_WITH_ORIGIN =
            new Signal("websocket-with-origin", "a WebSocket with an Origin, but not of a browser by its agent");
    static final Signal WEBSOCKET_OF_PAGE =
            new Signal("websocket-of-page", "a WebSocket that a page opened, by its Origin and its browser's agent");

    static final List<Signal> SIGNALS = List.of(
            PLUGIN_HEADER,
            PLUGIN_CONTENT,
            BROWSER_HEADER,
            SCRIPT_REQUEST,
            PAGE_REQUEST,
            TYPED_ADDRESS,
            DESKTOP_AGENT,
            DISGUISED_AGENT,
            POLICY_OVER_HTTP,
            PAGE_OF_ORIGIN,
            WEBSOCKET,
            WEBSOCKET_WITH_ORIGIN,
            WEBSOCKET_OF_PAGE);

    static final String FLASH = "flash";
    static final String SILVERLIGHT = "silverlight";
    static final String JAVA = "java";
    private static final String FLASH_POLICY = "/crossdomain.xml";
    private static final String SILVERLIGHT_POLICY = "/clientaccesspolicy.xml";

    private static final String BROWSER_AGENT = "Mozilla/5.0";
    private static final byte[] BROWSER = Ascii.bytes("mozilla/5.0");
    private static final byte[] MOZILLA = Ascii.bytes("mozilla/");
    private static final byte[] SHOCKWAVE_FLASH = Ascii.bytes("shockwaveflash");
    private static final byte[] ADOBE_AIR = Ascii.bytes("adobeair");
    private static final byte[] JAVA_WORD = Ascii.bytes("java");
    private static final byte[] SWF = Ascii.bytes(".swf");
    private static final byte[] XAP = Ascii.bytes(".xap");
    private static final byte[] DYNAMIC = Ascii.bytes("/[[dynamic]]/");

    /** How programs that somebody installed begin their User-Agent, in lower case. */
    private static final List<String> DESKTOP = List.of(
            "apache-httpclient/",
            "apache-maven/",
            "apt-http/",
            "aria2/",
            "axel/",
            "cargo ",
            "cargo/",
            "composer/",
            "conda/",
            "curl/",
            "dart/",
            "debian apt-http/",
            "docker/",
            "elinks/",
            "fetch libfetch/",
            "git/",
            "go-http-client/",
            "gradle/",
            "guzzlehttp/",
            "helm/",
            "homebrew/",
            "httpie/",
            "java-http-client/",
            "java/",
            "kubectl/",
            "lavf/",
            "lftp/",
            "libcurl",
            "libdnf",
            "libwww-perl/",
            "links ",
            "lwp::simple/",
            "lynx/",
            "mercurial/",
            "microsoft bits/",
            "microsoft-cryptoapi/",
            "mplayer/",
            "mpv ",
            "npm/",
            "nuget ",
            "okhttp/",
            "pacman/",
            "pip/",
            "postmanruntime/",
            "python-httpx/",
            "python-requests/",
            "python-urllib/",
            "python/",
            "rclone/",
            "ruby",
            "snapd/",
            "subversion/",
            "svn/",
            "tnftp/",
            "transmission/",
            "ubuntu apt-http/",
            "urlgrabber/",
            "vlc/",
            "w3m/",
            "wget/",
            "wget2/",
            "windows-update-agent",
            "yarn/",
            "zypp");

    private static final List<byte[]> PLUGIN_TYPES = words(
            "application/x-silverlight",
            "application/x-silverlight-app",
            "application/x-silverlight-2",
            "application/x-shockwave-flash",
            "application/vnd.adobe.flash.movie",
            "application/java-archive",
            "application/x-java-archive",
            "application/x-java-applet",
            "application/x-java-jnlp-file",
            "application/vnd.unity");

    private final Output output;
    private int stated;

    Agents(Output output) {
        this.output = output;
    }

    private static List<byte[]> words(String... words) {
        return Arrays.stream(words).map(Ascii::bytes).toList();
    }

    /** Looks at one header of a request: the line begins at {@code from}, its value at {@code value}. Returns the plugin, or null. */
    String judge(Header header, byte[] line, int from, int value, int to) {
        String plugin = plugin(header, line, value, to);
        if (plugin != null) {
            state(PLUGIN_HEADER, line, from, to);
        } else if (isOpen(BROWSER_HEADER) && isBrowser(header, line, value, to)) {
            state(BROWSER_HEADER, line, from, to);
        }
        return plugin;
    }

    /** Looks at the Content-Type of a response, without its parameters. */
    void judgeContent(byte[] line, int from, int to) {
        if (!wantsContent()) {
            return;
        }
        for (byte[] type : PLUGIN_TYPES) {
            if (Ascii.equalsIgnoreCase(line, from, to, type)) {
                state(PLUGIN_CONTENT, line, from, to);
            }
        }
    }

    /** Whether a plugin's program would still be news. To a desktop program, such as one that fetches Java archives, it is a file. */
    boolean wantsContent() {
        return isOpen(PLUGIN_CONTENT) && isOpen(DESKTOP_AGENT);
    }

    /** What the body of a response begins as, or null. */
    void judgeContent(String program) {
        if (program != null && wantsContent()) {
            stated |= bit(PLUGIN_CONTENT);
            output.evidence(PLUGIN_CONTENT, program);
        }
    }

    /** The plugin whose policy file the target of a request is, or null. */
    String judgeTarget(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        String plugin = null;
        if (target.startsWith(FLASH_POLICY, end - FLASH_POLICY.length())) {
            plugin = FLASH;
        } else if (target.startsWith(SILVERLIGHT_POLICY, end - SILVERLIGHT_POLICY.length())) {
            plugin = SILVERLIGHT;
        }
        if (plugin != null) {
            output.evidence(POLICY_OVER_HTTP, plugin);
        }
        return plugin;
    }

    /**
     * The agent of a request of which all headers are known. Some browsers let a page's script name any agent, but not leave out what they
     * add themselves: with that, a program's name is a disguise.
     */
    void judgeAgent(String agent, boolean withBrowsersHeaders) {
        if (agent == null || !isOpen(DESKTOP_AGENT) || agent.startsWith(BROWSER_AGENT) || !isProgram(agent)) {
            return;
        }
        if (withBrowsersHeaders) {
            output.evidence(DISGUISED_AGENT, agent);
        } else {
            stated |= bit(DESKTOP_AGENT);
            output.evidence(DESKTOP_AGENT, agent);
        }
    }

    /** Who in a browser made the request for this target, where that shows. */
    void judgeAsker(Signal asker, String target) {
        if (asker != null) {
            output.evidence(asker, target);
        }
    }

    /** Whether an agent says that it is a browser. */
    static boolean isBrowser(String agent) {
        return agent != null && agent.startsWith(BROWSER_AGENT);
    }

    /** A WebSocket was opened: by a page where Origin and agent are a browser's, for libraries may send an Origin as well. */
    void judgeWebSocket(String origin, String agent) {
        Signal signal = origin == null ? WEBSOCKET : isBrowser(agent) ? WEBSOCKET_OF_PAGE : WEBSOCKET_WITH_ORIGIN;
        output.evidence(signal, origin);
    }

    private boolean isOpen(Signal signal) {
        return (stated & bit(signal)) == 0;
    }

    private static int bit(Signal signal) {
        return signal == PLUGIN_HEADER ? 1 : signal == PLUGIN_CONTENT ? 2 : signal == BROWSER_HEADER ? 4 : 8;
    }

    private void state(Signal signal, byte[] line, int from, int to) {
        if (isOpen(signal)) {
            stated |= bit(signal);
            output.evidence(signal, Text.of(line, from, to, output.limits().of(Limits.Bound.EVENT_TEXT_BYTES)));
        }
    }

    private static String plugin(Header header, byte[] line, int value, int to) {
        return switch (header) {
            case X_FLASH_VERSION -> FLASH;
            case X_REQUESTED_WITH -> Ascii.startsWithIgnoreCase(line, value, to, SHOCKWAVE_FLASH) ? FLASH : null;
            case USER_AGENT -> pluginByAgent(line, value, to);
            case REFERER -> pluginByReferer(line, value, to);
            default -> null;
        };
    }

    /**
     * AIR names itself. Java's plugin puts the words of a browser before its own ({@code Mozilla/4.0 (…) Java/1.7.0}); alone,
     * {@code Java/1.7.0} is any program.
     */
    private static String pluginByAgent(byte[] line, int value, int to) {
        boolean likeBrowser = Ascii.startsWithIgnoreCase(line, value, to, MOZILLA);
        for (int slash = value; slash < to; slash++) {
            if (line[slash] != '/') {
                continue;
            }
            if (endsWith(line, value, slash, ADOBE_AIR)) {
                return FLASH;
            }
            if (likeBrowser && slash + 1 < to && line[slash + 1] == '1' && endsWith(line, value, slash, JAVA_WORD)) {
                return JAVA;
            }
        }
        return null;
    }

    private static String pluginByReferer(byte[] line, int value, int to) {
        int end = value;
        while (end < to && line[end] != '?' && line[end] != '#') {
            end++;
        }
        if (endsWith(line, value, end, XAP)) {
            return SILVERLIGHT;
        }
        int slash = end;
        while (slash > value && line[slash - 1] != '/') {
            slash--;
        }
        // Flash names a program that another one loaded "outer.swf/[[DYNAMIC]]/1".
        int dynamic = slash - DYNAMIC.length;
        boolean loaded = dynamic > value
                && Ascii.startsWithIgnoreCase(line, dynamic, end, DYNAMIC)
                && endsWith(line, value, dynamic, SWF);
        return loaded || endsWith(line, value, end, SWF) ? FLASH : null;
    }

    private static boolean isBrowser(Header header, byte[] line, int value, int to) {
        return switch (header) {
            case ORIGIN, UPGRADE_INSECURE_REQUESTS, SEC_FETCH_SITE, SEC_FETCH_MODE, SEC_FETCH_DEST, SEC_FETCH_USER ->
                true;
            case USER_AGENT -> Ascii.startsWithIgnoreCase(line, value, to, BROWSER);
            default -> false;
        };
    }

    private static boolean isProgram(String agent) {
        for (String beginning : DESKTOP) {
            if (agent.regionMatches(true, 0, beginning, 0, beginning.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] line, int from, int to, byte[] word) {
        return to - from >= word.length && Ascii.equalsIgnoreCase(line, to - word.length, to, word);
    }
}
