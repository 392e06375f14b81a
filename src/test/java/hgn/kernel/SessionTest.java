package hgn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.kernel.Assistance.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The session without the process and the sockets around it. */
class SessionTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = new Session(new Stop());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static String error(String code) {
    Failure failure = assertThrows(CellException.class, () -> session.run(code, 7)).failure();
    return failure.name() + "|" + failure.message() + "|" + plain(failure);
  }

  private static String plain(Failure failure) {
    return String.join("\n", failure.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Test
  void theValueItselfIsTheResult() throws CellException {
    assertArrayEquals(new int[] {1, 2}, (int[]) session.run("new int[] {1, 2}", 1));
    assertNull(session.run("int assigned = 1; assigned = 2;", 1));
    assertEquals(2, session.run("assigned", 1));
  }

  @Test
  void classOfTheProjectAreSeen() throws CellException {
    assertEquals(hgn.paper.Budget.SMOKE, session.run("hgn.paper.Budget.SMOKE", 1));
  }

  @Test
  void leadingCommentsKeepTheLine() {
    String text = error("\n// first\n/* second\n third */\nint z = 1 / 0;");
    assertTrue(text.contains("at cell 7, line 5"), text);
  }

  @Test
  void errorsOfTheJvmKeepTheirClass() {
    assertTrue(
        error("throw new AssertionError(\"no\");").startsWith("java.lang.AssertionError|no|"));
  }

  @Test
  void everyCauseIsShown() {
    String text = error("throw new RuntimeException(\"a\", new java.io.IOException(\"b\"));");
    assertTrue(text.contains("Caused by: java.io.IOException: b"), text);
  }

  @Test
  void aMissingNameIsNamed() {
    String text = error("int q = missing + 1;");
    assertTrue(text.startsWith("CompileError|line 1: cannot find symbol"), text);
    assertTrue(text.contains("symbol:   variable missing"), text);
    assertTrue(error("int g() { return later(); }\ng()").contains("later"));
  }

  @Test
  void exitIsAnError() {
    assertTrue(error("System.exit(1);").contains("restart the kernel"));
    assertTrue(error("IntConsumer leave = System::exit;\nleave.accept(4);").contains("exit(4)"));
  }

  @Test
  void exitAndHaltOfTheRuntimeAreErrors() throws CellException {
    assertTrue(error("Runtime.getRuntime().exit(2);").contains("Runtime.exit(2) would end"));
    assertTrue(error("Runtime.getRuntime().halt(2);").contains("Runtime.halt(2) would end"));
    assertTrue(
        error("IntConsumer halt = Runtime.getRuntime()::halt;\nhalt.accept(6);")
            .contains("halt(6)"));
    assertEquals(7L, session.run("long sum = 0;\nfor (int i = 0; i < 7; i++) sum++;\nsum", 1));
  }

  @Test
  void aRecordMayHaveAConstructorOfItsOwn() throws CellException {
    assertEquals(
        "State[q=1.0, p=0.0]",
        session
            .run(
                """
                record State(double q, double p) {
                  static final String RECORD = "State { // not this";
                  State { if (Double.isNaN(q)) throw new IllegalArgumentException("q"); }
                  State(double q) { this(q, 0); }
                }
                new State(1)
                """,
                1)
            .toString());
    assertEquals("record Plain(int n) {}", RecordConstructors.published("record Plain(int n) {}"));
    assertEquals(
        "record P(int n) { public P(int n) { this.n = n; } }",
        RecordConstructors.published("record P(int n) { public P(int n) { this.n = n; } }"));
  }

  @Test
  void completeness() {
    Assistance assistance = session.assistance();
    assertEquals(State.COMPLETE, assistance.state("int x = 1;"));
    assertEquals(State.COMPLETE, assistance.state(""));
    assertEquals(State.INCOMPLETE, assistance.state("void f() {"));
    assertEquals(State.INVALID, assistance.state("int ) = ;"));
  }

  @Test
  void completionSeesVariablesOfTheSameCell() {
    String code = "import java.util.zip.*;\nvar fresh = \"abc\";\nint n = fresh.lengt";
    Assistance.Completions found = session.assistance().complete(code, code.length());
    assertTrue(found.texts().contains("length()"), found.toString());
    assertEquals(code.length() - 5, found.start());
  }

  @Test
  void inspectionFindsTheProjectsJavadoc() {
    String text = session.assistance().inspect("hgn.io.Workspace.find()", 20);
    assertTrue(text.contains("find()"), text);
    assertEquals(
        "Two\nlines.",
        Sources.commentBefore(
            "f", "/** One. */ int e;\n/**\n * Two\n * lines.\n */\n@A int f() {"));
  }

  @Test
  void onlyTheNotebooksOwnCodeMayBeStopped() {
    StackTraceElement own = new StackTraceElement("REPL.$JShell$3", "do_it$", "", 1);
    StackTraceElement lambda = new StackTraceElement("REPL.$JShell$3", "lambda$do_it$$0", "", 1);
    StackTraceElement jdk = new StackTraceElement("java.util.ArrayList", "forEach", "", 1);
    StackTraceElement library = new StackTraceElement("ai.djl.training.Trainer", "step", "", 1);
    StackTraceElement guard = new StackTraceElement("hgn.kernel.Guard", "check", "", 1);
    assertTrue(notebookOnly(own));
    assertTrue(notebookOnly(guard, lambda, jdk, own, library));
    assertTrue(notebookOnly(guard, jdk, own));
    assertTrue(notebookOnly(lambda, jdk));
    assertFalse(notebookOnly(jdk));
    assertFalse(notebookOnly(lambda, library, own));
    assertFalse(notebookOnly(library, own));
  }

  private static boolean notebookOnly(StackTraceElement... stack) {
    return Frames.isNotebookOnly(stack);
  }
}
