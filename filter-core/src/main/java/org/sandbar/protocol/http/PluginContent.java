package org.sandbar.protocol.http;

import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Bytes;

/**
 * Programs of browser plugins by their first bytes, whatever Content-Type they come with: Flash by its signature and a version that
 * exists (SWF File Format Specification 19, chapter 2), a Java class by magic and major version (JVM specification 4.1; without that a
 * Mach-O program looks alike), Unity's archive by its signature, Silverlight's by the manifest that its packager puts first. Other
 * archives say nothing: a .jar or .zip is mostly no applet.
 */
final class PluginContent {
    /** A local file header (APPNOTE 4.3.7) and the manifest's name. */
    private static final byte[] MANIFEST = Ascii.bytes("appmanifest.xaml");

    private static final byte[] UNITY = Ascii.bytes("UnityWeb");
    private static final int ZIP_HEADER = 30;
    private static final int ZIP_NAME_LENGTH = 26;
    private static final int ZIP_SIGNATURE = 0x504b0304;
    private static final int JAVA_CLASS = 0xcafebabe;
    private static final int OLDEST_CLASS = 45;
    private static final int LAST_CLASS = 100;
    private static final int LAST_FLASH = 63;
    private static final int FLASH_LENGTH = 4;
    /** Of a Flash program unpacked: larger than any, and smaller than four letters in its place. */
    private static final int MOST_FLASH_BYTES = 1 << 28;

    /** So many of the first bytes decide. */
    static final int MOST_BYTES = ZIP_HEADER + MANIFEST.length;

    private PluginContent() {}

    /** What a body that begins so is, or null. */
    static String of(byte[] buffer, int from, int to) {
        if (to - from < UNITY.length) {
            return null;
        }
        int magic = Bytes.i32(buffer, from);
        if (magic == JAVA_CLASS) {
            int major = Bytes.u16(buffer, from + 6);
            return major >= OLDEST_CLASS && major < LAST_CLASS ? "a Java class" : null;
        }
        if (magic == ZIP_SIGNATURE) {
            return isSilverlight(buffer, from, to) ? "a Silverlight archive" : null;
        }
        if (isFlash(buffer, from)) {
            return "a Flash program";
        }
        return Ascii.startsWith(buffer, from, to, UNITY) ? "a Unity archive" : null;
    }

    private static boolean isFlash(byte[] buffer, int from) {
        int length = Bytes.i32Little(buffer, from + FLASH_LENGTH);
        return (buffer[from] == 'F' || buffer[from] == 'C' || buffer[from] == 'Z')
                && buffer[from + 1] == 'W'
                && buffer[from + 2] == 'S'
                && buffer[from + 3] > 0
                && buffer[from + 3] <= LAST_FLASH
                && length >= 0
                && length < MOST_FLASH_BYTES;
    }

    private static boolean isSilverlight(byte[] buffer, int from, int to) {
        return to - from >= MOST_BYTES
                && Bytes.u16Little(buffer, from + ZIP_NAME_LENGTH) == MANIFEST.length
                && Ascii.startsWithIgnoreCase(buffer, from + ZIP_HEADER, to, MANIFEST);
    }
}
