"""Whatever is drawn from sound blocks ends, on every schedule, with nothing left; and the rows are right after every step."""

from random import Random

import pytest

from engine.workflow import definition, outside
from tests.engine.workflow.generated import BLOCKS, Generator, play
from tests.engine.workflow.ledger import Case, snapshot


@pytest.mark.parametrize("chunk", range(8))
def test_generated_processes_end_on_random_schedules(chunk, monkeypatch):
    kinds, most = set(), outside.ROOM
    for seed in range(chunk * 60, chunk * 60 + 60):
        generator = Generator(Random(seed))
        (process,) = definition.read(generator.diagram())
        kinds |= generator.kinds
        before = snapshot(process)
        for turn, room in enumerate((most, 0)):  # the rounds of a multi-instance in the state bytes, then outside of them
            monkeypatch.setattr(outside, "ROOM", room)
            player = Random(seed * 100 + turn)
            picks = {f"pick{n}": player.randint(0, 2) for n in range(3)}
            items = list(range(player.randint(0, 4)))
            case = Case(process, watched=False, n=0, key="k", items=items, x=player.randint(0, 4), ok=turn == 1, results=None, **picks)

            play(case, player)

            assert case.status == "COMPLETED", f"seed {seed}"
        assert snapshot(process) == before, f"seed {seed}"
    assert len(kinds) > len(BLOCKS) / 2
