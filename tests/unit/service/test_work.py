"""Work off the event loop: so much at a time, so much waiting, and the rest refused before anything is done."""

from collections.abc import Callable
from threading import Event

import anyio
import pytest

from service.api.work import Desk
from service.errors import Overloaded

SECONDS = 30


async def _until(seen: Callable[[], bool]) -> None:
    with anyio.fail_after(SECONDS):
        while not seen():
            await anyio.sleep(0.005)


def test_result_and_error_of_the_work_come_back() -> None:
    async def run() -> None:
        desk = Desk(threads=1, waiting=0)
        assert await desk.run(lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            await desk.run(lambda: 1 // 0)
        assert (desk.working, desk.waiting) == (0, 0)

    anyio.run(run)


@pytest.mark.parametrize("waiting", [0, 2])
def test_what_finds_the_queue_full_is_refused_before_any_work(waiting: int) -> None:
    done: list[int] = []

    async def run() -> None:
        desk, free = Desk(threads=1, waiting=waiting), Event()
        async with anyio.create_task_group() as group:
            group.start_soon(desk.run, lambda: free.wait(SECONDS))
            await _until(lambda: desk.working == 1)
            for number in range(waiting):
                group.start_soon(desk.run, lambda number=number: done.append(number))
            await _until(lambda: desk.waiting == waiting)
            with pytest.raises(Overloaded, match="ask again"):
                await desk.run(lambda: done.append(-1))
            free.set()
        assert await desk.run(lambda: 7) == 7

    anyio.run(run)
    assert sorted(done) == list(range(waiting))


def test_those_that_come_all_at_once_are_counted_too() -> None:
    refused: list[int] = []

    async def run() -> None:
        desk, free = Desk(threads=1, waiting=2), Event()

        async def ask(number: int) -> None:
            try:
                await desk.run(lambda: free.wait(SECONDS))
            except Overloaded:
                refused.append(number)
                if len(refused) == 7:
                    free.set()

        with anyio.move_on_after(5):
            async with anyio.create_task_group() as group:
                for number in range(10):
                    group.start_soon(ask, number)
                await _until(lambda: desk.waiting > 2 or len(refused) == 7)
                free.set()

    anyio.run(run)
    assert len(refused) == 10 - 1 - 2
