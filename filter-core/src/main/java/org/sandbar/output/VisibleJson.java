package org.sandbar.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;

/** JSON in which nothing acts, as {@link Visible} has it: who prints a line sees it, and that is all. Immutable. */
final class VisibleJson extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;
    private static final int[] ASCII = CharacterEscapes.standardAsciiEscapesForJSON();

    static {
        ASCII[DELETE] = CharacterEscapes.ESCAPE_STANDARD;
    }

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(new VisibleJson()).build();

    private VisibleJson() {}

    static JsonGenerator generator(OutputStream out) {
        try {
            JsonGenerator json = FACTORY.createGenerator(out);
            json.setRootValueSeparator(null);
            return json;
        } catch (IOException impossible) {
            throw new IllegalStateException("opening a generator writes nothing", impossible);
        }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII;
    }

    @Override
    public SerializableString getEscapeSequence(int letter) {
        boolean half = Character.isSurrogate((char) letter);
        return Visible.acts(letter) && !half ? new SerializedString(Visible.escaped((char) letter)) : null;
    }
}
