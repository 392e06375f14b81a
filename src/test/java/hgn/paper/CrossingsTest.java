package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.results.TrainingWatch;
import hgn.training.Objective;
import hgn.training.Schedule;
import hgn.training.TrainingLoop;
import hgn.training.TrainingSpec;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * How often a training step crosses between Java's memory and the device. A CPU stands in for a
 * GPU: in a process of its own the engine's calls that would cross are counted, whoever makes them.
 */
class CrossingsTest {
  /**
   * The engine's calls by which numbers go to a device, and by which the processor waits for it.
   */
  private static final Set<String> UPLOADS = Set.of("createNdFromByteBuffer", "createSparseCoo");

  private static final Set<String> READS =
      Set.of("getByteBuffer", "contentEqual", "booleanMask", "nonZero", "getItem");

  private static final int LOG_EVERY = 2;

  @TempDir Path folder;

  /** One upload a step, and one read a row of the log. */
  @Test
  void aStepSendsOnceAndReadsForTheLogAlone() throws Exception {
    Path counting = folder.resolve("classes/ai/djl/pytorch/jni/JniUtils.class");
    Files.createDirectories(counting.getParent());
    Files.write(counting, counting());
    List<String> lines =
        child(
            folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"));
    List<String> names = names().map(Trainable::name).toList();
    assertEquals(names.size(), lines.size(), String.join("\n", lines));
    String expected = ": %d uploads, 1 reads".formatted(LOG_EVERY);
    assertEquals(
        names.stream().map(name -> name + expected).collect(Collectors.joining("\n")),
        String.join("\n", lines));
  }

  private List<String> child(String path) throws Exception {
    Path log = folder.resolve("child.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            path,
            Counted.class.getName(),
            folder.toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectError(log.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out + Files.readString(log));
    return out.lines().toList();
  }

  /** The engine's calls as they are, and a count before those that cross. */
  private static byte[] counting() throws Exception {
    List<String> found = new ArrayList<>();
    try (InputStream original =
        JniUtils.class.getResourceAsStream("/ai/djl/pytorch/jni/JniUtils.class")) {
      ClassReader reader = new ClassReader(original);
      ClassWriter writer = new ClassWriter(reader, 0);
      reader.accept(
          new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                int access, String name, String type, String generic, String[] exceptions) {
              MethodVisitor method = super.visitMethod(access, name, type, generic, exceptions);
              boolean upload = UPLOADS.contains(name);
              if (!upload && !READS.contains(name)) {
                return method;
              }
              found.add(name);
              return new MethodVisitor(Opcodes.ASM9, method) {
                @Override
                public void visitCode() {
                  super.visitCode();
                  visitMethodInsn(
                      Opcodes.INVOKESTATIC,
                      Counted.class.getName().replace('.', '/'),
                      upload ? "upload" : "read",
                      "()V",
                      false);
                }
              };
            }
          },
          0);
      assertTrue(found.containsAll(List.of("createNdFromByteBuffer", "getByteBuffer")), "" + found);
      return writer.toByteArray();
    }
  }

  /** Every kind of model, both protocols, and the ways of drawing frames. */
  private static Stream<Trainable> names() {
    List<Trainable> all = new ArrayList<>();
    Paper.experiments().stream().filter(e -> e.system().equals("two-body")).forEach(all::add);
    Paper.successors().stream().filter(e -> e.system().equals("two-body")).forEach(all::add);
    all.add(Paper.experiment("hgn-leapfrog.two-body+own-frames"));
    all.add(Paper.experiment("hgn-leapfrog.two-body+paper-shape"));
    StateExperiment.all().stream().filter(e -> e.system().equals("two-body")).forEach(all::add);
    Stream.of("rnvp-2", "nhf-2", "nhf-2-elbo", "nhf-3-shared-fixed-kinetic-soft-uniform-20")
        .map(model -> Paper.trainable(model + ".mixture-4"))
        .forEach(all::add);
    return all.stream().map(e -> e.within(Budget.SMOKE));
  }

  /** The process in which the engine's calls are counted. */
  public static final class Counted {
    private static int uploads;
    private static int reads;

    private Counted() {}

    public static void upload() {
      uploads++;
    }

    public static void read() {
      reads++;
    }

    public static void main(String... arguments) {
      Workspace workspace = new Workspace(Path.of(arguments[0]));
      names().forEach(e -> count(e.name(), e.recipe(workspace), workspace));
    }

    private static <D, M> void count(String name, Recipe<D, M> recipe, Workspace workspace) {
      D data = recipe.data(TrainingWatch.NONE);
      Objective objective = recipe.objective(data, Device.cpu());
      TrainingSpec spec =
          new TrainingSpec(
              3 * LOG_EVERY, recipe.training.batch(), Schedule.constant(1e-3), 1, LOG_EVERY);
      String file = "%08x.npz".formatted(name.hashCode());
      Path checkpoint = workspace.root().resolve(file);
      List<int[]> counts = new ArrayList<>();
      new TrainingLoop(spec, 1, checkpoint, "spec", Device.cpu())
          .deferred()
          .fit(objective, Progress.NONE, (log, weights) -> counts.add(new int[] {uploads, reads}));
      // A checkpoint, which reads too, may fall between two rows on a slow machine.
      int[] least = {Integer.MAX_VALUE, Integer.MAX_VALUE};
      for (int i = 2; i < counts.size(); i++) {
        for (int k = 0; k < 2; k++) {
          least[k] = Math.min(least[k], counts.get(i)[k] - counts.get(i - 1)[k]);
        }
      }
      System.out.printf("%s: %d uploads, %d reads%n", name, least[0], least[1]);
    }
  }
}
