package hgn.kernel;

import hgn.io.Text;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Calls put into the compiled code of cells: every method and every turn of a loop asks whether the
 * user has pressed stop, and what would end the process ends the cell.
 *
 * <p>A thread cannot be stopped from outside since Java 20, and Java 17's security manager warns in
 * every notebook. Libraries that exit or loop by themselves are not covered.
 */
public final class Guard {
  private static final String NAME = Guard.class.getName().replace('.', '/');

  /** Check that is made when somebody has pressed stop; null while nobody has. */
  private static volatile Runnable stop;

  private Guard() {}

  /** Exception that a cell's {@code System.exit} throws. */
  static final class ExitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExitException(String call, int status) {
      super(
          Text.of(
              "%s(%d) would end the session: restart the kernel if that is what you want",
              call, status));
    }
  }

  static void arm(Runnable check) {
    stop = check;
  }

  static void disarm() {
    stop = null;
  }

  /** Ends the caller where its cell is being stopped; called by compiled cells. */
  public static void check() {
    Runnable asked = stop;
    if (asked != null) {
      asked.run();
    }
  }

  /**
   * Stands for {@code System.exit} in a cell.
   *
   * @param status the exit code
   */
  @SuppressWarnings("DoNotCallSuggester") // Nobody writes this call: compiled cells contain it.
  public static void exit(int status) {
    throw new ExitException("System.exit", status);
  }

  /**
   * Stands for {@link Runtime#exit} in a cell.
   *
   * @param runtime the receiver
   * @param status the exit code
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static void exit(Runtime runtime, int status) {
    throw new ExitException("Runtime.exit", status);
  }

  /**
   * Stands for {@link Runtime#halt} in a cell.
   *
   * @param runtime the receiver
   * @param status the exit code
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static void halt(Runtime runtime, int status) {
    throw new ExitException("Runtime.halt", status);
  }

  /** The class with the calls in it. */
  static byte[] guarded(byte[] bytecode) {
    ClassReader reader = new ClassReader(bytecode);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String signature, String generic, String[] exceptions) {
            return new Guarded(super.visitMethod(access, name, signature, generic, exceptions));
          }
        },
        0);
    try {
      return writer.toByteArray();
    } catch (MethodTooLargeException e) {
      return bytecode; // At the limit of 64 KiB there is no room for them.
    }
  }

  /** None of the calls changes the stack's depth or a frame. */
  private static final class Guarded extends MethodVisitor {
    private final java.util.Set<Label> passed = new java.util.HashSet<>();

    Guarded(MethodVisitor method) {
      super(Opcodes.ASM9, method);
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, "check", "()V", false);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      check();
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (passed.contains(target)) {
        check();
      }
      super.visitJumpInsn(opcode, target);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String type, boolean face) {
      if (isExit(owner, name, type)) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, name, statically(owner), false);
      } else {
        super.visitMethodInsn(opcode, owner, name, type, face);
      }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String type, Handle factory, Object... args) {
      Object[] guarded = args.clone();
      for (int i = 0; i < args.length; i++) {
        if (args[i] instanceof Handle h && isExit(h.getOwner(), h.getName(), h.getDesc())) {
          guarded[i] =
              new Handle(
                  Opcodes.H_INVOKESTATIC, NAME, h.getName(), statically(h.getOwner()), false);
        }
      }
      super.visitInvokeDynamicInsn(name, type, factory, guarded);
    }

    private static boolean isExit(String owner, String name, String type) {
      return type.equals("(I)V")
          && ((owner.equals("java/lang/System") && name.equals("exit"))
              || (owner.equals("java/lang/Runtime")
                  && (name.equals("exit") || name.equals("halt"))));
    }

    private static String statically(String owner) {
      return owner.equals("java/lang/System") ? "(I)V" : "(Ljava/lang/Runtime;I)V";
    }
  }
}
