package hgn.kernel;

import hgn.io.UserError;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;

/** Standard input of the cells: a line at a time, asked of the front end. */
final class Keyboard extends InputStream {

  /** Asks the reader. */
  interface Prompt {
    /**
     * The next line that the reader types.
     *
     * @return the line without its end; null if the front end cannot be asked
     */
    String line() throws InterruptedException;
  }

  private final Prompt prompt;
  private byte[] typed = {};
  private int at;

  Keyboard(Prompt prompt) {
    this.prompt = prompt;
  }

  @Override
  public synchronized int available() {
    return typed.length - at;
  }

  @Override
  public synchronized int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int count) throws InterruptedIOException {
    if (count == 0) {
      return 0;
    }
    if (at == typed.length) {
      typed = (ask() + "\n").getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    int read = Math.min(count, typed.length - at);
    System.arraycopy(typed, at, into, offset, read);
    at += read;
    return read;
  }

  private String ask() throws InterruptedIOException {
    try {
      String line = prompt.line();
      if (line == null) {
        throw UserError.usage(
            "the cell reads from System.in, but this front end cannot ask its reader: give the"
                + " value in the cell, or run it in a notebook or a console");
      }
      return line;
    } catch (InterruptedException e) {
      // A Scanner takes an exception of its own kind for the end of the input.
      throw new Stop.Stopped();
    }
  }
}
