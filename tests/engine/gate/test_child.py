"""The frames between parent and child, as the child reads and writes them."""

import os
import struct

from engine.gate import child


def through_a_pipe(data):
    read, write = os.pipe()
    os.write(write, data)
    os.close(write)
    return read


def test_a_frame_that_is_sent_is_received():
    read, write = os.pipe()

    child.send(write, {"name": "隐患"})

    assert child.receive(read) == {"name": "隐患"}


def test_the_end_of_the_pipe_is_the_end():
    assert child.receive(through_a_pipe(b"")) is None
    assert child.receive(through_a_pipe(b"\x00\x00")) is None
    assert child.receive(through_a_pipe(struct.pack(">I", 10) + b"{}")) is None
