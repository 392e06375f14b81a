package hgn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import hgn.dynamics.Scalars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** The rooms of the house, its storeys, and which may know which. */
@AnalyzeClasses(packages = "hgn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** From the ground up: files and records, the library, the workbook, the tools. */
  private static final List<Set<String>> STOREYS =
      List.of(
          Set.of("io", "results"),
          Set.of(
              "dynamics",
              "systems",
              "render",
              "data",
              "nn",
              "models",
              "flows",
              "training",
              "evaluation"),
          Set.of("paper", "report", "notebook"),
          Set.of("kernel", "cli", "site", "bench"));

  /** The library with the ground that it stands on. */
  private static final Set<String> LEARNING =
      Stream.of(STOREYS.get(0), STOREYS.get(1))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Each room and the rooms it may use. */
  private static final Map<String, Set<String>> MAY_USE = new TreeMap<>();

  static {
    MAY_USE.put("io", Set.of());
    MAY_USE.put("results", Set.of("io"));
    MAY_USE.put("dynamics", Set.of());
    MAY_USE.put("systems", Set.of("render", "dynamics", "io"));
    MAY_USE.put("render", Set.of());
    MAY_USE.put("data", Set.of("systems", "render", "dynamics", "io", "results"));
    MAY_USE.put("nn", Set.of("dynamics", "io"));
    MAY_USE.put("models", Set.of("nn", "dynamics", "io"));
    MAY_USE.put("flows", Set.of("nn", "dynamics", "io"));
    MAY_USE.put("training", Set.of("models", "flows", "nn", "dynamics", "data", "io", "results"));
    MAY_USE.put(
        "evaluation",
        Set.of("models", "flows", "data", "systems", "render", "nn", "dynamics", "io", "results"));
    MAY_USE.put("paper", LEARNING);
    MAY_USE.put(
        "bench",
        Set.of(
            "io",
            "results",
            "dynamics",
            "systems",
            "render",
            "data",
            "nn",
            "models",
            "flows",
            "training",
            "evaluation",
            "paper"));
    MAY_USE.put("report", Set.of("results", "io"));
    MAY_USE.put("site", Set.of("io"));
    MAY_USE.put("notebook", Set.of("report", "results", "io"));
    MAY_USE.put("kernel", Set.of("notebook", "io"));
    MAY_USE.put(
        "cli",
        Set.of(
            "io",
            "results",
            "dynamics",
            "systems",
            "render",
            "data",
            "nn",
            "models",
            "flows",
            "training",
            "evaluation",
            "paper",
            "bench",
            "report",
            "notebook",
            "kernel",
            "site"));
  }

  @ArchTest
  static void everyRoomIsOnAStoreyAndUsesNoneAboveIt(JavaClasses classes) {
    MAY_USE.forEach(
        (room, allowed) ->
            allowed.forEach(
                used ->
                    Assertions.assertTrue(
                        storey(used) <= storey(room), room + " uses " + used + " above it")));
  }

  private static int storey(String room) {
    for (int i = 0; i < STOREYS.size(); i++) {
      if (STOREYS.get(i).contains(room)) {
        return i;
      }
    }
    throw new AssertionError(room + " is on no storey");
  }

  @ArchTest
  static void everyRoomUsesOnlyTheRoomsBelowIt(JavaClasses classes) {
    MAY_USE.forEach(
        (room, allowed) ->
            noClasses()
                .that()
                .resideInAPackage("hgn." + room + "..")
                .should()
                .dependOnClassesThat(otherRooms(room, allowed))
                .as("hgn.%s uses no room but %s".formatted(room, allowed))
                .allowEmptyShould(true)
                .check(classes));
  }

  @ArchTest
  static void everyPackageIsARoom(JavaClasses classes) {
    classes.forEach(
        c -> Assertions.assertTrue(MAY_USE.containsKey(room(c)), c.getName() + " is in no room"));
  }

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("hgn.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule DYNAMICS_KNOWS_ARRAYS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("hgn.dynamics..")
          .should()
          .dependOnClassesThat(djlOutside("ai.djl.ndarray"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule WHAT_IS_SHOWN_KNOWS_NO_DJL =
      noClasses()
          .that()
          .resideInAnyPackage(
              "hgn.io..",
              "hgn.results..",
              "hgn.report..",
              "hgn.notebook..",
              "hgn.kernel..",
              "hgn.site..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..")
          .allowEmptyShould(true);

  /** {@link Scalars} says why. Sums keep no number. */
  @ArchTest
  static final ArchRule NUMBERS_THAT_A_GRAPH_KEEPS_ARE_THE_ENGINES_OWN =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "an array is multiplied by a number that Java owns",
                  call ->
                      (call.getTargetOwner().isAssignableTo(NDArray.class)
                              || call.getTargetOwner().isEquivalentTo(NDArrays.class))
                          && call.getName().matches("(mul|div|pow|mod)i?|maximum|minimum")
                          && call.getTarget().getRawParameterTypes().stream()
                              .anyMatch(type -> type.isEquivalentTo(Number.class))));

  /** The engine's own choice takes a GPU even where HGN_DEVICE says cpu. */
  @ArchTest
  static final ArchRule EVERY_DEVICE_IS_NAMED =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "a manager is made without a device",
                  call ->
                      call.getName().equals("newBaseManager")
                          && call.getTarget().getRawParameterTypes().stream()
                              .noneMatch(type -> type.isEquivalentTo(Device.class))));

  /**
   * Methods that take the machine's locale or charset where another says which. Arabic machines
   * write other digits, Turkish ones another i, German ones a decimal comma.
   */
  private static final Pattern OF_THE_MACHINE =
      Pattern.compile(
          "java\\.lang\\.String\\.(toLowerCase|toUpperCase|getBytes)\\(\\)"
              + "|java\\.lang\\.String\\.<init>\\(\\[B(, int, int)?\\)"
              + "|java\\.lang\\.String\\.format\\(java\\.lang\\.String, .*"
              + "|java\\.io\\.Print(Stream|Writer)\\.(printf|format)\\(java\\.lang\\.String, .*"
              + "|java\\.io\\.InputStreamReader\\.<init>\\(java\\.io\\.InputStream\\)"
              + "|java\\.io\\.OutputStreamWriter\\.<init>\\(java\\.io\\.OutputStream\\)"
              + "|java\\.io\\.File(Reader|Writer)\\.<init>\\([^,]*\\)"
              + "|java\\.util\\.(Scanner|Formatter)\\.<init>\\([^,]*\\)"
              + "|java\\.text\\.NumberFormat\\.get\\w*Instance\\(\\)"
              + "|java\\.text\\.(DecimalFormat|SimpleDateFormat)\\.<init>\\([^,]*\\)"
              + "|java\\.time\\.format\\.DateTimeFormatter\\.ofPattern\\([^,]*\\)");

  @ArchTest
  static final ArchRule NOTHING_IS_WRITTEN_AS_THE_MACHINE_HAS_IT =
      noClasses()
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.describe(
                  "a text depends on the machine's locale or charset: take hgn.io.Text, or name it",
                  call -> OF_THE_MACHINE.matcher(call.getTarget().getFullName()).matches()));

  /** Texts in a row, up to the call that fills them in. */
  private static final Pattern FILLED =
      Pattern.compile("((?:\"(?:[^\"\\\\\\n]|\\\\.)*\"\\s*\\+?\\s*)+)\\)?\\s*\\.formatted\\(");

  private static final Pattern NUMBER = Pattern.compile("%[-#+ 0,(]*\\d*(\\.\\d+)?[dfegEGt]");

  /** {@link String#formatted} fills numbers in as the machine's locale writes them. */
  @ArchTest
  static void numbersAreFilledInByText(JavaClasses classes) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        FILLED
            .matcher(Files.readString(file))
            .results()
            .filter(text -> NUMBER.matcher(text.group(1)).find())
            .forEach(text -> found.add(file + ": " + text.group(1).strip()));
      }
    }
    Assertions.assertEquals(List.of(), found);
  }

  private static String room(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return parts.length < 2 ? "" : parts[1];
  }

  private static DescribedPredicate<JavaClass> otherRooms(String room, Set<String> allowed) {
    return DescribedPredicate.describe(
        "are in another room",
        c ->
            c.getPackageName().startsWith("hgn")
                && !room(c).equals(room)
                && !allowed.contains(room(c)));
  }

  private static DescribedPredicate<JavaClass> djlOutside(String allowed) {
    return DescribedPredicate.describe(
        "are in ai.djl outside " + allowed,
        c -> c.getPackageName().startsWith("ai.djl") && !c.getPackageName().startsWith(allowed));
  }
}
