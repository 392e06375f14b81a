package hgn.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.report.Chart;
import hgn.report.Figure;
import hgn.report.Figures;
import hgn.report.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class ShowTest {
  private final Table table = Table.create("t", IntColumn.create("n", 1, 2));

  /** Another test of this process may have made a kernel. */
  @BeforeEach
  void forgetKernels() {
    Display.disconnect();
  }

  @AfterEach
  void leaveNoKernelBehind() {
    Displays.install(null);
  }

  @Test
  void withoutAKernelThereIsPlainText() {
    assertEquals(Tables.text(table), Show.table(table));
    assertEquals("<b>x</b>", Show.html("<b>x</b>"));
    try (LiveChart chart = new LiveChart()) {
      assertFalse(chart.live());
      chart.update(
          () -> {
            throw new AssertionError("drawn for nobody");
          });
    }
  }

  @Test
  void aKernelGetsHtmlAndText() {
    Displays.install(new Recorder());
    assertEquals(
        Map.of("text/html", Tables.html(table), "text/plain", Tables.text(table)),
        Show.table(table));
  }

  @Test
  void thePagesHeadEndsBeforeTheSecondSection(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("P.md"), "# T\nfirst\n<!-- mark -->\n## A\na\n## B\nb\n");
    assertEquals(
        "### T\nfirst\n#### A\na\n\n*… and more in [P.md](../P.md).*", Pages.head(root, "P.md"));
    assertEquals("There is no `Q.md` in this checkout yet.", Pages.head(root, "Q.md"));
  }

  @Test
  void aNameStaysInItsFolder() {
    for (String name :
        List.of("", " ", "../../escape", "/tmp/x", ".hidden", "a/b", "a\\b", "a\nb")) {
      String message =
          assertThrows(UserError.class, () -> Workspace.fileName(name, ".gif")).getMessage();
      assertTrue(message.startsWith("'" + name + "' is no name"), message);
    }
    assertEquals("Ölfilm 1 – α.gif", Workspace.fileName("Ölfilm 1 – α", ".gif"));
  }

  @Test
  void aLiveChartIsThrottledAndShowsTheLastStateAtTheEnd() {
    Recorder kernel = new Recorder();
    Displays.install(kernel);
    List<Integer> drawn = new ArrayList<>();
    try (LiveChart chart = new LiveChart()) {
      for (int i = 0; i < 100; i++) {
        int state = i;
        chart.update(
            () -> {
              drawn.add(state);
              return figure();
            });
      }
    }
    assertEquals(List.of(0, 99), drawn);
    assertEquals(List.of("display", "update id"), kernel.calls);
  }

  private static Figure figure() {
    return Figures.chart("live", "", Chart.of(""));
  }

  private static final class Recorder implements Displays.Sink {
    private final List<String> calls = new ArrayList<>();

    @Override
    public Object bundle(Map<String, String> representations) {
      return Map.copyOf(representations);
    }

    @Override
    public String display(Object value) {
      calls.add("display");
      return "id";
    }

    @Override
    public void update(String id, Object value) {
      calls.add("update " + id);
    }
  }
}
