package hgn.notebook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes {@code System.exit} in a cell end the cell, not the session. The call's class is replaced
 * in the constant pool of the cell's compiled code; Java 17's own way, a security manager, is on
 * its way out and prints a warning into every notebook. Libraries that exit by themselves are not
 * covered.
 */
public final class ExitGuard {
  private static final String GUARD = "hgn/notebook/ExitGuard";
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHODREF = 10;
  private static final int NAME_AND_TYPE = 12;

  private ExitGuard() {}

  /** What a cell's {@code System.exit} throws. */
  static final class ExitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExitException(int status) {
      super(
          "System.exit(%d) would end the session: restart the kernel if that is what you want"
              .formatted(status));
    }
  }

  /**
   * Stands for {@code System.exit} in a cell; called by compiled cells only.
   *
   * @param status what the cell wanted to exit with
   */
  @SuppressWarnings("DoNotCallSuggester") // Nobody writes this call: compiled cells contain it.
  public static void exit(int status) {
    throw new ExitException(status);
  }

  /** The class with its calls of {@code System.exit} redirected; the same bytes if it has none. */
  static byte[] rewrite(byte[] bytecode) {
    try {
      return new Pool(bytecode).redirected();
    } catch (IOException e) {
      throw new UncheckedIOException("a cell's class file ends too early", e);
    }
  }

  /** One constant: its tag, its bytes after the tag, and the text of a UTF8 one. */
  private record Constant(int tag, byte[] body, String text) {
    int first() {
      return ((body[0] & 0xFF) << 8) | (body[1] & 0xFF);
    }

    int second() {
      return ((body[2] & 0xFF) << 8) | (body[3] & 0xFF);
    }
  }

  private static final class Pool {
    private final byte[] bytecode;
    private final List<Constant> constants = new ArrayList<>();
    private final int end;

    Pool(byte[] bytecode) throws IOException {
      this.bytecode = bytecode;
      ByteArrayInputStream bytes = new ByteArrayInputStream(bytecode);
      DataInputStream in = new DataInputStream(bytes);
      in.skipBytes(8);
      int count = in.readUnsignedShort();
      constants.add(null);
      while (constants.size() < count) {
        int tag = in.readUnsignedByte();
        if (tag == UTF8) {
          constants.add(new Constant(tag, null, in.readUTF()));
          continue;
        }
        byte[] body = new byte[bodyLength(tag)];
        in.readFully(body);
        constants.add(new Constant(tag, body, null));
        if (tag == 5 || tag == 6) {
          constants.add(null); // A long or a double takes two places.
        }
      }
      end = bytecode.length - bytes.available();
    }

    private static int bodyLength(int tag) throws IOException {
      return switch (tag) {
        case 7, 8, 16, 19, 20 -> 2;
        case 15 -> 3;
        case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
        case 5, 6 -> 8;
        default -> throw new IOException("unknown constant " + tag);
      };
    }

    byte[] redirected() throws IOException {
      int guard = constants.size() + 1;
      boolean found = false;
      for (int i = 0; i < constants.size(); i++) {
        Constant c = constants.get(i);
        if (c != null && c.tag() == METHODREF && isExit(c)) {
          found = true;
          byte[] body = {(byte) (guard >> 8), (byte) guard, c.body()[2], c.body()[3]};
          constants.set(i, new Constant(METHODREF, body, null));
        }
      }
      if (!found) {
        return bytecode;
      }
      int name = guard - 1;
      constants.add(new Constant(UTF8, null, GUARD));
      constants.add(new Constant(CLASS, new byte[] {(byte) (name >> 8), (byte) name}, null));
      return written();
    }

    private boolean isExit(Constant method) {
      String owner = constants.get(constants.get(method.first()).first()).text();
      Constant signature = constants.get(method.second());
      return owner.equals("java/lang/System")
          && signature.tag() == NAME_AND_TYPE
          && constants.get(signature.first()).text().equals("exit")
          && constants.get(signature.second()).text().equals("(I)V");
    }

    private byte[] written() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(bytecode, 0, 8);
      out.writeShort(constants.size());
      for (Constant c : constants) {
        if (c != null) {
          out.writeByte(c.tag());
          if (c.tag() == UTF8) {
            out.writeUTF(c.text());
          } else {
            out.write(c.body());
          }
        }
      }
      out.write(bytecode, end, bytecode.length - end);
      return bytes.toByteArray();
    }
  }
}
