package hgn.kernel;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * The stop button. A press interrupts the cell's thread while it runs a snippet: during compilation
 * that would close the compiler's open files and with them the session. Code that sleeps or asks
 * {@link Thread#interrupted} ends by itself. After a grace period whatever the notebook's own code
 * does is ended, on the cell's thread and on those it started ({@link Guard}); code of a library is
 * waited for and said to be.
 */
final class Stop {
  /** Time that a cell may take to end by itself. */
  private static final long GRACE_MILLIS = 1000;

  /** Time that a library that calls the notebook's code may take. */
  private static final long LIBRARY_MILLIS = 10_000;

  private static final long SAMPLE_MILLIS = 50;

  /** Ends what runs; an error, so that no {@code catch (Exception e)} goes on. */
  static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("stopped");
    }
  }

  /** Threads of earlier cells, which go on, and of stopped cells, which do not. */
  private final Set<Thread> earlier = threads();

  private final Set<Thread> condemned = threads();

  private Thread running;
  private boolean active;
  private volatile boolean pressed;
  private volatile long pressedAt;

  private static Set<Thread> threads() {
    return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  }

  /** A cell begins: presses until {@link #end} are meant for it. */
  synchronized void begin() {
    Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
    // A thread of a pool outlives the task for which it was stopped.
    condemned.removeIf(thread -> !isNotebooks(all.get(thread)));
    earlier.clear();
    all.forEach(
        (thread, stack) -> {
          if (isNotebooks(stack) && !condemned.contains(thread)) {
            earlier.add(thread);
          }
        });
    pressed = false;
    active = true;
    if (condemned.isEmpty()) {
      Guard.disarm();
    }
  }

  /** The cell has ended; where it was stopped, so have its threads or they are said to go on. */
  void end() {
    synchronized (this) {
      active = false;
      if (!pressed) {
        return;
      }
    }
    Guard.arm(this::check);
    List<Thread> left = workers();
    long end = System.nanoTime() + GRACE_MILLIS * 1_000_000;
    while (!left.isEmpty() && System.nanoTime() < end) {
      condemned.addAll(left);
      left.stream()
          .filter(t -> Frames.isNotebookOnly(t.getStackTrace()))
          .forEach(Thread::interrupt);
      pause();
      left = workers();
    }
    for (Thread thread : left) {
      System.err.printf(
          Locale.ROOT,
          "the stopped cell's thread %s goes on until %s returns%n",
          thread.getName(),
          place(thread.getStackTrace()));
    }
    if (left.isEmpty()) {
      condemned.clear();
      Guard.disarm();
    }
  }

  /** The stop button was pressed. */
  void press() {
    synchronized (this) {
      if (!active) {
        return;
      }
      if (!pressed) {
        pressedAt = System.nanoTime();
        pressed = true;
        Thread watch = new Thread(this::watch, "stop");
        watch.setDaemon(true);
        watch.start();
      }
      if (running != null) {
        running.interrupt();
      }
    }
  }

  /** Whether the cell that runs is to end. */
  boolean pressed() {
    return pressed;
  }

  /** A snippet begins on this thread. */
  synchronized void enter() {
    if (pressed) {
      throw new Stopped();
    }
    running = Thread.currentThread();
  }

  /** The snippet has ended. What it did not notice must not leak into the compiler. */
  @SuppressWarnings("ReturnValueIgnored")
  synchronized void leave() {
    running = null;
    var unused = Thread.interrupted();
  }

  private void watch() {
    long pressedWhen = pressedAt;
    boolean said = false;
    while (active && pressed && pressedAt == pressedWhen) {
      pause();
      if (millis() < GRACE_MILLIS) {
        continue;
      }
      StackTraceElement[] stack;
      synchronized (this) {
        // By now the next cell may run, which nobody has stopped.
        if (!active || !pressed || pressedAt != pressedWhen) {
          return;
        }
        Guard.arm(this::check);
        stack = running == null ? new StackTraceElement[0] : running.getStackTrace();
        // Again: a loop may have swallowed the first interrupt and sleep for long.
        if (running != null && Frames.isNotebookOnly(stack)) {
          running.interrupt();
        }
        List<Thread> workers = workers();
        condemned.addAll(workers);
        workers.stream()
            .filter(t -> Frames.isNotebookOnly(t.getStackTrace()))
            .forEach(Thread::interrupt);
      }
      // What the JDK computes by itself, a sum over a long range, hears nothing either.
      boolean deaf = !Frames.isNotebookOnly(stack) || millis() > 3 * GRACE_MILLIS;
      if (!said && millis() > 2 * GRACE_MILLIS && stack.length > 0 && deaf) {
        said = true;
        System.err.printf(
            Locale.ROOT,
            "interrupted; waiting for %s to return. Restart the kernel to end it now.%n",
            place(stack));
      }
    }
  }

  /** Called by the notebook's code once the grace period is over. */
  private void check() {
    Thread thread = Thread.currentThread();
    boolean meant = condemned.contains(thread) || (active && pressed && thread == running);
    boolean late = pressed && millis() > LIBRARY_MILLIS;
    if (meant && (late || Frames.isNotebookOnly(thread.getStackTrace()))) {
      throw new Stopped();
    }
  }

  private long millis() {
    return (System.nanoTime() - pressedAt) / 1_000_000;
  }

  /** Other threads that run the notebook's code, since this cell began. */
  private List<Thread> workers() {
    Thread own = running;
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(e -> isNotebooks(e.getValue()) && e.getKey() != own)
        .map(Map.Entry::getKey)
        .filter(thread -> !earlier.contains(thread))
        .collect(Collectors.toList());
  }

  private static boolean isNotebooks(StackTraceElement[] stack) {
    return stack != null && Arrays.stream(stack).anyMatch(Frames::isSnippet);
  }

  /** The library that a thread is in, else what the notebook's code called of the JDK. */
  private static String place(StackTraceElement[] stack) {
    List<StackTraceElement> called =
        Arrays.stream(stack).takeWhile(frame -> !Frames.isSnippet(frame)).toList();
    return called.stream()
        .filter(frame -> Frames.isOutsideJdk(frame) && !Frames.isKernel(frame))
        .findFirst()
        .or(() -> called.stream().reduce((upper, lower) -> lower))
        .map(Frames::text)
        .orElse("the cell");
  }

  private static void pause() {
    try {
      Thread.sleep(SAMPLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
