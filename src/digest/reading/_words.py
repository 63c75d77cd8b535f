"""Text as words and clauses, whatever its marks, case, accents and letters: what phrases are looked for in."""

import re
import unicodedata

_CAPITALS = re.compile(r"(?:\b[A-Z']+\b[ ,]*){4,}")
_MARKS = re.compile(r"[*`~]+")
_STOPS = re.compile(
    r"[.!?:;。！？：；\n<>{}\[\]\"“”「」|#=—]+|, ?(?=(?:so|please|kindly)\b)"
    r"| (?=(?:Rate|Score|Rank|Give|Assign|Set|Output|Include|Insert|Disregard|Ignore|Forget|Override|Recommend"
    r"|Mark|Print|Treat|Add"
    r"|Reveal|Dear|When|While|If you|You must|Please|Note to|Call|Award|Report|Always|Return|Accept|Promote|Pick|Select"
    r"|Emphasi[sz]e) [a-z0-9])"
    r"| (?=As an? (?:AI|LLM|large|language)\b)"
    r"| (?=(?:Note to (?:the )?)?(?:AI|LLMs?|SYSTEM|System|Assistant|ASSISTANT|Human|Model|Reviewers?"
    r"|Summari[sz]er)(?: [a-z]+)?:)"
)
"""Where a clause ends; an order that was glued to a title has no more than a capital to tell it."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_NO_WORD = re.compile(r"[^\w\n/]|_")
_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁɡһӏαβεικνορτυχ", "abekmhopctyxijsdghlabeiknoptux")
_LATIN = re.compile("[a-z]")
_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")


def words_of(text: str) -> str:
    """Lower-case words with single blanks, `|` where a clause ends; look-alike letters within Latin words made Latin."""
    plain = text.isascii()
    text = _CAPITALS.sub(r"\n\g<0>\n", text if plain else unicodedata.normalize("NFKC", text))
    text = _STOPS.sub("\n", _MARKS.sub("", text)).casefold()
    if not plain:
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    text = _NO_WORD.sub(" ", text)
    if not plain:
        text = " ".join(map(_unmasked, text.split(" ")))
    return " ".join(text.replace("\n", " | ").split())


def _unmasked(word: str) -> str:
    mixed = not word.isascii() and _LATIN.search(word) and _LOOKALIKE.search(word)
    return word.translate(_LOOKALIKES) if mixed else word
