package hgn.io;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Error that the user can mend: the message names the value, what was expected and what to do.
 * Commands print the message alone and exit with {@link #exitCode()}.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Kinds of errors, each with its exit code. */
  public enum Kind {
    /** An unknown name, option or value. */
    USAGE(2),
    /** Something missing on this machine: a program, a font, disk space, permission. */
    ENVIRONMENT(3),
    /** A file that is corrupt, truncated or belongs to another spec. */
    DATA(4),
    /** Another process holds what was asked for. */
    BUSY(5);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Kind kind;

  /**
   * An error with its reason.
   *
   * @param kind what kind of thing is wrong
   * @param message the value, the expectation and what to do
   * @param cause what was thrown below, or null
   */
  public UserError(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * An error.
   *
   * @param kind what kind of thing is wrong
   * @param message the value, the expectation and what to do
   */
  public UserError(Kind kind, String message) {
    this(kind, message, null);
  }

  /** An unknown name, option or value; the message is written by {@link Text#of}. */
  public static UserError usage(String format, Object... args) {
    return new UserError(Kind.USAGE, Text.of(format, args));
  }

  /**
   * Error of something that is missing on this machine; the message is written by {@link Text#of}.
   */
  public static UserError environment(String format, Object... args) {
    return new UserError(Kind.ENVIRONMENT, Text.of(format, args));
  }

  /** A file with a wrong content; the message is written by {@link Text#of}. */
  public static UserError data(String format, Object... args) {
    return new UserError(Kind.DATA, Text.of(format, args));
  }

  /** Error of something that another process holds; the message is written by {@link Text#of}. */
  public static UserError busy(String format, Object... args) {
    return new UserError(Kind.BUSY, Text.of(format, args));
  }

  /**
   * The value of a name.
   *
   * @param what kind of thing is named, for the message: for example "system"
   * @param name what was asked for
   * @param known all that there are
   * @param names their names
   * @return the one so named
   * @param <T> their type
   * @throws UserError naming all that there are where none is called so
   */
  public static <T> T lookUp(
      String what, String name, Collection<T> known, Function<? super T, String> names) {
    return known.stream()
        .filter(value -> names.apply(value).equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(what, name, known.stream().map(names).toList()));
  }

  /** The error of a name that is none of those that there are. */
  public static UserError unknown(String what, String name, Collection<String> known) {
    return usage("unknown %s '%s', expected one of: %s", what, name, String.join(", ", known));
  }

  /**
   * User error within anything that was thrown: the first of its causes that says so, memory, the
   * native library, a path that this machine cannot name, or what the file system refused.
   *
   * @param thrown by a command
   * @return empty where it is a fault of the program
   */
  public static Optional<UserError> in(Throwable thrown) {
    Set<Throwable> chain = new LinkedHashSet<>();
    for (Throwable t = thrown; t != null && chain.add(t); t = t.getCause()) {
      UserError known = known(t);
      if (known != null) {
        return Optional.of(t == known ? known : known.because(thrown));
      }
    }
    return Optional.empty();
  }

  private static UserError known(Throwable t) {
    String said = String.valueOf(t.getMessage());
    if (t instanceof UserError error) {
      return error;
    }
    if (t instanceof OutOfMemoryError
        || said.matches("(?is).*(out of memory|not enough memory).*")) {
      return environment(
          "out of memory (%s): end other programs, or take a smaller batch, size or --jobs",
          line(said));
    }
    if (t instanceof UnsatisfiedLinkError
        || said.contains("native library")
        || (t instanceof NoClassDefFoundError && said.contains("ai.djl"))) {
      return environment(
          "libtorch could not be loaded (%s): './workbook doctor' says what is missing; a folder"
              + " that is mounted noexec is avoided with DJL_CACHE_DIR=<another folder>",
          line(said));
    }
    if (t instanceof InvalidPathException) {
      return usage(
          "a path that this machine's locale cannot name (%s): set LC_ALL=C.UTF-8", line(said));
    }
    if (t instanceof FileSystemException e) {
      String why =
          e instanceof AccessDeniedException
              ? "permission denied"
              : e instanceof NoSuchFileException
                  ? "it is not there"
                  : line(String.valueOf(e.getReason()));
      return environment(
          "%s could not be used (%s): mend its permissions, the disk's space or its name",
          e.getFile(), why);
    }
    return null;
  }

  private static String line(String message) {
    return message.strip().lines().findFirst().orElse("no reason given");
  }

  /** This error with what was thrown below. */
  public UserError because(Throwable cause) {
    return new UserError(kind, getMessage(), cause);
  }

  /** The same with another remedy behind its last semicolon. */
  public UserError advising(String remedy) {
    String message = getMessage().replaceFirst(";[^;]*$", "");
    return new UserError(kind, message + "; " + remedy, this);
  }

  /** Kind of the error. */
  public Kind kind() {
    return kind;
  }

  /** The exit code of a command that fails with this. */
  public int exitCode() {
    return kind.exitCode;
  }
}
