package org.sandbar.output;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sandbar.event.EventKind;
import org.sandbar.event.Field;

/**
 * What a format's records hold, as a table: each row is a place in the record and what stands there, and fields that no row places
 * stand among Sandbar's own. The columns:
 *
 * <ol>
 *   <li>which records: {@code *} all, or words with {@code |} (or) and {@code &} (and) between them: {@code alert}, {@code event} (what
 *       is no alert) and kinds of events; with a {@code !} before them, all others
 *   <li>the place: names with dots between; {@code name[]} is a list that takes the values of all its rows, {@code name[0]} the
 *       first object of a list; a {@code !} at the end says that the object around it is there only if this is known. Of rows with the
 *       same place the first counts whose value is known
 *   <li>a field, another {@link Told source}, or a constant: a text in quotes, a number, true
 *   <li>optional: a {@link Conversion}
 * </ol>
 *
 * Immutable, any thread.
 */
final class Mapping {
    /** One row of the table; {@code constant} or {@code source} is null. */
    private record Row(
            Set<String> records, boolean others, String place, String source, Object constant, Conversion as) {
        static Row of(String[] columns) {
            boolean others = columns[0].startsWith("!");
            Set<String> records = Set.of(columns[0].substring(others ? 1 : 0).split("\\|"));
            Object constant = constant(columns[2]);
            Conversion as = columns.length > 3 ? Conversion.of(columns[3]) : Conversion.AS_IS;
            return new Row(records, others, columns[1], constant == null ? columns[2] : null, constant, as);
        }

        private static Object constant(String text) {
            if (text.startsWith("\"")) {
                return text.substring(1, text.length() - 1);
            }
            return text.equals("true") ? Boolean.TRUE : text.matches("[0-9]+") ? Long.valueOf(text) : null;
        }

        /** Null where records about events of this kind have no such value. */
        Source source(EventKind kind, List<Field> fields) {
            if (constant != null) {
                return Source.constant(constant);
            }
            Source found = Told.source(source, kind);
            return found == null || found.field() == null || fields.contains(found.field()) ? found : null;
        }

        boolean isOf(EventKind kind, boolean alert) {
            Set<String> words = Set.of("*", alert ? "alert" : "event", kind.name());
            return records.stream().anyMatch(names -> words.containsAll(List.of(names.split("&")))) != others;
        }
    }

    /** One value of a record, and where it stands. */
    record Place(String path, Source source) {
        /** The path of the object or list in which it stands. */
        private String around() {
            return path.substring(0, Math.max(0, path.lastIndexOf('.')));
        }

        private boolean isRequired() {
            return path.endsWith("!");
        }
    }

    private final List<Row> rows;
    private final Function<Field, String> own;

    /** Reads the table of this name; {@code own} says where a field stands that no row places. */
    Mapping(String table, Function<Field, String> own) {
        rows = Table.rows(table).stream().map(Row::of).toList();
        this.own = own;
    }

    /** What stands in records about events of this kind, in the order in which it is written; {@code fields} are all that they can hold. */
    List<Place> places(EventKind kind, boolean alert, List<Field> fields) {
        List<Place> places = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Set<Field> placed = new HashSet<>();
        Set<String> needy = needy();
        for (Row row : rows) {
            Source source = row.isOf(kind, alert) ? row.source(kind, fields) : null;
            if (source != null) {
                Place place = new Place(row.place, source.as(row.as));
                places.add(place);
                boolean certain = place.isRequired() || !needy.contains(place.around());
                if (taken.add(row.place) && certain && row.as.isWhole() && !row.place.endsWith("[]")) {
                    placed.add(source.field());
                }
            }
        }
        places.removeIf(place -> needy.contains(place.around())
                && places.stream()
                        .noneMatch(other -> other.isRequired() && other.around().equals(place.around())));
        for (Field field : fields) {
            if (!placed.contains(field)) {
                places.add(new Place(own.apply(field), Source.of(field)));
            }
        }
        return places;
    }

    /** The objects that are there only if some value of them is known. */
    private Set<String> needy() {
        return rows.stream()
                .map(row -> new Place(row.place, null))
                .filter(Place::isRequired)
                .map(Place::around)
                .collect(Collectors.toSet());
    }
}
