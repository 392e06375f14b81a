"""Talks to the project's kernel as a front end does. Run by KernelProtocolTest.

JUPYTER_PATH names the folder that holds kernels/java/kernel.json.
"""

import base64
import json
import os
import re
import signal
import time
import unittest
from collections import Counter
from datetime import datetime, timezone

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

LIMIT = 60


def start(name="java"):
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=LIMIT)
    return manager, client


def plain(lines):
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(lines))


class Cell:
    """A cell's messages, in order."""

    def __init__(self, client, code, stop_on_error=True):
        self.client = client
        self.id = client.execute(code, stop_on_error=stop_on_error)
        self.messages = []

    def next(self, timeout=LIMIT):
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == self.id:
                self.messages.append(message)
                return message

    def until(self, wanted, timeout=LIMIT):
        end = time.time() + timeout
        while time.time() < end:
            message = self.next(timeout=max(0.1, end - time.time()))
            if wanted(message):
                return message
        raise AssertionError("not seen: %s" % Counter(m["msg_type"] for m in self.messages))

    def finish(self, timeout=LIMIT):
        self.until(lambda m: m["content"].get("execution_state") == "idle", timeout)
        return self.answered(timeout)

    def answered(self, timeout=LIMIT):
        """Takes the reply, once the cell is idle."""
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == self.id:
                self.reply = reply["content"]
                return self

    def of(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    def text(self, stream="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == stream)

    def result(self):
        return self.of("execute_result")[0]["data"]

    def error(self):
        return self.of("error")[0]


STOPS = {
    "a loop that swallows it": "while (true) { try { Thread.sleep(100); } catch (InterruptedException e) { } }",
    "a loop that catches all": "while (true) { try { while (true) { } } catch (Throwable e) { } }",
    "endless output": 'while (true) System.out.println("step");',
    "endless lines of a format": 'int i = 0; while (true) System.out.printf("%d%n", i++);',
    "endless output and errors": 'while (true) { System.out.println("step"); System.err.println("step"); }',
    "endless pictures": 'String big = "b".repeat(100000); while (true) display(big);',
    "endless updates": 'String id = display("a"); while (true) updateDisplay(id, "b");',
    "parallel workers": "IntStream.range(0, 4).parallel().forEach(i -> { while (true) { } });",
    "workers of a pool": "var es = Executors.newFixedThreadPool(2); es.submit(() -> { while (true) { } }).get();",
    "workers that print": 'var et = Executors.newFixedThreadPool(2);\n'
                          'et.submit(() -> { while (true) System.out.println("step"); }).get();',
    "workers that swallow it": "new Thread(() -> { while (true) { try { Thread.sleep(100); }"
                               " catch (InterruptedException e) { } } }).start();\nThread.sleep(60000);",
    "endless calls": "Stream.generate(() -> 1).forEach(x -> { });",
}
BUSY = ("Thread.getAllStackTraces().values().stream().filter(stack -> Arrays.stream(stack)"
        '.anyMatch(f -> f.getClassName().startsWith("REPL."))).count()')


def stopped(test, name):
    """Stops a cell that runs for ever; it has five seconds, and its threads end with it."""
    cell = Cell(test.client, STOPS[name])
    time.sleep(1)
    began, pressed = time.time(), datetime.now(timezone.utc)
    test.manager.interrupt_kernel()
    cell.finish()
    seconds, shown = time.time() - began, sum(
        len(str(m["content"])) for m in cell.messages if m["header"]["date"] > pressed)
    test.assertEqual(cell.error()["ename"], "Interrupted", name)
    test.assertNotRegex(plain(cell.error()["traceback"]), "hgn.kernel|jdk.jshell", name)
    test.assertLess(seconds, 5, name)
    test.assertLess(shown, 1 << 20, name)
    # This very cell is the one that counts.
    test.assertEqual(Cell(test.client, BUSY).finish().result()["text/plain"], "1", name)
    return seconds


def forge(client, times):
    """Sends messages with a wrong signature, with none and with no frames at all."""
    socket = client.shell_channel.socket
    for _ in range(times):
        frames = client.session.serialize(client.session.msg("execute_request", {"code": "times = 9;"}))
        frames[1] = b"0" * 64
        socket.send_multipart(frames)
        socket.send_multipart([b"garbage"])
        socket.send_multipart([b"<IDS|MSG>", b"short"])


class KernelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        began = time.time()
        cls.manager, cls.client = start()
        cls.first = Cell(cls.client, "40 + 2").finish()
        cls.seconds = time.time() - began

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)

    def run_cell(self, code, **options):
        return Cell(self.client, code, **options).finish()

    def test_first_cell_answers(self):
        print("first cell after %.1f s" % self.seconds)
        self.assertEqual(self.first.result()["text/plain"], "42")
        self.assertEqual(self.first.reply["status"], "ok")

    def test_state_is_kept_between_cells(self):
        self.run_cell("int kept = 7;\nint twice(int x) { return 2 * x; }")
        self.assertEqual(self.run_cell("twice(kept)").result()["text/plain"], "14")

    def test_last_bare_expression_is_the_result(self):
        cell = self.run_cell("1 + 1;\nvar a = List.of(1, 2);\na")
        self.assertEqual(cell.result()["text/plain"], "[1, 2]")
        self.assertEqual(self.run_cell("var quiet = 3;").of("execute_result"), [])
        self.assertEqual(self.run_cell("// nothing\n").of("execute_result"), [])
        self.assertEqual(self.run_cell("\n").reply["status"], "ok")
        self.assertEqual(self.run_cell("String none = null; none").of("execute_result"), [])

    def test_default_imports(self):
        cell = self.run_cell(
            "Function<Integer, Integer> f = x -> x + 1;\n"
            "Path p = Path.of(\"a\");\nDuration d = Duration.ofSeconds(1);\n"
            "Stream.of(1, 2).map(f).collect(Collectors.toList())")
        self.assertEqual(cell.result()["text/plain"], "[2, 3]")

    def test_output_is_live(self):
        cell = Cell(self.client, 'System.out.print("early");Thread.sleep(1500);System.out.print("late");')
        cell.until(lambda m: m["content"].get("text") == "early", timeout=LIMIT)
        seen = time.time()
        cell.until(lambda m: m["content"].get("text") == "late")
        self.assertGreater(time.time() - seen, 1.0)
        cell.finish()

    def test_carriage_returns_umlauts_and_order(self):
        cell = self.run_cell(
            'System.out.print("\\r1");System.out.print("\\r2 ä█😀\\n");'
            'System.err.println("problem");System.out.println("after");')
        self.assertEqual(cell.text(), "\r1\r2 ä█😀\nafter\n")
        self.assertEqual(cell.text("stderr"), "problem\n")
        order = [c["name"] for c in cell.of("stream")]
        self.assertEqual(order[-2:], ["stderr", "stdout"])

    def test_a_flood_of_output_arrives_whole(self):
        cell = self.run_cell('for (int i = 0; i < 100000; i++) System.out.println("line " + i);')
        lines = cell.text().split("\n")
        self.assertEqual(len(lines), 100001)
        self.assertEqual(lines[-2], "line 99999")

    def test_display_and_update(self):
        cell = self.run_cell('String shown = display("before"); updateDisplay(shown, "after");')
        first, = cell.of("display_data")
        second, = cell.of("update_display_data")
        self.assertEqual(first["data"]["text/plain"], "before")
        self.assertEqual(second["data"]["text/plain"], "after")
        self.assertEqual(first["transient"]["display_id"], second["transient"]["display_id"])

    def test_image_chart_table_and_display_data(self):
        image = self.run_cell(
            "new java.awt.image.BufferedImage(3, 2, java.awt.image.BufferedImage.TYPE_INT_RGB)")
        self.assertTrue(base64.b64decode(image.result()["image/png"]).startswith(b"\x89PNG"))
        chart = self.run_cell(
            "import org.knowm.xchart.*;\nvar chart = new XYChartBuilder().title(\"T\").build();\n"
            "var unused = chart.addSeries(\"s\", new double[] {1, 2}, new double[] {3, 4});\nchart")
        self.assertEqual(chart.reply["status"], "ok", chart.of("error"))
        self.assertTrue(base64.b64decode(chart.result()["image/png"]).startswith(b"\x89PNG"))
        table = self.run_cell(
            "import tech.tablesaw.api.*;\n"
            "Table.create(\"t\", IntColumn.create(\"n\", 1, 2), StringColumn.create(\"s\", \"<a>\", \"b\"))")
        self.assertIn(">&lt;a&gt;</td>", table.result()["text/html"])
        self.assertIn("n", table.result()["text/plain"])
        data = self.run_cell(
            'new hgn.notebook.Bundle(Map.of("text/plain", "t", "text/html", "<b>h</b>"))')
        self.assertEqual(data.result(), {"text/plain": "t", "text/html": "<b>h</b>"})

    def test_exception_keeps_class_message_cause_and_line(self):
        cell = self.run_cell(
            "int ok = 1;\n\nint half(int x) {\n  return x / 0;\n}\n"
            "try { half(ok); } catch (ArithmeticException e) {\n"
            "  throw new IllegalStateException(\"outer\", e);\n}")
        error = cell.error()
        self.assertEqual(error["ename"], "java.lang.IllegalStateException")
        self.assertEqual(error["evalue"], "outer")
        text = plain(error["traceback"])
        self.assertIn("Caused by: java.lang.ArithmeticException: / by zero", text)
        count = cell.reply["execution_count"]
        self.assertIn("(cell %d, line 4)" % count, text)
        self.assertIn("cell %d, line 7" % count, text)
        self.assertNotIn("jdk.internal.reflect", text)
        self.assertNotIn("JShell", text)

    def test_errors_and_own_exceptions(self):
        cell = self.run_cell("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)")
        self.assertEqual(cell.error()["ename"], "java.lang.StackOverflowError")
        self.run_cell("class Mine extends RuntimeException { Mine(String m) { super(m); } }")
        cell = self.run_cell('throw new Mine("own");')
        self.assertEqual((cell.error()["ename"], cell.error()["evalue"]), ("Mine", "own"))

    def test_user_error_is_its_message_alone(self):
        cell = self.run_cell(
            'throw new hgn.io.UserError(hgn.io.UserError.Kind.DATA, "x is corrupt: remove it");')
        self.assertEqual(plain(cell.error()["traceback"]), "x is corrupt: remove it")

    def test_compile_error_shows_line_and_caret(self):
        cell = self.run_cell("int fine = 1;\nint a = 2;\nString s = a.nope();")
        text = plain(cell.error()["traceback"])
        self.assertIn("line 3: error: int cannot be dereferenced", text)
        self.assertIn("    String s = a.nope();\n                ^", text)
        self.assertEqual(cell.error()["ename"], "CompileError")
        self.assertIn("line 1: error", plain(self.run_cell("for (int i = 0; i < 3; i++) {").error()["traceback"]))

    def test_cells_behind_a_failed_one_are_not_run(self):
        failing = Cell(self.client, "throw new RuntimeException();")
        ids = [self.client.execute("int n%d = 1;" % i) for i in range(3)]
        statuses = {}
        while len(statuses) < 4:
            reply = self.client.get_shell_msg(timeout=LIMIT)
            statuses[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
        self.assertEqual([statuses[i] for i in [failing.id] + ids], ["error"] + 3 * ["aborted"])
        self.assertEqual(self.run_cell("1").reply["status"], "ok")

    def test_system_exit_keeps_the_session(self):
        self.run_cell("int survives = 5;")
        cell = self.run_cell("System.exit(3);")
        self.assertIn("System.exit(3)", cell.error()["evalue"])
        cell = self.run_cell("Runtime.getRuntime().exit(0);")
        self.assertIn("Runtime.exit(0)", cell.error()["evalue"])
        cell = self.run_cell("Runtime.getRuntime().halt(0);")
        self.assertIn("Runtime.halt(0)", cell.error()["evalue"])
        self.assertEqual(self.run_cell("survives").result()["text/plain"], "5")

    def ask(self, message_id):
        while True:
            reply = self.client.get_shell_msg(timeout=LIMIT)
            if reply["parent_header"].get("msg_id") == message_id:
                return reply["content"]

    def test_completion(self):
        code = 'import java.util.List;\nString word = "😀";\nword.toUpp'
        found = self.ask(self.client.complete(code))
        self.assertIn("toUpperCase()", [m for m in found["matches"]] + [m + ")" for m in found["matches"]])
        self.assertEqual((found["cursor_start"], found["cursor_end"]), (len(code) - 5, len(code)))
        found = self.ask(self.client.complete("hgn.paper.Bud"))
        self.assertIn("Budget", found["matches"])

    def test_inspection(self):
        found = self.ask(self.client.inspect('"abc".substring', 12))
        self.assertTrue(found["found"])
        self.assertIn("substring(int beginIndex", found["data"]["text/plain"])
        found = self.ask(self.client.inspect("hgn.paper.Budget.fromEnvironment()", 25))
        self.assertIn("HGN_BUDGET", found["data"]["text/plain"])
        self.assertFalse(self.ask(self.client.inspect("   ", 1))["found"])

    def test_completeness(self):
        def status(code):
            return self.ask(self.client.is_complete(code))["status"]

        self.assertEqual(status("int x = 1;"), "complete")
        self.assertEqual(status("1 + 1"), "complete")
        self.assertEqual(status("int f() {"), "incomplete")
        self.assertEqual(status("int x = 1;\nfor (;;) {"), "incomplete")
        self.assertEqual(status("int ) = ;"), "invalid")

    def interrupted(self, code, limit):
        """Interrupts a cell that printed "on" in the statement it is to be interrupted in."""
        self.run_cell("int state = 11;")
        cell = Cell(self.client, code)
        cell.until(lambda m: "on" in m["content"].get("text", ""))
        time.sleep(0.3)
        began = time.time()
        self.manager.interrupt_kernel()
        cell.finish()
        self.assertLess(time.time() - began, limit)
        self.assertEqual(self.run_cell("state").result()["text/plain"], "11")
        return cell

    def test_interrupt_of_a_loop_that_asks(self):
        cell = self.interrupted('{ System.out.println("on"); while (!Thread.interrupted()); System.out.println("heard"); }\n'
                                'System.out.println("went on");', 3)
        self.assertIn("heard", cell.text())
        self.assertNotIn("went on", cell.text())
        self.assertEqual(cell.error()["ename"], "Interrupted")

    def test_interrupt_of_a_sleep(self):
        cell = self.interrupted('{ System.out.println("on"); Thread.sleep(60000); }', 2)
        self.assertEqual(cell.error()["ename"], "Interrupted")

    def test_interrupt_of_a_loop_that_does_not_ask(self):
        cell = self.interrupted('{ long n = 0; System.out.println("on"); while (true) n++; }', 5)
        self.assertEqual(cell.error()["ename"], "Interrupted")

    def test_library_code_is_not_stopped_halfway(self):
        cell = self.interrupted(
            "{ var latch = new java.util.concurrent.CountDownLatch(1);\n"
            "CompletableFuture.delayedExecutor(4500, TimeUnit.MILLISECONDS).execute(latch::countDown);\n"
            "boolean done = false;\n"
            "System.out.println(\"on\");\n"
            "while (!done) { done = com.google.common.util.concurrent.Uninterruptibles"
            ".awaitUninterruptibly(latch, 10, TimeUnit.SECONDS); }\n"
            'System.out.println("step done"); }', 8)
        self.assertIn("waiting for com.google", cell.text("stderr"))

    def test_stop_means_stop(self):
        for name in STOPS:
            with self.subTest(name):
                stopped(self, name)

    def test_history_is_empty(self):
        self.assertEqual(self.ask(self.client.history())["history"], [])

    def test_standard_input_is_asked_for(self):
        self.client.allow_stdin = True
        cell = Cell(self.client, "int age = new Scanner(System.in).nextInt();\nage + 1")
        self.client.get_stdin_msg(timeout=LIMIT)
        self.client.input("41")
        self.assertEqual(cell.finish().result()["text/plain"], "42")
        self.client.allow_stdin = False
        cell = self.run_cell("new Scanner(System.in).nextInt()")
        self.assertIn("cannot ask", cell.error()["evalue"])
        self.client.allow_stdin = True
        cell = Cell(self.client, "new BufferedReader(new InputStreamReader(System.in)).readLine()")
        self.client.get_stdin_msg(timeout=LIMIT)
        self.manager.interrupt_kernel()
        self.assertEqual(cell.finish().error()["ename"], "Interrupted")

    def test_messages_that_are_not_jupyters_are_dropped(self):
        self.run_cell("int times = 0;")
        cell = Cell(self.client, 'System.out.println("on"); Thread.sleep(1000); "went on"')
        cell.until(lambda m: "on" in m["content"].get("text", ""))
        forge(self.client, 3)
        self.assertEqual(cell.finish().result()["text/plain"], "went on")
        # The same frames twice, as somebody who listens could send them.
        session, socket = self.client.session, self.client.shell_channel.socket
        content = {"code": "times++;", "silent": False, "store_history": True, "allow_stdin": False,
                   "stop_on_error": True, "user_expressions": {}}
        frames = session.serialize(session.msg("execute_request", content))
        for _ in range(2):
            socket.send_multipart(frames)
        self.assertEqual(self.run_cell("times").result()["text/plain"], "1")

    def test_interrupt_of_an_idle_kernel_does_nothing(self):
        self.manager.interrupt_kernel()
        time.sleep(0.3)
        self.assertEqual(self.run_cell("3").result()["text/plain"], "3")


class LifeTest(unittest.TestCase):
    def test_a_stop_while_the_session_starts_is_heard(self):
        for delay in (0.0, 0.3, 1.0):
            manager, client = start()
            try:
                cell = Cell(client, "long n = 0; while (true) n++;")
                time.sleep(0.1 + delay)
                manager.interrupt_kernel()
                self.assertEqual(cell.finish().error()["ename"], "Interrupted")
                self.assertNotRegex(plain(cell.error()["traceback"]), "hgn.kernel|jdk.jshell")
                self.assertEqual(Cell(client, "2").finish().result()["text/plain"], "2")
            finally:
                client.stop_channels()
                manager.shutdown_kernel(now=True)

    def test_a_library_that_is_no_jar_is_named_by_every_cell(self):
        kernels = os.path.join(os.environ["JUPYTER_PATH"], "kernels")
        with open(os.path.join(kernels, "java", "kernel.json")) as file:
            spec = json.load(file)
        os.makedirs(os.path.join(kernels, "broken"))
        bad = os.path.join(kernels, "broken", "library.jar")
        open(bad, "w").close()
        spec["argv"][spec["argv"].index("-cp") + 1] += os.pathsep + bad
        with open(os.path.join(kernels, "broken", "kernel.json"), "w") as file:
            json.dump(spec, file)
        manager, client = start("broken")
        try:
            for _ in range(2):
                said = Cell(client, "1").finish().error()["evalue"]
                self.assertIn(bad + " (zip file is empty); remove it", said)
            asked = client.is_complete("1")
            reply = client.get_shell_msg(timeout=LIMIT)
            self.assertEqual((reply["parent_header"]["msg_id"], reply["content"]["evalue"]), (asked, said))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def test_what_cannot_be_stopped_is_named(self):
        manager, client = start()
        try:
            cell = Cell(client, '{ System.out.println("on"); LongStream.range(0, Long.MAX_VALUE).max(); }')
            cell.until(lambda m: "on" in m["content"].get("text", ""))
            manager.interrupt_kernel()
            cell.until(lambda m: m["content"].get("name") == "stderr")
            self.assertRegex(cell.text("stderr"), r"waiting for java\.util\.stream\.\w+\.max.*Restart")
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def test_restart_begins_anew(self):
        manager, client = start()
        try:
            Cell(client, "int gone = 1;").finish()
            manager.restart_kernel()
            client.wait_for_ready(timeout=LIMIT)
            self.assertEqual(Cell(client, "gone").finish().error()["ename"], "CompileError")
            self.assertEqual(Cell(client, "2").finish().result()["text/plain"], "2")
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def test_shutdown_while_busy_waits_for_the_cell(self):
        manager, client = start()
        cell = Cell(client, 'System.out.println("on");while (!Thread.interrupted());')
        cell.until(lambda m: "on" in m["content"].get("text", ""))
        began = time.time()
        manager.shutdown_kernel()
        self.assertLess(time.time() - began, 4.5)
        client.stop_channels()

    def test_killed_kernel_is_noticed(self):
        manager, client = start()
        pid = manager.provisioner.pid
        os.kill(pid, signal.SIGKILL)
        end = time.time() + 10
        while manager.is_alive() and time.time() < end:
            time.sleep(0.1)
        self.assertFalse(manager.is_alive())
        client.stop_channels()
        manager.cleanup_resources()


if __name__ == "__main__":
    spec = KernelSpecManager().get_kernel_spec("java")
    assert "hgn.kernel.JavaKernel" in spec.argv, "another kernel: %s" % spec.resource_dir
    unittest.main(verbosity=2, warnings="ignore")
