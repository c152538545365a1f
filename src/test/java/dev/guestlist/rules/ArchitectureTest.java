package dev.guestlist.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The arrows of the house, held by the build. An exception would be a line here, with its reason.
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {
  private static final String BASE = "dev.guestlist.";
  private static JavaClasses program;

  @BeforeAll
  static void readTheProgram() {
    program =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.guestlist");
  }

  @Nested
  class TheFolders {
    @Test
    void modelKnowsNobody() {
      mayUse("model");
    }

    @Test
    void serverKnowsTheModel() {
      mayUse("server", "model");
    }

    @Test
    void storeKnowsTheModel() {
      mayUse("store", "model");
    }

    @Test
    void serviceKnowsServerStoreAndModel() {
      mayUse("service", "server", "store", "model");
    }

    @Test
    void uiKnowsServiceAndModel() {
      mayUse("ui", "service", "model");
    }

    /// The window's words need no toolkit; writing them twice would make two programs of one.
    @Test
    void commandsKnowServiceAndModelAndTheWordsOfTheWindow() {
      mayUse("cli", "service", "model", "ui.kit");
      noClasses()
          .that()
          .resideInAPackage(BASE + "cli..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(BASE + "ui.kit..")
                  .and(DescribedPredicate.not(simpleNameEndingWith("Text")))
                  .and(DescribedPredicate.not(simpleNameEndingWith("Texts")))
                  .and(DescribedPredicate.not(simpleNameEndingWith("Words")))
                  .and(DescribedPredicate.not(simpleNameEndingWith("Names"))))
          .because("a command runs without a display")
          .check(program);
    }

    @Test
    void practiceKnowsNobodySoThatAMisreadContractShows() {
      mayUse("practice");
    }

    @Test
    void thereAreNoCyclesBetweenFolders() {
      slices().matching("dev.guestlist.(*)..").should().beFreeOfCycles().check(program);
      slices().matching("dev.guestlist.ui.(*)..").should().beFreeOfCycles().check(program);
    }

    private void mayUse(String folder, String... others) {
      DescribedPredicate<JavaClass> own = resideInAPackage(BASE + folder + "..");
      for (String other : others) {
        own = own.or(resideInAPackage(BASE + other + ".."));
      }
      noClasses()
          .that()
          .resideInAPackage(BASE + folder + "..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.guestlist..").and(DescribedPredicate.not(own)))
          .because("a folder only knows the folders below it")
          .check(program);
    }
  }

  @Nested
  class TheLibraries {
    @Test
    void javafxIsOnlyUsedByTheWindow() {
      onlyIn("javafx..", "ui", "app");
    }

    @Test
    void okHttpIsOnlyUsedByTheServerFolder() {
      onlyIn("okhttp3..", "server");
    }

    @Test
    void databasesAreOnlyUsedByTheStoreAndThePracticeServer() {
      onlyIn("java.sql..", "store", "practice");
    }

    @Test
    void jsonIsOnlyUsedWhereBytesComeAndGo() {
      onlyIn("tools.jackson..", "server", "store", "practice", "cli");
    }

    private void onlyIn(String library, String... folders) {
      var rule = noClasses().that().resideOutsideOfPackages(packages(folders));
      rule.should()
          .dependOnClassesThat()
          .resideInAPackage(library)
          .because("one folder answers for a library")
          .check(program);
    }

    private static String[] packages(String... folders) {
      String[] packages = new String[folders.length];
      for (int i = 0; i < folders.length; i++) {
        packages[i] = BASE + folders[i] + "..";
      }
      return packages;
    }
  }

  @Nested
  class TheScreens {
    @Test
    void aScreenKnowsNoOtherScreen() {
      for (String screen :
          new String[] {
            "connect",
            "invitations",
            "invite",
            "accept",
            "members",
            "runs",
            "board",
            "activity",
            "changes"
          }) {
        noClasses()
            .that()
            .resideInAPackage(BASE + "ui." + screen + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(BASE + "ui..")
                    .and(DescribedPredicate.not(resideInAPackage(BASE + "ui." + screen + "..")))
                    .and(DescribedPredicate.not(resideInAPackage(BASE + "ui.kit.."))))
            .because("only the shell knows all screens")
            .check(program);
      }
    }

    @Test
    void aViewModelHoldsNoControls() {
      noClasses()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
          .because("a view model can be tested without a window")
          .check(program);
    }

    @Test
    void onlyTheKitAndTheAppTalkToThePlatform() {
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + "ui.kit..", BASE + "app..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("javafx.application.Platform")
          .because("hops to the screen's thread happen in one place")
          .check(program);
    }
  }

  @Test
  void timeComesInAsASource() {
    noClasses()
        .that()
        .resideInAnyPackage(BASE + "service..", BASE + "store..", BASE + "server..", BASE + "ui..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .because("tests set the clock")
        .check(program);
  }

  @Test
  void everyFolderSaysWhatItIsFor() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
        .because("nothing is null by default")
        .check(program);
  }
}
