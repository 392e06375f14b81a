package hgn.notebook;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.reply.ShutdownReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import io.github.spencerpark.jupyter.messages.request.ShutdownRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The Jupyter kernel of this project: Java, a cell at a time. */
public final class JavaKernel extends BaseKernel {
  private final CompletableFuture<Session> session = CompletableFuture.supplyAsync(Session::new);
  private final CellOutput output = new CellOutput(this::print);
  private final AbortWindow aborts = new AbortWindow();
  private volatile ShellReplyEnvironment environment;
  private volatile Thread cellThread;

  private JavaKernel() {
    System.setOut(output.stream(false));
    System.setErr(output.stream(true));
    Display.connect(this::show);
  }

  /**
   * Starts the kernel; Jupyter does.
   *
   * @param arguments the connection file
   * @throws Exception if the file is unreadable or its ports are taken
   */
  public static void main(String... arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: hgn.notebook.JavaKernel <connection file>; Jupyter starts this");
      System.exit(2);
    }
    Lifecycle.quietLogs();
    Lifecycle.endWhenMessagesAreLost();
    JupyterConnection connection =
        new JupyterConnection(
            KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0]))));
    // Otherwise a thousand waiting messages are the limit and further output is dropped.
    connection.getIOPub().setSndHWM(0);
    JavaKernel kernel = new JavaKernel();
    kernel.becomeHandlerForConnection(connection);
    connection.setHandler(MessageType.EXECUTE_REQUEST, kernel::execute);
    connection.setHandler(MessageType.SHUTDOWN_REQUEST, kernel::shutDown);
    connection.connect();
    Lifecycle.onParentsEnd(kernel::end);
    Runtime.getRuntime().addShutdownHook(new Thread(kernel::stopCell, "stop-cell"));
    connection.waitUntilClose();
  }

  private void execute(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    ExecuteRequest request = message.getContent();
    env.setBusyDeferIdle();
    if (aborts.covers(message.getHeader().getTimestamp().getDateString())) {
      env.reply(AbortWindow.reply(message, executionCount.get()));
      return;
    }
    boolean counted = !request.isSilent() && !request.getCode().isBlank();
    int count = counted ? executionCount.getAndIncrement() : executionCount.get();
    environment = env;
    if (!request.isSilent()) {
      env.publish(new PublishExecuteInput(request.getCode(), count));
    }
    CellRun run = new CellRun(request.getCode(), count);
    cellThread = new Thread(null, run, "cell-" + count, CellRun.STACK_BYTES);
    cellThread.start();
    run.ended.join();
    cellThread = null;
    output.flush();
    if (run.failure != null) {
      Failure f = run.failure;
      env.publish(new PublishError(f.name(), f.message(), f.traceback()));
      ErrorReply error = new ErrorReply(f.name(), f.message(), f.traceback());
      error.setExecutionCount(count);
      env.replyError(ExecuteReply.MESSAGE_TYPE.error(), error);
      if (request.shouldStopOnError()) {
        aborts.open();
      }
      return;
    }
    if (run.shown != null && !request.isSilent()) {
      env.publish(new PublishExecuteResult(count, run.shown));
    }
    env.reply(new ExecuteReply(count, Map.of()));
  }

  /** A cell on its own thread, so that an interrupt reaches it and nothing else. */
  private final class CellRun implements Runnable {
    /** Room for deep recursion: notebooks explore. */
    static final long STACK_BYTES = 16L << 20;

    private final String code;
    private final int count;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private DisplayData shown;
    private Failure failure;

    CellRun(String code, int count) {
      this.code = code;
      this.count = count;
    }

    @Override
    public void run() {
      try {
        Object value = session.join().run(code, count);
        shown = value == null ? null : Rendering.of(value);
      } catch (CellException e) {
        failure = e.failure();
      } catch (ThreadDeath e) {
        failure = Failure.of(Failure.INTERRUPTED, Failure.STOPPED);
      } catch (Throwable e) {
        // A value that cannot be shown, or the compiler at its wits' end: the session goes on.
        failure =
            Failure.thrown(
                e, List.of(List.of(e.getStackTrace()).stream().map(Object::toString).toList()));
      } finally {
        ended.complete(null);
      }
    }
  }

  @Override
  public void interrupt() {
    if (cellThread != null) {
      Interrupts.interrupt(session.join().execution());
    }
  }

  private void print(boolean error, String text) {
    ShellReplyEnvironment env = environment;
    if (env == null) {
      return;
    }
    if (error) {
      env.writeToStdErr(text);
    } else {
      env.writeToStdOut(text);
    }
  }

  private void show(DisplayData data, boolean update) {
    System.out.flush();
    System.err.flush();
    output.flush();
    ShellReplyEnvironment env = environment;
    if (env == null) {
      return;
    }
    if (update) {
      env.publish(new PublishUpdateDisplayData(data));
    } else {
      env.publish(new PublishDisplayData(data));
    }
  }

  private void shutDown(ShellReplyEnvironment env, Message<ShutdownRequest> message) {
    env.setBusyDeferIdle();
    env.reply(
        message.getContent().isRestart()
            ? ShutdownReply.SHUTDOWN_AND_RESTART
            : ShutdownReply.SHUTDOWN);
    Thread end = new Thread(this::end, "end");
    end.start();
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
    if (cell == null || !session.isDone()) {
      return;
    }
    session.join().execution().interrupt();
    try {
      cell.join(Lifecycle.MAX_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public DisplayData eval(String code) throws CellException {
    Object value = session.join().run(code, executionCount.get());
    return value == null ? null : Rendering.of(value);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    Assistance.Completions found =
        session.join().assistance().complete(code, code.offsetByCodePoints(0, at));
    return new ReplacementOptions(found.texts(), code.codePointCount(0, found.start()), at);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    String text = session.join().assistance().inspect(code, code.offsetByCodePoints(0, at));
    return text.isEmpty() ? null : new DisplayData(text);
  }

  @Override
  public String isComplete(String code) {
    return switch (session.join().assistance().state(code)) {
      case COMPLETE -> IS_COMPLETE_YES;
      case INCOMPLETE -> "  ";
      case INVALID -> IS_COMPLETE_BAD;
    };
  }

  @Override
  public String getBanner() {
    return "Java %s, Hamiltonian Generative Networks".formatted(Runtime.version());
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    // The feature release alone: a saved notebook should not change with every patch of the JDK.
    return new LanguageInfo.Builder("java")
        .version(String.valueOf(Runtime.version().feature()))
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }
}
