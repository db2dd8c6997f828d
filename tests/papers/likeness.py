"""How far a page is from its reference: ink counts where the other has none within a pixel, whatever its shade.

Rasterisers agree where a stroke lies to half a pixel, and disagree how dark it is: a faint line is as good as a strong one.
"""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.papers.printer import DPI

#: The page is looked at in squares of so many pixels: 5 mm, about a character of the text.
SQUARE = 12

#: So much of a square may be ink that only one of the two has. Other rasterisers come to 1.5 %, a title of three characters that is
#: 2 points too large to 5.8 %.
ALLOWED = 0.03

#: How much darker ink may be than what it is held against, and how dark may be what is held against nothing (of 255).
DARKER, NOTHING = 4, 30


@dataclass(frozen=True, slots=True)
class Difference:
    """`covered`: the share of the worst square that only one has; `left`, `top`: its middle, in mm; `ink`: of all ink, only one has."""

    covered: float
    left: int
    top: int
    ink: float

    @property
    def tolerable(self):
        """Whether both are the same page to somebody who holds them side by side."""
        return self.covered <= ALLOWED

    def __str__(self):
        return (
            f"{self.ink:.1%} of the ink stands elsewhere; worst is {self.top} mm from the top and {self.left} mm from the left, "
            f"where {self.covered:.0%} of a square of {round(_mm(SQUARE))} mm differ ({ALLOWED:.0%} allowed)"
        )


def difference(page, reference):
    """Hold two grey images against each other -> Difference. Of pages of unlike size, everything differs."""
    if any(abs(one - other) > 1 for one, other in zip(page.size, reference.size, strict=True)):
        return Difference(1.0, round(_mm(page.width / 2)), round(_mm(page.height / 2)), 1.0)
    ink, expected = _ink(page), _ink(reference.crop((0, 0, *page.size)))
    alone = ImageChops.add(_alone(ink, expected), _alone(expected, ink))
    squares = alone.reduce(SQUARE)
    worst = max(range(squares.width * squares.height), key=squares.tobytes().__getitem__)
    row, column = divmod(worst, squares.width)
    return Difference(
        squares.getpixel((column, row)) / (255 - NOTHING),
        round(_mm((column + 0.5) * SQUARE)),
        round(_mm((row + 0.5) * SQUARE)),
        min(1.0, ImageStat.Stat(alone).sum[0] / max(1, ImageStat.Stat(ImageChops.lighter(ink, expected)).sum[0])),
    )


def overlay(page, reference):
    """Both on one sheet: red what only the page has, blue what only the reference has."""
    reference = reference.crop((0, 0, *page.size))
    return Image.merge("RGB", (reference, ImageChops.darker(page, reference), page))


def _alone(ink, other):
    """The part of an ink that the other does not account for."""
    near = other.filter(ImageFilter.MaxFilter(3))
    return ImageChops.subtract(ink, near.point([min(255, DARKER * shade + NOTHING) for shade in range(256)]))


def _ink(page):
    return ImageChops.invert(page)


def _mm(pixels):
    return pixels * 25.4 / DPI
