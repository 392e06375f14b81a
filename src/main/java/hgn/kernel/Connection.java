package hgn.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import org.zeromq.ZMsg;

/**
 * The five sockets of a Jupyter kernel, each with a thread of its own: an interrupt of a cell's
 * thread would close a socket that it uses. What is no valid message is dropped and logged.
 */
final class Connection {
  private static final int POLL_MILLIS = 100;

  private final ZContext context = new ZContext();
  private final JsonObject file;
  private final Signature signature;
  // The process's own: cells get another.
  private final PrintStream log = System.err;
  private final BlockingQueue<Message> published = new LinkedBlockingQueue<>();
  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private ZMQ.Socket shell;
  private ZMQ.Socket control;

  /** A question to the reader. */
  private record Question(Message message, CompletableFuture<String> answer) {}

  Connection(Path file) throws Exception {
    this.file = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    signature = new Signature(text("signature_scheme"), text("key"));
  }

  /**
   * Binds the sockets and begins.
   *
   * @param onShell what to do with a message of the shell channel
   * @param onControl the same of the control channel, which is heard while a cell runs
   */
  void open(Consumer<Message> onShell, Consumer<Message> onControl) {
    shell = bound(SocketType.ROUTER, "shell_port");
    control = bound(SocketType.ROUTER, "control_port");
    ZMQ.Socket heartbeat = bound(SocketType.REP, "hb_port");
    ZMQ.Socket stdin = bound(SocketType.ROUTER, "stdin_port");
    ZMQ.Socket iopub = bound(SocketType.PUB, "iopub_port");
    loop("heartbeat", () -> ZMsg.recvMsg(heartbeat).send(heartbeat));
    loop("iopub", () -> published.take().frames(signature).send(iopub));
    loop("stdin", () -> ask(stdin, questions.take()));
    loop("control", () -> receive(control, onControl));
    loop("shell", () -> receive(shell, onShell));
  }

  private String text(String name) {
    return file.get(name).getAsString();
  }

  private ZMQ.Socket bound(SocketType type, String port) {
    ZMQ.Socket socket = context.createSocket(type);
    // Otherwise a thousand waiting messages are the limit and further output is dropped.
    socket.setSndHWM(0);
    boolean ipc = text("transport").equals("ipc");
    socket.bind(
        text("transport") + "://" + text("ip") + (ipc ? "-" : ":") + file.get(port).getAsInt());
    return socket;
  }

  /** One turn of a thread that serves a socket. */
  private interface Turn {
    void run() throws Exception;
  }

  private void loop(String name, Turn turn) {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                try {
                  turn.run();
                } catch (ZMQException e) {
                  // A kernel that is alive and deaf helps nobody; Jupyter notices one that ended.
                  log("the socket of %s failed: %s".formatted(name, e));
                  Runtime.getRuntime().halt(70);
                } catch (Exception | Error e) {
                  log("%s: %s".formatted(name, e));
                }
              }
            },
            name);
    thread.start();
  }

  private void receive(ZMQ.Socket socket, Consumer<Message> handler) {
    ZMsg frames = ZMsg.recvMsg(socket);
    Message message;
    try {
      message = Message.of(frames, signature);
    } catch (Message.Refused e) {
      log("dropped what was received: " + e.getMessage());
      return;
    }
    publish(message, "status", status("busy"));
    try {
      handler.accept(message);
    } catch (RuntimeException e) {
      log("%s failed: %s".formatted(message.type(), e));
    } finally {
      publish(message, "status", status("idle"));
    }
  }

  private static JsonObject status(String state) {
    JsonObject status = new JsonObject();
    status.addProperty("execution_state", state);
    return status;
  }

  /** Answers a message of the shell channel; called by its handler only. */
  void reply(Message request, JsonObject content) {
    answer(request, content).send(shell);
  }

  /** Answers a message of the control channel; called by its handler only. */
  void replyOnControl(Message request, JsonObject content) {
    answer(request, content).send(control);
  }

  private ZMsg answer(Message request, JsonObject content) {
    String type = request.type().replace("_request", "_reply");
    return request.answer(type, content).frames(signature);
  }

  /** Sends something to every front end, in the order of the calls. */
  void publish(Message cause, String type, JsonObject content) {
    published.add(cause.answer(type, content));
  }

  /**
   * Asks the reader for a line.
   *
   * @param cell the cell that wants it
   * @return what was typed
   * @throws InterruptedException if the cell is stopped meanwhile
   */
  String ask(Message cell) throws InterruptedException {
    JsonObject content = new JsonObject();
    content.addProperty("prompt", "");
    content.addProperty("password", false);
    Question question =
        new Question(cell.answer("input_request", content), new CompletableFuture<>());
    questions.add(question);
    try {
      return question.answer().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the question failed", e.getCause());
    } finally {
      question.answer().cancel(false);
    }
  }

  private void ask(ZMQ.Socket stdin, Question question) {
    stdin.setReceiveTimeOut(0);
    while (ZMsg.recvMsg(stdin) != null) {
      // An answer that nobody waited for.
    }
    stdin.setReceiveTimeOut(POLL_MILLIS);
    question.message().frames(signature).send(stdin);
    while (!question.answer().isDone()) {
      ZMsg frames = ZMsg.recvMsg(stdin);
      if (frames == null) {
        continue;
      }
      try {
        question.answer().complete(Message.of(frames, signature).text("value"));
      } catch (Message.Refused e) {
        log("dropped what was received: " + e.getMessage());
      }
    }
  }

  /** A line for Jupyter's own log. */
  void log(String line) {
    log.println("hgn kernel: " + line.lines().findFirst().orElse(""));
  }
}
