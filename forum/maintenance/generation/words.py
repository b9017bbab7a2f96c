"""Write the text of generated comments from sentences that fit any article."""

from functools import lru_cache
from random import Random
from typing import NamedTuple

from text.markdown import render_comment

# Each distinct body is rendered once; readers of a page hardly meet the same one twice.
BODIES = 400

SENTENCES = """\
I read this twice, and the second time I saw what I had missed.
That is not how I learned it at school, but it explains a good deal.
Does anybody know whether this holds in the southern hemisphere, too?
My grandmother always said so, and nobody believed her.
I am not sure.
Thank you, this is the clearest account I have found.
The part about the measurements deserves an article of its own.
We tried it last winter with a kitchen scale and a notebook, and the numbers came out within two per cent.
I would like to see the source for the second figure.
Two of the three examples are convincing; the third one could be chance.
In my experience it depends on the weather more than on anything else.
One thing is missing: what happens when both occur at once?
It may be obvious to some, but to me it was news.
The older textbooks say the opposite, and I wonder when that changed.
I asked a colleague who works in the field, and she smiled.
There is a simpler way to put it.
Start from what you can see, and the rest follows.
I grew up near the place in the picture, and it looked different then.
If that were the whole reason, we would find the same everywhere.
Half of the confusion comes from using one word for two things.
Good question.
Please keep the facts list, it is what I come back for.
Somebody should tell the people who write the school books.
The effect is small, but it adds up over the years.
You can try it at home in ten minutes, with a glass of water and a thermometer.
I stand corrected.
My children asked the same at breakfast, and I had no answer until today.
It took people three hundred years to find out, and it fits in one paragraph.
Not everything that is rare is strange.
The comparison with the clock helped me more than the diagram.
Whoever doubts it can look at the tables, they are public.
That would explain why the old bridges were built the way they are.
I have worked with this for twenty years and still learned something here.
There are exceptions, and they are the interesting part.
The short answer is right, the long one is better.
Where I live everybody knows this, and nobody could tell you why.
Could it be that the first measurements were simply wrong?
As far as I know nobody has tried to repeat it.
What a pleasant surprise to find people who disagree politely.
Agreed, with one reservation.
""".splitlines()
STRESSED = ["*two* kinds", "**not** the same", "the word `tide`", "a ~~hundred~~ thousand times"]
LINKS = ["https://example.org/tables/2024", "https://example.com/a-longer-account-of-the-same"]


class Body(NamedTuple):
    text: str
    html: str


def bodies(chance: Random) -> list[Body]:
    texts = [_text(chance) for _ in range(BODIES)]
    return [Body(text, _html(text)) for text in texts]


# The same seed writes the same texts again.
_html = lru_cache(maxsize=BODIES)(render_comment)


def _text(chance: Random) -> str:
    """Return a few sentences, sometimes with a quotation, a list, a link or emphasis."""
    parts = [_paragraph(chance) for _ in range(chance.choices([1, 2, 3], [12, 3, 1])[0])]
    kind = chance.random()
    if kind < 0.08:
        parts.insert(0, f"> {chance.choice(SENTENCES)}")
    elif kind < 0.13:
        parts.append("\n".join(f"- {sentence}" for sentence in chance.sample(SENTENCES, 3)))
    elif kind < 0.20:
        parts.append(f"See [the tables]({chance.choice(LINKS)}), or {chance.choice(LINKS)}.")
    elif kind < 0.27:
        parts.append(f"There are {chance.choice(STRESSED)} to tell apart.")
    return "\n\n".join(parts)


def _paragraph(chance: Random) -> str:
    return " ".join(chance.sample(SENTENCES, chance.choices([1, 2, 3, 4, 6], [4, 6, 5, 2, 1])[0]))
