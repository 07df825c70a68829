"""What cannot be tested, each refusal with its remedy."""

from collections.abc import Mapping, Sequence


class NotTestable(ValueError):
    """The test cannot be run on these data; the text says what to change."""


class NoTerms(NotTestable):
    """Nothing was named that could explain the network."""

    def __init__(self) -> None:
        super().__init__("No term is named. Name at least one thing that may explain who goes to whom.")


class TooFewCells(NotTestable):
    """There are not more pairs than coefficients."""

    def __init__(self, cells: int, coefficients: int, unknown: Mapping[str, int]) -> None:
        self.cells, self.coefficients, self.unknown = cells, coefficients, unknown
        lacking = ", ".join(f'"{name}" {pairs}' for name, pairs in unknown.items())
        super().__init__(
            f"{cells} known pairs are too few for {coefficients} coefficients. Leave terms out, or add people."
            + (f" Pairs without a value: {lacking}." if lacking else "")
        )


class TooManyNodes(NotTestable):
    """The network is too large for the matrices of all pairs that a test keeps in memory."""

    def __init__(self, nodes: int, most: int) -> None:
        self.nodes, self.most = nodes, most
        super().__init__(
            f"There are {nodes} nodes; {most} are the most that can be tested. Test a part of the network, "
            "or the ties between groups."
        )


class NothingToExplain(NotTestable):
    """The outcome is the same for every pair."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing is to be explained: all pairs of the network have the same value. "
            "Take a network in which some are tied and some are not."
        )


class NothingLeft(NotTestable):
    """The terms give the outcome exactly."""

    def __init__(self) -> None:
        super().__init__(
            "The terms give the network exactly, so that no error is left to test against. "
            "Leave out the term that repeats the network."
        )


class ConstantTerm(NotTestable):
    """A term is the same for every pair."""

    def __init__(self, term: str) -> None:
        self.term = term
        super().__init__(f'The term "{term}" is the same for all pairs and can explain nothing. Leave it out.')


class CollinearTerm(NotTestable):
    """A term follows exactly from others."""

    def __init__(self, term: str, others: Sequence[str]) -> None:
        self.term, self.others = term, tuple(others)
        named = ", ".join(f'"{other}"' for other in others)
        super().__init__(f'The term "{term}" follows exactly from {named}. Leave out one of them.')


class DoubledTerm(NotTestable):
    """Two terms have one name."""

    def __init__(self, term: str) -> None:
        self.term = term
        super().__init__(f'Two terms are called "{term}". Give each a name of its own.')


class FewExchanges(NotTestable):
    """So much is unknown, of so different people, that hardly anyone can change places with anyone."""

    def __init__(self, ways: int) -> None:
        self.ways = ways
        super().__init__(
            f"Too different things are unknown of too many people: they can change places in only {ways} "
            f"{'way' if ways == 1 else 'ways'}. Leave out people of whom little is known, or fill in what is missing."
        )


class WrongNumber(NotTestable):
    """An attribute that must be a number is not."""

    def __init__(self, row: int, attribute: str, value: str) -> None:
        self.row, self.attribute, self.value = row, attribute, value
        self.reason = f'"{attribute}" holds "{value}", which is not a number'
        self.remedy = "Write it like 42 or 3.5, or leave it empty where it is not known."
        super().__init__(f"Row {row + 1} of the nodes: {self.reason}. {self.remedy}")


class UnclearAnswered(NotTestable):
    """It is not said whether someone answered."""

    def __init__(self, row: int, column: str, value: str) -> None:
        self.row, self.column, self.value = row, column, value
        self.reason = f'"{column}" holds "{value}", which does not say whether this person answered'
        self.remedy = "Write yes or no, true or false, or 1 or 0; empty means no."
        super().__init__(f"Row {row + 1} of the nodes: {self.reason}. {self.remedy}")
