#!/usr/bin/env python3
"""Time and peak memory of one command with all its processes, as whole processes are: from the start of the first to its end.

    watch.py RESULT COMMAND...          appends "SECONDS MB PROCESSOR-SECONDS" to the file RESULT; its exit status is the command's
    watch.py --mean COUNT COMMAND...    prints the mean of COUNT runs in milliseconds

A process that runs alone is measured by the kernel: its greatest resident set, as GNU time prints it. Where there are several at once
(a browser under Vivliostyle, a setter under pandoc) their proportional set sizes, which count a shared page once, are read from /proc every
50 ms and added up; a reading may cost no more than a twentieth of one core, so that it comes less often where processes are large.
The peak is the larger of the two. A peak between two readings is missed: for several processes the figure is a lower bound.
Processor time, of all that were waited for, shows whether a round was disturbed. MB are 10^6 bytes. Linux only.
"""
import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_CHILD_SUBREAPER = 36
LIMIT = 3600  # seconds; what takes longer is ended, and has failed


def descendants():
    """All processes below this one. As a subreaper it keeps also those whose parent ended."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    parent = int(file.read().rpartition(b")")[2].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(name))
    found, waiting = [], [os.getpid()]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def proportional(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                if line.startswith(b"Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # it has ended
    return 0


def end(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def watch(peak, done):
    latest = time.perf_counter() + LIMIT
    while not done.is_set():
        start = time.perf_counter()
        pids = descendants()
        if len(pids) > 1:
            peak[0] = max(peak[0], sum(map(proportional, pids)))
        if start > latest:
            end(pids)
        done.wait(max(0.05, 20 * (time.perf_counter() - start)))


def main(result, command):
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    peak, done = [0], threading.Event()
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ)
    watcher = threading.Thread(target=watch, args=(peak, done))
    watcher.start()
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    end(descendants())  # what a browser left behind must not disturb the next
    with open(result, "a") as file:
        file.write(f"{seconds:.3f} {max(peak[0], usage.ru_maxrss * 1024) / 1e6:.1f} {usage.ru_utime + usage.ru_stime:.2f}\n")
    return os.waitstatus_to_exitcode(status)


def mean(count, command):
    quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)]
    total = 0.0
    for _ in range(count):
        start = time.perf_counter()
        os.waitpid(os.posix_spawnp(command[0], command, os.environ, file_actions=quiet), 0)
        total += time.perf_counter() - start
    print(f"{1000 * total / count:.1f}")


if sys.argv[1] == "--mean":
    mean(int(sys.argv[2]), sys.argv[3:])
else:
    sys.exit(main(sys.argv[1], sys.argv[2:]))
