package org.sandbar.protocol.policyfile;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;

/**
 * Reads the XML of a policy file, Silverlight's {@code access-policy} or Flash's {@code cross-domain-policy}. The parser is the
 * platform's, with document types, entities and everything external off, and it is not even shown a document type; depth and number of
 * elements are bounded. What is wrong is told as findings, never as an exception; what stands before it was read. The bytes are the
 * caller's. One thread.
 */
final class PolicyReader {
    private static final byte[] UTF_16_BIG_MARK = {(byte) 0xfe, (byte) 0xff};
    private static final byte[] UTF_16_LITTLE_MARK = {(byte) 0xff, (byte) 0xfe};
    private static final int LONGEST_DECLARATION = 128;
    private static final String ENCODING = "encoding=";

    /** A host gives everybody the same policy, and to read it costs a hundred kilobytes of buffers: the last ones are remembered. */
    private static final int MOST_REMEMBERED = 32;

    private static final int LONGEST_REMEMBERED = 4_096;

    /** What a thread reads policies with. */
    private static final class Desk {
        final XMLInputFactory parsers = safeParsers();
        /** By the file as it came, and, in a last line, by who asked for it and within what bounds: these decide what it means too. */
        final Map<String, Policy> read = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Policy> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    private static final ThreadLocal<Desk> DESKS = ThreadLocal.withInitial(Desk::new);

    private final Desk desk = DESKS.get();
    private final int mostElements;
    private final int mostDepth;
    private final int mostGrants;

    PolicyReader(Limits limits) {
        mostElements = limits.of(Bound.POLICY_ELEMENTS);
        mostDepth = limits.of(Bound.POLICY_DEPTH);
        mostGrants = limits.of(Bound.POLICY_GRANTS);
    }

    private static XMLInputFactory safeParsers() {
        XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        parsers.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        parsers.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        parsers.setProperty("http://javax.xml.XMLConstants/property/accessExternalDTD", "");
        return parsers;
    }

    /** Reads a file, or as much of it as came. */
    Policy read(byte[] file, int length, Policy.Source source) {
        if (length > LONGEST_REMEMBERED) {
            return readAnew(file, length, source);
        }
        String asked = new String(file, 0, length, StandardCharsets.ISO_8859_1)
                + '\n'
                + source.port()
                + ' '
                + source.asker()
                + ' '
                + source.overHttp()
                + ' '
                + mostElements
                + ' '
                + mostDepth
                + ' '
                + mostGrants;
        Policy policy = desk.read.computeIfAbsent(asked, first -> readAnew(file, length, source));
        return policy.copy();
    }

    private Policy readAnew(byte[] file, int length, Policy.Source source) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        String text = decode(file, length, findings);
        Prolog prolog = Prolog.of(text);
        findings.addAll(prolog.findings());
        if (prolog.root() < 0) {
            boolean cut = prolog.root() == Prolog.CUT;
            findings.add(cut ? Finding.TRUNCATED : Finding.NOT_XML);
            Ports none = cut ? null : new Ports();
            return new Policy(Policy.OTHER, false, length, List.of(), none, none, null, findings);
        }
        Elements elements = new Elements(source, new Grants(source, mostGrants, findings), findings);
        boolean complete = parse(prolog.without(text), elements, findings);
        return elements.policy(complete, length);
    }

    /** Whether the text was read to the end of its root element. */
    private boolean parse(String xml, Elements elements, Set<Finding> findings) {
        String text = xml.replace("\r\n", "\n").replace('\r', '\n');
        Deque<String> open = new ArrayDeque<>();
        int count = 0;
        try {
            XMLStreamReader parser = desk.parsers.createXMLStreamReader(new StringReader(text));
            while (parser.hasNext()) {
                int event = parser.next();
                if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                    findings.add(Finding.ENTITY);
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    if (open.size() == mostDepth || ++count > mostElements) {
                        findings.add(open.size() == mostDepth ? Finding.TOO_DEEP : Finding.TOO_MANY_ELEMENTS);
                        return false;
                    }
                    open.push(elements.begin(open.peek(), parser.getLocalName(), parser));
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    elements.end(open.pop());
                    if (open.isEmpty()) {
                        return true;
                    }
                }
            }
        } catch (XMLStreamException fault) {
            findings.add(isAtEnd(fault.getLocation(), text) ? Finding.TRUNCATED : Finding.NOT_WELL_FORMED);
        }
        return false;
    }

    /** Whether the fault is that the text ends. Of its places, the parser tells line and column right. */
    private static boolean isAtEnd(Location place, String text) {
        if (place == null) {
            return false;
        }
        int at = 0;
        for (int line = 1; line < place.getLineNumber(); line++) {
            at = text.indexOf('\n', at) + 1;
        }
        int tag = text.lastIndexOf('<');
        boolean isOpen = text.indexOf('>', tag) < 0;
        return at + place.getColumnNumber() > (isOpen ? tag + 1 : text.length());
    }

    private static String decode(byte[] file, int length, Set<Finding> findings) {
        return new String(file, 0, length, charset(file, length, findings));
    }

    /** By mark, by the first two bytes, or as the file declares (XML 1.0 appendix F); a policy is ASCII in all but name. */
    private static Charset charset(byte[] file, int length, Set<Finding> findings) {
        if (isWide(file, length)) {
            boolean big = file[0] == UTF_16_BIG_MARK[0] || file[0] == 0;
            return big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        String start = new String(file, 0, Math.min(length, LONGEST_DECLARATION), StandardCharsets.ISO_8859_1);
        int end = start.indexOf("?>");
        int at = start.indexOf(ENCODING);
        if (at < 0 || at > end) {
            return StandardCharsets.UTF_8;
        }
        int from = at + ENCODING.length();
        String name = start.substring(from, end).replace('\'', '"');
        int quote = name.indexOf('"', 1);
        switch (quote < 0 ? "" : name.substring(1, quote).toLowerCase(Locale.ROOT)) {
            case "iso-8859-1", "windows-1252" -> {
                return StandardCharsets.ISO_8859_1;
            }
            case "utf-8", "us-ascii" -> {
                return StandardCharsets.UTF_8;
            }
            default -> {
                findings.add(Finding.ENCODING_UNKNOWN);
                return StandardCharsets.UTF_8;
            }
        }
    }

    /** Whether the file is of UTF-16, in which a NUL is half a letter. */
    static boolean isWide(byte[] file, int length) {
        return length >= 2
                && (file[0] == UTF_16_BIG_MARK[0] && file[1] == UTF_16_BIG_MARK[1]
                        || file[0] == UTF_16_LITTLE_MARK[0] && file[1] == UTF_16_LITTLE_MARK[1]
                        || file[0] == 0 && file[1] == '<'
                        || file[0] == '<' && file[1] == 0);
    }
}
