package hgn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Checksums;
import hgn.io.Json;
import hgn.io.SafeTensors;
import hgn.io.UserError;
import hgn.nn.Init;
import hgn.nn.Layout;
import hgn.results.Metric;
import hgn.results.PhysicsResult;
import hgn.results.RunResult;
import hgn.results.StudyResult;
import hgn.testing.Results;
import hgn.training.TrainingLog;
import hgn.training.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and foreign files of runs: results, logs and weights, refused as {@link TroubleTest}. */
class DamagedRunTest {
  @TempDir Path root;

  private static RunResult result() {
    return Results.quick(
        "hgn-leapfrog",
        "pendulum",
        1,
        750,
        60,
        new RunResult.Pixels(1.5e-4, 2e-4, 6.8e-3, 0.1),
        Map.of());
  }

  @Test
  void resultsAreOfTheirFolderAndAsTheyWereWritten() throws IOException {
    Path folder = root.resolve("runs/hgn-leapfrog.pendulum/quick");
    Files.createDirectories(folder);
    Path file = folder.resolve(RunResult.FILE_NAME);
    String good = Json.pretty(result());
    Files.writeString(file, good);
    assertEquals(result(), RunResult.read(file));
    Checksums.write(folder, List.of(RunResult.FILE_NAME, "log.csv"));
    RunResult.read(file);
    for (String bad :
        List.of(
            good.replace("1.5E-4", "1.4E-4"), good.replace("750", "751"), good + "\n", "{}", "")) {
      Files.writeString(file, bad);
      UserError error = assertThrows(UserError.class, () -> RunResult.read(file));
      assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
    Path other = root.resolve("runs/hgn-leapfrog.two-body/quick");
    Files.createDirectories(other);
    Files.writeString(other.resolve(RunResult.FILE_NAME), good);
    assertThrows(UserError.class, () -> RunResult.read(other.resolve(RunResult.FILE_NAME)));
  }

  private static String without(String json, String name) {
    return json.replaceFirst("\\s*\"" + name + "\": [^,]*,", "");
  }

  /** Without checksums beside it, as a result that was copied alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "empty",
        "object",
        "list",
        "null",
        "half",
        "twice",
        "beyond",
        "brackets",
        "no error",
        "no seed",
        "kind",
        "words",
        "binary",
        "negative",
        "metric",
        "row",
        "begun"
      })
  void aDamagedResultIsRefusedByItsName(String damage) throws IOException {
    Path folder = Files.createDirectories(root.resolve("runs/hgn-leapfrog.pendulum/quick"));
    String good = Json.pretty(result());
    String bad =
        switch (damage) {
          case "object" -> "{}";
          case "list" -> "[]";
          case "null" -> "null";
          case "half" -> good.substring(0, good.length() / 2);
          case "twice" -> good.replace("\"testMse\"", "\"testMse\": 0,\n\"testMse\"");
          case "beyond" -> good.replace("2.0E-4", "1e999");
          case "brackets" -> "[".repeat(100_000);
          case "no error" -> without(good, "testMse");
          case "no seed" -> without(good, "seed");
          case "kind" -> good.replace("FILMS", "MOVIES");
          case "words" -> good.replace("2.0E-4", "\"small\"");
          case "negative" -> good.replace("\"wallSeconds\": 60", "\"wallSeconds\": -60");
          case "metric" -> good.replace("\"metrics\": {", "\"metrics\": {\"kl\": \"small\"");
          case "row" -> good.replace("\"metrics\": {", "\"metrics\": {\"masses\": [1, true]");
          case "begun" ->
              good.replace("\"spec\": {", "\"spec\": {\"training\": {\"iterations\": 751}");
          case "binary" -> "\u0000".repeat(100);
          default -> "";
        };
    assertNotEquals(good, bad);
    Path file = Files.writeString(folder.resolve(RunResult.FILE_NAME), bad);
    UserError error = assertThrows(UserError.class, () -> RunResult.read(file));
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    assertTrue(error.getMessage().contains("away"), error.getMessage());
    assertTrue(error.getMessage().length() < 600, error.getMessage());
    List<UserError> said = new ArrayList<>();
    assertEquals(List.of(), RunResult.all(root.resolve("runs"), said::add));
    assertEquals(1, said.size());
    // The remedy.
    Files.move(folder, root.resolve("elsewhere"));
    assertEquals(List.of(), RunResult.all(root.resolve("runs")));
  }

  @Test
  void studiesOfNoFramesAreRefused() throws IOException {
    Path file = root.resolve("study.json");
    String json =
        "{'seed':1,'sequences':1,'trainRolloutVariance':1,'testRolloutVariance':1,'time':[],"
            + "'forwardMse':[],'sampleDistance':1,'sampleCoverage':1,'dataDistance':1,"
            + "'testMse':1,'horizon':1,'validForward':[],'validBackward':[]}";
    Files.writeString(file, json.replace('\'', '"'));
    for (Class<?> type : List.of(StudyResult.class, PhysicsResult.class)) {
      String message = assertThrows(UserError.class, () -> Json.read(file, type)).getMessage();
      assertTrue(message.contains("missing"), message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quick, true", "quick-before, true", "quick-seed1, true",
    "quick-seed2, false", "quickly, false", "smoke, false"
  })
  void aResultOfAnotherSeedIsNotOfThisFolder(String leaf, boolean fits) throws IOException {
    Path folder = Files.createDirectories(root.resolve("hgn-leapfrog.pendulum").resolve(leaf));
    Path file = Files.writeString(folder.resolve(RunResult.FILE_NAME), Json.pretty(result()));
    if (fits) {
      assertEquals(result(), RunResult.read(file));
    } else {
      String message = assertThrows(UserError.class, () -> RunResult.read(file)).getMessage();
      assertTrue(message.contains("with seed 1, expected the run of its folder"), message);
    }
  }

  @Test
  void whatWasNotFiniteInARowOfMetricsIsReadAsNaN() {
    Map<String, Object> metrics = new TreeMap<>();
    Metric.TEST_FRAME_MSE.put(metrics, new double[] {1, Double.NaN});
    RunResult read = Json.parse(Json.compact(result().with(metrics)), RunResult.class);
    double[] row = Metric.TEST_FRAME_MSE.in(read.metrics()).orElseThrow();
    assertArrayEquals(new double[] {1, Double.NaN}, row);
  }

  /** Each after a header's length, with so many bytes of values behind it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "0 ! {'w':F32 [2] [0,8]} ! 8 !",
        "0 ! {'w':F32 [] [0,4]} ! 4 !",
        "0 ! {'w':F16 [2] [0,4],'v':F32 [0] [4,4]} ! 4 !",
        "1000000000 ! {'w':F32 [2] [0,8]} ! 8 ! header would be 1000000",
        "-7 ! {'w':F32 [2] [0,8]} ! 8 ! header would be",
        "0 ! {'w':F32 [2] [0,8]} ! 7 ! would lie at 0 to 8 of 7",
        "0 ! {'w':F32 [2] [0,8]} ! 9 ! 1 of 9 bytes are of no array",
        "0 ! {'w':F32 [2] [8,0]} ! 8 ! would lie at 8 to 0",
        "0 ! {'w':F32 [3] [0,8]} ! 8 ! its shape [3] needs 12",
        "0 ! {'w':F32 [2] [0,8],'v':F32 [2] [0,8]} ! 8 ! overlap",
        "0 ! {'w':F32 [2] [0,8],'v':F32 [2] [4,12]} ! 12 ! overlap",
        "0 ! {'w':F32 [2] [4,12]} ! 12 ! gap",
        "0 ! {'w':F32 [2] [0,8],'w':F32 [2] [0,8]} ! 8 ! duplicate",
        "0 ! {'w':F32 [-2,-1] [0,8]} ! 8 ! described by",
        "0 ! {'w':F32 [1.5] [0,8]} ! 8 ! described by",
        "0 ! {'w':F32 [2] [0]} ! 8 ! described by",
        "0 ! {'w':F32 [2] [0,8,9]} ! 8 ! described by",
        "0 ! {'w':F32 [99999,99999] [0,8]} ! 8 ! overflow",
        "0 ! {'w':{}} ! 0 ! described by",
        "0 ! {'w':3} ! 0 ! BEGIN_OBJECT",
        "0 ! [1,2] ! 0 ! BEGIN_ARRAY",
        "0 ! null ! 0 ! empty",
        "0 ! {'w': ! 0 ! End of input",
        "0 ! {'w':BF16 [2] [0,4]} ! 4 ! BF16, expected F32 or F16: save it with tensor.float()",
        "0 ! {'w':I64 [1] [0,8]} ! 8 ! I64, expected F32 or F16: save it with tensor.float()",
        "0 ! {'w':Q7 [2] [0,8]} ! 8 ! Q7, expected F32 or F16: save it with tensor.float()"
      })
  void safetensorsAreWholeOrRefused(long more, String header, int bytes, String reason)
      throws IOException {
    byte[] json =
        header
            .replaceAll(
                "([A-Z]+\\d+) (\\[.*?\\]) (\\[.*?\\])",
                "{'dtype':'$1','shape':$2,'data_offsets':$3}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong((more < 0 ? -1L : 1L) * json.length + Math.max(0, more)).put(json);
    Path file = Files.write(root.resolve("w.safetensors"), all.array());
    if (reason == null) {
      assertTrue(SafeTensors.read(file).containsKey("w"));
      return;
    }
    String message = assertThrows(UserError.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(message.contains(reason), message);
    assertTrue(message.contains("w.safetensors") && message.contains("expected"), message);
  }

  @Test
  void whatIsNoSafetensorsAndWhatIsNoNumberIsRefused() throws IOException {
    Layout layout = new Layout();
    layout.add("w", Init.ZERO, 2);
    Path file = root.resolve("w.safetensors");
    WeightsFile.export(file, layout, new float[] {1, 2}, "{}");
    assertArrayEquals(new float[] {1, 2}, WeightsFile.imported(file, layout));
    WeightsFile.export(file, layout, new float[] {1, Float.NaN}, "{}");
    UserError error = assertThrows(UserError.class, () -> WeightsFile.imported(file, layout));
    assertTrue(error.getMessage().contains("NaN in 'w'"), error.getMessage());
    for (String text : List.of("", "abc", "PK\u0003\u0004 but a zip of PyTorch's")) {
      Files.writeString(file, text);
      error = assertThrows(UserError.class, () -> WeightsFile.imported(file, layout));
      assertTrue(error.getMessage().contains("no complete safetensors"), error.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "iteration,loss\n10",
        "iteration,loss\n10,x",
        "iteration,loss\n1,2\n3",
        "iteration,loss\n1,2\n3,0.1",
        "iteration,loss\n1,2\n3,4,,\n",
        "iteration,loss\n1,2\n3,\n",
        "iteration,loss\n1,2\n3,0,5\n",
        "iteration,loss\n3,2\n1,2\n",
        "iteration,loss\nNaN,2\n",
        "iteration,loss,loss\n1,2,3\n",
        "\ufeffiteration,loss\n1,2\n",
        "iteration,loss\n\0\0\0\n"
      })
  void aLogThatWasCutOffSaysWhatToDo(String text) throws IOException {
    Path file = root.resolve("log.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    UserError error = assertThrows(UserError.class, () -> TrainingLog.read(file));
    assertTrue(error.getMessage().contains("move it away"), error.getMessage());
  }
}
