package org.sandbar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each room of the house knows only the rooms before it, and a protocol knows no other. */
class RoomsTest {
    private static final String ROOT = "org.sandbar.";
    private static final Path SOURCES =
            Path.of(System.getProperty("sandbar.root"), "filter-core/src/main/java/org/sandbar");
    private static final List<String> ROOMS = List.of(
            "bytes",
            "yaml",
            "capture",
            "wire",
            "flow",
            "stream",
            "event",
            "protocol",
            "alg",
            "trust",
            "rule",
            "verdict",
            "output",
            "engine");

    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.sandbar");

    @Test
    void eachKnowsOnlyThoseBeforeIt() {
        for (int room = 0; room < ROOMS.size(); room++) {
            String[] later = ROOMS.subList(room + 1, ROOMS.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + ROOMS.get(room) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .allowEmptyShould(true)
                        .check(house);
            }
        }
    }

    @Test
    void everyClassHasARoom() {
        String[] rooms = ROOMS.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
        classes().should().resideInAnyPackage(rooms).check(house);
    }

    @Test
    void noProtocolKnowsAnother() {
        slices().matching(ROOT + "protocol.(*)..")
                .should()
                .notDependOnEachOther()
                .check(house);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "protocol")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "protocol.*")
                .check(house);
    }

    @Test
    void theCoreDoesNotKnowTheCommand() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sandbar.cli..", "picocli..")
                .check(house);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Manager|Helper(?!Ports)|Impl).*")
                .check(house);
    }

    @Test
    void everyRoomSaysWhatItIsFor() throws IOException {
        Set<Path> silent = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .forEach(silent::add);
        }
        assertTrue(silent.isEmpty(), silent.toString());
        assertTrue(house.stream().map(JavaClass::getPackageName).anyMatch((ROOT + "engine")::equals));
    }
}
