package org.sandbar.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sandbar.event.Field.Type;
import org.sandbar.event.Field.Unit;

/**
 * A kind of event: the name that stands in {@code event_type} and in a rule's {@code service}, and its own fields beside the
 * {@link Common} ones, in the order in which they are written (fields with a common beginning of their path stand together). Made
 * once for each kind, in the folder of the protocol that tells it. Any thread.
 */
public final class EventKind {
    private final String name;
    private final boolean written;
    private final List<Field> fields = new ArrayList<>();
    private Field announcedPort;
    private Field fingerprint;
    private int slots = Common.slots();

    public EventKind(String name) {
        this(name, true);
    }

    private EventKind(String name, boolean written) {
        this.name = name;
        this.written = written;
    }

    /** A kind for stage 2 alone: never written, never matched by rules. */
    public static EventKind unwritten(String name) {
        return new EventKind(name, false);
    }

    public boolean isWritten() {
        return written;
    }

    /** Declares a field where EVE has it. */
    public Field eve(String path, Type type, String meaning) {
        return add(path, type, Unit.NONE, false, meaning);
    }

    /** Declares a number where EVE has it. */
    public Field eve(String path, Type type, Unit unit, String meaning) {
        return add(path, type, unit, false, meaning);
    }

    /** Declares a field of Sandbar's own, written under {@code sandbar}. */
    public Field own(String path, Type type, String meaning) {
        return add(path, type, Unit.NONE, true, meaning);
    }

    /** Declares a number of Sandbar's own. */
    public Field own(String path, Type type, Unit unit, String meaning) {
        return add(path, type, unit, true, meaning);
    }

    private Field add(String path, Type type, Unit unit, boolean own, String meaning) {
        Field field = new Field(path, type, unit, own, meaning, slots++, null);
        fields.add(field);
        return field;
    }

    public String name() {
        return name;
    }

    /** The kind's own fields. */
    public List<Field> fields() {
        return Collections.unmodifiableList(fields);
    }

    /** The field of this path, the kind's own or a common one, or null. */
    public Field field(String path) {
        for (Field field : fields) {
            if (field.path().equals(path)) {
                return field;
            }
        }
        for (Field field : Common.fields()) {
            if (field.path().equals(path)) {
                return field;
            }
        }
        return null;
    }

    /** Says which field holds the port of an endpoint that the event announces. */
    public void announces(Field port) {
        announcedPort = port;
    }

    /** The field that holds the port of an endpoint that the event announces, or null. */
    public Field announcedPort() {
        return announcedPort;
    }

    /** Says which field holds a fingerprint of the client's program. */
    public void identifiesBy(Field field) {
        fingerprint = field;
    }

    /** The field that holds a fingerprint of the client's program, or null. */
    public Field fingerprint() {
        return fingerprint;
    }

    int slots() {
        return slots;
    }

    @Override
    public String toString() {
        return name;
    }
}
