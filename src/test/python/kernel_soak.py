"""What must hold many times in a row: starts, stops of every kind, messages that are not Jupyter's.

Run by KernelSoakTest: kernel_soak.py starts|stops|messages [times].
"""

import sys
import time
import unittest

import kernel_test
from kernel_test import Cell, forge, start, stopped


def starts(times):
    """Each start must answer its first cell."""
    failures, seconds = 0, []
    for i in range(times):
        began = time.time()
        manager = None
        try:
            manager, client = start()
            value = Cell(client, "6 * 7").finish().result()["text/plain"]
            if value != "42":
                raise AssertionError(value)
            seconds.append(time.time() - began)
            client.stop_channels()
            manager.shutdown_kernel()
            if manager.is_alive():
                raise AssertionError("still alive after shutdown")
        except Exception as e:
            failures += 1
            print("start %d: %r" % (i, e), flush=True)
            if manager is not None:
                manager.shutdown_kernel(now=True)
    if seconds:
        print("%d starts, %d failed; first answer after %.1f s in the middle, %.1f s at worst"
              % (times, failures, sorted(seconds)[len(seconds) // 2], max(seconds)), flush=True)
    return failures


def stops(times):
    """Each stop ends its cell and the cell's threads, and the session goes on."""
    test = unittest.TestCase()
    test.manager, test.client = start()
    Cell(test.client, "int kept = 7;").finish()
    failures = 0
    for name in kernel_test.STOPS:
        seconds = []
        for i in range(times):
            try:
                seconds.append(stopped(test, name))
            except Exception as e:
                failures += 1
                print("%s, stop %d: %r" % (name, i, e), flush=True)
        print("%-28s %d stops, at worst %.1f s" % (name, len(seconds), max(seconds + [0])), flush=True)
    kept = Cell(test.client, "kept").finish().result()["text/plain"]
    test.client.stop_channels()
    test.manager.shutdown_kernel(now=True)
    return failures if kept == "7" else failures + 1


def messages(times):
    """A running cell notices nothing of so many messages with a wrong signature."""
    manager, client = start()
    Cell(client, "int times = 0;").finish()
    cell = Cell(client, 'System.out.println("on"); Thread.sleep(3000); times')
    cell.until(lambda m: "on" in m["content"].get("text", ""))
    forge(client, times)
    value = cell.finish().result()["text/plain"]
    then = Cell(client, "times + 1").finish().result()["text/plain"]
    print("%d forged messages: the cell's value %s, the next one's %s" % (times, value, then), flush=True)
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return 0 if (value, then) == ("0", "1") else 1


if __name__ == "__main__":
    kinds = {"starts": (starts, 50), "stops": (stops, 20), "messages": (messages, 1000)}
    run, usual = kinds[sys.argv[1]]
    sys.exit(1 if run(int(sys.argv[2]) if len(sys.argv) > 2 else usual) else 0)
