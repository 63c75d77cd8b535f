"""What in a paper's text looks as if it were meant for a machine, and what of it nobody can see.

A flag is shown to the reader ("contains text addressed to machines") and decides nothing: a paper about prompt injection
quotes such text and is read and ranked like any other. What keeps a hidden or visible instruction without effect is that
the model decides nothing that it could ask for; see docs/security.md.

The phrases are those of hidden prompts found in arXiv papers since 2025 (arXiv:2507.06185 collects them) and of the
usual ways out of a prompt. They are matched in words, so that marks, case, accents, full-width letters and look-alikes of
other alphabets change nothing.
"""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from digest.models import Flag
from digest.sources import clean

# --- what cannot be seen ---

_UNUSUAL = re.compile(r"[^\s!-~]+")
_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""White space that ends a line for some readers and not for others."""

_ALWAYS_HARMLESS = re.compile(
    "\\A\ufeff"  # a byte order mark
    "|(?<!\u00ad)\u00ad(?!\u00ad)"  # where a long word may be hyphenated
    "|(?<![\u2061-\u2064])[\u2061-\u2064](?![\u2061-\u2064])"  # an operator of MathML
    "|\ufe0f\u200d"  # within one emoji made of several, ❤️‍🔥
    "|\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f"  # the flag of Scotland
)
_DIRECTIONS_AND_TAGS = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_LETTERS = "A-Za-z\u00c0-\u04ff"
_TAGS = re.compile("[\U000e0020-\U000e007e]+")


def visible(text: str) -> tuple[str, bool]:
    """The text as a reader sees it, and whether something was taken out that may carry a message.

    Taken out are zero-width, direction-changing, variation and tag characters, soft hyphens, control and private
    characters, unassigned ones and halves of surrogate pairs. Not suspected are control and private characters (fonts of
    PDFs leave them) and a single invisible one that splits no word: a hyphenation point, a joiner within an emoji or a
    Persian word, an invisible operator of MathML. White space stays, save that every line end is one that all agree on.
    """
    shown = _UNUSUAL.sub(lambda run: clean.text(run[0]), _LINE_ENDS.sub("\n", text))
    return shown, shown != text and _carries(text)


def _carries(text: str) -> bool:
    """Whether invisible characters turn the text round, are tags, stand in a row or split a word."""
    rest = _ALWAYS_HARMLESS.sub("", text)
    if _DIRECTIONS_AND_TAGS.search(rest):
        return True
    invisible = "".join(c for c in sorted({c for run in _UNUSUAL.findall(rest) for c in run}) if _is_invisible(c))
    if not invisible:
        return False
    one = f"[{re.escape(invisible)}]"
    return re.search(f"{one}{{2}}|(?<=[{_LETTERS}]){one}(?=[{_LETTERS}])", rest) is not None


def _is_invisible(character: str) -> bool:
    return not clean.text(character) and unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")


# --- what is addressed to a machine ---

_MACHINE = (
    r"(?:an? |the |all |any )?(?:ai|llms?|(?:large )?language models?|gpt|chatgpt|claude|gemini|automated"
    r"|automatic|machine)"
)
_READER = r"(?:reviewers?|readers?|summari[sz]ers?|assistants?|evaluators?|judges?|curators?|systems?|models?|agents?)"
_PAPER = r"(?:this|the|our|these) (?:paper|work|article|submission|manuscript|study)"
_ORDER = (
    r"(?:^|\| )(?:(?:please|now|and|also|then|so|instead|you|must|should|will|are to|need to|have to|important|note|attention"
    r"|finally|kindly|simply|just|only|always|strictly|first|immediately) ){0,4}"
)
"""Where a clause begins, and what an order may begin with. The same verbs within a sentence tell what a method does."""
_OLDER = r"(?:previous|prior|above|earlier|preceding|foregoing|existing|original)"
_ORDERS = r"(?:instructions?|prompts?|directives?|directions|guidelines|commands?|orders)"
_DROP = r"(?:ignore|disregard|forget|override|overlook|bypass|discard|do not follow|don t follow)"

_PHRASES = (
    rf"\b{_DROP} (?:all|any|every)(?: of)?(?: the| your| my)? (?:{_OLDER} )?(?:\w+ )?{_ORDERS}\b",
    rf"\b(?:ignore|disregard) (?:the |your |my )?{_OLDER}(?: and \w+)? (?:instructions?|prompts?|directives?)\b(?= (?:and|\|)|$)",
    rf"{_ORDER}{_DROP} (?:\w+ ){{0,3}}(?:{_ORDERS}|rules|system prompt|everything (?:above|before|you))\b",
    rf"{_ORDER}{_DROP} (?:everything|all|what)(?: \w+){{0,3}} (?:above|before|said|told|text)\b",
    rf"{_ORDER}(?:give|provide|write|generate|produce|return|output|submit|leave|assign|post) (?:\w+ ){{0,4}}"
    r"(?:positive|favou?rable|glowing|good|accepting|enthusiastic|excellent|high(?:est)?|perfect|full|maximum|top) (?:\w+ )?"
    r"(?:reviews?|ratings?|scores?|assessment|evaluation|recommendation|feedback|marks?|stars)\b",
    r"\bpositive review only\b|\bonly positive (?:reviews?|feedback|comments)\b(?= (?:\||and)|$)|(?:^|\| )no criticism(?= \||$)",
    rf"(?:{_ORDER}(?:do not|don t|never|avoid)|\band (?:do not|don t)) (?:highlight|mention|point out|include|report|discuss|list"
    r"|raise|state"
    r"|criticis|criticiz|highlighting|mentioning)\w*(?: \w+){0,2} "
    r"(?:negatives?|negative (?:points|aspects)|weakness(?:es)?|limitations?|flaws|shortcomings|criticisms?|concerns)\b",
    rf"\b(?:rate|score|rank|grade|mark) {_PAPER}(?: \w+){{0,3}} (?:\d+|five|ten|three|full|highest|top|first|must read|best)\b",
    r"\b(?:rate|score|grade|mark) (?:this|it)(?: \w+){0,3} (?:10|5|100) ?(?:/|out of) ?(?:10|5|100)\b",
    rf"{_ORDER}(?:rate|score|rank|mark|list) (?:this|it) (?:first|highest|top|as (?:a )?must read)\b",
    rf"{_ORDER}(?:rate|score|rank|grade|recommend|accept|select|pick|choose|place|put|feature|promote|highlight|present"
    rf"|describe|praise|endorse|summari[sz]e) {_PAPER} (?:as|at|in|with|for|over|above|first|highly|\|)",
    rf"\b(?:should|must|please|to)(?: strongly)? (?:recommend|suggest) (?:strong )?accept\w*(?: of)? {_PAPER}\b",
    rf"\b{_PAPER} (?:must|should|has to|is to) be (?:rated|ranked|scored|accepted|marked|picked|selected|recommended|a must)\b",
    rf"\b(?:as|if you are|you are|since you are|because you are) {_MACHINE}(?: {_READER})?(?: reading this)?(?: \|)? "
    r"(?:please|you (?:must|should|will|are to|have)|give|rate|write|output|ignore|do not|always|recommend|must)\b",
    rf"\bif you are {_MACHINE}\b",
    rf"\b(?:important|attention|notice|warning|note|dear|hey|hello|hi|to|for)(?: \|| to| for)?(?: all)?(?: to)? {_MACHINE} "
    r"(?:reviewers?|readers?|summari[sz]ers?|assistants?|evaluators?|curators?)"
    r"(?: reading| processing| of)?(?: this| the)?(?: \w+)?(?: \||$| please| must| you| do not| ignore)",
    rf"\b(?:important|attention|dear|hey|hello|note to)(?: \|| to| for)?(?: all)? {_MACHINE} {_READER} \|",
    rf"{_ORDER}(?:output|print|include|insert|add|append|reply with|respond with|repeat|display|return|emit|link to|cite)"
    r" (?:\w+ ){0,3}(?:the following|this|exactly)(?: \w+){0,2} "
    r"(?:link|url|text|sentence|json|markdown|image|html|phrase|words?|string|website|address|token|message)s?\b",
    rf"{_ORDER}(?:reveal|print|show|repeat|output|leak|tell me|send|display) (?:\w+ ){{0,2}}"
    r"(?:system prompt|your (?:instructions|prompt|rules|configuration)|(?:api|secret) keys?|passwords?|credentials)\b",
    r"\b(?:system|developer|admin|hidden) (?:prompt|message|override|instructions?|note) \| "
    r"(?:you|ignore|always|from|output|the|this|do|rate|give|act|set|new|disregard|never|respond|your|all)\b",
    r"(?:^|\| )(?:new|updated|real|actual|important|final) (?:instructions?|task|system prompt|orders) \|",
    r"(?:^|\| )(?:end of|begin|end|start of) (?:the )?(?:paper|document|abstract|system prompt|instructions?|user input|untrusted"
    r" (?:text|data|content)) \|",
    r"\byou are (?:now|no longer) (?:in )?(?:a |an |the |bound |my )?(?:dan|developer mode|jailbroken|unrestricted|different|free"
    r"|by (?:any|your)|obedient|evil|\w+ (?:assistant|mode))\b",
    r"\b(?:system|developer) mode (?:enabled|activated|on)\b(?= \||$)",
    # Chinese
    r"(?:忽略|无视|無視|忘记|忘掉|忘記|不要理会|不要遵守|抛弃)[^|]{0,6}(?:以上|之前|上述|上面|先前|前面|所有|全部|此前|一切|系统|原有)"
    r"[^|]{0,8}(?:指令|指示|提示|命令|要求|规则|規則|设定|設定|说明)",
    r"(?:请|請|务必|必须|必須|只能|只需|应当|仅|直接|必定)[^|]{0,8}(?:好评|好評|正面(?:的)?(?:评价|评审|評價)|高分|满分|滿分|五星|三星"
    r"|积极(?:的)?评价|推荐接收|接收(?:本|该|这篇)|必读)",
    r"(?:不要|不得|切勿|请勿)[^|]{0,4}(?:提及|指出|提到|强调|列出|批评)[^|]{0,6}(?:缺点|不足|负面|局限|弱点|缺陷|問題|问题)",
    r"(?:作为|你是|您是|你现在是|如果你是)一?[个名位]?[^|]{0,12}"
    r"(?:ai|人工智能|语言模型|大模型|审稿人|评审|助手|机器人)[^|]{0,4}(?: \|)? ?"
    r"(?:请|必须|务必|你必须|你应|只能|给出|忽略)",
    r"(?:给|給|将|把)(?:本文|这篇论文|该论文|本论文)[^|]{0,8}(?:满分|高分|五星|三星|必读|10 ?分|好评)",
    # Japanese, Korean
    r"(?:以前|前|これまで|上記|すべて|全て|以上)の[^|]{0,10}(?:指示|命令|プロンプト)[^|]{0,6}(?:無視|忘れ)",
    r"(?:肯定的|好意的|ポジティブ)な(?:レビュー|評価|査読)[^|]{0,6}(?:し|書|出|与え|のみ|だけ)",
    r"(?:이전|위의|앞의|모든)[^|]{0,8}(?:지시|명령|프롬프트|지침)[^|]{0,8}(?:무시|잊)",
    r"(?:긍정적인|좋은) (?:리뷰|평가|심사)[^|]{0,6}(?:작성|해 ?주|하십|하세|만)",
    # German, French, Spanish and Portuguese, Italian, Russian, Arabic; without their accents
    r"\b(?:ignorier|missacht|vergiss|vergess)\w* (?:\w+ ){0,3}(?:anweisung|instruktion|befehl|vorgabe)\w*",
    r"\b(?:ignore[zr]?|oublie[zr]?) (?:\w+ ){0,3}(?:instructions|consignes|directives)(?: \w+){0,2} "
    r"(?:precedent|ci dessus|anterieur)\w*",
    r"\b(?:ignor[aei]\w*|olvid[ae]\w*|desconsider[ae]\w*|esqueca) (?:\w+ ){0,4}"
    r"(?:instrucciones|instrucoes|istruzioni|indicaciones|comandos)\b",
    r"\b(?:ignora\w*) (?:\w+ ){0,3}(?:precedenti|anteriores|previas) (?:istruzioni|instrucciones|instrucoes)\b",
    r"\b(?:игнорир|проигнорир|забуд)\w* (?:\w+ ){0,3}(?:инструкци|указани|команд)\w*",
    r"تجاهل (?:\w+ ){0,3}(?:التعليمات|تعليمات|الاوامر|الأوامر)",
)
_ADDRESSED = tuple(re.compile(phrase) for phrase in _PHRASES)

_OUR_KEYS = r"(?:stars|rank|ranking|rating|tldr|relevance|novelty|significance|upvotes|must_read|picked|excluded|headline|status)"
_BREAK_OUTS = re.compile(
    r"<\|\s?(?:im_start|im_end|im_sep|endoftext|endofprompt|system|user|assistant|begin_of_text|end_of_text|start_header_id"
    r"|end_header_id|eot_id|eom_id|channel|message|end)\s?\|>"
    r"|\[/?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS)\]|<</?SYS>>|</?(?:start|end)_of_turn>"
    r"|</?(?:system|instructions?|system_prompt|system-reminder|tool_calls?|function_calls?|antml:\w+)(?:\s[^<>]{0,60}=[^<>]{0,60})?/?>"
    r"|</\w{1,30}>\s?<(?:user|human|assistant|prompt|instruct)\b"
    r"|(?:\A|[\n\"”'.}>])[ \t]{0,4}(?:#{1,6} ?)?(?:Assistant|Human|System|SYSTEM|ASSISTANT)"
    r"\s?:\s{1,4}(?:[Ii]gnore|[Yy]ou|Sure|OK|Okay|Yes|Rate|Give)\b"
    r"|#{2,6}\s?(?:Instruction|System|Response)\s?:"
    rf"|[\"'][}}\]]{{1,4}}\s*,\s*[{{\[]?\s*[\"']{_OUR_KEYS}[\"']\s*:",
)

_CAPITALS = re.compile(r"(?:\b[A-Z']+\b[ ,]*){4,}")
_MARKS = re.compile(r"[*`~]+")
_STOPS = re.compile(r"[.!?:;。！？：；\n<>{}\[\]\"“”「」|#=—]+")
_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁɡһӏαβεικνορτυχ", "abekmhopctyxijsdghlabeiknoptux")
_LATIN = re.compile("[a-z]")
_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")


_NOWHERE = 10**9
_LEAD_WORDS = 2
"""Words that may stand before an order, "Also, now"; more of them report it: "hidden prompts such as"."""
_QUOTE = re.compile("[\"“”「『«]|(?<!\\w)['‘]")


def flags_of(texts: Iterable[str]) -> tuple[Flag, ...]:
    """What stands in a paper's texts (title, abstract, comment, full text) as they came: sorted, each flag once.

    `instructions`: text that addresses a machine that reads it. `encoded`: a long run of base64, hexadecimal, percent
    or character codes that is text in disguise. `invisible_characters`: see `visible`. A phrase is found within one of
    the texts, so give whole ones rather than sentences.
    """
    found: set[Flag] = set()
    for text in texts:
        shown, suspicious = visible(text)
        decoded = list(_decoded(shown))
        tags = ["".join(chr(ord(c) - 0xE0000) for c in run) for run in _TAGS.findall(text)]
        found |= {"invisible_characters"} if suspicious else set()
        found |= {"encoded"} if decoded else set()
        found |= {"instructions"} if any(map(_addresses_a_machine, {shown, unquote(shown), *decoded, *tags})) else set()
    return tuple(sorted(found))


def is_order(sentence: str) -> bool:
    """Whether a sentence is nothing but an order to a machine, so that leaving it out loses nothing of the paper.

    It begins with the order, or with text in disguise. A sentence that quotes an order reports something and is none.
    """
    shown, _ = visible(sentence)
    if any(map(_addresses_a_machine, _decoded(shown))):
        return True
    place = _place_of_address(shown)
    before = " ".join(shown.split()[: place + 1])
    return place <= _LEAD_WORDS and (bool(_BREAK_OUTS.search(shown)) or not _QUOTE.search(before))


def _addresses_a_machine(text: str) -> bool:
    return _place_of_address(text) < _NOWHERE


def _place_of_address(text: str) -> int:
    """How many words stand before the first place that addresses a machine."""
    if found := _BREAK_OUTS.search(unicodedata.normalize("NFKC", text)):
        return len(text[: found.start()].split())
    words = _words(text)
    starts = [match.start() for phrase in _ADDRESSED if (match := phrase.search(words))]
    return len(words[: min(starts)].replace("|", " ").split()) if starts else _NOWHERE


def _words(text: str) -> str:
    """Lower-case words with single blanks, `|` where a clause ends; look-alike letters within Latin words made Latin."""
    text = _CAPITALS.sub(r"\n\g<0>\n", unicodedata.normalize("NFKC", text))
    text = _STOPS.sub("\n", _MARKS.sub("", text)).casefold()
    text = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    text = unicodedata.normalize("NFC", text)
    words = (_unmasked(w) for w in re.sub(r"[^\w\n/]|_", " ", text).split(" "))
    return " ".join(" ".join(words).replace("\n", " | ").split())


def _unmasked(word: str) -> str:
    mixed = not word.isascii() and _LATIN.search(word) and _LOOKALIKE.search(word)
    return word.translate(_LOOKALIKES) if mixed else word


# --- what is text in disguise ---

_LETTER_SHARE = 0.8


def _base64(run: str) -> str:
    run = "".join(run.split()).rstrip("=").replace("-", "+").replace("_", "/")
    run = run[: len(run) - (len(run) % 4 == 1)]
    return base64.b64decode(run + "=" * (-len(run) % 4)).decode()


def _hexadecimal(run: str) -> str:
    return bytes.fromhex(re.sub(r"\\x|0x|[\s:,]", "", run)).decode()


def _escapes(run: str) -> str:
    return re.sub(r"\\u\{?([0-9a-fA-F]{4})\}?", lambda code: chr(int(code[1], 16)), run)


_ENCODINGS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"(?:[A-Za-z0-9+/_-]{40,}+\s)*[A-Za-z0-9+/_-]{24,}+={0,2}"), _base64),
    (re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x)?[0-9a-fA-F]{2}[\s:,]?){16,}(?![0-9A-Za-z])"), _hexadecimal),
    (re.compile(r"(?:%[0-9a-fA-F]{2}){12,}+"), unquote),
    (re.compile(r"(?:&#x?[0-9a-fA-F]{1,6};){8,}+"), html.unescape),
    (re.compile(r"(?:\\u\{?[0-9a-fA-F]{4}\}?){8,}+"), _escapes),
)


def _decoded(text: str) -> Iterator[str]:
    """What runs of encoded text say, where that is text: words, not the bytes of a hash."""
    for pattern, decode in _ENCODINGS:
        for run in pattern.finditer(text):
            try:
                said = decode(run[0])
            except (ValueError, binascii.Error):  # not valid UTF-8, an odd number of digits
                continue
            if _is_prose(said):
                yield said


def _is_prose(text: str) -> bool:
    """Three words or eight Chinese characters, and hardly anything else."""
    letters = sum(c.isalpha() or c == " " for c in text)
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text)
    return letters >= _LETTER_SHARE * len(text) and (len(text.split()) >= 3 or chinese >= 8)
