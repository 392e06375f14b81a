package hgn.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import hgn.io.Home;
import hgn.notebook.Bundle;
import hgn.notebook.Display;
import hgn.notebook.Rendering;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The Jupyter kernel of this project: Java, a cell at a time. */
public final class JavaKernel {
  private static final int POLL_MILLIS = 50;
  private static final String LANGUAGE_VERSION = "17";

  private final Stop stop = new Stop();
  private final CompletableFuture<Session> session =
      CompletableFuture.supplyAsync(() -> new Session(stop));
  private final CellOutput output = new CellOutput(this::print, stop::pressed);
  private final AbortWindow aborts = new AbortWindow();
  private final Connection connection;
  private final Map<String, Consumer<Message>> handlers =
      Map.of(
          "execute_request",
          this::execute,
          "complete_request",
          this::complete,
          "inspect_request",
          this::inspect,
          "is_complete_request",
          this::isComplete,
          "kernel_info_request",
          request -> reply(request, info()),
          "history_request",
          request -> reply(request, ok("history", new JsonArray())),
          "comm_info_request",
          request -> reply(request, ok("comms", new JsonObject())),
          "comm_open",
          this::refuse,
          "comm_msg",
          request -> {},
          "comm_close",
          request -> {});
  private int executions = 1;
  private volatile Message cause;
  private volatile Thread cellThread;

  private JavaKernel(Connection connection) {
    this.connection = connection;
    takeStreams();
    System.setIn(new Keyboard(this::ask));
    Display.connect(this::show);
  }

  private void takeStreams() {
    System.setOut(output.stream(false));
    System.setErr(output.stream(true));
  }

  /**
   * Starts the kernel; Jupyter does.
   *
   * @param arguments the connection file
   * @throws Exception if the file is unreadable or its ports are taken
   */
  public static void main(String... arguments) throws Exception {
    // Tables and messages are the same on every machine.
    Locale.setDefault(Locale.ROOT);
    if (arguments.length != 1) {
      System.err.println(
          "usage: %s <connection file>; Jupyter starts this".formatted(JavaKernel.class.getName()));
      System.exit(2);
    }
    Home.use();
    Lifecycle.quietStops();
    JavaKernel kernel = new JavaKernel(new Connection(Path.of(arguments[0])));
    kernel.connection.open(kernel::onShell, kernel::onControl);
    Lifecycle.onParentsEnd(kernel::end);
    Runtime.getRuntime().addShutdownHook(new Thread(kernel::stopCell, "stop-cell"));
  }

  private void onShell(Message request) {
    if (handlers.containsKey(request.type())) {
      try {
        handlers.get(request.type()).accept(request);
      } catch (CompletionException e) {
        reply(request, failed(Failure.thrown(e.getCause(), List.of()))); // There is no session.
      }
    } else {
      onControl(request, connection::reply);
    }
  }

  private void onControl(Message request) {
    onControl(request, connection::replyOnControl);
  }

  /** Answer to a request. */
  private interface Reply {
    void to(Message request, JsonObject content);
  }

  private void onControl(Message request, Reply reply) {
    switch (request.type()) {
      case "kernel_info_request" -> reply.to(request, info());
      case "interrupt_request" -> {
        aborts.stop(request.sent());
        stop.press();
        reply.to(request, ok());
      }
      case "shutdown_request" -> {
        reply.to(request, ok("restart", new JsonPrimitive(request.flag("restart", false))));
        new Thread(this::end, "end").start();
      }
      default -> connection.log("does not know " + request.type());
    }
  }

  private void reply(Message request, JsonObject content) {
    connection.reply(request, content);
  }

  private void execute(Message request) {
    int count = executions;
    if (aborts.covers(request.sent())) {
      JsonObject aborted = new JsonObject();
      aborted.addProperty("status", "aborted");
      aborted.addProperty("execution_count", count);
      reply(request, aborted);
      return;
    }
    String code = request.text("code");
    boolean silent = request.flag("silent", false);
    if (!silent && !code.isBlank()) {
      executions++;
    }
    cause = request;
    if (!silent) {
      JsonObject input = new JsonObject();
      input.addProperty("code", code);
      input.addProperty("execution_count", count);
      publish("execute_input", input);
    }
    CellRun run = new CellRun(code, count);
    stop.begin();
    if (aborts.wasStopped(request.sent())) {
      stop.press();
    }
    Thread thread = new Thread(null, run, "cell-" + count, CellRun.STACK_BYTES);
    cellThread = thread;
    thread.start();
    run.ended.join();
    stop.end();
    cellThread = null;
    output.flush();
    if (stop.pressed()) {
      takeStreams(); // A stream that was stopped while it wrote keeps what it had.
    }
    JsonObject reply;
    if (run.failure != null) {
      publish("error", run.failure.content());
      reply = failed(run.failure);
    } else {
      if (run.shown != null && !silent) {
        JsonObject result = content(run.shown);
        result.addProperty("execution_count", count);
        publish("execute_result", result);
      }
      reply = ok("user_expressions", new JsonObject());
      reply.add("payload", new JsonArray());
    }
    reply.addProperty("execution_count", count);
    reply(request, reply);
    if (run.failure != null && request.flag("stop_on_error", true)) {
      aborts.open();
    }
  }

  /** A cell on its own thread, so that an interrupt reaches it and nothing else. */
  private final class CellRun implements Runnable {
    /** Room for deep recursion: notebooks explore. */
    static final long STACK_BYTES = 16L << 20;

    private final String code;
    private final int count;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Bundle shown;
    private Failure failure;

    CellRun(String code, int count) {
      this.code = code;
      this.count = count;
    }

    @Override
    public void run() {
      try {
        Object value = session().run(code, count);
        shown = value == null ? null : Rendering.of(value);
      } catch (CellException e) {
        failure = e.failure();
      } catch (Stop.Stopped e) {
        failure = Failure.of(Failure.INTERRUPTED, "stopped by you");
      } catch (ExecutionException e) {
        failure = Failure.thrown(e.getCause(), List.of()); // There is no session.
      } catch (Throwable e) {
        // A value that cannot be shown, or the compiler at its wits' end: the session goes on.
        failure = Failure.thrown(e, List.of(Frames.ofReader(e.getStackTrace())));
      } finally {
        ended.complete(null);
      }
    }

    /** The session, which may still be starting. */
    private Session session() throws Exception {
      while (true) {
        try {
          return session.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (stop.pressed()) {
            throw new Stop.Stopped();
          }
        }
      }
    }
  }

  private void publish(String type, JsonObject content) {
    connection.publish(cause, type, content);
  }

  private void print(boolean error, String text) {
    if (cause == null) {
      return;
    }
    JsonObject content = new JsonObject();
    content.addProperty("name", error ? "stderr" : "stdout");
    content.addProperty("text", text);
    publish("stream", content);
  }

  private void show(Bundle bundle, String id, boolean update) {
    Guard.check();
    System.out.flush();
    System.err.flush();
    output.flush();
    int size = bundle.data().values().stream().mapToInt(String::length).sum();
    if (cause == null || !output.mayDisplay(size)) {
      return;
    }
    JsonObject content = content(bundle);
    JsonObject unsaved = new JsonObject();
    unsaved.addProperty("display_id", id);
    content.add("transient", unsaved);
    publish(update ? "update_display_data" : "display_data", content);
  }

  private static JsonObject content(Bundle bundle) {
    JsonObject data = new JsonObject();
    bundle.data().forEach(data::addProperty);
    JsonObject content = new JsonObject();
    content.add("data", data);
    content.add("metadata", new JsonObject());
    return content;
  }

  private String ask() throws InterruptedException {
    output.flush();
    Message cell = cause;
    return cell == null || !cell.flag("allow_stdin", false) ? null : connection.ask(cell);
  }

  private void end() {
    stopCell();
    Lifecycle.leave();
  }

  /**
   * Asks the running cell to end and waits for it: killed inside native code the process would
   * crash, killed inside a training step the step would be lost.
   */
  private void stopCell() {
    Thread cell = cellThread;
    if (cell == null || Lifecycle.isExiting(cell)) {
      return;
    }
    stop.press();
    try {
      cell.join(Lifecycle.MAX_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void complete(Message request) {
    String code = request.text("code");
    int at = request.content().get("cursor_pos").getAsInt();
    Assistance.Completions found =
        session.join().assistance().complete(code, code.offsetByCodePoints(0, at));
    JsonObject reply = ok("matches", array(found.texts()));
    reply.addProperty("cursor_start", code.codePointCount(0, found.start()));
    reply.addProperty("cursor_end", at);
    reply.add("metadata", new JsonObject());
    reply(request, reply);
  }

  private void inspect(Message request) {
    String code = request.text("code");
    int at = request.content().get("cursor_pos").getAsInt();
    String text = session.join().assistance().inspect(code, code.offsetByCodePoints(0, at));
    JsonObject data = new JsonObject();
    if (!text.isEmpty()) {
      data.addProperty(Bundle.TEXT, text);
    }
    JsonObject reply = ok("data", data);
    reply.addProperty("found", !text.isEmpty());
    reply.add("metadata", new JsonObject());
    reply(request, reply);
  }

  private void isComplete(Message request) {
    JsonObject reply = new JsonObject();
    Assistance.State state = session.join().assistance().state(request.text("code"));
    switch (state) {
      case COMPLETE -> reply.addProperty("status", "complete");
      case INVALID -> reply.addProperty("status", "invalid");
      case INCOMPLETE -> {
        reply.addProperty("status", "incomplete");
        reply.addProperty("indent", "  ");
      }
    }
    reply(request, reply);
  }

  /** There are no widgets: what a front end opens is closed. */
  private void refuse(Message opened) {
    JsonObject content = new JsonObject();
    content.addProperty("comm_id", opened.text("comm_id"));
    content.add("data", new JsonObject());
    connection.publish(opened, "comm_close", content);
  }

  private static JsonObject info() {
    JsonObject language = new JsonObject();
    language.addProperty("name", "java");
    // The least that the notebooks need: a saved one should not change with the JDK that ran it.
    language.addProperty("version", LANGUAGE_VERSION);
    language.addProperty("mimetype", "text/x-java-source");
    language.addProperty("file_extension", ".jshell");
    language.addProperty("pygments_lexer", "java");
    language.addProperty("codemirror_mode", "text/x-java");
    JsonObject info = ok("language_info", language);
    info.addProperty("protocol_version", Message.PROTOCOL);
    info.addProperty("implementation", "hgn");
    String version = JavaKernel.class.getPackage().getImplementationVersion();
    info.addProperty("implementation_version", version == null ? "unreleased" : version);
    info.addProperty(
        "banner", "Java %s, Hamiltonian Generative Networks".formatted(Runtime.version()));
    info.add("help_links", new JsonArray());
    return info;
  }

  private static JsonObject ok() {
    JsonObject content = new JsonObject();
    content.addProperty("status", "ok");
    return content;
  }

  private static JsonObject ok(String name, JsonElement value) {
    JsonObject content = ok();
    content.add(name, value);
    return content;
  }

  private static JsonObject failed(Failure failure) {
    JsonObject content = failure.content();
    content.addProperty("status", "error");
    return content;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
