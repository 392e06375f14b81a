"""What a front end sees of a training: progress, an interrupt, a restart, a killed kernel.

Run by KernelTrainingTest, with JUPYTER_PATH as kernel_test.py has it and the folder of an empty
workspace as the last argument. The machine may be busy: an interrupt's limit is measured against
the steps that were seen, and nothing else is timed.
"""

import os
import re
import signal
import sys
import time
import unittest

import kernel_test
from kernel_test import Cell, plain

# For what hangs.
LIMIT = 600
kernel_test.LIMIT = LIMIT
# Idle after an interrupt: within the step it fell into, but three seconds are always granted, ...
GRANTED = 3
# ... and for the checkpoint, the error and its way here
ALLOWANCE = 1
HOME = sys.argv.pop()
# Of the training alone, which has thousands of steps: films that are read and windows that are cut are counted too.
COUNT = re.compile(r"\s(\d+)/(\d{4}) ")
SETUP = """
import hgn.data.LampFilms;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.notebook.Show;
import hgn.paper.Budget;
import hgn.paper.Paper;
System.setProperty("hgn.home", "%s");
var folder = LampFilms.write(Workspace.find().root().resolve("lamp"), 5, 32, Progress.NONE);
var experiment = Paper.films("lamp").within(Budget.QUICK);
int kept = 17;
""" % HOME
TRAIN = "var run = experiment.train(Show.training(experiment.name()));"


def counts(cell):
    return [int(n) for n, total in COUNT.findall(cell.text())]


class Training:
    """A cell that trains, with the times at which its progress was seen."""

    def __init__(self, client):
        self.cell = Cell(client, TRAIN)
        self.seen = []

    def next(self):
        message = self.cell.next(timeout=LIMIT)
        found = counts(self.cell)
        if found and (not self.seen or found[-1] > self.seen[-1][0]):
            self.seen.append((found[-1], time.monotonic()))
        return message

    def steps(self, wanted):
        """Waits until so many steps were seen here; a run that goes on starts with those behind it."""
        while not self.seen or self.last() - self.first() < wanted:
            message = self.next()
            if message["msg_type"] == "error":
                raise AssertionError(plain(message["content"]["traceback"]))
            if message["content"].get("execution_state") == "idle":
                raise AssertionError("ended after " + repr(self.seen) + ":\n" + self.cell.text())
        return self

    def finish(self):
        while self.next()["content"].get("execution_state") != "idle":
            pass
        return self.cell.answered(LIMIT)

    def first(self):
        return self.seen[0][0]

    def last(self):
        return self.seen[-1][0]

    def slowest(self):
        """Seconds of the slowest step seen."""
        pairs = zip(self.seen, self.seen[1:])
        return max((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs)


class TrainingTest(unittest.TestCase):
    def setUp(self):
        self.open()

    def tearDown(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def open(self):
        self.manager, self.client = kernel_test.start()
        self.setup()

    def setup(self):
        self.assertEqual(Cell(self.client, SETUP).finish(LIMIT).reply["status"], "ok")

    def checkpoint(self):
        return os.path.join(HOME, "data/runs/hgn-leapfrog.films-lamp/quick/checkpoint.npz")

    def interrupted(self, training):
        """Interrupts; returns the iteration that the training says it stopped after."""
        began = time.monotonic()
        self.manager.interrupt_kernel()
        training.finish()
        elapsed = time.monotonic() - began
        # With the step that the interrupt fell into, where its progress was shown.
        limit = max(GRANTED, training.slowest()) + ALLOWANCE
        print("idle %.2f s after the interrupt; slowest step seen %.2f s, limit %.2f s"
              % (elapsed, training.slowest(), limit), flush=True)
        self.assertLess(elapsed, limit)
        error = training.cell.error()
        self.assertEqual(error["ename"], "hgn.training.TrainingInterrupted")
        return int(re.search(r"stopped after iteration (\d+) of \d{4}", error["evalue"]).group(1))

    def test_a_training_is_interrupted_restarted_killed_and_goes_on(self):
        # Progress arrives while it trains, and an interrupt ends it after the step.
        training = Training(self.client).steps(3)
        self.assertGreaterEqual(len(training.seen), 2, "progress is live")
        stopped = self.interrupted(training)
        self.assertGreaterEqual(stopped, training.last())
        self.assertTrue(os.path.exists(self.checkpoint()))

        # The session is alive, and the same cell goes on from there.
        self.assertEqual(Cell(self.client, "kept").finish(LIMIT).result()["text/plain"], "17")
        training = Training(self.client).steps(2)
        self.assertEqual(training.first(), stopped)
        stopped = self.interrupted(training)

        # A restart while it trains: the session is new, the run is not.
        Training(self.client).steps(1)
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=LIMIT)
        self.assertEqual(Cell(self.client, "kept").finish(LIMIT).error()["ename"], "CompileError")
        self.setup()
        training = Training(self.client).steps(2)
        self.assertGreaterEqual(training.first(), stopped)
        stopped = self.interrupted(training)

        # A kernel that is killed while it trains: its last checkpoint stands and is whole.
        Training(self.client).steps(1)
        os.kill(self.manager.provisioner.pid, signal.SIGKILL)
        end = time.time() + LIMIT
        while self.manager.is_alive() and time.time() < end:
            time.sleep(0.1)
        self.assertFalse(self.manager.is_alive())
        self.client.stop_channels()
        self.manager.cleanup_resources()
        self.open()
        training = Training(self.client).steps(2)
        self.assertGreaterEqual(training.first(), stopped)
        self.interrupted(training)
        leftovers = [f for f in os.listdir(os.path.dirname(self.checkpoint())) if f.endswith(".tmp")]
        self.assertLessEqual(len(leftovers), 1, "what a kill may leave is a temporary file")

    def test_a_finished_training_shows_its_curve(self):
        cell = Cell(self.client, "var done = experiment.within(Budget.SMOKE).train(Show.training(\"smoke\"));\ndone.result().iterations()")
        cell.finish(LIMIT)
        self.assertEqual(cell.reply["status"], "ok", plain(cell.reply.get("traceback", [])))
        self.assertEqual(cell.result()["text/plain"], "12")
        shown = cell.of("display_data") + cell.of("update_display_data")
        self.assertTrue(any("image/png" in c["data"] for c in shown))
        self.assertIn("12/12", cell.text())


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
