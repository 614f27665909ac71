package org.sandbar.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that can be opened anew under its name when somebody has moved it away. What is written at once goes to one of them. One thread.
 */
final class RotatedFile extends OutputStream {
    private final String name;
    private OutputStream out;

    /** Opens the file; what was in it is gone. */
    RotatedFile(String name) throws IOException {
        this.name = name;
        out = new FileOutputStream(name);
    }

    /** Goes on in the file that has the name now, behind what is in it; where it cannot be opened, in the one before. */
    void reopen() throws IOException {
        OutputStream next = new FileOutputStream(name, true);
        out.close();
        out = next;
    }

    @Override
    public void write(int letter) throws IOException {
        out.write(letter);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
