package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.io.Json;
import hgn.io.Text;
import hgn.io.Workspace;
import hgn.nn.Layout;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/ARCHITECTURE.md, written from the blueprints: every part of a network that its blueprint
 * makes, in the order in which it is applied, with all its numbers. {@code -Dhgn.write=true} writes
 * it anew.
 */
class ArchitecturePageTest {
  private static final Path PAGE = Path.of("docs/ARCHITECTURE.md");

  private static final List<String> NETWORKS =
      List.of(
          "hgn-leapfrog.pendulum quick",
          "hgn-leapfrog.pendulum paper",
          "hgn-determ.pendulum quick",
          "hgn-no-fpsi.pendulum quick",
          "hgn-consistent.mass-spring quick",
          "hgn-plus-plus.mass-spring quick",
          "hnn.pendulum quick",
          "hnn-conv.pendulum quick",
          "hnn-states.pendulum quick",
          "mlp-states.pendulum quick",
          "nhf-2.mixture-4 quick",
          "nhf-2-soft-uniform.mixture-4 quick",
          "rnvp-2.mixture-4 quick");

  private static final String HEAD =
      """
# Architectures

Every network as its blueprint makes it, written from there (`ArchitecturePageTest` keeps it true): its parts in the order in which they are applied, then
its weights in the order and with the names and shapes of `weights.npz`. With [FILES.md](FILES.md) this is enough to build it elsewhere.
- `Dense`: W x + b, W [out, in]. `Convolution`: cross-correlation as in PyTorch, weight [out, in, height, width], `padding` zeros on every side.
- A picture is [channels, height, width] behind the batch, and is flattened in that order. Films enter the encoder with their frames side by side as channels, red, green and blue
  of the first one first; where there is a `centre`, it is taken off each frame and the rest multiplied by `contrast`.
- `transform` is f_ψ; its first half is q, its second p; the decoder is given q alone.
- `EnergyNet`: the network's outputs, summed, plus `stiffness`/2 · |x|².
- `ResidualDoubling`: y = leaky(second(leaky(first(doubled x)))), plus the doubled x, or its 1 × 1 `projection`, where it is `residual`; then a sigmoid where it is
  `closingSigmoid`. Doubled means that each pixel becomes 2 × 2. `UpsampledConvolution` is `first`, a 3 × 3 convolution with padding 1 behind the doubling, `decoder.<i>.first` below; its
  phases are the same sums in another order.
- `Decoder`: stem, blocks, last convolution, then a sigmoid; a `blocky` one gives 4 numbers a colour, the four pixels of a block.
- `SpaceToDepth`: [c, 2h, 2w] to [4c, h, w], the four pixels of a block side by side. `LEAKY_RELU` has slope 0.2; `SOFTPLUS` is ln(1 + eˣ); `SWISH` is x / (1 + e⁻ˣ).

""";

  @Test
  void thePageSaysWhatTheBlueprintsMake() throws Exception {
    StringBuilder text = new StringBuilder(HEAD);
    for (String name : NETWORKS) {
      String[] words = name.split(" ", 2);
      text.append(section(Paper.trainable(words[0]).within(Budget.parse(words[1]))));
    }
    if (Boolean.getBoolean("hgn.write")) {
      Files.writeString(PAGE, text);
    }
    assertEquals(text.toString(), Files.readString(PAGE), "-Dhgn.write=true writes it anew");
  }

  private static String section(Trainable experiment) throws ReflectiveOperationException {
    Recipe<?, ?> recipe = experiment.recipe(new Workspace(Path.of("")));
    StringBuilder text = new StringBuilder();
    text.append(
        Text.of(
            "## %s, %s\n\n%d weights.\n\n```\n",
            experiment.name(), experiment.budget().id(), recipe.layout.size()));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray weights = manager.zeros(new Shape(recipe.layout.size()));
      part("", "", recipe.blueprint.bind(recipe.layout.bind(weights)), text);
    }
    text.append("```\n\n| array | shape |\n|---|---|\n");
    for (Layout.Slot slot : recipe.layout.slots()) {
      text.append(Text.of("| `%s` | %s |\n", slot.name(), shape(slot.shape())));
    }
    return text.append('\n').toString();
  }

  private static void part(String indent, String name, Object value, StringBuilder text)
      throws ReflectiveOperationException {
    String lead = indent + (name.isEmpty() ? "" : name + ": ");
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        part(indent, name + "[" + i + "]", list.get(i), text);
      }
      return;
    }
    if (value == null || isPlain(value)) {
      text.append(lead).append(plain(value)).append('\n');
      return;
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : value.getClass().getDeclaredFields()) {
      // A convolution's is made when it is needed.
      if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("adjointWeight")) {
        field.setAccessible(true);
        fields.add(field);
      }
    }
    boolean lambda = value.getClass().isHidden();
    String type = lambda ? "function" : value.getClass().getSimpleName();
    List<Field> small = new ArrayList<>();
    for (Field field : fields) {
      if (field.get(value) == null || isPlain(field.get(value))) {
        small.add(field);
      }
    }
    String numbers =
        small.stream()
            .map(field -> field.getName() + " " + plain(read(field, value)))
            .collect(Collectors.joining(", "));
    text.append(lead).append(type).append(numbers.isEmpty() ? "" : " (" + numbers + ")");
    text.append('\n');
    for (Field field : fields) {
      if (!small.contains(field)) {
        part(indent + "  ", lambda ? "" : field.getName(), field.get(value), text);
      }
    }
  }

  private static boolean isPlain(Object value) {
    return value.getClass().isArray()
        || value instanceof NDArray
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof String
        || value instanceof Shape
        || value instanceof Enum<?>;
  }

  private static Object read(Field field, Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String plain(Object value) {
    return value == null
        ? "none"
        : value instanceof NDArray array
            ? shape(array.getShape())
            : value instanceof Shape shape
                ? shape(shape)
                : value.getClass().isArray() ? Json.compact(value) : value.toString();
  }

  private static String shape(Shape shape) {
    return shape.toString().replace("(", "[").replace(")", "]");
  }
}
