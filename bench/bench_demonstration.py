"""What loading a demonstration costs: four sites of five people over two waves, every answer through the front door."""

from bench.run import Work
from bench.services import demonstration
from surveys.demonstration.shape import Shape


def bench_a_demonstration_of_4_sites() -> Work:
    """A new store, its tables, and about 25 interviews."""
    return lambda: demonstration(Shape(sites=4, people_per_site=5, waves=2))
