"""Starts the kernel many times in a row; each start must answer its first cell. Run by KernelSoakTest."""

import sys
import time

from kernel_test import Cell, start


def main(times):
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
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
